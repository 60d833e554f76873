//! irssi, as it is installed: people at it talk with people at a terminal who have nothing but a
//! socket.

use crate::support::terminal::Terminal;
use crate::support::{Person, Server};
use tempfile::TempDir;

/// A name, and no brake: its own is for networks that are quick to disconnect people.
const SETTINGS: &str = r#"settings = {
  core = { real_name = "Ada"; user_name = "ada"; };
  "irc/core" = { cmd_queue_speed = "10msec"; cmds_max_at_once = "100"; };
};
"#;

/// Someone at irssi who has been welcomed.
fn irssi(server: &Server, nick: &str) -> Terminal {
    let (host, port) = (server.address.ip().to_string(), server.address.port().to_string());
    let terminal = started(nick, &["-c", &host, "-p", &port]);
    terminal.sees(&format!("Welcome to the Parlor Network, {nick}!"));
    terminal
}

/// The same, by TLS. Whose certificate it is, is not known to irssi.
fn irssi_by_tls(server: &Server, nick: &str) -> Terminal {
    let terminal = started(nick, &["-!"]);
    let (host, port) = (server.address.ip(), server.address.port());
    terminal.types(&format!("/connect -tls -notls_verify {host} {port}"));
    terminal.sees(&format!("Welcome to the Parlor Network, {nick}!"));
    terminal
}

fn started(nick: &str, options: &[&str]) -> Terminal {
    let home = TempDir::new().expect("a home");
    let config = home.path().join("irssi");
    std::fs::create_dir(&config).expect("a folder");
    std::fs::write(config.join("config"), SETTINGS).expect("its configuration");
    let home_option = format!("--home={}", config.display());
    Terminal::start(home, &[&["irssi", &home_option, "-n", nick], options].concat())
}

/// Someone at irssi in the lobby, seen to come by everyone who is there.
fn in_the_lobby(server: &Server, nick: &str, others: &mut [&mut Person]) -> Terminal {
    let irssi = irssi(server, nick);
    irssi.types("/join #lobby");
    irssi.sees("Irssi: #lobby: Total of");
    for other in others {
        other.sees_next(&format!("* {nick} joined"));
    }
    irssi
}

#[test]
fn what_was_said_before_is_shown_on_joining() {
    let server = Server::start();
    let mut grace = server.line("grace");
    grace.say("the kettle is on ☕");
    grace.say("/me waits");
    let ada = in_the_lobby(&server, "ada", &mut [&mut grace]);
    ada.reads("[ ada] [ grace]");
    // It takes times from the server and shows its own; so they stand in front as well.
    let kettle = ada.sees("the kettle is on ☕");
    assert!(kettle.contains("< grace> [") && kettle.contains("] the kettle"), "{kettle}");
    let waits = ada.sees("waits");
    assert!(waits.contains("* grace [") && waits.ends_with("] waits"), "{waits}");
    assert_eq!(ada.count("kettle"), 1);
}

#[test]
fn people_talk_by_tls_at_the_same_port() {
    let server = Server::start();
    let mut grace = server.line("grace");
    let ada = irssi_by_tls(&server, "ada");
    ada.types("/join #lobby");
    grace.sees_next("* ada joined");
    // It has its window a moment later.
    ada.sees("Irssi: #lobby: Total of");
    ada.types("nobody else reads this on its way");
    grace.sees_next("<ada> nobody else reads this on its way");
    grace.say("nor this");
    ada.sees("nor this");
}

#[test]
fn people_talk_both_ways() {
    let server = Server::start();
    let mut grace = server.line("grace");
    let ada = in_the_lobby(&server, "ada", &mut [&mut grace]);
    ada.types("hello, grace: één kopje ☕?");
    grace.sees_next("<ada> hello, grace: één kopje ☕?");
    ada.types("/me pours");
    grace.sees_next("* ada pours");
    grace.say("ja, graag — žádný cukr");
    ada.reads("< grace> ja, graag — žádný cukr");
    grace.say("/me sits down");
    ada.reads(" * grace sits down");
    // Each said once, to everyone.
    ada.reads("< ada> hello, grace: één kopje ☕?");
    assert_eq!(ada.count("één kopje"), 1);
    assert_eq!(ada.count("pours"), 1);
    assert_eq!(ada.count("sits down"), 1);
    ada.types("/msg grace psst");
    grace.sees_next("[ada] psst");
    grace.say("/msg ada yes?");
    ada.types("/window goto grace");
    ada.reads("<grace> yes?");
    ada.types("/quit back to work");
    grace.sees_next("* ada is gone (Quit: back to work)");
    ada.ends(0);
}

#[test]
fn a_channel_of_ones_own() {
    let server = Server::start();
    let mut grace = server.line("grace");
    let ada = irssi(&server, "ada");
    ada.types("/join #tea");
    ada.reads("[@ada]");
    ada.types("/topic Tea at four ☕");
    ada.sees("ada changed the topic of #tea to: Tea at four ☕");
    grace.say("/join #tea");
    grace.sees("* #tea is about: Tea at four ☕ (ada, ");
    grace.sees_next("* #tea: @ada and you. What you type goes to #tea now.");
    ada.sees("grace [~line@127.0.0.1] has joined #tea");
    ada.types("/names");
    ada.reads("[@ada] [ grace]");
    ada.types("/whois grace");
    ada.types("/window goto 1");
    ada.sees("grace [~line@127.0.0.1]");
    ada.sees("ircname  : at a terminal");
    ada.sees("channels : #lobby #tea");
    ada.sees("End of WHOIS");
    ada.types("/window goto #tea");
    ada.types("/nick adele");
    grace.sees_next("* ada is now adele");
    ada.sees("You're now known as adele");
    grace.say("/nick gracie");
    ada.sees("grace is now known as gracie");
    ada.types("/op gracie");
    grace.sees("operator");
    ada.sees("mode/#tea [+o gracie] by adele");
    ada.types("/kick gracie no cups left");
    grace.sees("* adele put you out of #tea (no cups left)");
    ada.sees("gracie was kicked from #tea by adele [no cups left]");
}

#[test]
fn who_leaves_and_who_comes_back_is_seen() {
    let server = Server::start();
    let mut grace = server.line("grace");
    let ada = in_the_lobby(&server, "ada", &mut [&mut grace]);
    let mut hugo = server.line("hugo");
    ada.sees("hugo [~line@127.0.0.1] has joined #lobby");
    hugo.say("/quit good night");
    ada.sees("hugo [~line@127.0.0.1] has quit [Quit: good night]");
    grace.say("/part #lobby");
    ada.sees("grace [~line@127.0.0.1] has left #lobby");
    grace.say("/join #lobby");
    ada.screen_with("grace back", |screen| {
        screen.matches("grace [~line@127.0.0.1] has joined").count() == 1
    });
    ada.types("/part #lobby that is all");
    grace.sees("* ada left (that is all)");
}

#[test]
fn two_at_irssi() {
    let server = Server::start();
    let ada = in_the_lobby(&server, "ada", &mut []);
    let bob = in_the_lobby(&server, "bob", &mut []);
    ada.sees("bob [~ada@127.0.0.1] has joined #lobby");
    bob.types("hi, ada");
    ada.reads("< bob> hi, ada");
    ada.types("hi, bob");
    bob.reads("< ada> hi, bob");
    bob.reads("< bob> hi, ada");
    assert_eq!((ada.count("hi, "), bob.count("hi, ")), (2, 2));
    ada.types("/join #den");
    ada.reads("[@ada]");
    ada.types("/topic Mind the step");
    ada.sees("ada changed the topic of #den to: Mind the step");
    bob.types("/join #den");
    bob.sees("Topic for #den: Mind the step");
    bob.sees("Topic set by ada [~ada@127.0.0.1]");
    bob.reads("[@ada] [ bob]");
    ada.sees("bob [~ada@127.0.0.1] has joined #den");
    ada.types("/kick bob the step");
    bob.sees("kicked from #den by ada [the step]");
}
