//! How long a line may be, and how long it becomes (message-tags, "Size limit"; RFC 1459, 2.3).

use crate::common::Town;

const TOO_LONG: &str = "ada< :irc.example 417 ada :Input line was too long";

fn town() -> Town {
    let mut town = Town::new();
    town.sign_on("ada", "message-tags");
    town.sign_on("bob", "message-tags server-time account-tag");
    town.send("ada", "NS REGISTER pw");
    town.take_seen();
    town
}

#[test]
fn tags_may_have_4094_bytes_beside_those_of_the_server() {
    let mut town = town();
    let value = "x".repeat(4094 - "+a=".len());
    town.send("ada", &format!("@+a={value} PRIVMSG bob :hi"));
    let seen = town.take_seen();
    let before = "bob< @time=2026-11-22T16:01:10.000Z;msgid=1-5-0;account=ada;+a=";
    assert_eq!(seen, [format!("{before}{value} :ada!~ada@10.0.0.1 PRIVMSG bob :hi")]);
    town.send("ada", &format!("@+a={value}y PRIVMSG bob :hi"));
    assert_eq!(town.take_seen(), [TOO_LONG]);
    town.send("ada", &format!("@label=1;+a={} TAGMSG bob", &value[..4000]));
    assert_eq!(town.take_seen().len(), 1, "the next line is read, and what is within is told");
}

#[test]
fn a_line_may_have_512_bytes_beside_its_tags() {
    let mut town = town();
    let tags = format!("@+a={}", "x".repeat(4091));
    let room = 510 - "PRIVMSG bob :".len();
    // What others see is shorter, by who says it.
    let shown = 510 - ":ada!~ada@10.0.0.1 PRIVMSG bob :".len();
    town.send("ada", &format!("{tags} PRIVMSG bob :{}", "y".repeat(room)));
    let seen = town.take_seen();
    let text = seen[0].split_once("PRIVMSG bob :").map(|(_, text)| text.len());
    assert_eq!((seen.len(), text), (1, Some(shown)));
    for tags in ["", &*tags] {
        town.send("ada", format!("{tags} PRIVMSG bob :{}", "y".repeat(room + 1)).trim_start());
        assert_eq!(town.take_seen(), [TOO_LONG]);
    }
    town.feed("ada", "z".repeat(20_000).as_bytes());
    assert_eq!(town.take_seen(), [TOO_LONG], "once for a line, however long it is");
    town.send("ada", "");
    town.send("ada", "PRIVMSG bob :all is well");
    assert!(town.take_seen()[0].ends_with(":all is well"));
}

#[test]
fn no_character_is_cut_in_two_for_a_reader_further_away() {
    let mut town = town();
    for (character, bytes) in [("é", 2), ("日", 3), ("🎈", 4)] {
        for shift in 0..bytes {
            let text = "x".repeat(shift) + &character.repeat(490 / bytes);
            town.send("ada", &format!("PRIVMSG bob :{text}"));
            let seen = town.take_seen();
            let shown = seen[0].split_once("PRIVMSG bob :").map(|(_, text)| text);
            let shown = shown.expect("a message");
            let room = 510 - ":ada!~ada@10.0.0.1 PRIVMSG bob :".len();
            assert!(text.starts_with(shown) && shown.len() > room - bytes && shown.len() <= room);
        }
    }
}
