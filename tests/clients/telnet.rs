//! telnet, on a terminal: its lines end otherwise, and it talks to servers about itself.

use crate::support::Server;
use crate::support::terminal::Terminal;
use std::io::Read;
use std::net::Shutdown;
use tempfile::TempDir;

/// Someone at telnet who was greeted.
fn telnet(server: &Server) -> Terminal {
    let (host, port) = (server.address.ip().to_string(), server.address.port().to_string());
    let home = TempDir::new().expect("a home");
    let terminal = Terminal::start(home, &["telnet", &host, &port]);
    terminal.sees("* Press Enter to come in as guest-");
    terminal
}

/// The same, in the lobby by this nick.
fn named(server: &Server, nick: &str) -> Terminal {
    let terminal = telnet(server);
    terminal.types(&format!("/nick {nick}"));
    terminal.sees(&format!("* You are {nick}."));
    terminal.sees("* #lobby: ");
    terminal
}

/// Gives telnet itself a command, at its own prompt.
fn commands(terminal: &Terminal, command: &str) {
    let prompts = |screen: &str| screen.matches("telnet>").count();
    let before = prompts(&terminal.screen());
    terminal.press("C-]");
    terminal.screen_with("telnet's prompt", |screen| prompts(screen) > before);
    terminal.types(command);
}

#[test]
fn people_talk_line_by_line() {
    let server = Server::start();
    let mut grace = server.line("grace");
    let mut irc = server.irc("irc");
    irc.say("JOIN #lobby");
    grace.sees_next("* irc joined");
    let tess = telnet(&server);
    tess.press("Enter");
    tess.sees("* You are guest-2. /nick NAME changes that, /help tells more.");
    tess.sees("* #lobby: grace, irc and you.");
    grace.sees_next("* guest-2 joined");
    tess.types("/nick tess");
    grace.sees_next("* guest-2 is now tess");
    tess.types("hello, grace: één kopje ☕?");
    grace.sees_next("<tess> hello, grace: één kopje ☕?");
    irc.sees(":tess!~line@127.0.0.1 PRIVMSG #lobby :hello, grace: één kopje ☕?");
    grace.say("ja, graag — žádný cukr");
    tess.sees("<grace> ja, graag — žádný cukr");
    tess.types("/me pours");
    grace.sees_next("* tess pours");
    tess.types("/msg irc psst");
    irc.sees(":tess!~line@127.0.0.1 PRIVMSG irc :psst");
    irc.say("PRIVMSG tess :yes?");
    tess.sees("[irc] yes?");
    tess.types("/join #tea");
    tess.sees("* #tea: only you. What you type goes to #tea now.");
    tess.types("/topic Tea at four");
    tess.sees("* You set the topic: Tea at four");
    irc.say("JOIN #tea");
    irc.sees("332 irc #tea :Tea at four");
    tess.sees("* irc joined");
    tess.types("/kick irc no cups left");
    irc.sees("KICK #tea irc :no cups left");
    tess.types("/quit good night");
    grace.sees("* tess is gone (Quit: good night)");
    // Each line begins at the left: the server ends its own as telnet does.
    let screen = tess.screen_with("the end", |screen| screen.contains("[exit "));
    assert!(screen.contains("\n* Goodbye."), "{screen}");
    assert!(screen.contains("\nConnection closed by foreign host."), "{screen}");
}

#[test]
fn what_telnet_says_to_the_server_is_no_text() {
    let server = Server::start();
    let mut grace = server.line("grace");
    let tess = named(&server, "tess");
    grace.sees_next("* tess joined");
    for command in ["mode character", "mode line", "send ayt", "send nop", "send do echo"] {
        commands(&tess, command);
        tess.types(&format!("behind {command}"));
        grace.sees_next(&format!("<tess> behind {command}"));
    }
    for command in ["send brk", "send will naws", "send wont naws", "toggle crlf"] {
        commands(&tess, command);
        tess.types(&format!("behind {command}"));
        grace.sees_next(&format!("<tess> behind {command}"));
    }
    grace.say("still here?");
    tess.sees("<grace> still here?");
}

/// What telnet clients send, of every kind, in the middle of words, in one piece and byte by byte.
#[test]
fn negotiation_between_any_two_bytes_is_no_text() {
    let server = Server::start();
    let mut grace = server.line("grace");
    let said: &[u8] = b"\xff\xfb\x1f\xff\xfa\x1f\x00\x50\x00\x18\xff\xf0/nick te\xff\xf1ss\r\0\
        on\xff\xfd\x01e\r\n\xff\xfa\x18\x00xterm\xff\xff\xff\xf0two\r\0three\xff\xf6\r\n\
        \xff\xfd\x03\xff\xfe\x22/quit\r\n";
    for size in [said.len(), 1] {
        let mut tess = server.connect();
        for piece in said.chunks(size) {
            tess.send(piece);
        }
        grace.sees_next("* tess joined");
        for word in ["one", "two", "three"] {
            grace.sees_next(&format!("<tess> {word}"));
        }
        grace.sees_next("* tess is gone (Quit)");
        tess.stream.shutdown(Shutdown::Write).expect("an open socket");
        let mut answers = Vec::new();
        tess.stream.read_to_end(&mut answers).expect("the server's answers");
        // It agrees to nothing: neither to do it, nor to have it done.
        for agreed in [b"\xff\xfb", b"\xff\xfd"] {
            assert!(!answers.windows(2).any(|pair| pair == agreed), "{answers:?}");
        }
    }
}
