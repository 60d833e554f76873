//! Accounts that stay while nobody is connected: in their channels, written to, found again on any device,
//! whatever became of the server meanwhile.

use crate::support::{Person, Server};

const CAPABILITIES: &str =
    "sasl batch server-time message-tags draft/chathistory draft/read-marker draft/persistence";

/// Registers, and says that they stay.
fn who_stays(server: &Server, nick: &str) -> Person {
    let mut person = server.irc_with(nick, CAPABILITIES);
    person.say("REGISTER * * pw");
    person.sees("REGISTER SUCCESS");
    person.say("PERSISTENCE SET ON");
    person.sees("PERSISTENCE STATUS ON ON");
    person
}

/// The same account again, by its password.
fn back(server: &Server, nick: &str) -> Person {
    let mut person = server.connect();
    person.say("CAP LS 302");
    person.say(&format!("CAP REQ :{CAPABILITIES}"));
    person.say(&format!("PASS {nick}:pw"));
    person.say(&format!("NICK {nick}"));
    person.say(&format!("USER {nick} 0 * :{nick}"));
    person.say("CAP END");
    person.sees(&format!(" 001 {nick} "));
    person
}

#[test]
fn kill_9_makes_no_difference_to_who_stays() {
    who_stays_is_found_in_their_channels(Server::kill);
}

#[test]
fn nor_does_a_proper_end() {
    who_stays_is_found_in_their_channels(Server::stop);
}

fn who_stays_is_found_in_their_channels(stop: impl Fn(&mut Server)) {
    let mut server = Server::start();
    settle_in(&server);
    for visitor in ["cy", "dan"] {
        stop(&mut server);
        server.start_again();
        visit(&server, visitor);
    }
    // Nobody else is let in by that name.
    let mut eve = server.connect();
    eve.say("NICK ada");
    eve.say("USER eve 0 * :Eve");
    eve.sees(" 433 ");
    let mut desk = two_devices_are_one_person(&server);

    // Who stays no longer is gone with the last connection.
    let mut bob = back(&server, "bob");
    bob.sees(" JOIN #den");
    bob.say("PERSISTENCE SET OFF");
    bob.sees("PERSISTENCE STATUS OFF OFF");
    bob.say("QUIT");
    bob.rest();
    desk.sees(":bob!~bob@parlor.local QUIT");
    stop(&mut server);
    server.start_again();
    let mut eve = server.irc("eve");
    eve.say("JOIN #den");
    let names = eve.sees(" 353 ");
    assert!(names.contains("ada") && !names.contains("bob"), "{names}");
}

/// Ada and bob stay in a channel, where ada has read something; their connections end in two ways.
fn settle_in(server: &Server) {
    let [mut ada, mut bob] = ["ada", "bob"].map(|nick| who_stays(server, nick));
    for person in [&mut ada, &mut bob] {
        person.say("JOIN #den,#lobby");
        person.sees(" JOIN #lobby");
        person.sees(" 366 ");
    }
    ada.say("MODE #den +v bob");
    ada.say("MARKREAD #den timestamp=2020-01-02T03:04:05.678Z");
    ada.sees("MARKREAD #den timestamp=2020");
    drop(ada);
    bob.say("QUIT");
    bob.rest();
}

/// Somebody comes by while nobody else has a connection, and writes.
fn visit(server: &Server, visitor: &str) {
    let mut person = server.irc(visitor);
    person.say("JOIN #den");
    let names = person.sees(" 353 ");
    assert!(names.contains("@ada") && names.contains("+bob"), "{names}");
    person.say(&format!("PRIVMSG #den :{visitor} was here"));
    person.say("PRIVMSG ada :psst");
    person.sees(" 301 ");
    person.say("QUIT");
    person.rest();
}

/// Both are told where they are; what is read on the one is known to the other. Returns one of them.
fn two_devices_are_one_person(server: &Server) -> Person {
    let mut desk = back(server, "ada");
    desk.sees(" JOIN #den");
    desk.sees("MARKREAD #den timestamp=2020-01-02T03:04:05.678Z");
    desk.say("CHATHISTORY LATEST #den * 10");
    desk.sees("PRIVMSG #den :cy was here");
    desk.sees("PRIVMSG #den :dan was here");
    let mut phone = back(server, "ada");
    phone.sees(" JOIN #den");
    phone.settles();
    desk.say("MARKREAD #den timestamp=2020-02-03T00:00:00.000Z");
    phone.sees("MARKREAD #den timestamp=2020-02-03T00:00:00.000Z");
    desk.say("PERSISTENCE GET");
    desk.sees("PERSISTENCE STATUS ON ON");
    desk
}
