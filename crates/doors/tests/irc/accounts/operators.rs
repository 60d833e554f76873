//! What operators do with the accounts of others.

use crate::common::{Town, check, check_in};
use parlor_hub::modes::Grants;

#[test]
fn operators_make_list_and_suspend_accounts() {
    check(
        "+root
        root> NS SAREGISTER ada pw
        root< :irc.example 481 root :Permission Denied- You're not an IRC operator
        root> NS LIST
        root< :irc.example 481 root :Permission Denied- You're not an IRC operator
        root> NS SUSPEND ada
        root< :irc.example 481 root :Permission Denied- You're not an IRC operator
        root>> OPER admin secret
        root> NS SAREGISTER ada pw
        root< :NickServ!NickServ@irc.example NOTICE root :The account ada is made
        root> NS SAREGISTER ada pw
        root< :NickServ!NickServ@irc.example NOTICE root :This name is an account's already
        root> NS LIST a*
        root< :NickServ!NickServ@irc.example NOTICE root :ada
        root> NS LIST b*
        root< :NickServ!NickServ@irc.example NOTICE root :No account is called so
        ++ada
        ada>> PASS ada:pw
        ada>> NICK ada
        ada> USER ada 0 * :Ada
        ada< :irc.example 900 * ada!~ada@10.0.0.2 ada :You are now logged in as ada
        ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.2
        root> NS SUSPEND ada spam and more
        root< :NickServ!NickServ@irc.example NOTICE root :The account ada is suspended
        ada< ERROR :Closing link: Your account is suspended: spam and more
        root> NS INFO ada
        root< :NickServ!NickServ@irc.example NOTICE root :ada: registered 2026-11-22 16:01
        root< :NickServ!NickServ@irc.example NOTICE root :Suspended: spam and more
        ++ada2
        ada2>> CAP REQ sasl
        ada2>> NICK ada
        ada2>> USER ada 0 * :Ada
        ada2> AUTHENTICATE PLAIN
        ada2< AUTHENTICATE +
        ada2> AUTHENTICATE AGFkYQBwdw==
        ada2< :irc.example 904 * :SASL authentication failed: The account ada is suspended: spam and more
        root> NS UNSUSPEND ada
        root< :NickServ!NickServ@irc.example NOTICE root :The account ada can be used
        ada2>> AUTHENTICATE PLAIN
        ada2> AUTHENTICATE AGFkYQBwdw==
        ada2< :irc.example 900 * ada!~ada@10.0.0.3 ada :You are now logged in as ada
        ada2< :irc.example 903 * :SASL authentication successful
        root> NS SUSPEND nobody
        root< :NickServ!NickServ@irc.example NOTICE root :There is no account nobody
        ",
    );
}

#[test]
fn operators_do_with_accounts_what_their_class_may() {
    check_in(
        Town::with(|facts| facts.operators[0].grants = Grants::REHASH),
        "+root
        +ada
        ada>> REGISTER * a@example.org pw
        ada>> JOIN #lobby
        root>> JOIN #lobby
        root>> OPER admin secret
        root> NS SUSPEND ada
        root< :irc.example 723 root ban :Insufficient oper privileges.
        root> NS SAREGISTER bob pw
        root< :irc.example 723 root sa :Insufficient oper privileges.
        root> NS LIST
        root< :irc.example 723 root see :Insufficient oper privileges.
        root> NS INFO ada
        root< :NickServ!NickServ@irc.example NOTICE root :ada: registered 2026-11-22 16:01
        root< :NickServ!NickServ@irc.example NOTICE root :Here as: ada
        root> KICK #lobby ada
        root< :irc.example 482 root #lobby :You're not channel operator
        ",
    );
}
