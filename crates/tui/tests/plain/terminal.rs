//! On a terminal: what a person sees, and what is left of it afterwards.

use std::io::{Read as _, Write};
use std::num::NonZero;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

use crate::support::{EVERYTHING, PATIENCE, Server, program};
use portable_pty::{Child, CommandBuilder, PtyPair, PtySize, native_pty_system};

/// A shell runs the program and says how it ended. It goes on waiting afterwards, because the kernel
/// resets a terminal whose session has ended, and there would be nothing to compare.
const SHELL: &str = r#""$@"; echo "[exit $?]"; exec cat"#;

/// The program on a terminal of 24 rows and 80 columns.
struct Terminal {
    pair: PtyPair,
    keys: Box<dyn Write + Send>,
    shell: Box<dyn Child + Send + Sync>,
    output: Arc<Output>,
    before: String,
}

#[derive(Default)]
struct Output {
    bytes: Mutex<Vec<u8>>,
    more: Condvar,
}

impl Terminal {
    fn start(server: &Server, arguments: &[&str]) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let before = settings(&pair);
        let mut command = CommandBuilder::new("sh");
        command.env("TERM", "xterm-256color");
        command.args(["-c", SHELL, "sh"]);
        command.arg(program());
        command.args(["--nick", "ada", &server.address().to_string()]);
        command.args(arguments);
        let shell = pair.slave.spawn_command(command).expect("a shell");
        let output = Arc::new(Output::default());
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let sink = Arc::clone(&output);
        thread::spawn(move || {
            let mut scratch = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut scratch) {
                sink.bytes.lock().expect("no panic").extend_from_slice(&scratch[..read]);
                sink.more.notify_all();
            }
        });
        let keys = pair.master.take_writer().expect("a writer");
        Self { pair, keys, shell, output, before }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).expect("a terminal");
        self.keys.flush().expect("a terminal");
    }

    /// Waits until the screen is as wanted, and returns it.
    fn shows(&self, wanted: impl Fn(&str) -> bool) -> String {
        let bytes = self.output.bytes.lock().expect("no panic");
        let (bytes, late) = self
            .output
            .more
            .wait_timeout_while(bytes, PATIENCE, |bytes| !wanted(&screen(bytes)))
            .expect("no panic");
        let screen = screen(&bytes);
        drop(bytes);
        assert!(!late.timed_out(), "never shown; the screen is\n{screen:?}");
        screen
    }

    /// Waits for the program's end with this exit code. The terminal must be as it was, and no
    /// `^C` written. Returns the screen.
    fn ends(mut self, code: u32) -> String {
        let screen = self.shows(|screen| screen.contains("[exit "));
        assert!(screen.contains(&format!("[exit {code}]")), "{screen}");
        assert_eq!(settings(&self.pair), self.before, "the terminal's settings");
        assert!(!screen.contains("^C"), "{screen}");
        self.shell.kill().expect("the shell waits");
        self.shell.wait().expect("a shell that ends");
        screen
    }
}

/// What is on the screen, line by line, a wrapped one in one, without the empty ones at its end.
fn screen(bytes: &[u8]) -> String {
    let [rows, columns] = [24, 80].map(|size| NonZero::new(size).expect("not zero"));
    let mut parser = vt100::Parser::new(rows, columns, 0);
    parser.process(bytes);
    parser.screen().contents().trim_end().to_owned()
}

/// The terminal's settings, all of them.
fn settings(pair: &PtyPair) -> String {
    format!("{:?}", pair.master.get_termios().expect("settings"))
}

/// The line being typed: the last one on the screen, which may fill several rows.
fn last_line(screen: &str) -> &str {
    screen.lines().last().unwrap_or_default()
}

#[test]
fn what_is_typed_is_not_torn_and_what_is_sent_is_shown_once() {
    let server = Server::start();
    let mut terminal = Terminal::start(&server, &[]);
    let mut peer = server.welcome(EVERYTHING);
    terminal.shows(|screen| screen.contains("You joined #lobby"));
    assert_ne!(settings(&terminal.pair), terminal.before, "edited in raw mode");
    terminal.press("half a tho");
    terminal.shows(|screen| last_line(screen) == "#lobby> half a tho");
    for number in 0..5 {
        peer.send(&format!(":bob!b@h PRIVMSG #lobby :message {number}"));
    }
    let screen = terminal.shows(|screen| {
        screen.contains("<bob> message 4") && last_line(screen) == "#lobby> half a tho"
    });
    assert_eq!(screen.matches("half a tho").count(), 1, "{screen}");
    terminal.press("ught\r");
    let lines = peer.until(|line| line.contains("PRIVMSG"));
    assert!(lines.last().is_some_and(|line| line.ends_with("PRIVMSG #lobby :half a thought")));
    let screen = terminal.shows(|screen| screen.contains("[You] half a thought"));
    assert_eq!(screen.matches("half a thought").count(), 1, "{screen}");
    for number in 0..5 {
        assert_eq!(screen.matches(&format!("<bob> message {number}")).count(), 1, "{screen}");
    }
    // The history has it; a line wider than the screen is not torn either.
    terminal.press("\x1b[A");
    terminal.shows(|screen| last_line(screen) == "#lobby> half a thought");
    terminal.press(&"x".repeat(100));
    let wide = format!("#lobby> half a thought{}", "x".repeat(100));
    terminal.shows(|screen| last_line(screen) == wide);
    peer.send(":bob!b@h PRIVMSG #lobby :and on");
    let screen =
        terminal.shows(|screen| screen.contains("<bob> and on") && last_line(screen) == wide);
    assert_eq!(screen.matches("xxx").count(), 33, "{screen}");
    terminal.press("\x03");
    peer.until(|line| line.starts_with("QUIT"));
    drop(peer);
    terminal.ends(130);
}

#[test]
fn without_echo_too_a_message_is_shown_once() {
    let server = Server::start();
    let mut terminal = Terminal::start(&server, &[]);
    let mut peer = server.welcome("");
    terminal.shows(|screen| screen.contains("You joined #lobby"));
    terminal.press("hello\r");
    peer.until(|line| line.contains("PRIVMSG"));
    peer.send(":bob!b@h PRIVMSG #lobby :behind it");
    let screen = terminal.shows(|screen| screen.contains("<bob> behind it"));
    assert_eq!(screen.matches("[You] hello").count(), 1, "{screen}");
    terminal.press("/quit bye now\r");
    let lines = peer.until(|line| line.starts_with("QUIT"));
    assert_eq!(lines.last().map(String::as_str), Some("QUIT :bye now"));
    drop(peer);
    terminal.ends(0);
}

#[test]
fn the_end_of_input_leaves_a_tidy_terminal() {
    let server = Server::start();
    let mut terminal = Terminal::start(&server, &[]);
    let mut peer = server.welcome(EVERYTHING);
    terminal.shows(|screen| screen.contains("You joined #lobby"));
    terminal.press("not sent\x04");
    peer.until(|line| line.starts_with("QUIT"));
    drop(peer);
    let screen = terminal.ends(0);
    assert!(!screen.contains("#lobby>"), "{screen}");
}

#[test]
fn interrupting_while_connecting_needs_no_server() {
    let server = Server::start();
    let mut terminal = Terminal::start(&server, &[]);
    // Accepted by the kernel and never answered.
    terminal.shows(|screen| screen.ends_with('>'));
    terminal.press("\x03");
    terminal.ends(130);
}

#[test]
fn a_server_that_goes_away_is_one_sentence() {
    let server = Server::start();
    let terminal = Terminal::start(&server, &[]);
    let mut peer = server.welcome(EVERYTHING);
    terminal.shows(|screen| screen.contains("You joined #lobby"));
    peer.send("ERROR :Closing link: maintenance");
    drop(peer);
    let screen = terminal.ends(1);
    let said = screen.lines().filter(|line| line.starts_with("parlor: ")).collect::<Vec<_>>();
    assert_eq!(said.len(), 1, "{screen}");
    assert!(said[0].contains("closed the connection"), "{screen}");
}

#[test]
fn with_reconnect_the_conversation_goes_on() {
    let server = Server::start();
    let mut terminal = Terminal::start(&server, &["--reconnect", "--join", "#ops"]);
    let mut peer = server.welcome(EVERYTHING);
    terminal.shows(|screen| screen.contains("You joined #ops"));
    terminal.press("in doubt\r");
    while !peer.line().expect("a message").contains("PRIVMSG") {
        peer.send(":srv PONG srv parlor-1");
    }
    drop(peer);
    terminal.shows(|screen| screen.contains("perhaps not delivered to #ops: in doubt"));
    terminal.press("later\r");
    let mut peer = server.welcome(EVERYTHING);
    peer.until(|line| line.ends_with("PRIVMSG #ops :later"));
    terminal.shows(|screen| screen.contains("[You] later"));
    terminal.press("\x04");
    peer.until(|line| line.starts_with("QUIT"));
    drop(peer);
    terminal.ends(0);
}
