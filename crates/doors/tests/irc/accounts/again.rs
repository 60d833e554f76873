//! Logging in again, as somebody else, in mid-session.

use crate::common::check;

#[test]
fn who_logs_in_as_another_has_that_accounts_nick_for_the_one_they_leave() {
    check(
        "+ada
        +bob sasl
        +cy account-notify
        ada>> REGISTER * * pw
        ada>> QUIT
        bob>> REGISTER * * pw
        bob>> JOIN #a
        cy>> JOIN #a
        bob> AUTHENTICATE PLAIN
        bob< AUTHENTICATE +
        bob> AUTHENTICATE AGJvYgBwdw==
        bob< :irc.example 900 bob bob!~bob@10.0.0.2 bob :You are now logged in as bob
        bob< :irc.example 903 bob :SASL authentication successful
        bob>> AUTHENTICATE PLAIN
        bob> AUTHENTICATE AGFkYQB3cm9uZw==
        bob< :irc.example 904 bob :SASL authentication failed: Name or password is wrong
        bob>> AUTHENTICATE PLAIN
        bob> AUTHENTICATE AGFkYQBwdw==
        bob< :bob!~bob@10.0.0.2 NICK ada
        bob< :irc.example 900 ada ada!~bob@10.0.0.2 ada :You are now logged in as ada
        bob< :irc.example 903 ada :SASL authentication successful
        cy< :bob!~bob@10.0.0.2 ACCOUNT ada
        cy< :bob!~bob@10.0.0.2 NICK ada
        ",
    );
}

#[test]
fn who_wears_a_nick_of_their_own_choice_keeps_it() {
    check(
        "+ada
        +bob sasl
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        bob>> NICK free
        bob>> AUTHENTICATE PLAIN
        bob> AUTHENTICATE AGFkYQBwdw==
        bob< :irc.example 900 free free!~bob@10.0.0.2 ada :You are now logged in as ada
        bob< :irc.example 903 free :SASL authentication successful
        ",
    );
}

#[test]
fn a_nick_that_somebody_wears_is_given_with_a_number() {
    check(
        "+ada
        +bob
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        bob> NS IDENTIFY ada pw
        bob< :bob!~bob@10.0.0.2 NICK ada1
        bob< :irc.example 900 ada1 ada1!~bob@10.0.0.2 ada :You are now logged in as ada
        bob< :NickServ!NickServ@irc.example NOTICE ada1 :You are now logged in as ada
        ",
    );
}

#[test]
fn one_of_several_connections_is_nobody_else() {
    check(
        "+ada sasl draft/persistence
        +bob
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ++desk
        desk>> CAP REQ :sasl
        desk>> AUTHENTICATE PLAIN
        desk>> AUTHENTICATE AGFkYQBwdw==
        desk>> NICK ada
        desk>> USER desk 0 * :Desk
        desk>> CAP END
        desk>> AUTHENTICATE PLAIN
        desk> AUTHENTICATE AGJvYgBwdw==
        desk< :irc.example 907 ada :You are ada at other connections, or stay so: connect anew to be another
        desk> NS IDENTIFY bob pw
        desk< :NickServ!NickServ@irc.example NOTICE ada :You are ada at other connections, or stay so: connect anew to be another
        desk>> QUIT
        ada>> PERSISTENCE SET ON
        ada>> AUTHENTICATE PLAIN
        ada> AUTHENTICATE AGJvYgBwdw==
        ada< :irc.example 907 ada :You are ada at other connections, or stay so: connect anew to be another
        ada>> PERSISTENCE SET OFF
        ada>> AUTHENTICATE PLAIN
        ada> AUTHENTICATE AGJvYgBwdw==
        ada< :ada!~ada@10.0.0.1 NICK bob1
        ada< :irc.example 900 bob1 bob1!~ada@10.0.0.1 bob :You are now logged in as bob
        ada< :irc.example 903 bob1 :SASL authentication successful
        ",
    );
}
