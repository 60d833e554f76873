//! What a restart keeps, after SIGTERM and after `kill -9` alike: accounts, channels, ranks, what was
//! said, and where it can be found.

mod support;

use std::time::{Duration, Instant};
use support::history::{CAPABILITIES, history};
use support::{PATIENCE, Person, Server};

/// `\0bob\0hunter22`, as SASL PLAIN has it.
const BOBS_PASSWORD: &str = "AGJvYgBodW50ZXIyMg==";

#[test]
fn sigterm_keeps_everything() {
    everything_is_kept(Server::stop);
}

#[test]
fn kill_9_keeps_everything() {
    everything_is_kept(Server::kill);
}

#[test]
fn twice_in_a_row_is_no_different() {
    everything_is_kept(|server| {
        server.kill();
        server.start_again();
        server.stop();
        server.start_again();
        server.kill();
    });
}

fn everything_is_kept(stop: impl Fn(&mut Server)) {
    let mut server = Server::start();
    let people = settle_in(&server);
    stop(&mut server);
    drop(people);
    server.start_again();

    accounts_are_kept(&server);
    let mut bob = bob_again(&server);
    a_registered_channel_is_kept(&server, &mut bob);
    an_unregistered_channel_waits_for_its_people(&server, &mut bob);
    let mut ada = server.connect();
    ada.say("/login ada correct-horse");
    ada.sees("You are ada, logged in.");
    ranks_come_back_with_accounts(&mut ada, &mut bob);
    what_was_said_is_found(&server, &mut ada, &mut bob);
}

/// Bob at IRC and ada at a terminal have accounts; they make a channel of each kind, and talk.
fn settle_in(server: &Server) -> [Person; 2] {
    let mut bob = server.irc_with("bob", CAPABILITIES);
    bob.say("REGISTER * * hunter22");
    bob.sees("REGISTER SUCCESS bob ");
    let mut ada = server.line("ada");
    ada.say("/register correct-horse");
    ada.sees("ada is yours now");
    for line in [
        "JOIN #kept",
        "PRIVMSG ChanServ :REGISTER #kept",
        "TOPIC #kept :what stays",
        "MODE #kept +imkl sesame 9",
        "MODE #kept +b *!*@192.0.2.1",
        "MODE #kept +eI friend!*@* guest!*@*",
        "JOIN #den",
        "TOPIC #den :for now",
        "MODE #den +s",
        "PRIVMSG #den :under the table",
        "JOIN #lobby",
    ] {
        bob.say(line);
    }
    bob.settles();
    ada.say("/join #den");
    ada.sees("under the table");
    bob.say("MODE #den +v ada");
    bob.say("PRIVMSG ada :between the two of us");
    ada.sees("[bob] between the two of us");
    ada.say("/msg bob and nobody else");
    bob.sees("PRIVMSG bob :and nobody else");
    ada.say("/join #lobby");
    ada.say("the quick brown fox");
    bob.sees("PRIVMSG #lobby :the quick brown fox");
    bob.say("PRIVMSG #lobby :jumps");
    ada.sees("<bob> jumps");
    [bob, ada]
}

fn accounts_are_kept(server: &Server) {
    let mut stranger = server.connect();
    stranger.say("NICK bob");
    stranger.say("USER bob 0 * :bob");
    stranger.sees(" 433 ");
    stranger.say("NICK stranger");
    stranger.sees(" 001 stranger ");
    stranger.say("PRIVMSG NickServ :IDENTIFY bob hunter23");
    stranger.sees("wrong");
    stranger.say("PRIVMSG NickServ :REGISTER elsewhere");
    stranger.sees("stranger");
    let mut caller = server.connect();
    caller.say("/login ada wrong-horse");
    caller.sees("not the right name and password");
}

fn bob_again(server: &Server) -> Person {
    let mut bob = server.connect();
    bob.say("CAP LS 302");
    bob.say(&format!("CAP REQ :sasl {CAPABILITIES}"));
    bob.say("NICK bob");
    bob.say("USER bob 0 * :bob");
    bob.say("AUTHENTICATE PLAIN");
    bob.sees("AUTHENTICATE +");
    bob.say(&format!("AUTHENTICATE {BOBS_PASSWORD}"));
    bob.sees(" 903 ");
    bob.say("CAP END");
    bob.sees(" 001 bob ");
    bob
}

fn a_registered_channel_is_kept(server: &Server, bob: &mut Person) {
    let mut stranger = server.irc("somebody");
    stranger.say("JOIN #kept sesame");
    stranger.sees(" 473 ");
    // The founder needs no key and no invitation.
    bob.say("JOIN #kept");
    assert!(bob.sees(" 332 ").ends_with(":what stays"));
    assert!(bob.sees(" 353 ").ends_with(":~bob"));
    bob.say("MODE #kept");
    let modes = bob.sees(" 324 ");
    let (_, modes) = modes.split_once("#kept ").expect("modes");
    let mut words = modes.split(' ');
    let letters = words.next().expect("letters");
    assert!("iklmnt".chars().all(|letter| letters.contains(letter)), "{modes}");
    assert_eq!(words.collect::<Vec<_>>(), ["sesame", "9"]);
    for (list, numeric, mask) in
        [("b", " 367 ", "*!*@192.0.2.1"), ("e", " 348 ", "friend!*@*"), ("I", " 346 ", "guest!*@*")]
    {
        bob.say(&format!("MODE #kept {list}"));
        let entry = bob.sees(numeric);
        assert!(entry.contains(mask) && entry.contains("bob"), "{entry}");
    }
}

fn an_unregistered_channel_waits_for_its_people(server: &Server, bob: &mut Person) {
    // Whoever comes first and was nobody there has no say.
    let mut early = server.irc("early");
    early.say("JOIN #den");
    assert!(early.sees(" 332 ").ends_with(":for now"));
    assert!(early.sees(" 353 ").ends_with(":early"));
    early.say("TOPIC #den :mine now");
    early.sees(" 482 ");
    bob.say("JOIN #den");
    early.sees(" MODE #den +o bob");
    let names = bob.sees(" 353 ");
    assert!(names.contains("@bob") && names.contains("early"));
    early.say("QUIT");
    early.rest();
}

fn ranks_come_back_with_accounts(ada: &mut Person, bob: &mut Person) {
    ada.say("/join #den");
    bob.sees(" MODE #den +v ada");
    bob.say("MODE #den +m");
    ada.say("I have a voice");
    bob.sees("PRIVMSG #den :I have a voice");
}

fn what_was_said_is_found(server: &Server, ada: &mut Person, bob: &mut Person) {
    let said: Vec<_> = history(server, "#lobby").into_iter().map(|message| message.text).collect();
    assert_eq!(said, ["the quick brown fox", "jumps"]);
    bob.say("CHATHISTORY LATEST ada * 10");
    bob.sees(":between the two of us");
    bob.sees(":and nobody else");
    bob.say("CHATHISTORY LATEST #den * 10");
    bob.sees(":under the table");
    ada.say("/history bob");
    ada.sees("[bob] between the two of us");
    ada.sees("[ada] and nobody else");
    ada.say("/history #lobby");
    ada.sees("<ada> the quick brown fox");
    ada.sees("<bob> jumps");
    find(ada, "brown quick", "<ada> the quick brown fox");
    find(ada, "#den table", "<bob> under the table");
}

/// The index follows behind: it is asked until it has it.
fn find(person: &mut Person, words: &str, found: &str) {
    let until = Instant::now() + PATIENCE;
    loop {
        person.say(&format!("/search {words}"));
        let header = person.sees("ound");
        if header.starts_with("* Found") {
            person.sees(found);
            return;
        }
        assert!(Instant::now() < until, "{words:?} was not found");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn sigterm_says_goodbye_to_everyone_and_keeps_what_was_said_before() {
    let mut server = Server::start();
    let (mut ada, mut grace) = (server.irc("ada"), server.line("grace"));
    let mut caller = server.connect();
    caller.sees("Press Enter");
    ada.say("JOIN #lobby");
    ada.settles();
    for number in 0..50 {
        ada.say(&format!("PRIVMSG #lobby :number {number}"));
    }
    ada.settles();
    server.stop();
    assert!(ada.rest().contains("ERROR :"));
    assert!(grace.rest().ends_with("* Goodbye: Server shutting down.\r\n"));
    caller.rest();
    server.start_again();
    let said = history(&server, "#lobby");
    assert_eq!(said.len(), 50);
    assert_eq!(said[49].text, "number 49");
}

#[test]
fn who_stays_is_there_after_a_restart_before_they_connect() {
    let mut server = Server::start();
    let mut ada = server.line("ada");
    ada.say("/register correct-horse");
    ada.sees("ada is yours now");
    ada.say("/stay on");
    ada.sees("You stay here when your connection ends.");
    ada.say("/join #den");
    ada.sees("* #den: only you.");
    ada.say("/quit");
    ada.rest();
    server.kill();
    server.start_again();
    let mut bob = server.line("bob");
    bob.say("/join #den");
    bob.sees("* #den: @ada and you.");
    bob.say("while you were out");
    bob.say("/msg ada psst");
    bob.sees("ada is away (Not connected right now");
    let mut ada = server.connect();
    ada.say("/login ada correct-horse");
    ada.sees("You are ada, logged in.");
    ada.sees("<bob> while you were out");
    ada.say("/join #den");
    ada.say("I am back");
    bob.sees("<ada> I am back");
}
