//! User and host of members, without asking for each.

use crate::common::check;

#[test]
fn members_are_told_with_user_and_host() {
    check(
        "+ada
        +bob userhost-in-names multi-prefix
        ada>> JOIN #a
        ada>> MODE #a +v ada
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@+ada!~ada@10.0.0.1 bob!~bob@10.0.0.2
        bob< :irc.example 366 bob #a :End of /NAMES list
        ada> NAMES #a
        ada< :irc.example 353 ada = #a :@ada bob
        ada< :irc.example 366 ada #a :End of /NAMES list
        ",
    );
}
