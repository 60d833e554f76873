//! netcat: nothing but a socket, a keyboard and a screen.

use crate::support::terminal::{needed, until};
use crate::support::{PATIENCE, Server};
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex};

/// Someone at `nc`.
struct Netcat {
    child: Child,
    keyboard: Option<ChildStdin>,
    screen: Arc<Screen>,
    /// How much of the screen was read.
    read: usize,
}

/// Every byte that `nc` has written.
#[derive(Default)]
struct Screen {
    bytes: Mutex<Vec<u8>>,
    more: Condvar,
}

impl Netcat {
    /// Connects, and says nothing.
    fn connect(server: &Server, options: &[&str]) -> Self {
        needed("nc", "netcat-openbsd");
        let (host, port) = (server.address.ip().to_string(), server.address.port().to_string());
        let mut child = Command::new("nc")
            .args(options)
            .args([host, port])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("nc");
        let screen = Arc::new(Screen::default());
        let mut output = child.stdout.take().expect("a pipe");
        let sink = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut scratch = [0; 4096];
            while let Ok(read @ 1..) = output.read(&mut scratch) {
                sink.bytes.lock().expect("no panic").extend_from_slice(&scratch[..read]);
                sink.more.notify_all();
            }
        });
        let keyboard = child.stdin.take();
        Self { child, keyboard, screen, read: 0 }
    }

    /// Comes in by this nick.
    fn named(server: &Server, nick: &str) -> Self {
        let mut netcat = Self::connect(server, &[]);
        netcat.types(&format!("/nick {nick}"));
        netcat.sees(&format!("You are {nick}"));
        netcat.sees("* #lobby: ");
        netcat
    }

    fn types(&mut self, line: &str) {
        self.sends(format!("{line}\n").as_bytes());
    }

    fn sends(&mut self, bytes: &[u8]) {
        self.keyboard.as_mut().expect("it is open").write_all(bytes).expect("nc reads");
    }

    /// The end of the input: Ctrl+D.
    fn ends(&mut self) {
        self.keyboard = None;
    }

    /// Reads on until a line holds `text`; returns that line.
    fn sees(&mut self, text: &str) -> String {
        loop {
            let line = self.next_line(text);
            if line.contains(text) {
                return line;
            }
        }
    }

    /// The next line is exactly this.
    fn sees_next(&mut self, line: &str) {
        assert_eq!(self.next_line(line), line, "the screen:\n{}", self.shown());
    }

    fn next_line(&mut self, wanted: &str) -> String {
        let from = self.read;
        let bytes = self.screen.bytes.lock().expect("no panic");
        let has_no_line = |bytes: &mut Vec<u8>| !bytes[from..].contains(&b'\n');
        let wait = self.screen.more.wait_timeout_while(bytes, PATIENCE, has_no_line);
        let bytes = wait.expect("no panic").0.clone();
        let text = String::from_utf8_lossy(&bytes);
        assert!(bytes[from..].contains(&b'\n'), "waited in vain for {wanted:?} behind\n{text}");
        let end = bytes[from..].iter().position(|&byte| byte == b'\n').expect("a line");
        self.read = from + end + 1;
        String::from_utf8(bytes[from..from + end].to_vec()).expect("UTF-8 from the server")
    }

    fn shown(&self) -> String {
        String::from_utf8(self.bytes()).expect("UTF-8 from the server")
    }

    fn bytes(&self) -> Vec<u8> {
        self.screen.bytes.lock().expect("no panic").clone()
    }

    /// Waits until `nc` has ended; whether it ended well, and all that it showed.
    fn ended(mut self) -> (bool, String) {
        let ended = |child: &mut Child| child.try_wait().expect("a child");
        let status = until(|| ended(&mut self.child).ok_or_else(|| "nc to end".to_owned()));
        // Its last bytes are read by the other thread, which drops the screen when it is done.
        until(|| match Arc::strong_count(&self.screen) {
            1 => Ok(()),
            _ => Err("the last bytes".to_owned()),
        });
        (status.success(), self.shown())
    }
}

impl Drop for Netcat {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("--- the screen ---\n{}", String::from_utf8_lossy(&self.bytes()));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn who_says_nothing_is_greeted_and_comes_in_with_enter() {
    let server = Server::start();
    let mut watcher = server.irc("watcher");
    watcher.say("JOIN #lobby");
    watcher.settles();
    let mut guest = Netcat::connect(&server, &[]);
    guest.sees_next("* Welcome to Parlor. One person is here.");
    guest.sees_next("* Press Enter to come in as guest-1, or /nick NAME. /help tells more.");
    // Until then nobody has come.
    watcher.say("LUSERS");
    watcher.sees("There are 1 users");
    guest.types("");
    guest.sees_next("* You are guest-1. /nick NAME changes that, /help tells more.");
    guest.sees_next("* #lobby: watcher and you.");
    watcher.sees(":guest-1!~line@127.0.0.1 JOIN #lobby");
    let joins = watcher.seen.iter().filter(|line| line.contains(" JOIN #lobby")).count();
    assert_eq!(joins, 2, "{:#?}", watcher.seen);
    // More of them do nothing.
    guest.types("");
    guest.types("hello ☕");
    watcher.sees(":guest-1!~line@127.0.0.1 PRIVMSG #lobby :hello ☕");
    guest.types("/nick gus");
    guest.sees_next("* You are now gus");
}

#[test]
fn two_people_talk() {
    let server = Server::start();
    let mut ada = Netcat::named(&server, "ada");
    let mut bob = Netcat::named(&server, "bob");
    ada.sees_next("* bob joined");
    ada.types("hello, bob: één kopje ☕?");
    bob.sees_next("<ada> hello, bob: één kopje ☕?");
    bob.types("ja, graag");
    // Nobody is told what they typed themselves.
    ada.sees_next("<bob> ja, graag");
    bob.types("/me sits down");
    ada.sees_next("* bob sits down");
    bob.types("//etc/motd");
    ada.sees_next("<bob> /etc/motd");
    ada.types("/msg bob psst");
    bob.sees_next("[ada] psst");
    bob.types("/msg ada yes?");
    ada.sees_next("[bob] yes?");
    ada.types("/nick adele");
    ada.sees_next("* You are now adele");
    bob.sees_next("* ada is now adele");
    bob.types("/names");
    bob.sees_next("* #lobby: adele and you.");
    bob.types("/quit good night");
    bob.sees_next("* Goodbye.");
    ada.sees_next("* bob is gone (Quit: good night)");
    // This nc itself waits for the end of its input as well.
    bob.ends();
    assert!(bob.ended().0, "the server hung up");
    let mut cleo = Netcat::named(&server, "cleo");
    ada.sees_next("* cleo joined");
    cleo.types("/part");
    ada.sees_next("* cleo left");
    drop(cleo);
}

#[test]
fn a_channel_of_ones_own() {
    let server = Server::start();
    let mut ada = Netcat::named(&server, "ada");
    let mut bob = Netcat::named(&server, "bob");
    ada.sees_next("* bob joined");
    ada.types("/join #tea");
    ada.sees("* #tea: only you.");
    ada.types("/topic Tea at four ☕");
    ada.sees_next("* You set the topic: Tea at four ☕");
    ada.types("first");
    ada.types("/names");
    ada.sees("* #tea: only you.");
    bob.types("/join #tea");
    ada.sees_next("* bob joined");
    let topic = bob.sees("#tea is about");
    assert!(topic.starts_with("* #tea is about: Tea at four ☕ (ada, "), "{topic}");
    bob.sees_next("* #tea: @ada and you. What you type goes to #tea now.");
    bob.sees_next("* Earlier in #tea, the last line:");
    let first = bob.sees("first");
    assert!(first.starts_with('[') && first.ends_with("] <ada> first"), "{first}");
    bob.sees("* That was before; it is ");
    bob.types("/whois ada");
    bob.sees_next("* ada is ~line@127.0.0.1 (at a terminal)");
    bob.sees_next("  not logged in");
    bob.sees_next("  in #lobby and @#tea");
    bob.types("/topic Coffee");
    bob.sees("* Only operators of #tea may do that.");
    ada.types("/kick bob it is tea");
    bob.sees("* ada put you out of #tea (it is tea)");
    ada.sees_next("* You kicked bob (it is tea)");
    bob.types("/msg #lobby I am not angry");
    ada.sees_next("#lobby <bob> I am not angry");
}

#[test]
fn what_was_said_can_be_read_again_and_found() {
    let server = Server::start();
    let mut ada = Netcat::named(&server, "ada");
    for line in ["the kettle is on", "where is the sugar", "in the kettle?"] {
        ada.types(line);
    }
    ada.types("/history 2");
    ada.sees_next("* Earlier in #lobby, the last 2 lines:");
    assert!(ada.sees("sugar").ends_with("] <ada> where is the sugar"));
    assert!(ada.sees("kettle").ends_with("] <ada> in the kettle?"));
    ada.sees("* That was before; ");
    ada.types("/help search");
    ada.sees("/search [#CHAN|@NICK] WORDS");
    // A search says itself when it is not complete yet.
    loop {
        ada.types("/search kettle");
        if ada.next_line("what was found") == "* Found 2 lines:" {
            break;
        }
        ada.sees("cannot be found yet");
    }
    assert!(ada.sees("kettle").contains("#lobby <ada> "));
    assert!(ada.sees("kettle").contains("#lobby <ada> "));
    ada.types("/help");
    for word in ["/nick NAME", "/join #CHANNEL", "/msg NICK", "/search", "/quit", "//TEXT"] {
        ada.sees(word);
    }
    ada.types("/hepl");
    ada.sees("/help");
}

#[test]
fn one_line_of_a_script_is_said_and_it_leaves() {
    let server = Server::start();
    let mut watcher = server.line("watcher");
    let mut script = Netcat::connect(&server, &["-N"]);
    script.types("hello");
    script.ends();
    let (well, shown) = script.ended();
    assert!(well, "{shown}");
    watcher.sees_next("* guest-2 joined");
    watcher.sees_next("<guest-2> hello");
    watcher.sees_next("* guest-2 is gone (Connection closed)");
    let mut script = Netcat::connect(&server, &["-N"]);
    script.sends(b"/nick builder\n/msg #lobby all is green\nand the last line has no end");
    script.ends();
    assert!(script.ended().0);
    watcher.sees_next("* builder joined");
    watcher.sees_next("<builder> all is green");
    watcher.sees_next("<builder> and the last line has no end");
    watcher.sees_next("* builder is gone (Connection closed)");
}

/// What paints, moves, renames, rings, hides or overwrites on a terminal, in every place where one
/// person's words reach another.
#[test]
fn nobody_paints_anothers_terminal() {
    let server = Server::start();
    let mut ada = Netcat::named(&server, "ada");
    let mut eve = Netcat::named(&server, "eve");
    let paint: &[&[u8]] = &[
        b"\x1b[2J\x1b[H\x1b[31mred\x1b[0m",
        b"\x1b]0;owned\x07title",
        b"\x9b31mone byte for two",
        "\u{9b}31mthe same as UTF-8".as_bytes(),
        b"over\rwritten\x08\x08\x08\x7f\x0b\x0c\x0e\x0f",
        b"\x03" as &[u8],
        b"\xff\xfe\xc3\x28 not UTF-8",
        "right \u{202e}to left\u{2066}".as_bytes(),
    ];
    for before in ["", "/me ", "/msg ada ", "/join #eve\n/topic ", "/invite ada \n/away ", "/nick "]
    {
        for painted in paint {
            eve.sends(before.as_bytes());
            eve.sends(painted);
            eve.sends(b"\n");
        }
    }
    let mut mallory = server.irc("mallory");
    mallory.say("JOIN #lobby");
    mallory.send(b"PRIVMSG #lobby :\x1b[31mred\x1b]0;owned\x07 \x034,1colour\x03\r\n");
    mallory.send(b"PRIVMSG ada :\x01VERSION\x1b[31m\x01\r\n");
    mallory.send(b"PART #lobby :\x1b[2Jgone\r\n");
    mallory.send(b"PRIVMSG ada :that is all\r\n");
    ada.sees("[mallory] that is all");
    ada.types("/join #eve");
    ada.sees("* #eve is about: ");
    ada.sees("* #eve: ");
    let bytes = ada.bytes();
    let text = String::from_utf8(bytes).expect("UTF-8 to a terminal");
    let harmful = |c: char| {
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        (c.is_control() && c != '\n') || turns
    };
    assert!(!text.contains(harmful), "{text:?}");
    for seen in ["red", "title", "written", "not UTF-8", "to left"] {
        assert!(text.contains(seen), "{seen:?} in {text}");
    }
}
