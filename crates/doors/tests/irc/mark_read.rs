//! MARKREAD: up to when a conversation was read (draft/read-marker).

use crate::common::{Town, check, check_in};
use parlor_hub::bounds::READ_MARKS_PER_ACCOUNT_MAX;

#[test]
fn a_mark_is_set_got_and_only_moves_on() {
    check(
        "+ada
        +bob
        ada>> NS REGISTER pw
        ~5000
        ada> MARKREAD #a
        ada< :irc.example MARKREAD #a *
        ada> MARKREAD #a timestamp=2026-11-22T16:01:12.000Z
        ada< :irc.example MARKREAD #a timestamp=2026-11-22T16:01:12.000Z
        ada> MARKREAD #A
        ada< :irc.example MARKREAD #A timestamp=2026-11-22T16:01:12.000Z
        ada> MARKREAD #a timestamp=2026-11-22T16:01:11.000Z
        ada< :irc.example MARKREAD #a timestamp=2026-11-22T16:01:12.000Z
        ada> MARKREAD #a timestamp=2026-11-22T16:01:12.001Z
        ada< :irc.example MARKREAD #a timestamp=2026-11-22T16:01:12.001Z
        ada> MARKREAD #a timestamp=2030-01-01T00:00:00.000Z
        ada< :irc.example MARKREAD #a timestamp=2026-11-22T16:01:15.000Z
        ada> MARKREAD bob timestamp=2026-11-22T16:01:13.000Z
        ada< :irc.example MARKREAD bob timestamp=2026-11-22T16:01:13.000Z
        ada> MARKREAD #b
        ada< :irc.example MARKREAD #b *
        bob>> NS REGISTER pw
        bob> MARKREAD #a
        bob< :irc.example MARKREAD #a *
        bob> MARKREAD ada
        bob< :irc.example MARKREAD ada *
        bob>> NICK robert
        ada> MARKREAD robert
        ada< :irc.example MARKREAD robert timestamp=2026-11-22T16:01:13.000Z
        ",
    );
}

#[test]
fn who_comes_in_is_told_before_the_names_end() {
    check(
        "+ada draft/read-marker
        ada>> NS REGISTER pw
        ada> JOIN #a
        ada< :ada!~ada@10.0.0.1 JOIN #a
        ada< :irc.example MARKREAD #a *
        ada< :irc.example 353 ada = #a :@ada
        ada< :irc.example 366 ada #a :End of /NAMES list
        ada>> MARKREAD #a timestamp=2026-11-22T16:01:10.000Z
        ada>> TOPIC #a :x
        +bob draft/read-marker
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 332 bob #a :x
        bob< :irc.example 333 bob #a ada!~ada@10.0.0.1 1795363270
        bob< :irc.example MARKREAD #a *
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        ada>> PART #a
        ada> JOIN #a
        ada< :ada!~ada@10.0.0.1 JOIN #a
        ada< :irc.example 332 ada #a :x
        ada< :irc.example 333 ada #a ada!~ada@10.0.0.1 1795363270
        ada< :irc.example MARKREAD #a timestamp=2026-11-22T16:01:10.000Z
        ada< :irc.example 353 ada = #a :bob ada
        ada< :irc.example 366 ada #a :End of /NAMES list
        bob< :ada!~ada@10.0.0.1 JOIN #a
        ",
    );
}

#[test]
fn all_sessions_of_the_account_hear_of_it_and_nobody_else() {
    check(
        "+ada draft/read-marker
        ada>> NS REGISTER pw
        +phone draft/read-marker
        phone>> NS IDENTIFY ada pw
        +old
        old>> NS IDENTIFY ada pw
        +bob draft/read-marker
        bob>> NS REGISTER pw
        ada> MARKREAD bob timestamp=2026-11-22T16:01:10.000Z
        ada< :irc.example MARKREAD bob timestamp=2026-11-22T16:01:10.000Z
        phone< :irc.example MARKREAD bob timestamp=2026-11-22T16:01:10.000Z
        old> MARKREAD bob timestamp=2026-11-22T16:01:09.000Z
        old< :irc.example MARKREAD bob timestamp=2026-11-22T16:01:10.000Z
        ",
    );
}

#[test]
fn a_mark_that_cannot_be_is_said() {
    check(
        "+ada draft/read-marker
        ada> MARKREAD
        ada< :irc.example FAIL MARKREAD NEED_MORE_PARAMS :Missing parameters
        ada> MARKREAD 1x
        ada< :irc.example FAIL MARKREAD INVALID_PARAMS 1x :Invalid parameters
        ada> MARKREAD #a *
        ada< :irc.example FAIL MARKREAD INVALID_PARAMS #a * :Invalid parameters
        ada> MARKREAD #a timestamp=now
        ada< :irc.example FAIL MARKREAD INVALID_PARAMS #a timestamp=now :Invalid parameters
        ada> MARKREAD #a
        ada< :irc.example MARKREAD #a *
        ada> MARKREAD #a timestamp=2026-11-22T16:01:10.000Z
        ada< :irc.example FAIL MARKREAD INTERNAL_ERROR #a :The read timestamp could not be set
        ",
    );
}

#[test]
fn what_was_read_the_longest_ago_is_forgotten_first() {
    let mut town = Town::new();
    for line in ["+ada", "ada>> NS REGISTER pw", "~5000"] {
        town.play(line);
    }
    for n in 0..READ_MARKS_PER_ACCOUNT_MAX {
        town.play(&format!("ada>> MARKREAD #a{n} timestamp=2026-11-22T16:01:10.{n:03}Z"));
    }
    check_in(
        town,
        "ada> MARKREAD #a0
        ada< :irc.example MARKREAD #a0 timestamp=2026-11-22T16:01:10.000Z
        ada> MARKREAD #more timestamp=2026-11-22T16:01:12.000Z
        ada< :irc.example MARKREAD #more timestamp=2026-11-22T16:01:12.000Z
        ada> MARKREAD #a0
        ada< :irc.example MARKREAD #a0 *
        ada> MARKREAD #a1
        ada< :irc.example MARKREAD #a1 timestamp=2026-11-22T16:01:10.001Z
        ",
    );
}
