//! Who is logged in, without asking.

use crate::common::check;

#[test]
fn neighbours_and_oneself_hear_of_logins_once() {
    check(
        "+ada account-notify
        +bob account-notify account-tag
        +cy
        +dan account-notify
        ada>> JOIN #a,#b
        bob>> JOIN #a,#b
        cy>> JOIN #a
        ada> NS REGISTER pw
        ada< :ada!~ada@10.0.0.1 ACCOUNT ada
        ada< :NickServ!NickServ@irc.example NOTICE ada :The account ada is yours
        ada< :irc.example 900 ada ada!~ada@10.0.0.1 ada :You are now logged in as ada
        bob< @account=ada :ada!~ada@10.0.0.1 ACCOUNT ada
        ada>> NICK eve
        ada> NS IDENTIFY ada pw
        ada< :irc.example 900 eve eve!~ada@10.0.0.1 ada :You are now logged in as ada
        ada< :NickServ!NickServ@irc.example NOTICE eve :You are now logged in as ada
        ++lin
        lin>> /nick lin
        lin>> /join #a
        lin>> /login ada pw
        lin>> /nick lin
        lin> /logout
        ada< :lin!~line@10.0.0.5 ACCOUNT *
        bob< :lin!~line@10.0.0.5 ACCOUNT *
        lin< * You are logged out.
        ",
    );
}

#[test]
fn the_account_is_known_before_the_ranks_that_come_with_it() {
    check(
        "+ada
        +bob account-notify extended-join
        ada>> REGISTER * * pw
        ada>> JOIN #a
        bob>> JOIN #a
        ada>> CS REGISTER #a
        ada>> QUIT
        +eve
        eve>> JOIN #a
        eve> NS IDENTIFY ada pw
        bob< :eve!~eve@10.0.0.3 ACCOUNT ada
        bob< :irc.example MODE #a +q eve
        eve< :irc.example MODE #a +q eve
        eve< :irc.example 900 eve eve!~eve@10.0.0.3 ada :You are now logged in as ada
        eve< :NickServ!NickServ@irc.example NOTICE eve :You are now logged in as ada
        ",
    );
}
