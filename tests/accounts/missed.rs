//! What was written to somebody who stays, while no connection of theirs was there: shown to the first that comes,
//! once, whatever became of the server meanwhile.

use crate::support::{Person, Server};

#[test]
fn what_was_missed_is_shown_once_after_kill_9() {
    what_was_missed_is_shown_once(Server::kill);
}

#[test]
fn and_after_a_proper_end() {
    what_was_missed_is_shown_once(Server::stop);
}

fn what_was_missed_is_shown_once(stop: impl Fn(&mut Server)) {
    let mut server = Server::start();
    let mut ada = server.irc("ada");
    ada.say("REGISTER * * pw");
    ada.sees("REGISTER SUCCESS");
    let mut bob = server.irc_with("bob", "draft/persistence");
    bob.say("REGISTER * * pw");
    bob.sees("REGISTER SUCCESS");
    bob.say("PERSISTENCE SET ON");
    bob.sees("PERSISTENCE STATUS ON ON");
    ada.say("PRIVMSG bob :which he reads");
    bob.sees("PRIVMSG bob :which he reads");
    bob.say("QUIT");
    bob.rest();
    write(&mut ada, "before the end");
    stop(&mut server);
    server.start_again();
    let mut ada = server.connect();
    ada.say("/login ada pw");
    ada.sees("You are ada, logged in.");
    ada.say("/msg bob behind it");
    ada.sees("bob is away (Not connected right now");

    // A client that cannot ask for history, and then a terminal, when there is something again.
    assert_eq!(missed(back_at_irc(&server)), ["before the end", "behind it"]);
    assert_eq!(missed(back_at_irc(&server)), [""; 0], "it has been shown");
    ada.say("/msg bob and so on");
    ada.sees("bob is away (Not connected right now");
    stop(&mut server);
    server.start_again();
    let mut bob = server.connect();
    bob.say("/login bob pw");
    bob.sees("* While you were gone, ada wrote:");
    assert!(bob.next_line().expect("what she wrote").ends_with("[ada] and so on"));
}

fn write(from: &mut Person, text: &str) {
    from.say(&format!("PRIVMSG bob :{text}"));
    from.sees(" 301 ");
}

fn back_at_irc(server: &Server) -> Person {
    let mut bob = server.connect();
    bob.say("PASS bob:pw");
    bob.say("NICK bob");
    bob.say("USER bob 0 * :bob");
    bob.sees(" 001 bob ");
    bob
}

/// The texts that somebody is shown unasked, without the hour in front of each. They go again.
fn missed(mut person: Person) -> Vec<String> {
    let before = person.seen.len();
    person.settles();
    let shown = person.seen[before..].iter();
    let texts = shown.filter_map(|line| line.split_once(" PRIVMSG bob :")?.1.split_once("] "));
    let texts = texts.map(|(_, text)| text.to_owned()).collect();
    person.say("QUIT");
    person.rest();
    texts
}
