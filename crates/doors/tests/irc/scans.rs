//! LIST and WHO look through everything a piece at a time, so that they keep nobody waiting.

use crate::common::Town;
use parlor_hub::bounds::SCANNED_AT_ONCE;

/// Channels that take more than two pieces, a hundred a person.
fn town_of_channels() -> (Town, Vec<String>) {
    let mut town = Town::new();
    let mut names = Vec::new();
    for person in 0..=SCANNED_AT_ONCE / 50 {
        let nick = format!("p{person}");
        town.sign_on(&nick, "");
        for hundred in 0..10 {
            let ten: Vec<String> =
                (0..10).map(|n| format!("#c{person}x{}", hundred * 10 + n)).collect();
            town.send(&nick, &format!("JOIN {}", ten.join(",")));
            town.take_seen();
            names.extend(ten);
        }
    }
    (town, names)
}

#[test]
fn a_list_of_many_channels_tells_each_once_in_its_place() {
    let (mut town, names) = town_of_channels();
    assert!(names.len() > 2 * SCANNED_AT_ONCE);
    town.sign_on("ada", "labeled-response batch");
    town.take_seen();
    town.feed("ada", b"PING before\r\n@label=x LIST\r\nPING behind\r\n");
    let seen = town.take_seen();
    let expected = ["ada< :irc.example PONG irc.example :before".to_owned()]
        .into_iter()
        .chain(["ada< @label=x :irc.example BATCH +l1 labeled-response".to_owned()])
        .chain(["ada< @batch=l1 :irc.example 321 ada Channel :Users  Name".to_owned()])
        .chain(names.iter().map(|name| format!("ada< @batch=l1 :irc.example 322 ada {name} 1 :")))
        .chain(["ada< @batch=l1 :irc.example 323 ada :End of /LIST".to_owned()])
        .chain(["ada< :irc.example BATCH -l1".to_owned()])
        .chain(["ada< :irc.example PONG irc.example :behind".to_owned()]);
    // The lobby is there as well.
    let seen: Vec<String> = seen.into_iter().filter(|line| !line.contains("#lobby")).collect();
    let expected: Vec<String> = expected.collect();
    let wrong = seen.iter().zip(&expected).find(|(seen, expected)| seen != expected);
    assert_eq!((wrong, seen.len()), (None, expected.len()));
    town.send("ada", "LIST #c1x1*");
    assert_eq!(town.take_seen().len(), 1 + 11 + 1);
}

#[test]
fn others_talk_while_a_thousand_channels_are_looked_through() {
    let (mut town, _) = town_of_channels();
    town.sign_on("ada", "");
    town.sign_on("bob", "");
    town.take_seen();
    for _ in 0..5 {
        town.hold("ada", "LIST");
    }
    town.hold("bob", "PRIVMSG ada :hello");
    // Five who look through everything have two pieces with the hub, and no more, in any turn.
    let turns: Vec<usize> = std::iter::from_fn(|| town.turn()).collect();
    assert_eq!(turns.iter().max(), Some(&2), "{turns:?}");
    assert_eq!(turns.iter().sum::<usize>(), 5 * 3, "{turns:?}");
    let seen = town.take_seen();
    assert_eq!(seen.iter().filter(|line| line.contains(" 323 ")).count(), 5);
    assert_eq!(seen.iter().filter(|line| line.ends_with("PRIVMSG ada :hello")).count(), 1);
}

#[test]
fn each_piece_counts_against_the_rate_of_who_looks() {
    let (mut town, _) = town_of_channels();
    town.reload(|facts| (facts.commands_per_second, facts.command_burst) = (1, 3));
    town.sign_on("ada", "");
    town.wait(60_000);
    town.send("ada", "LIST #c1x1");
    assert!(!town.is_over_the_rate("ada"));
    town.send("ada", "LIST");
    assert!(town.is_over_the_rate("ada"));
}

#[test]
fn who_finds_people_in_every_piece() {
    let mut town = Town::new();
    town.sign_on("ada", "");
    for number in 0..=SCANNED_AT_ONCE {
        town.sign_on(&format!("p{number}"), "");
    }
    town.send("p0", "MODE p0 +i");
    town.take_seen();
    town.send("ada", "WHO *o*");
    let seen = town.take_seen();
    // No more than a thousand are told, the last who came.
    let rows = seen.iter().filter(|line| line.contains(" 352 "));
    let told: Vec<&str> = rows.filter_map(|line| line.split(' ').nth(8)).collect();
    assert_eq!(told.len(), 1000);
    assert_eq!((told[0], told[999]), ("p1", "p1000"));
    town.send("ada", "WHO a*");
    let seen = town.take_seen();
    let expected = "ada< :irc.example 352 ada * ~ada 10.0.0.1 irc.example ada H :0 ada of Example";
    assert_eq!(seen, [expected, "ada< :irc.example 315 ada a* :End of WHO list"]);
}
