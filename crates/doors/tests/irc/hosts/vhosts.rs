//! A host that belongs to an account.

use crate::common::check;

#[test]
fn whoever_wears_the_account_is_seen_to_come_from_its_host() {
    check(
        "+ada
        +bob chghost
        +cy chghost
        ada>> OPER admin secret
        bob>> JOIN #a
        cy>> JOIN #a
        bob>> NS REGISTER pw
        bob>> MODE bob
        ada> NS VHOST bob staff.example
        ada< :irc.example NOTICE * :*** ada gave the account bob the host staff.example
        ada< :NickServ!NickServ@irc.example NOTICE ada :The account bob has the host staff.example
        bob< :bob!~bob@10.0.0.2 CHGHOST ~bob staff.example
        bob< :irc.example 396 bob staff.example :is now your displayed host
        cy< :bob!~bob@10.0.0.2 CHGHOST ~bob staff.example
        ada> NS VHOST bob staff.example
        ada< :NickServ!NickServ@irc.example NOTICE ada :The account bob has the host staff.example
        ++desk
        desk>> CAP REQ :sasl
        desk>> AUTHENTICATE PLAIN
        desk>> AUTHENTICATE AGJvYgBwdw==
        desk>> NICK desk
        desk>> USER desk 0 * :Desk
        desk> CAP END
        desk< :irc.example 001 desk :Welcome to the Example Network, desk!~desk@staff.example
        bob>> NICK other
        bob> NS LOGOUT
        bob< :other!~bob@staff.example CHGHOST ~bob 10.0.0.2
        bob< :irc.example 396 other 10.0.0.2 :is now your displayed host
        bob< :irc.example 901 other other!~bob@10.0.0.2 :You are now logged out
        cy< :other!~bob@staff.example CHGHOST ~bob 10.0.0.2
        bob> NS IDENTIFY bob pw
        bob< :other!~bob@10.0.0.2 CHGHOST ~bob staff.example
        bob< :irc.example 396 other staff.example :is now your displayed host
        bob< :irc.example 900 other other!~bob@staff.example bob :You are now logged in as bob
        bob< :NickServ!NickServ@irc.example NOTICE other :You are now logged in as bob
        cy< :other!~bob@10.0.0.2 CHGHOST ~bob staff.example
        ada> NS VHOST bob OFF
        ada< :irc.example NOTICE * :*** ada gave the account bob no host of its own
        ada< :NickServ!NickServ@irc.example NOTICE ada :The account bob has no host of its own
        bob< :other!~bob@staff.example CHGHOST ~bob 10.0.0.2
        bob< :irc.example 396 other 10.0.0.2 :is now your displayed host
        cy< :other!~bob@staff.example CHGHOST ~bob 10.0.0.2
        desk< :irc.example 396 desk 10.0.0.4 :is now your displayed host
        ",
    );
}

#[test]
fn an_operator_alone_gives_one_and_only_what_can_be_one() {
    check(
        "+ada
        +bob
        bob>> NS REGISTER pw
        bob> NS VHOST bob staff.example
        bob< :irc.example 481 bob :Permission Denied- You're not an IRC operator
        ada>> OPER admin secret
        ada> NS VHOST bob @example
        ada< :NickServ!NickServ@irc.example NOTICE ada :It is no host: letters, digits, and - . : / _ between them
        ada> NS VHOST nobody staff.example
        ada< :NickServ!NickServ@irc.example NOTICE ada :There is no account nobody
        ada> NS VHOST bob
        ada< :NickServ!NickServ@irc.example NOTICE ada :VHOST <account> <host>|OFF
        ",
    );
}
