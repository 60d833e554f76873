//! Whether somebody is there: AWAY before the sign-on (draft/pre-away), automatic away, and what an
//! account's owner wants of it.

use crate::common::check;

#[test]
fn away_is_said_before_the_sign_on() {
    check(
        "++ada
        ada>> CAP LS 302
        ada> AWAY :too early
        ada< :irc.example 451 * :You have not registered
        ada> CAP REQ draft/pre-away
        ada< :irc.example CAP * ACK :draft/pre-away
        ada> AWAY :Gone to lunch
        ada< :irc.example 306 * :You have been marked as being away
        ada>> NICK ada
        ada>> USER ada 0 * :Ada
        ada> CAP END
        ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        +bob
        bob> PRIVMSG ada :hi
        ada< :bob!~bob@10.0.0.2 PRIVMSG ada :hi
        bob< :irc.example 301 bob ada :Gone to lunch
        ada> AWAY
        ada< :irc.example 305 ada :You are no longer marked as being away
        ada> AWAY *
        ada< :irc.example 306 ada :You have been marked as being away
        bob> PRIVMSG ada :hi
        ada< :bob!~bob@10.0.0.2 PRIVMSG ada :hi
        bob< :irc.example 301 bob ada :Not connected right now; will read this later
        +cy
        cy> AWAY *
        cy< :irc.example 306 cy :You have been marked as being away
        bob> PRIVMSG cy :hi
        bob< :irc.example 301 bob cy :*
        cy< :bob!~bob@10.0.0.2 PRIVMSG cy :hi
        ",
    );
}

#[test]
fn an_unattended_connection_counts_as_none() {
    check(
        "+ada
        +bob away-notify
        ada>> REGISTER * * pw
        ada>> PERSISTENCE SET ON
        ada>> JOIN #a
        bob>> JOIN #a
        ada> QUIT
        ada< ERROR :Closing link: Quit
        bob< :ada!~ada@10.0.0.1 AWAY :Not connected right now; will read this later
        ++phone
        phone>> CAP REQ draft/pre-away
        phone>> PASS ada:pw
        phone>> NICK ada
        phone> AWAY *
        phone< :irc.example 306 * :You have been marked as being away
        phone>> USER ada 0 * :Ada
        phone>> CAP END
        bob> PRIVMSG ada :there?
        bob< :irc.example 301 bob ada :Not connected right now; will read this later
        phone< :bob!~bob@10.0.0.2 PRIVMSG ada :there?
        phone> AWAY
        bob< :ada!~ada@10.0.0.1 AWAY
        phone< :irc.example 305 ada :You are no longer marked as being away
        phone> AWAY *
        bob< :ada!~ada@10.0.0.1 AWAY :Not connected right now; will read this later
        phone< :irc.example 306 ada :You have been marked as being away
        phone>> NS SET AUTOAWAY OFF
        bob> PRIVMSG ada :there?
        phone< :bob!~bob@10.0.0.2 PRIVMSG ada :there?
        ",
    );
}

#[test]
fn who_wants_one_connection_has_one() {
    check(
        "+ada
        ada>> REGISTER * * pw
        ada>> NS SET MULTICLIENT OFF
        ++phone
        phone>> PASS ada:pw
        phone>> NICK ada
        phone> USER ada 0 * :Ada
        phone< :irc.example 900 * ada!~ada@10.0.0.2 ada :You are now logged in as ada
        phone< :irc.example 433 * ada :Nickname is already in use
        ",
    );
}

#[test]
fn what_is_not_to_be_kept_is_not() {
    check(
        "+ada draft/chathistory batch
        +bob
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        bob>> NS SET DMHISTORY OFF
        bob>> PRIVMSG ada :a secret
        ada> CHATHISTORY LATEST bob * 5
        ada< :irc.example BATCH +h1 chathistory bob
        ada< :irc.example BATCH -h1
        bob>> NS SET DMHISTORY ON
        bob>> PRIVMSG ada :for the record
        ada> CHATHISTORY LATEST bob * 5
        ada< :irc.example BATCH +h2 chathistory bob
        ada< @batch=h2 :bob!~bob@10.0.0.2 PRIVMSG ada :for the record
        ada< :irc.example BATCH -h2
        ",
    );
}

#[test]
fn as_many_lines_are_replayed_as_are_wanted() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> REGISTER * * pw
        bob>> NS SET REPLAY 1
        ada>> PRIVMSG #a :one
        ada>> PRIVMSG #a :two
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :[16:01] two
        ",
    );
}
