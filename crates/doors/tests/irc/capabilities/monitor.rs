//! Watching for people to come and go.

use crate::common::{Town, check};

#[test]
fn who_comes_and_goes_is_told_exactly() {
    check(
        "+ada
        +bob
        ada> MONITOR + bob,cy,Dan
        ada< :irc.example 730 ada :bob!~bob@10.0.0.2
        ada< :irc.example 731 ada :cy,Dan
        +cy server-time
        ada> MONITOR S
        ada< :irc.example 730 ada :bob!~bob@10.0.0.2,cy!~cy@10.0.0.3
        ada< :irc.example 731 ada :Dan
        cy> MONITOR + ada,dan
        cy< :irc.example 730 cy :ada!~ada@10.0.0.1
        cy< :irc.example 731 cy :dan
        bob> NICK dan
        ada< :irc.example 731 * :bob
        ada< :irc.example 730 * :dan!~bob@10.0.0.2
        bob< :bob!~bob@10.0.0.2 NICK dan
        cy< @time=2026-11-22T16:01:10.000Z :irc.example 730 * :dan!~bob@10.0.0.2
        bob> NICK DAN
        bob< :dan!~bob@10.0.0.2 NICK DAN
        bob> QUIT
        ada< :irc.example 731 * :DAN
        bob< ERROR :Closing link: Quit
        cy< @time=2026-11-22T16:01:10.000Z :irc.example 731 * :DAN
        cy> MONITOR - DAN
        cy> MONITOR L
        cy< :irc.example 732 cy :ada
        cy< :irc.example 733 cy :End of MONITOR list
        ada> MONITOR C
        ada> MONITOR L
        ada< :irc.example 733 ada :End of MONITOR list
        cy> NICK bob
        cy< @time=2026-11-22T16:01:10.000Z :cy!~cy@10.0.0.3 NICK bob
        ada>> OPER admin secret
        ada> NICK eve
        ada< :ada!~ada@10.0.0.1 NICK eve
        cy< @time=2026-11-22T16:01:10.000Z :irc.example 731 * :ada
        ",
    );
}

#[test]
fn a_sign_on_and_a_kill_are_told() {
    check(
        "+ada
        ada>> OPER admin secret
        ada> MONITOR + bob
        ada< :irc.example 731 ada :bob
        ++bob
        bob>> NICK bob
        bob> USER bob 0 * :Bob
        ada< :irc.example 730 * :bob!~bob@10.0.0.2
        bob< :irc.example 001 bob :Welcome to the Example Network, bob!~bob@10.0.0.2
        ada> KILL bob :enough
        ada< :irc.example 731 * :bob
        ada< :irc.example NOTICE * :*** ada killed bob: enough
        bob< :ada!~ada@10.0.0.1 KILL bob :enough
        bob< ERROR :Closing link: Killed (ada (enough))
        ",
    );
}

#[test]
fn a_second_connection_neither_comes_nor_goes_and_has_a_list_of_its_own() {
    check(
        "+ada
        +bob
        ada>> REGISTER * * pw
        bob>> MONITOR + ada
        ada>> MONITOR + bob
        ++desk
        desk>> CAP REQ :sasl
        desk>> AUTHENTICATE PLAIN
        desk>> AUTHENTICATE AGFkYQBwdw==
        desk>> NICK ada
        desk>> USER desk 0 * :Desk
        desk> CAP END
        desk< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        desk> MONITOR L
        desk< :irc.example 733 ada :End of MONITOR list
        ada> QUIT
        ada< ERROR :Closing link: Quit
        bob> NICK eve
        bob< :bob!~bob@10.0.0.2 NICK eve
        desk> QUIT
        bob< :irc.example 731 * :ada
        desk< ERROR :Closing link: Quit
        ",
    );
}

#[test]
fn what_is_on_the_list_is_not_added_again_and_what_is_no_nick_never() {
    check(
        "+ada batch labeled-response
        ada> MONITOR + *!~bob@*,1x,,bob
        ada< :irc.example 731 ada :bob
        ada> @label=1 MONITOR + BOB
        ada< @label=1 :irc.example ACK
        ada> MONITOR - bob,cy
        ada> MONITOR + ada
        ada< :irc.example 730 ada :ada!~ada@10.0.0.1
        ada> NICK eve
        ada< :irc.example 731 * :ada
        ada< :ada!~ada@10.0.0.1 NICK eve
        ada> MONITOR
        ada< :irc.example 461 eve MONITOR :Not enough parameters
        ada> MONITOR +
        ada< :irc.example 461 eve MONITOR :Not enough parameters
        ada> MONITOR x
        ada< :irc.example NOTICE eve :It is one of + - C L S
        ",
    );
}

#[test]
fn a_full_list_takes_no_more_and_says_which() {
    let mut town = Town::new();
    town.sign_on("ada", "");
    let first: Vec<String> = (0..60).map(|n| format!("a{n}")).collect();
    let second: Vec<String> = (0..45).map(|n| format!("b{n}")).collect();
    town.send("ada", &format!("MONITOR + {}", first.join(",")));
    assert_eq!(town.take_seen(), [format!("ada< :irc.example 731 ada :{}", first.join(","))]);
    town.send("ada", &format!("MONITOR + {}", second.join(",")));
    let expected = [
        format!("ada< :irc.example 731 ada :{}", second[..40].join(",")),
        "ada< :irc.example 734 ada 100 b40,b41,b42,b43,b44 :Monitor list is full.".to_owned(),
    ];
    assert_eq!(town.take_seen(), expected);
    town.send("ada", "MONITOR L");
    let listed: usize =
        town.take_seen().iter().filter(|line| line.contains(" 732 ")).map(|line| names(line)).sum();
    assert_eq!(listed, 100);
}

fn names(line: &str) -> usize {
    line.split(',').count()
}
