//! The command line, the file and the environment; what is wrong with them is said in words; and a
//! reload drops nobody.

use crate::support::{PATIENCE, Server, free_address};
use std::fs::write;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::spawn;
use tempfile::TempDir;

/// Runs the program to its end, with a home of its own and no settings but these.
fn parlor(arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let home = TempDir::new().expect("a home");
    let mut command = Command::new(env!("CARGO_BIN_EXE_parlor"));
    command.args(arguments).env_clear().env("HOME", home.path()).envs(settings.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().expect("the binary");
    let pid = child.id().to_string();
    let (ended, end) = channel::<()>();
    // One that goes on where it should refuse is stopped, and the test fails by its exit code.
    let watch = spawn(move || {
        if end.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
            let _ = Command::new("kill").args(["-KILL", &pid]).status();
        }
    });
    let output = child.wait_with_output().expect("its end");
    drop(ended);
    watch.join().expect("the watch");
    output
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout.clone()).expect("text")
}

/// What it said on standard error before it ended with this code.
fn refused(output: &Output, code: i32) -> String {
    assert_eq!(output.status.code(), Some(code), "{output:?}");
    String::from_utf8(output.stderr.clone()).expect("text")
}

fn file(directory: &Path, text: &str) -> String {
    let file = directory.join("parlor.toml");
    write(&file, text).expect("a file");
    file.to_str().expect("a path").to_owned()
}

#[test]
fn the_printed_defaults_are_a_configuration() {
    let directory = TempDir::new().expect("a folder");
    let defaults = stdout(&parlor(&["config", "default"], &[]));
    let file = file(directory.path(), &defaults);
    assert_eq!(stdout(&parlor(&["config", "check", &file], &[])), format!("{file} is right.\n"));
    let none = stdout(&parlor(&["config", "check"], &[]));
    assert_eq!(none, "There is no parlor.toml; the defaults are in force.\n");
    // Also where the user keeps it.
    let settings = [("PARLOR_CONFIG", &*file)];
    assert_eq!(stdout(&parlor(&["config", "check"], &settings)), format!("{file} is right.\n"));
}

#[test]
fn what_is_wrong_is_told_with_its_place_and_the_way_out() {
    let directory = TempDir::new().expect("a folder");
    let cases = [
        ("[server]\nnetwrok = \"x\"\n", ":2: unknown key `netwrok`: did you mean `network`?"),
        ("\n\n[histroy]\n", ":3: unknown key `histroy`: did you mean `history`?"),
        ("[limits]\ncommand_burst = \"many\"\n", ":2: "),
        ("[store]\nsync = \"never\"\n", ":2: "),
        ("[server]\nlisten = [\"nowhere\"]\n", "is no address to listen at: write [::]:7777"),
        ("[server\n", ":1: "),
        ("[channels]\nlobby = \"lobby\"\n", "channels.lobby: \"lobby\" is no channel's name"),
        ("[server]\nname = \"two words\"\n", "server.name: \"two words\" is not one word"),
        ("[server]\npassword = \"plain\"\n", "make one with `parlor password`"),
        ("[server]\nlisten = []\n", "server.listen: it is empty"),
    ];
    for (text, told) in cases {
        let file = file(directory.path(), text);
        for arguments in [["config", "check", &file], ["serve", "--config", &file]] {
            let said = refused(&parlor(&arguments, &[]), 2);
            assert!(said.starts_with("parlor: ") && said.contains(told), "{text:?}: {said}");
        }
    }
    let said = refused(&parlor(&["config", "check", "/nowhere/parlor.toml"], &[]), 2);
    assert!(said.contains("cannot read /nowhere/parlor.toml"), "{said}");
}

#[test]
fn a_certificate_is_read_before_a_server_needs_it() {
    let directory = TempDir::new().expect("a folder");
    let at = |name: &str| directory.path().join(name).to_str().expect("a path").to_owned();
    let text = format!("[tls]\ncertificate = {:?}\nkey = {:?}\n", at("cert.pem"), at("key.pem"));
    let file = file(directory.path(), &text);
    let check = || parlor(&["config", "check", &file], &[]);
    let made = || rcgen::generate_simple_self_signed(vec!["a.example".into()]).expect("made");

    let said = refused(&check(), 2);
    assert!(said.contains("cannot read a certificate from "), "{said}");

    let (one, other) = (made(), made());
    write(at("cert.pem"), one.cert.pem()).expect("a certificate");
    write(at("key.pem"), other.signing_key.serialize_pem()).expect("a key");
    let said = refused(&check(), 2);
    assert!(said.contains("does not go with the certificate"), "{said}");

    write(at("key.pem"), one.signing_key.serialize_pem()).expect("a key");
    assert_eq!(stdout(&check()), format!("{file} is right.\n"));
}

#[test]
fn the_environment_is_held_to_the_same() {
    let cases = [
        ("PARLOR_SERVER_NAEM", "x", "PARLOR_SERVER_NAEM: there is no such setting: did you mean"),
        ("PARLOR_LIMITS_COMMAND_BURST", "many", "\"many\" is no whole number"),
        ("PARLOR_SERVER_LISTEN", "nowhere", "is no address to listen at"),
        ("PARLOR_CHANNELS_LOBBY", "lobby", "channels.lobby"),
    ];
    for (variable, value, told) in cases {
        let said = refused(&parlor(&["config", "check"], &[(variable, value)]), 2);
        assert!(said.contains(told), "{said}");
    }
}

#[test]
fn a_flag_is_over_the_environment_and_that_over_the_file() {
    let data = TempDir::new().expect("a folder");
    let text = "[server]\nname = \"file.example\"\nnetwork = \"InFile\"\nlisten = [\"[::]:1\"]\n";
    let file = file(data.path(), text);
    let settings = [("PARLOR_SERVER_NAME", "environment.example")];
    let server = Server::with_arguments(&settings, data, &["--config", &file]);
    let mut ada = server.irc("ada");
    assert!(ada.seen[0].starts_with(":environment.example 001 ada :"), "{:?}", ada.seen[0]);
    assert!(ada.seen.iter().any(|line| line.contains(" NETWORK=InFile")));
    ada.settles();
}

#[test]
fn a_port_that_is_taken_is_said_with_the_way_out() {
    let address = free_address();
    let _other = TcpListener::bind(address).expect("the port");
    let data = TempDir::new().expect("a folder");
    let data = data.path().to_str().expect("a path");
    let listen = address.to_string();
    let said = refused(&parlor(&["serve", "--listen", &listen, "--data", data], &[]), 1);
    let port = address.port();
    assert!(said.contains(&format!("port {port} at 127.0.0.1 is taken")), "{said}");
    assert!(said.contains(&format!("--listen 127.0.0.1:{}", port + 1)), "{said}");
}

#[test]
fn data_that_another_server_uses_is_left_alone() {
    let server = Server::start();
    // A port is open before the data is; whoever is greeted is in a server that has them both.
    server.irc("grace").settles();
    let data = server.data.path().join("data");
    let data = data.to_str().expect("a path");
    let listen = free_address().to_string();
    let said = refused(&parlor(&["serve", "--listen", &listen, "--data", data], &[]), 1);
    assert!(said.contains("another server is using the data directory"), "{said}");
    server.irc("ada").settles();
}

#[test]
fn help_completions_and_the_manual_are_there() {
    let help = stdout(&parlor(&["--help"], &[]));
    for word in ["serve", "chat", "config", "password", "completions", "man"] {
        assert!(help.contains(word), "{word}");
    }
    let help = stdout(&parlor(&["serve", "--help"], &[]));
    for flag in ["--config", "--listen", "--data"] {
        assert!(help.contains(flag), "{flag}");
    }
    assert!(stdout(&parlor(&["completions", "bash"], &[])).contains("complete -F _parlor"));
    assert!(stdout(&parlor(&["completions", "zsh"], &[])).starts_with("#compdef parlor"));
    assert!(stdout(&parlor(&["man"], &[])).contains(".TH parlor 1"));
    assert!(stdout(&parlor(&["--version"], &[])).starts_with("parlor 0."));
    let said = refused(&parlor(&["srve"], &[]), 2);
    assert!(said.contains("'serve'"), "{said}");
}

#[test]
fn a_reload_drops_nobody_and_a_wrong_file_changes_nothing() {
    let data = TempDir::new().expect("a folder");
    let text = |motd: &str, rest: &str| {
        format!("[server]\nmotd = \"{motd}\"\n[limits]\ncommands_per_second = 0\n{rest}")
    };
    let name = file(data.path(), &text("before", ""));
    let server = Server::with_arguments(&[], data, &["--config", &name]);
    let mut grace = server.line("grace");
    assert!(grace.seen.contains(&"before".to_owned()), "{:?}", grace.seen);
    let mut ada = server.connect();
    ada.say("NICK ada");
    ada.say("USER ada 0 * :ada");
    ada.sees(" 372 ada :- before");
    ada.sees(" 376 ");

    let rest = "exempt = []\nconnections_per_address = 1\n[accounts]\nregistration = \"closed\"\n";
    write(&name, text("after", rest)).expect("a file");
    server.signal("HUP");
    server.logs("configuration read again", 1);
    // Those who are here stay, and are not counted: they came when nobody was.
    let _one = server.connect();
    server.connect().sees("ERROR :Too many connections from your address");
    // The threads are told one after another.
    while {
        ada.say("MOTD");
        !ada.sees(" 372 ada :- ").ends_with("after")
    } {}
    ada.say("PRIVMSG NickServ :REGISTER secret");
    ada.sees("not registered by just anyone");

    write(&name, text("wrong", "comands_per_second = 1\n")).expect("a file");
    server.signal("HUP");
    server.logs("the configuration stays as it was", 1);
    server.logs("unknown key `comands_per_second`: did you mean `commands_per_second`?", 1);
    let logged = server.logged();
    assert_eq!(logged.matches("comands_per_second").count(), 1, "said once: {logged}");
    ada.say("MOTD");
    assert!(ada.sees(" 372 ada :- ").ends_with("after"));
    ada.say("JOIN #lobby");
    grace.sees("* ada joined");
}
