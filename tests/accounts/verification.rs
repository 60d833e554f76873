//! Codes for new accounts, sent by a real command: one that works, one that fails, one that takes too long.

use crate::support::terminal::until;
use crate::support::{Person, Server};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Instant;
use tempfile::TempDir;

/// `\0ada\0secret`, as SASL PLAIN has it.
const ADAS_PASSWORD: &str = "AGFkYQBzZWNyZXQ=";

/// A server that sends codes by this script.
struct Sending {
    server: Server,
    folder: TempDir,
}

impl Sending {
    fn by(script: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        let program = folder.path().join("send");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("a script");
        fs::set_permissions(&program, Permissions::from_mode(0o755)).expect("a program");
        let command = format!("{},{}", program.display(), folder.path().display());
        let settings = [
            ("PARLOR_ACCOUNTS_VERIFY_COMMAND", &*command),
            ("PARLOR_LIMITS_COMMANDS_PER_SECOND", "0"),
        ];
        Self { server: Server::with(&settings), folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What the script has written for someone, once it has.
    fn sent(&self, name: &str) -> String {
        until(|| match fs::read_to_string(self.file(name)) {
            Ok(text) if text.ends_with('\n') => Ok(text),
            _ => Err(format!("{name}, with what was sent")),
        })
    }
}

/// Someone who may log in before they are here.
fn caller(server: &Server) -> Person {
    let mut caller = server.connect();
    caller.say("CAP LS 302");
    caller.sees("draft/account-registration=before-connect,custom-account-name,email-required");
    caller.say("CAP REQ :sasl draft/account-registration");
    caller.sees(" ACK ");
    caller.say("NICK ada");
    caller
}

fn log_in(caller: &mut Person) -> String {
    caller.say("AUTHENTICATE PLAIN");
    caller.sees("AUTHENTICATE +");
    caller.say(&format!("AUTHENTICATE {ADAS_PASSWORD}"));
    caller.sees(" 90")
}

#[test]
fn the_code_that_a_script_was_given_makes_the_account() {
    let script = r#"{ cat >"$1/mail"; echo "$PARLOR_EMAIL $PARLOR_CODE"; } >"$1/$PARLOR_ACCOUNT""#;
    let mut sending = Sending::by(script);
    let mut ada = caller(&sending.server);
    ada.say("REGISTER * ada@example.org secret");
    ada.sees("REGISTER VERIFICATION_REQUIRED ada ");
    let sent = sending.sent("ada");
    let code = sent.trim_end().strip_prefix("ada@example.org ").expect("the address").to_owned();
    let mail = sending.sent("mail");
    assert!(mail.starts_with("To: ada@example.org\r\n"), "{mail}");
    assert!(mail.contains(&format!("/VERIFY ada {code}\r\n")), "{mail}");
    assert!(log_in(&mut ada).contains(" 904 "), "it waits for its code");

    // It still waits behind a restart.
    sending.server.kill();
    sending.server.start_again();
    let mut ada = caller(&sending.server);
    ada.say("VERIFY ada 00000000");
    ada.sees("FAIL VERIFY INVALID_CODE ada ");
    ada.say(&format!("VERIFY ada {code}"));
    ada.sees("VERIFY SUCCESS ada ");
    ada.say("USER ada 0 * :Ada");
    ada.say("CAP END");
    ada.sees(" 001 ada ");
    let mut again = caller(&sending.server);
    assert!(log_in(&mut again).contains(" 900 "));
}

#[test]
fn a_person_at_a_terminal_says_the_code_as_well() {
    let sending = Sending::by(r#"echo "$PARLOR_CODE" >"$1/$PARLOR_ACCOUNT""#);
    let mut ada = sending.server.line("ada");
    ada.say("/register secret ada@example.org");
    ada.sees("ada@example.org");
    let code = sending.sent("ada");
    ada.say(&format!("/verify ada {code}"));
    ada.sees("The account ada is yours");
}

#[test]
fn a_script_that_fails_is_logged_and_makes_no_account() {
    let sending = Sending::by("exit 3");
    let mut ada = caller(&sending.server);
    ada.say("REGISTER * ada@example.org secret");
    ada.sees("REGISTER VERIFICATION_REQUIRED ada ");
    sending.server.logs("accounts.verify_command failed", 1);
    assert!(sending.server.logged().contains("exit status: 3"));
    assert!(log_in(&mut ada).contains(" 904 "));
    // Nobody's nick is reserved by it.
    let mut other = sending.server.irc("ada");
    other.settles();
}

#[test]
fn a_script_that_takes_long_keeps_nobody_waiting_and_the_end_of_the_server_least() {
    let mut sending = Sending::by(r#"echo $$ >"$1/$PARLOR_ACCOUNT"; sleep 600"#);
    let mut ada = caller(&sending.server);
    ada.say("REGISTER * ada@example.org secret");
    ada.sees("REGISTER VERIFICATION_REQUIRED ada ");
    sending.sent("ada");
    // Others wait behind it, and talk meanwhile.
    for nick in ["bob", "cy"] {
        let mut other = sending.server.irc(nick);
        other.say(&format!("REGISTER * {nick}@example.org secret"));
        other.sees(&format!("REGISTER VERIFICATION_REQUIRED {nick} "));
        other.say("JOIN #lobby");
        other.sees(" 366 ");
    }
    let begun = Instant::now();
    sending.server.stop();
    assert!(begun.elapsed() < crate::support::PATIENCE, "it waits for no code");
    assert!(!sending.file("bob").exists());
}
