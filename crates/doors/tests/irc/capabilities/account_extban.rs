//! Bans, exceptions and invitations by account.

use crate::common::check;

#[test]
fn a_ban_of_an_account_holds_whatever_they_are_called() {
    check(
        "+ada
        +bob
        +bobby
        bob>> REGISTER bob * pw
        bob>> NICK rob
        ada>> JOIN #a
        ada> MODE #a +b $a:Bob
        ada< :ada!~ada@10.0.0.1 MODE #a +b $a:Bob
        bob> JOIN #a
        bob< :irc.example 474 rob #a :Cannot join channel (+b)
        bobby>> JOIN #a
        ada> MODE #a b
        ada< :irc.example 367 ada #a $a:Bob ada!~ada@10.0.0.1 1795363270
        ada< :irc.example 368 ada #a :End of channel ban list
        ada> MODE #a -b $a:bob
        ada< :ada!~ada@10.0.0.1 MODE #a -b $a:Bob
        bobby< :ada!~ada@10.0.0.1 MODE #a -b $a:Bob
        bob> JOIN #a
        ada< :rob!~bob@10.0.0.2 JOIN #a
        bob< :rob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 rob = #a :@ada bobby rob
        bob< :irc.example 366 rob #a :End of /NAMES list
        bobby< :rob!~bob@10.0.0.2 JOIN #a
        ada>> MODE #a +b $a:bob
        bob> PRIVMSG #a :hello?
        bob< :irc.example 404 rob #a :Cannot send to channel (+b)
        ",
    );
}

#[test]
fn whoever_is_logged_in_may_be_spared_or_invited() {
    check(
        "+ada
        +bob
        +cy
        bob>> REGISTER bob * pw
        ada>> JOIN #a,#b
        ada>> MODE #a +be *!*@* $a
        ada>> MODE #b +iI $a:bo?
        cy> JOIN #a,#b
        cy< :irc.example 474 cy #a :Cannot join channel (+b)
        cy< :irc.example 473 cy #b :Cannot join channel (+i)
        bob> JOIN #a,#b
        ada< :bob!~bob@10.0.0.2 JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #b
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        bob< :bob!~bob@10.0.0.2 JOIN #b
        bob< :irc.example 353 bob = #b :@ada bob
        bob< :irc.example 366 bob #b :End of /NAMES list
        ada> MODE #a +b $y:x
        ada< :irc.example 696 ada #a b $y:x :This parameter is not one for this mode
        ada> MODE #a +b $a:
        ada< :irc.example 696 ada #a b $a: :This parameter is not one for this mode
        ",
    );
}
