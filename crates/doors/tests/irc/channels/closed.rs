//! Channels that operators let nobody into: SUSPEND, and PURGE, which also ends them.

use crate::common::{Town, check, check_in, operator};
use parlor_hub::modes::Grants;

#[test]
fn nobody_comes_into_a_suspended_channel_and_it_stays_what_it_was() {
    check(
        "+ada
        +bob
        +root
        root>> OPER admin secret
        ada>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        root> CS SUSPEND #a being looked into
        root< :irc.example NOTICE * :*** root banned #a for ever: being looked into
        bob> JOIN #A
        bob< :irc.example 474 bob #A :Cannot join channel, it is closed: being looked into
        ada> RENAME #a #b
        ada< :irc.example 474 ada #a :Cannot join channel, it is closed: being looked into
        ada>> PART #a
        ada> JOIN #a
        ada< :irc.example 474 ada #a :Cannot join channel, it is closed: being looked into
        root> CS UNSUSPEND #a
        root< :irc.example NOTICE * :*** root lifted the ban of #a
        root> CS UNSUSPEND #a
        root< :irc.example NOTICE root :There is no such ban
        ada> JOIN #a
        ada< :ada!~ada@10.0.0.1 JOIN #a
        ada< :irc.example 353 ada = #a :~ada
        ada< :irc.example 366 ada #a :End of /NAMES list
        ",
    );
}

#[test]
fn a_purged_channel_ends_and_its_name_is_forbidden() {
    check(
        "+ada
        +bob
        +root
        root>> OPER admin secret
        ada>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        bob>> JOIN #a,#b
        root> CS PURGE ADD #a spam
        ada< :root!~root@10.0.0.3 KICK #a ada :spam
        bob< :root!~root@10.0.0.3 KICK #a bob :spam
        root< :irc.example NOTICE * :*** root banned #a for ever: spam; 2 left
        bob> JOIN #a
        bob< :irc.example 474 bob #a :Cannot join channel, it is closed: spam
        bob> RENAME #b #a
        bob< :irc.example 474 bob #a :Cannot join channel, it is closed: spam
        root> CS PURGE LIST
        root< :irc.example 217 root Q #a :spam (by root, for ever)
        root< :irc.example 219 root q :End of /STATS report
        root> STATS q
        root< :irc.example 217 root Q #a :spam (by root, for ever)
        root< :irc.example 219 root q :End of /STATS report
        root> CS PURGE DEL #a
        root< :irc.example NOTICE * :*** root lifted the ban of #a
        bob> JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        bob> CS AMODE #a
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :#a is not registered
        ",
    );
}

#[test]
fn closing_channels_takes_a_grant_and_the_lobby_stays_open() {
    let town = Town::with(|facts| facts.operators.push(operator("guard", "word", Grants::KILL)));
    check_in(
        town,
        "+ada
        +root
        root>> OPER admin secret
        ada> CS SUSPEND #a
        ada< :irc.example 481 ada :Permission Denied- You're not an IRC operator
        ada>> OPER guard word
        ada> CS PURGE ADD #a
        ada< :irc.example 723 ada ban :Insufficient oper privileges.
        ada> CS PURGE LIST
        ada< :irc.example 723 ada ban :Insufficient oper privileges.
        ada< :irc.example 219 ada q :End of /STATS report
        ada> CS UNSUSPEND #a
        ada< :irc.example 723 ada ban :Insufficient oper privileges.
        ada> CS PURGE ADD
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :PURGE ADD <#channel> [reason] | DEL <#channel> | LIST
        ada> NS SUSPEND root
        ada< :irc.example 723 ada ban :Insufficient oper privileges.
        ada> NS LIST
        ada< :irc.example 723 ada see :Insufficient oper privileges.
        ada> NS SAREGISTER eve pw
        ada< :irc.example 723 ada sa :Insufficient oper privileges.
        root> CS PURGE ADD #lobby
        root< :ChanServ!ChanServ@irc.example NOTICE root :#lobby is where everyone comes in: it stays open
        ",
    );
}

#[test]
fn what_is_suspended_and_purged_is_let_go_of_twice() {
    check(
        "+ada
        +root
        root>> OPER admin secret
        root>> CS SUSPEND #a for now
        root>> CS PURGE ADD #a spam
        root> CS PURGE LIST
        root< :irc.example 217 root Q #a :spam (by root, for ever)
        root< :irc.example 219 root q :End of /STATS report
        root> STATS q
        root< :irc.example 217 root Q #a :for now (by root, for ever)
        root< :irc.example 217 root Q #a :spam (by root, for ever)
        root< :irc.example 219 root q :End of /STATS report
        root>> CS UNSUSPEND #a
        root> CS UNSUSPEND #a
        root< :irc.example NOTICE root :There is no such ban
        ada> JOIN #a
        ada< :irc.example 474 ada #a :Cannot join channel, it is closed: spam
        root>> CS SUSPEND #a again
        root>> CS PURGE DEL #a
        ada> JOIN #a
        ada< :irc.example 474 ada #a :Cannot join channel, it is closed: again
        root>> CS UNSUSPEND #a
        ada> JOIN #a
        ada< :ada!~ada@10.0.0.1 JOIN #a
        ada< :irc.example 353 ada = #a :@ada
        ada< :irc.example 366 ada #a :End of /NAMES list
        ",
    );
}
