//! What `TARGMAX` says of commands is what holds: so many targets of one line count, and no more.

use crate::common::Town;
use std::collections::BTreeSet;

/// More than any bounded command takes.
const MANY: usize = 30;

/// What a client is told of how many targets a command takes: nothing where they are not counted.
fn told(town: &mut Town, verb: &str) -> Option<usize> {
    town.send("ada", "ISUPPORT");
    let told = town.take_seen().join(" ");
    let (_, targmax) = told.split_once(" TARGMAX=").expect("a token");
    let targmax = targmax.split(' ').next().expect("its value");
    let mut words = targmax.split(',').filter_map(|word| word.split_once(':'));
    let (_, most) = words.find(|(name, _)| *name == verb).expect("the command is listed");
    most.parse().ok()
}

/// Ada, who is of rank in `#all`, and many others there, each with a channel of their own.
fn town() -> Town {
    let mut town = Town::new();
    town.sign_on("ada", "message-tags");
    town.send("ada", "JOIN #all");
    for number in 0..MANY {
        let name = format!("p{number}");
        town.sign_on(&name, "message-tags");
        town.send(&name, &format!("JOIN #all,#p{number}"));
    }
    town.take_seen();
    town
}

fn list(sign: &str) -> String {
    (0..MANY).map(|number| format!("{sign}p{number}")).collect::<Vec<_>>().join(",")
}

/// How many lines have this in them that anyone saw, the same one seen by several counted once.
fn count(town: &mut Town, line: &str, text: &str) -> usize {
    town.send("ada", line);
    let seen = town.take_seen();
    let found = seen.iter().filter_map(|line| line.find(text).map(|at| &line[at..]));
    found.collect::<BTreeSet<_>>().len()
}

#[test]
fn so_many_targets_count_as_clients_are_told() {
    for (verb, line, text) in [
        ("PRIVMSG", format!("PRIVMSG {} :hi", list("")), " PRIVMSG p"),
        ("PRIVMSG", format!("PRIVMSG {} :hi", list("#")), " 404 ada #"),
        ("NOTICE", format!("NOTICE {} :hi", list("")), " NOTICE p"),
        ("TAGMSG", format!("@+typing=active TAGMSG {}", list("")), " TAGMSG p"),
        ("WHOIS", format!("WHOIS {}", list("")), "ada< :irc.example 311 "),
        ("WHOWAS", format!("WHOWAS {}", list("")), "ada< :irc.example 406 "),
        ("NAMES", format!("NAMES {}", list("#")), "ada< :irc.example 366 "),
        ("PART", format!("PART {}", list("#")), "ada< :irc.example 442 "),
        ("KICK", format!("KICK #all {}", list("")), " KICK #all p"),
    ] {
        let mut town = town();
        let most = told(&mut town, verb).expect("a number");
        assert_eq!(count(&mut town, &line, text), most, "{line}");
    }
}

#[test]
fn a_line_of_userhost_names_five() {
    let mut town = town();
    assert_eq!(told(&mut town, "USERHOST"), Some(5));
    town.send("ada", &format!("USERHOST {}", list("").replace(',', " ")));
    let seen = town.take_seen();
    assert_eq!((seen.len(), seen[0].matches("=+").count()), (1, 5), "{seen:?}");
}

#[test]
fn of_masks_so_many_count_and_the_first_beyond_is_named() {
    for (line, listed, beyond) in [
        ("LIST *p0,*p1,*p2,*p3,*p4,*p5,*p6,*p7,*p8,*p9", 10, 0),
        ("LIST *p0,*p1,*p2,*p3,*p4,*p5,*p6,*p7,*p8,*p9,*x,#p10", 10, 1),
        ("LIST #p10,#p11,*p1,*p2,*p3,*p4,*p5,*p6,*p7,*p8,*p9", 10, 1),
    ] {
        let mut town = town();
        assert_eq!(count(&mut town, line, " 322 ada #p"), listed, "{line}");
        assert_eq!(count(&mut town, line, ":Too many masks"), beyond, "{line}");
    }
    let mut town = town();
    town.send("ada", "LIST !*0,!*1,!*2,!*3,!*4,!*5,!*6,!*7,!*8,!*9,!#ALL");
    let seen = town.take_seen();
    let expected = [
        "ada< :irc.example 407 ada #all :Too many masks",
        "ada< :irc.example 321 ada Channel :Users  Name",
        "ada< :irc.example 322 ada #lobby 0 :",
        "ada< :irc.example 322 ada #all 31 :",
        "ada< :irc.example 323 ada :End of /LIST",
    ];
    assert_eq!(seen, expected);
}

#[test]
fn targets_that_are_not_counted_all_count() {
    for (verb, line, text) in [
        ("JOIN", format!("JOIN {}", list("#")), "ada< :irc.example 366 "),
        ("LIST", format!("LIST {}", list("#")), "ada< :irc.example 322 "),
        ("MONITOR", format!("MONITOR + {}", list("")), "ada< :irc.example 730 "),
        ("ISON", format!("ISON {}", list("").replace(',', " ")), "ada< :irc.example 303 "),
    ] {
        let mut town = town();
        assert_eq!(told(&mut town, verb), None, "{verb}");
        town.send("ada", &line);
        let seen = town.take_seen();
        let seen =
            seen.iter().filter(|seen| seen.contains(text)).fold(String::new(), |all, line| {
                all + line.split_once(text).map_or("", |(_, rest)| rest) + " "
            });
        let missing = (0..MANY).find(|number| {
            let is_them = |word: &str| {
                let word = word.split('!').next().unwrap_or_default();
                word.trim_start_matches([':', '#']) == format!("p{number}")
            };
            !seen.split([' ', ',']).any(is_them)
        });
        assert_eq!(missing, None, "{line}: {seen}");
    }
}
