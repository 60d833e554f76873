//! `parlor chat --plain` and `parlor serve`, the one program on both sides.

use crate::support::Server;
use crate::support::terminal::Terminal;
use std::fs::File;
use std::io::Write;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const PARLOR: &str = env!("CARGO_BIN_EXE_parlor");

/// Runs a program on a terminal, and shows whether it leaves the terminal's settings as they were.
const BEFORE_AND_AFTER: &str = r#"before=$(stty -a); "$@"; code=$?
if [ "$(stty -a)" = "$before" ]; then echo "[as before]"; else echo "[not as before]"; fi
exit $code"#;

/// Someone at the plain client, in the lobby.
fn plain(server: &Server, nick: &str, options: &[&str]) -> Terminal {
    let address = server.address.to_string();
    let command = ["sh", "-c", BEFORE_AND_AFTER, "sh", PARLOR, "chat", "--plain", &address];
    let command = command.into_iter().chain(["--nick", nick]).chain(options.iter().copied());
    let command: Vec<&str> = command.collect();
    let terminal = Terminal::start(TempDir::new().expect("a home"), &command);
    terminal.sees("* You joined #");
    terminal
}

/// Leaves by this key; everything is as it was then.
fn leaves(terminal: &Terminal, key: &str, code: i32) {
    terminal.press(key);
    let screen = terminal.ends(code);
    assert!(screen.contains("[as before]"), "{screen}");
    assert!(!screen.contains("^C") && !screen.contains("#lobby>"), "{screen}");
}

/// Sends lines through a pipe into a channel.
fn pipe(server: &Server, input: &str, options: &[&str]) -> Output {
    let mut child = Command::new(PARLOR)
        .args(["chat", "--plain", &server.address.to_string(), "--nick", "bot"])
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input.as_bytes()).expect("it reads");
    drop(stdin);
    // It ends by itself, whatever the server does: it has bounds of its own for every wait.
    child.wait_with_output().expect("an end")
}

#[test]
fn two_people_talk() {
    let server = Server::start();
    let mut grace = server.line("grace");
    let ada = plain(&server, "ada", &[]);
    grace.sees_next("* ada joined");
    ada.reads("* In #lobby, 2: grace ada");
    let bob = plain(&server, "bob", &[]);
    grace.sees_next("* bob joined");
    ada.reads("* bob joined");
    ada.types("hello, all: één kopje ☕?");
    grace.sees_next("<ada> hello, all: één kopje ☕?");
    ada.reads("[You] hello, all: één kopje ☕?");
    bob.reads("<ada> hello, all: één kopje ☕?");
    bob.types("/me nods");
    grace.sees_next("* bob nods");
    bob.reads("[You] * nods");
    ada.reads("* bob nods");
    grace.say("žádný cukr");
    ada.reads("<grace> žádný cukr");
    bob.reads("<grace> žádný cukr");
    ada.types("/msg grace psst");
    grace.sees_next("[ada] psst");
    ada.reads("[You] -> grace: psst");
    grace.say("/msg ada yes?");
    ada.reads("-grace-> you: yes?");
    ada.types("/nick adele");
    grace.sees_next("* ada is now adele");
    ada.reads("* You are now known as adele");
    bob.reads("* ada is now known as adele");
    bob.types("/quit good night");
    grace.sees_next("* bob is gone (Quit: good night)");
    ada.reads("* bob left (Quit: good night)");
    bob.ends(0);
    assert_eq!(ada.count("kopje"), 1, "said once");
    assert_eq!(ada.count("žádný cukr"), 1);
    leaves(&ada, "C-d", 0);
    grace.sees("* adele is gone");
}

#[test]
fn a_channel_of_ones_own() {
    let server = Server::start();
    let mut grace = server.line("grace");
    let ada = plain(&server, "ada", &["--join", "#tea"]);
    ada.types("/topic Tea at four ☕");
    ada.reads("* You set the topic: Tea at four ☕");
    ada.types("the kettle is on");
    ada.reads("[You] the kettle is on");
    grace.say("/join #tea");
    grace.sees("] <ada> the kettle is on");
    ada.reads("* grace joined");
    ada.types("/names");
    ada.reads("* In #tea, 2: @ada grace");
    ada.types("/whois grace");
    ada.sees("* grace is ~line@127.0.0.1 (at a terminal)");
    let bob = plain(&server, "bob", &["--join", "#tea"]);
    bob.reads("* The topic of #tea: Tea at four ☕");
    bob.reads("<ada> the kettle is on");
    ada.types("/raw KICK #tea bob :no cups left");
    bob.reads("* You were put out of #tea by ada (no cups left)");
    ada.reads("* bob was put out of #tea by you (no cups left)");
    grace.sees("* ada kicked bob (no cups left)");
    grace.say("/part");
    ada.reads("* grace left");
    ada.types("/hepl");
    ada.sees("did you mean /help?");
}

#[test]
fn the_line_being_typed_is_not_torn() {
    let server = Server::start();
    let mut grace = server.line("grace");
    let ada = plain(&server, "ada", &[]);
    ada.keys("half a tho");
    ada.sees("#lobby> half a tho");
    for number in 0..10 {
        grace.say(&format!("message {number}"));
    }
    let screen = ada.screen_with("a line that is whole", |screen| {
        screen.contains("<grace> message 9") && screen.ends_with("#lobby> half a tho")
    });
    assert_eq!(screen.matches("half a tho").count(), 1, "{screen}");
    ada.types("ught");
    ada.reads("[You] half a thought");
    grace.sees("<ada> half a thought");
    assert_eq!(ada.count("half a tho"), 1);
    leaves(&ada, "C-c", 130);
    grace.sees("* ada is gone");
}

#[test]
fn a_server_that_goes_away_is_said() {
    let mut server = Server::start();
    let [killed, stopped] =
        [("ada", "KILL", " went away"), ("bob", "TERM", " closed the connection")].map(
            |(nick, signal, sentence)| {
                let terminal = plain(&server, nick, &[]);
                server.signal(signal);
                server.ended_well();
                let screen = terminal.ends(1);
                server.start_again();
                let said = screen.lines().filter(|row| row.starts_with("parlor: "));
                let said: Vec<_> = said.map(str::to_owned).collect();
                assert!(screen.contains("[as before]"), "{screen}");
                assert!(said.len() == 1 && said[0].contains(sentence), "{screen}");
                said[0].clone()
            },
        );
    assert_ne!(killed, stopped);
}

#[test]
fn with_reconnect_the_conversation_goes_on() {
    let mut server = Server::start();
    let ada = plain(&server, "ada", &["--reconnect", "--join", "#tea"]);
    ada.types("before");
    ada.reads("[You] before");
    server.kill();
    ada.sees("; trying again in ");
    ada.types("held");
    server.start_again();
    ada.screen_with("#tea again", |screen| screen.matches("* You joined #tea").count() == 2);
    ada.reads("[You] held");
    let mut grace = server.line("grace");
    grace.say("/join #tea");
    grace.sees("<ada> before");
    grace.sees("<ada> held");
    ada.types("after");
    grace.sees("<ada> after");
    leaves(&ada, "C-c", 130);
}

#[test]
fn a_pipe_delivers_all_of_it_at_the_rate_that_the_server_has() {
    let server = Server::with(&[]);
    let mut watcher = server.irc("watcher");
    watcher.say("JOIN #ops");
    watcher.settles();
    // The burst, and many times what the server takes in a second.
    let lines: Vec<String> = (0..100).map(|number| format!("deploy {number}")).collect();
    let output = pipe(&server, &lines.join("\n"), &["--join", "#ops"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    watcher.sees(":bot!");
    for line in &lines {
        let seen = watcher.next_line().expect("a line");
        assert!(seen.ends_with(&format!(" PRIVMSG #ops :{line}")), "{seen}, not {line}");
    }
    watcher.sees(" QUIT ");
}

#[test]
fn output_that_is_no_terminal_is_plain_lines() {
    let server = Server::start();
    let output = pipe(&server, "deploy done ☕\n/not a command\n", &["--join", "#ops,#dev"]);
    assert_eq!(output.status.code(), Some(0));
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
    let words: Vec<&str> =
        shown.lines().filter_map(|line| Some(line.split_once("] ")?.1)).collect();
    for line in ["[You] deploy done ☕", "[You] /not a command"] {
        let said = words.iter().filter(|words| words.ends_with(line)).count();
        assert_eq!(said, 2, "once in each channel: {shown}");
    }
    // A terminal in, a file out.
    let home = TempDir::new().expect("a home");
    let file = home.path().join("file");
    let script = format!(r#"exec "$@" >{}"#, file.display());
    let address = server.address.to_string();
    let command = ["sh", "-c", &script, "sh", PARLOR, "chat", "--plain", &address, "--nick", "ada"];
    let mut grace = server.line("grace");
    let ada = Terminal::start(home, &command);
    grace.sees_next("* ada joined");
    ada.types("into a file");
    grace.sees_next("<ada> into a file");
    grace.say("indeed");
    grace.say("/msg ada leave");
    crate::support::terminal::until(|| match std::fs::read_to_string(&file) {
        Ok(text) if text.contains("leave") => Ok(()),
        other => Err(format!("the end of {other:?}")),
    });
    ada.types("/quit");
    ada.ends(0);
    let shown = std::fs::read_to_string(&file).expect("a file");
    assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
    assert_eq!(shown.matches("[You] into a file\n").count(), 1, "{shown}");
    assert_eq!(shown.matches("<grace> indeed\n").count(), 1, "{shown}");
}

#[test]
fn a_pipe_speaks_under_the_name_that_it_was_given_or_not_at_all() {
    let server = Server::start();
    let mut bot = server.line("bot");
    let output = pipe(&server, "deploy done\n", &[]);
    let complaints = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(4), "{complaints}");
    assert!(complaints.contains("refused us: bot: "), "{complaints}");
    assert!(complaints.contains("not sent"), "{complaints}");
    bot.say("/quit");
    bot.rest();
    let mut ada = server.line("ada");
    assert_eq!(pipe(&server, "deploy done\n", &[]).status.code(), Some(0));
    ada.sees("<bot> deploy done");
}

#[test]
fn a_pipe_to_nobody_is_an_exit_code() {
    let address = crate::support::free_address().to_string();
    let output = Command::new(PARLOR)
        .args(["chat", "--plain", &address])
        .stdin(File::open("/dev/null").expect("nothing"))
        .output()
        .expect("the binary");
    assert_eq!(output.status.code(), Some(3));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("nobody is listening there"), "{error}");
}
