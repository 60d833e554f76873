//! Messages for programs (CTCP): passed on, to whomever they are for, and answered by clients alone.

use crate::common::check;

#[test]
fn questions_and_answers_pass_as_they_are() {
    check(
        "+ada
        +bob
        +cy
        ada>> JOIN #a,#b
        bob>> JOIN #a,#b
        ada>> MODE #b +C
        ada> PRIVMSG bob :\\x01VERSION\\x01
        bob< :ada!~ada@10.0.0.1 PRIVMSG bob :\\x01VERSION\\x01
        bob> NOTICE ada :\\x01VERSION a client\\x01
        ada< :bob!~bob@10.0.0.2 NOTICE ada :\\x01VERSION a client\\x01
        ada> PRIVMSG #a,#b,cy :\\x01PING 12\\x01
        ada< :irc.example 404 ada #b :Cannot send to channel (+C)
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :\\x01PING 12\\x01
        cy< :ada!~ada@10.0.0.1 PRIVMSG cy :\\x01PING 12\\x01
        cy> NOTICE ada :\\x01PING 12
        ada< :cy!~cy@10.0.0.3 NOTICE ada :\\x01PING 12
        ",
    );
}

#[test]
fn a_service_says_what_it_is() {
    check(
        "+ada
        ada> PRIVMSG NickServ :\\x01VERSION\\x01
        ada< :NickServ!NickServ@irc.example NOTICE ada :\\x01VERSION parlor-0.1.0\\x01
        ada> PRIVMSG ChanServ :\\x01PING 12 3\\x01
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :\\x01PING 12 3\\x01
        ada> PRIVMSG NickServ :\\x01FINGER\\x01
        ",
    );
}
