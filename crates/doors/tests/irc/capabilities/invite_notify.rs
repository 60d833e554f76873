//! Who is asked to come, for those who could have asked.

use crate::common::check;

#[test]
fn everyone_inside_hears_of_an_invitation_that_anyone_may_send() {
    check(
        "+ada invite-notify
        +bob invite-notify server-time
        +cy
        +dan
        +eve invite-notify
        ada>> JOIN #a
        bob>> JOIN #a
        cy>> JOIN #a
        ++lin
        lin>> /join #a
        ada> INVITE dan #a
        ada< :irc.example 341 ada dan #a
        bob< @time=2026-11-22T16:01:10.000Z :ada!~ada@10.0.0.1 INVITE dan #a
        dan< :ada!~ada@10.0.0.1 INVITE dan #a
        ",
    );
}

#[test]
fn only_those_of_rank_hear_of_an_invitation_to_a_closed_channel() {
    check(
        "+ada invite-notify
        +bob invite-notify
        +cy invite-notify
        +dan invite-notify
        ada>> JOIN #a
        bob>> JOIN #a
        cy>> JOIN #a
        ada>> MODE #a +ih bob
        bob> INVITE dan #a
        ada< :bob!~bob@10.0.0.2 INVITE dan #a
        bob< :irc.example 341 bob dan #a
        dan< :bob!~bob@10.0.0.2 INVITE dan #a
        ",
    );
}
