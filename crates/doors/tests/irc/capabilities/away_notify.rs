//! Who is away, without asking.

use crate::common::check;

#[test]
fn neighbours_hear_it_once_and_those_who_did_not_ask_never() {
    check(
        "+ada away-notify
        +bob away-notify
        +cy
        +dan away-notify server-time
        ada>> JOIN #a,#b
        bob>> JOIN #a,#b
        cy>> JOIN #a
        ada> AWAY :out for tea
        ada< :irc.example 306 ada :You have been marked as being away
        bob< :ada!~ada@10.0.0.1 AWAY :out for tea
        ada> AWAY :out for tea
        ada< :irc.example 306 ada :You have been marked as being away
        ada> AWAY :asleep
        ada< :irc.example 306 ada :You have been marked as being away
        bob< :ada!~ada@10.0.0.1 AWAY :asleep
        dan> JOIN #b
        ada< :dan!~dan@10.0.0.4 JOIN #b
        bob< :dan!~dan@10.0.0.4 JOIN #b
        dan< @time=2026-11-22T16:01:10.000Z :dan!~dan@10.0.0.4 JOIN #b
        dan< :irc.example 353 dan = #b :@ada bob dan
        dan< :irc.example 366 dan #b :End of /NAMES list
        ada> AWAY
        ada< :irc.example 305 ada :You are no longer marked as being away
        bob< :ada!~ada@10.0.0.1 AWAY
        dan< @time=2026-11-22T16:01:10.000Z :ada!~ada@10.0.0.1 AWAY
        ",
    );
}

#[test]
fn who_comes_in_away_is_known_to_be() {
    check(
        "+ada away-notify
        +bob away-notify
        +cy
        ada>> JOIN #a
        cy>> JOIN #a
        bob> AWAY :back soon
        bob< :irc.example 306 bob :You have been marked as being away
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        ada< :bob!~bob@10.0.0.2 AWAY :back soon
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada cy bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        cy< :bob!~bob@10.0.0.2 JOIN #a
        ",
    );
}

#[test]
fn a_second_connection_is_answered_and_not_told() {
    check(
        "+ada away-notify
        ada>> REGISTER * * pw
        ada>> JOIN #a
        ++desk
        desk>> CAP REQ :sasl away-notify
        desk>> AUTHENTICATE PLAIN
        desk>> AUTHENTICATE AGFkYQBwdw==
        desk>> NICK ada
        desk>> USER desk 0 * :Desk
        desk>> CAP END
        desk> AWAY :out
        ada< :irc.example 306 ada :You have been marked as being away
        desk< :irc.example 306 ada :You have been marked as being away
        ",
    );
}

#[test]
fn who_stays_without_a_connection_is_away_until_they_are_back() {
    check(
        "+ada
        +bob away-notify
        +cy away-notify extended-monitor
        ada>> REGISTER * * pw
        ada>> PERSISTENCE SET ON
        ada>> JOIN #a
        bob>> JOIN #a
        cy>> MONITOR + ada
        ada> QUIT
        ada< ERROR :Closing link: Quit
        bob< :ada!~ada@10.0.0.1 AWAY :Not connected right now; will read this later
        cy< :ada!~ada@10.0.0.1 AWAY :Not connected right now; will read this later
        ++desk
        desk>> CAP REQ :sasl no-implicit-names away-notify
        desk>> AUTHENTICATE PLAIN
        desk>> AUTHENTICATE AGFkYQBwdw==
        desk>> NICK ada
        desk>> USER desk 0 * :Desk
        desk> CAP END
        bob< :ada!~ada@10.0.0.1 AWAY
        cy< :ada!~ada@10.0.0.1 AWAY
        desk< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        desk< :ada!~ada@10.0.0.1 JOIN #a
        ",
    );
}
