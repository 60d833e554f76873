//! Who is in a channel, only when it is asked.

use crate::common::check;

#[test]
fn who_comes_in_is_not_told_who_is_there_until_they_ask() {
    check(
        "+ada no-implicit-names
        +bob draft/no-implicit-names
        ada> JOIN #a
        ada< :ada!~ada@10.0.0.1 JOIN #a
        ada>> TOPIC #a :ours
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 332 bob #a :ours
        bob< :irc.example 333 bob #a ada!~ada@10.0.0.1 1795363270
        bob> NAMES #a
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        bob> CAP REQ :-draft/no-implicit-names
        bob< :irc.example CAP bob ACK :-draft/no-implicit-names
        bob>> PART #a
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 332 bob #a :ours
        bob< :irc.example 333 bob #a ada!~ada@10.0.0.1 1795363270
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        ",
    );
}

#[test]
fn another_connection_is_not_told_either() {
    check(
        "+ada
        ada>> REGISTER * * pw
        ada>> JOIN #a
        ++desk
        desk>> CAP REQ :sasl no-implicit-names
        desk>> AUTHENTICATE PLAIN
        desk>> AUTHENTICATE AGFkYQBwdw==
        desk>> NICK ada
        desk>> USER desk 0 * :Desk
        desk> CAP END
        desk< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        desk< :ada!~ada@10.0.0.1 JOIN #a
        ",
    );
}
