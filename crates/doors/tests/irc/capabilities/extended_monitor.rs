//! How those are who are watched for, without a channel in common.

use crate::common::check;

#[test]
fn watchers_hear_what_neighbours_do_and_everyone_once() {
    check(
        "+ada
        +bob extended-monitor away-notify account-notify setname
        +cy away-notify account-notify setname
        +dan extended-monitor away-notify
        +eve extended-monitor away-notify account-notify setname
        bob>> MONITOR + ada
        cy>> MONITOR + ada
        dan>> MONITOR + ada
        eve>> MONITOR + ada
        ada>> JOIN #a
        eve>> JOIN #a
        ada> AWAY :tea
        ada< :irc.example 306 ada :You have been marked as being away
        bob< :ada!~ada@10.0.0.1 AWAY :tea
        dan< :ada!~ada@10.0.0.1 AWAY :tea
        eve< :ada!~ada@10.0.0.1 AWAY :tea
        ada> SETNAME :Ada
        bob< :ada!~ada@10.0.0.1 SETNAME :Ada
        eve< :ada!~ada@10.0.0.1 SETNAME :Ada
        ada> NS REGISTER pw
        ada< :NickServ!NickServ@irc.example NOTICE ada :The account ada is yours
        ada< :irc.example 900 ada ada!~ada@10.0.0.1 ada :You are now logged in as ada
        bob< :ada!~ada@10.0.0.1 ACCOUNT ada
        eve< :ada!~ada@10.0.0.1 ACCOUNT ada
        bob>> MONITOR - ada
        ada> AWAY
        ada< :irc.example 305 ada :You are no longer marked as being away
        dan< :ada!~ada@10.0.0.1 AWAY
        eve< :ada!~ada@10.0.0.1 AWAY
        ",
    );
}
