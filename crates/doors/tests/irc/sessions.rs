//! Several connections of one person.

use crate::common::check;

#[test]
fn a_second_connection_is_the_same_person_in_the_same_places() {
    check(
        "+ada echo-message
        +bob
        ada>> REGISTER * * pw
        ada>> JOIN #a
        bob>> JOIN #a
        ada>> TOPIC #a :ours
        ++desk
        desk>> CAP REQ :sasl
        desk>> AUTHENTICATE PLAIN
        desk>> AUTHENTICATE AGFkYQBwdw==
        desk>> NICK ada
        desk>> USER desk 0 * :Desk
        desk> CAP END
        desk< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        desk< :ada!~ada@10.0.0.1 JOIN #a
        desk< :irc.example 332 ada #a :ours
        desk< :irc.example 333 ada #a ada!~ada@10.0.0.1 1795363270
        desk< :irc.example 353 ada = #a :@ada bob
        desk< :irc.example 366 ada #a :End of /NAMES list
        desk> PRIVMSG #a :from the desk
        ada< :ada!~ada@10.0.0.1 PRIVMSG #a :from the desk
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :from the desk
        ada> PRIVMSG bob :psst
        ada< :ada!~ada@10.0.0.1 PRIVMSG bob :psst
        bob< :ada!~ada@10.0.0.1 PRIVMSG bob :psst
        desk< :ada!~ada@10.0.0.1 PRIVMSG bob :psst
        desk> JOIN #b
        ada< :ada!~ada@10.0.0.1 JOIN #b
        ada< :irc.example 353 ada = #b :@ada
        ada< :irc.example 366 ada #b :End of /NAMES list
        desk< :ada!~ada@10.0.0.1 JOIN #b
        desk< :irc.example 353 ada = #b :@ada
        desk< :irc.example 366 ada #b :End of /NAMES list
        ada> QUIT
        ada< ERROR :Closing link: Quit
        bob> PRIVMSG ada :still there?
        desk< :bob!~bob@10.0.0.2 PRIVMSG ada :still there?
        desk> QUIT
        bob< :ada!~ada@10.0.0.1 QUIT :Quit
        desk< ERROR :Closing link: Quit
        ",
    );
}

#[test]
fn who_asked_to_stay_stays_without_a_connection() {
    check(
        "+ada draft/persistence
        +bob
        ada> PERSISTENCE GET
        ada< :irc.example FAIL PERSISTENCE ACCOUNT_REQUIRED :Log in to an account first
        ada>> REGISTER * * pw
        ada> PERSISTENCE GET
        ada< :irc.example PERSISTENCE STATUS OFF OFF
        ada> PERSISTENCE SET ON
        ada< :irc.example PERSISTENCE STATUS ON ON
        ada> PERSISTENCE SET MAYBE
        ada< :irc.example FAIL PERSISTENCE INVALID_PARAMS SET :GET, or SET with ON, OFF or DEFAULT
        ada>> JOIN #a
        bob>> JOIN #a
        ada> QUIT
        ada< ERROR :Closing link: Quit
        bob> PRIVMSG ada :there?
        bob< :irc.example 301 bob ada :Not connected right now; will read this later
        bob>> PRIVMSG #a :meanwhile
        ++desk
        desk>> CAP REQ :sasl
        desk>> AUTHENTICATE PLAIN
        desk>> AUTHENTICATE AGFkYQBwdw==
        desk>> NICK ada
        desk>> USER desk 0 * :Desk
        desk> CAP END
        desk< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        desk< :ada!~ada@10.0.0.1 JOIN #a
        desk< :irc.example 353 ada = #a :@ada bob
        desk< :irc.example 366 ada #a :End of /NAMES list
        desk< :bob!~bob@10.0.0.2 PRIVMSG #a :[16:01] meanwhile
        desk>> PERSISTENCE SET OFF
        desk> QUIT
        bob< :ada!~ada@10.0.0.1 QUIT :Quit
        desk< ERROR :Closing link: Quit
        ",
    );
}

/// Whoever knows the account's password is not for that an operator.
#[test]
fn who_stays_without_a_connection_is_no_operator_any_more() {
    check(
        "+ada
        ada>> REGISTER * * pw
        ada>> PERSISTENCE SET ON
        ada>> OPER admin secret
        ada> MODE ada
        ada< :irc.example 221 ada +os
        ada>> QUIT
        ++desk
        desk>> CAP REQ :sasl
        desk>> AUTHENTICATE PLAIN
        desk>> AUTHENTICATE AGFkYQBwdw==
        desk>> NICK ada
        desk>> USER desk 0 * :Desk
        desk>> CAP END
        desk> MODE ada
        desk< :irc.example 221 ada +
        ",
    );
}

#[test]
fn one_of_several_connections_logs_the_others_out_no_more_than_in() {
    check(
        "+ada
        ada>> REGISTER * * pw
        ++desk
        desk>> CAP REQ :sasl
        desk>> AUTHENTICATE PLAIN
        desk>> AUTHENTICATE AGFkYQBwdw==
        desk>> NICK ada
        desk>> USER desk 0 * :Desk
        desk>> CAP END
        ada>> NICK other
        ada> NS LOGOUT
        ada< :NickServ!NickServ@irc.example NOTICE other :You are ada at other connections, or stay so: connect anew to be another
        desk>> QUIT
        ada> NS LOGOUT
        ada< :irc.example 901 other other!~ada@10.0.0.1 :You are now logged out
        ",
    );
}
