//! Each capability, put on and taken off again; and negotiation that goes on and on.

use crate::common::{Town, check};
use crate::watcher::Watcher;

/// The names of all capabilities, as a client is told them.
fn offered() -> Vec<String> {
    let mut town = Town::new();
    let mut watcher = Watcher::arrive(&mut town, "x");
    let listed = watcher.send(&mut town, b"CAP LS");
    // A long list takes several lines.
    let names = listed.iter().map(|line| line.split_once(" LS :").expect("a list").1);
    names.flat_map(|names| names.split(' ').map(str::to_owned)).collect()
}

/// What x is told of an afternoon in a channel, with the given lines before it.
fn afternoon(first: &[String]) -> Vec<String> {
    const OTHERS: &[(&str, &str)] = &[
        ("bob", "JOIN #a"),
        ("cy", "JOIN #a"),
        ("x", "JOIN #a"),
        ("x", "JOIN #x"),
        ("bob", "PRIVMSG #a :hello"),
        ("bob", "@+typing=active TAGMSG #a"),
        ("bob", "NOTICE x :psst"),
        ("x", "MONITOR + bob,dora"),
        ("bob", "AWAY :lunch"),
        ("bob", "AWAY"),
        ("bob", "SETNAME :Robert"),
        ("bob", "REGISTER * * pw"),
        ("bob", "MODE #a +v x"),
        ("bob", "MODE bob +B"),
        ("bob", "PRIVMSG #a :a bot"),
        ("bob", "INVITE x #b"),
        ("bob", "TOPIC #a :greetings"),
        ("bob", "NICK rob"),
        ("cy", "PART #a :bye"),
        ("cy", "JOIN #a"),
        ("x", "NAMES #a"),
        ("x", "WHO #a"),
        ("x", "WHOIS rob"),
        ("x", "@label=1;+x=y PRIVMSG #a :hi"),
        ("x", "@label=2 PING x"),
        ("x", "@label=3;+x TAGMSG #a"),
        ("x", "CHATHISTORY LATEST #a * 10"),
        ("x", "REGISTER * * pw"),
        ("x", "PERSISTENCE GET"),
        ("x", "MARKREAD #a timestamp=2026-11-22T16:01:10.000Z"),
        ("x", "SETNAME :X"),
        ("x", "AWAY :out"),
        ("x", "AUTHENTICATE PLAIN"),
        ("x", "CAP LIST"),
        ("bob", "KICK #a x :out"),
        ("cy", "QUIT :gone"),
    ];
    let mut town = Town::new();
    town.sign_on("bob", "setname message-tags");
    town.sign_on("cy", "");
    let mut x = Watcher::sign_on(&mut town, "x", "");
    for line in first {
        let answer = x.send(&mut town, line.as_bytes());
        let is_granted = answer.len() == 1 && answer[0].contains(" CAP x ACK :");
        assert!(is_granted, "{line}: {answer:?}");
    }
    for (who, line) in OTHERS {
        town.send(who, line);
    }
    town.feed("x", b"PRIVMSG #a :caf\xe9\r\n");
    x.hear(&mut town)
}

#[test]
fn what_is_taken_off_again_is_as_if_it_had_never_been_there() {
    let plain = afternoon(&[]);
    assert!(plain.len() > 40, "{plain:#?}");
    for name in offered() {
        let on = format!("CAP REQ :{name}");
        let off = format!("CAP REQ :-{name}");
        assert_eq!(afternoon(&[on.clone(), off]), plain, "{name}");
        let listed = format!(":irc.example CAP x LIST :{name}");
        let with = afternoon(&[on]);
        assert!(with.contains(&listed), "{name}: {with:#?}");
    }
    let all = offered().join(" ");
    let none = all.split(' ').map(|name| format!("-{name}")).collect::<Vec<_>>().join(" ");
    let ways = [&all, &none].map(|names| {
        // In pieces that fit a line.
        let names: Vec<&str> = names.split(' ').collect();
        names.chunks(8).map(|names| format!("CAP REQ :{}", names.join(" "))).collect::<Vec<_>>()
    });
    assert_eq!(afternoon(&ways.concat()), plain);
}

#[test]
fn a_thousand_requests_are_a_thousand_answers() {
    let names = offered();
    for signed_on in [false, true] {
        let mut town = Town::new();
        let mut x = if signed_on {
            Watcher::sign_on(&mut town, "x", "")
        } else {
            Watcher::arrive(&mut town, "x")
        };
        for (number, name) in names.iter().cycle().take(1000).enumerate() {
            let sign = if number % 2 == 0 { "" } else { "-" };
            let answer = x.send(&mut town, format!("CAP REQ :{sign}{name}").as_bytes());
            let nick = &x.nick;
            assert_eq!(answer, [format!(":irc.example CAP {nick} ACK :{sign}{name}")]);
        }
        assert!(x.is_answered(&mut town));
    }
}

#[test]
fn a_request_as_long_as_a_line_is_answered_whole() {
    let mut town = Town::new();
    let mut x = Watcher::sign_on(&mut town, "x", "");
    for (name, answer) in [("batch", "ACK"), ("nonsense", "NAK")] {
        let count = (510 - "CAP REQ :".len()) / (name.len() + 1);
        let asked = vec![name; count].join(" ");
        let answers = x.send(&mut town, format!("CAP REQ :{asked}").as_bytes());
        let start = format!(":irc.example CAP x {answer} :");
        let words = answers.iter().map(|line| line.strip_prefix(&start).expect("an answer"));
        assert_eq!(words.collect::<Vec<_>>().join(" "), asked);
    }
}

#[test]
fn negotiation_ends_once_and_begins_again_whenever_asked() {
    check(
        "++ada
        ada> CAP END
        ada> CAP REQ batch
        ada< :irc.example CAP * ACK :batch
        ada> NICK ada
        ada> USER ada 0 * :Ada
        ada> CAP REQ
        ada< :irc.example CAP * ACK :
        ada> CAP REQ :
        ada< :irc.example CAP * ACK :
        ada> CAP REQ :-batch batch -batch
        ada< :irc.example CAP * ACK :-batch batch -batch
        ada> CAP REQ := - --batch BATCH
        ada< :irc.example CAP * NAK := - --batch BATCH
        ada> cap list
        ada< :irc.example CAP * LIST :
        ada> CAP END :now
        ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        ada> CAP END
        ada> CAP END
        ada> CAP REQ :batch
        ada< :irc.example CAP ada ACK :batch
        ada> CAP ACK :batch
        ada< :irc.example 410 ada ACK :Invalid CAP command
        ada> CAP :
        ada< :irc.example 410 ada * :Invalid CAP command
        ada> CAP LIST
        ada< :irc.example CAP ada LIST :batch
        ada> PING x
        ada< :irc.example PONG irc.example :x
        ",
    );
}

#[test]
fn a_version_that_is_none_is_the_first() {
    let list = |line: &str| {
        let mut town = Town::new();
        let mut x = Watcher::arrive(&mut town, "x");
        x.send(&mut town, line.as_bytes())
    };
    let (old, new) = (list("CAP LS"), list("CAP LS 302"));
    assert_ne!(old, new, "values are for those who know of them");
    for version in ["", ":", "301", "0", "-302", "302x", "three", "99999999999999999999", "\u{663}"]
    {
        assert_eq!(list(&format!("CAP LS {version}")), old, "{version}");
    }
    for version in ["303", "0302", "400 more"] {
        assert_eq!(list(&format!("CAP LS {version}")), new, "{version}");
    }
}
