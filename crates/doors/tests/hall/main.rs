//! What a shard spends on one event: it is rendered once a dialect, and written with all that was
//! released with it.

#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod common;

use common::Town;

fn in_one_channel(people: &[(&str, &str)]) -> Town {
    let mut town = Town::new();
    for (name, caps) in people {
        town.sign_on(name, caps);
        town.send(name, "JOIN #go");
    }
    town.take_seen();
    town
}

#[test]
fn everyone_of_one_dialect_shares_the_same_bytes() {
    let people = [("ada", ""), ("bob", ""), ("cyd", ""), ("dan", "server-time")];
    let mut town = in_one_channel(&people);
    town.send("ada", "PRIVMSG #go :hello");
    let [bob, cyd, dan] = ["bob", "cyd", "dan"].map(|name| town.take_writes(name));
    assert_eq!(bob.concat().len(), 1);
    assert_eq!(bob, cyd, "they are told the same bytes at the same place in memory");
    assert_ne!(bob, dan, "another dialect has other bytes");
}

#[test]
fn what_is_released_together_is_one_write() {
    let mut town = in_one_channel(&[("ada", ""), ("bob", "")]);
    town.feed("ada", b"PRIVMSG #go :one\r\nPRIVMSG bob :two\r\nPRIVMSG #go :three\r\n");
    let writes = town.take_writes("bob");
    assert_eq!(writes.iter().map(Vec::len).collect::<Vec<_>>(), [3], "three pieces, one write");
}

#[test]
fn what_a_channel_is_told_together_is_one_piece_for_each_member() {
    let people = [("ada", ""), ("bob", ""), ("cyd", "")];
    let mut town = in_one_channel(&people);
    town.feed("ada", b"PRIVMSG #go :one\r\nPRIVMSG #go :two\r\nPRIVMSG #go :three\r\n");
    let [bob, cyd] = ["bob", "cyd"].map(|name| town.take_writes(name));
    assert_eq!(bob.concat().len(), 1);
    assert_eq!(bob, cyd, "they are told the same bytes at the same place in memory");
}

#[test]
fn what_a_crowd_is_told_waits_for_what_few_are_told() {
    let people: Vec<String> = (0..80).map(|number| format!("n{number}")).collect();
    let people: Vec<(&str, &str)> = people.iter().map(|name| (name.as_str(), "")).collect();
    let mut town = in_one_channel(&people);
    town.take_waiting();
    town.feed("n0", b"PRIVMSG #go :to everyone\r\nPRIVMSG n1 :to you\r\n");
    let (few, crowded) = town.take_waiting();
    assert_eq!((few, crowded), (0, 79), "whoever is one of a crowd waits with it");
    town.take_seen();
    town.feed("n0", b"PRIVMSG n1 :to you\r\n");
    assert_eq!(town.take_waiting(), (1, 0));
}

#[test]
fn while_a_crowd_waits_what_it_is_told_stays_one_piece() {
    let mut town = in_one_channel(&[("ada", ""), ("bob", "")]);
    for text in ["one", "two"] {
        town.send("ada", &format!("PRIVMSG #go :{text}"));
    }
    assert_eq!(town.take_writes("bob").concat().len(), 1);
    for text in ["three", "four"] {
        town.send("ada", &format!("PRIVMSG #go :{text}"));
        town.seal();
    }
    assert_eq!(town.take_writes("bob").concat().len(), 2, "each was sealed");
}

/// What is shown on joining is nothing in a new channel; the answer behind it was left in the queue.
#[test]
fn an_answer_without_rows_does_not_hold_up_the_next() {
    let mut town = Town::new();
    town.connect("ada");
    town.send("ada", "/nick ada");
    town.take_seen();
    town.feed("ada", b"/join #new\r\n/history\r\n");
    let seen = town.take_seen();
    assert_eq!(seen.last().map(String::as_str), Some("ada< * Nothing is kept of #new yet."));
}

#[test]
fn nobody_is_left_waiting_at_the_door_while_nothing_can_be_saved() {
    let mut town = Town::new();
    town.set_failing(true);
    town.connect("ada");
    town.send("ada", "NICK ada");
    town.send("ada", "USER ada 0 * :Ada");
    let why = "The server cannot save anything right now; try again in a while";
    assert_eq!(town.take_seen(), [format!("ada< ERROR :Closing link: {why}")]);
    town.connect("bob");
    town.send("bob", "hello");
    assert_eq!(town.take_seen(), [format!("bob< * Goodbye: {why}.")]);
}

#[test]
fn who_takes_no_large_answers_is_not_read_until_they_do() {
    let mut town = in_one_channel(&[("ada", ""), ("bob", "")]);
    town.send("bob", "PRIVMSG #go :hello");
    town.take_seen();
    let mut lines = b"CHATHISTORY LATEST #go * 10\r\n".repeat(100);
    lines.extend_from_slice(b"PRIVMSG #go :and so on\r\n");
    town.feed("ada", &lines);
    assert!(town.take_bytes("bob").is_empty(), "what ada says waits behind what she asks for");
    for _ in 0..100 {
        town.take_bytes("ada");
        town.feed("bob", b"\r\n");
    }
    assert!(String::from_utf8(town.take_bytes("bob")).expect("UTF-8").ends_with("and so on\r\n"));
}

/// However many pages somebody asks for, one is fetched: the next when they have read it.
#[test]
fn a_page_is_fetched_when_the_one_before_is_read() {
    for (label, labelled) in [("", ""), ("@label=1 ", "labeled-response batch ")] {
        let mut town = in_one_channel(&[("ada", labelled), ("bob", "")]);
        town.send("bob", "PRIVMSG #go :hello");
        town.take_seen();
        let before = town.read;
        for _ in 0..3 {
            town.send("ada", &format!("{label}CHATHISTORY LATEST #go * 10"));
        }
        town.send("ada", "PING behind");
        assert_eq!(town.read - before, 1, "while nothing is read");
        let seen = town.take_seen();
        assert_eq!(town.read - before, 3);
        let pages = seen.iter().filter(|line| line.ends_with("PRIVMSG #go :hello")).count();
        assert_eq!(pages, 3, "{seen:?}");
        assert!(seen.last().unwrap().ends_with("behind"), "{seen:?}");
    }
}

#[test]
fn what_is_answered_behind_a_command_on_its_way_is_bounded() {
    let mut town = in_one_channel(&[("ada", "")]);
    town.hold("ada", "PRIVMSG #go :hello");
    let pings = |count| b"PING on\r\n".repeat(count);
    town.hold_bytes("ada", &pings(63));
    assert!(!town.must_wait("ada"));
    town.hold_bytes("ada", &pings(137));
    assert!(town.must_wait("ada"), "the rest is not read");
    town.turn();
    assert!(!town.must_wait("ada"));
    town.turn();
    assert_eq!(town.take_seen().len(), 200);

    // Where nothing was left to be read, it is said that there may be again.
    town.hold("ada", "PRIVMSG #go :hello");
    town.hold_bytes("ada", &pings(64));
    assert!(town.must_wait("ada"));
    town.turn();
    assert!(town.may_go_on("ada"));
}

#[test]
fn who_asks_and_reads_no_answers_is_put_out_at_once() {
    let answered_by = ["PING on\r\n", "MODE #go\r\n"];
    for line in answered_by {
        let mut town = in_one_channel(&[("ada", "")]);
        for _ in 0..600 {
            town.feed("ada", line.repeat(60).as_bytes());
        }
        let seen = town.take_seen();
        let why = "You read too slowly: too much is waiting for you";
        assert_eq!(seen, [format!("ada< ERROR :Closing link: {why}")], "{line}");
    }
}

#[test]
fn a_caller_whose_handshake_was_quick_is_greeted_once() {
    let mut town = Town::new();
    town.connect("ada");
    town.shake_hands("ada", None);
    town.play("~500");
    let greetings = town.take_seen().iter().filter(|line| line.contains("Enter")).count();
    assert_eq!(greetings, 1);
}

#[test]
fn who_has_spoken_and_is_not_read_yet_is_not_greeted() {
    let mut town = Town::new();
    town.connect("ada");
    town.note_unread("ada");
    town.play("~500");
    assert!(town.take_seen().is_empty());
    town.play("~499");
    assert!(town.take_seen().is_empty());
    town.play("~1");
    assert!(!town.take_seen().is_empty(), "there was nothing to be read");
}

#[test]
fn who_goes_on_guessing_passwords_is_put_out() {
    let mut town = in_one_channel(&[("ada", ""), ("bob", "")]);
    town.send("ada", "REGISTER * * secret");
    for guess in 1..=8 {
        town.take_seen();
        town.send("bob", &format!("NS IDENTIFY ada guess-{guess}"));
    }
    let farewell = "bob< ERROR :Closing link: Too many wrong passwords";
    assert!(town.take_seen().iter().any(|line| line == farewell));
}
