//! What the owner of an account does at `NickServ`.

use crate::common::check;

#[test]
fn a_password_is_changed_by_who_knows_the_old_one() {
    check(
        "+ada labeled-response batch
        ada> NS PASSWD old new
        ada< :NickServ!NickServ@irc.example NOTICE ada :Log in to an account first
        ada>> REGISTER * * old
        ada> NS PASSWD wrong new
        ada< :NickServ!NickServ@irc.example NOTICE ada :Name or password is wrong
        ada> @label=1 NS PASSWD old new
        ada< @label=1 :NickServ!NickServ@irc.example NOTICE ada :Your password is another now
        +bob
        bob> NS IDENTIFY ada old
        bob< :NickServ!NickServ@irc.example NOTICE bob :Name or password is wrong
        bob> NS IDENTIFY ada new
        bob< :irc.example 900 bob bob!~bob@10.0.0.2 ada :You are now logged in as ada
        bob< :NickServ!NickServ@irc.example NOTICE bob :You are now logged in as ada
        bob> NS LOGOUT
        bob< :irc.example 901 bob bob!~bob@10.0.0.2 :You are now logged out
        ada> NS SET PASSWORD new newer
        ada< :NickServ!NickServ@irc.example NOTICE ada :Your password is another now
        ",
    );
}

#[test]
fn connections_are_listed_and_ended() {
    check(
        "+ada
        ada> NS SESSIONS
        ada< :NickServ!NickServ@irc.example NOTICE ada :Log in to an account first
        ada>> REGISTER * * pw
        ++phone
        phone>> PASS ada:pw
        phone>> NICK ada
        phone>> USER ada 0 * :Ada
        +other
        other>> NS IDENTIFY ada pw
        ada> @label=x NS SESSIONS LIST
        ada< :NickServ!NickServ@irc.example NOTICE ada :1: ada from 10.0.0.1 since 2026-11-22 16:01, this one
        ada< :NickServ!NickServ@irc.example NOTICE ada :2: ada from 10.0.0.2 since 2026-11-22 16:01
        ada< :NickServ!NickServ@irc.example NOTICE ada :3: other from 10.0.0.3 since 2026-11-22 16:01
        ada> NS SESSIONS LOGOUT 2
        ada< :NickServ!NickServ@irc.example NOTICE ada :One connection was ended
        phone< ERROR :Closing link: Ended by another connection of yours
        ada> NS SESSIONS LOGOUT 77
        ada< :NickServ!NickServ@irc.example NOTICE ada :You have no such connection
        ada> NS SESSIONS LOGOUT
        ada< :NickServ!NickServ@irc.example NOTICE ada :SESSIONS LIST, or SESSIONS LOGOUT with a number of it or ALL
        ada> NS SESSIONS LOGOUT ALL
        ada< :NickServ!NickServ@irc.example NOTICE ada :One connection was ended
        other< ERROR :Closing link: Ended by another connection of yours
        ",
    );
}

#[test]
fn who_wears_a_nick_of_ones_own_is_put_out() {
    check(
        "+ada
        +watcher
        ada>> REGISTER * * pw
        ada>> JOIN #a
        watcher>> JOIN #a
        +bob
        bob> NS GHOST ada
        bob< :NickServ!NickServ@irc.example NOTICE bob :Log in to an account first
        bob> NS GHOST watcher pw
        bob< :NickServ!NickServ@irc.example NOTICE bob :Name or password is wrong
        bob> NS REGAIN ada wrong
        bob< :NickServ!NickServ@irc.example NOTICE bob :Name or password is wrong
        bob> NS REGAIN ada pw
        ada< ERROR :Closing link: Put out by bob, whose nick it is
        watcher< :ada!~ada@10.0.0.1 QUIT :Put out by bob, whose nick it is
        bob< :NickServ!NickServ@irc.example NOTICE bob :Who wore ada was put out
        bob< :bob!~bob@10.0.0.3 NICK ada
        bob> NS RELEASE ada
        bob< :NickServ!NickServ@irc.example NOTICE ada :Nobody else wears ada
        bob> NS GHOST nobody
        bob< :NickServ!NickServ@irc.example NOTICE ada :nobody does not belong to your account
        +carl
        carl>> NS IDENTIFY ada pw
        carl> NS GHOST ada
        bob< ERROR :Closing link: Put out by carl, whose nick it is
        carl< :NickServ!NickServ@irc.example NOTICE carl :Who wore ada was put out
        carl> NS RECOVER ada
        carl< :carl!~carl@10.0.0.4 NICK ada
        ",
    );
}

#[test]
fn more_nicks_belong_to_an_account() {
    check(
        "+ada
        ada>> REGISTER * * pw
        ada> NS GROUP
        ada< :NickServ!NickServ@irc.example NOTICE ada :This name is an account's already
        ada>> NICK ada_
        ada> NS GROUP
        ada< :NickServ!NickServ@irc.example NOTICE ada_ :ada_ belongs to your account
        +bob
        bob> NICK ada_
        bob< :irc.example 433 bob ada_ :Nickname is already in use
        ada>> NICK ada
        bob> NICK ada_
        bob< :irc.example 433 bob ada_ :Nickname belongs to an account: log in to use it
        bob> NS IDENTIFY ada_ pw
        bob< :irc.example 900 bob bob!~bob@10.0.0.2 ada :You are now logged in as ada
        bob< :NickServ!NickServ@irc.example NOTICE bob :You are now logged in as ada
        bob> NICK ada_
        bob< :bob!~bob@10.0.0.2 NICK ada_
        ada> NS UNGROUP ada
        ada< :NickServ!NickServ@irc.example NOTICE ada :ada does not belong to your account
        ada> NS UNGROUP ada_
        ada< :NickServ!NickServ@irc.example NOTICE ada :ada_ belongs to your account no more
        ",
    );
}

#[test]
fn preferences_are_seen_and_set() {
    check(
        "+ada
        ada> NS SET
        ada< :NickServ!NickServ@irc.example NOTICE ada :Log in to an account first
        ada>> REGISTER * * pw
        ada> NS GET
        ada< :NickServ!NickServ@irc.example NOTICE ada :replay: default (lines shown on coming into a channel)
        ada< :NickServ!NickServ@irc.example NOTICE ada :autoaway: on (away while you are not connected)
        ada< :NickServ!NickServ@irc.example NOTICE ada :multiclient: on (several connections, one nick)
        ada< :NickServ!NickServ@irc.example NOTICE ada :dmhistory: on (direct messages are kept)
        ada> NS SET REPLAY 7
        ada< :NickServ!NickServ@irc.example NOTICE ada :replay: 7 (lines shown on coming into a channel)
        ada< :NickServ!NickServ@irc.example NOTICE ada :autoaway: on (away while you are not connected)
        ada< :NickServ!NickServ@irc.example NOTICE ada :multiclient: on (several connections, one nick)
        ada< :NickServ!NickServ@irc.example NOTICE ada :dmhistory: on (direct messages are kept)
        ada> NS SET DMHISTORY maybe
        ada< :NickServ!NickServ@irc.example NOTICE ada :REPLAY <lines|DEFAULT>, AUTOAWAY, MULTICLIENT or DMHISTORY <ON|OFF>, EMAIL <address|*>, PASSWORD <old> <new>
        ada> NS SET EMAIL nonsense
        ada< :NickServ!NickServ@irc.example NOTICE ada :This is no address that mail can be sent to
        ada> NS SET EMAIL ada@example.org
        ada< :NickServ!NickServ@irc.example NOTICE ada :Your mail goes to ada@example.org
        ada> NS INFO
        ada< :NickServ!NickServ@irc.example NOTICE ada :ada: registered 2026-11-22 16:01
        ada< :NickServ!NickServ@irc.example NOTICE ada :Here as: ada
        ada< :NickServ!NickServ@irc.example NOTICE ada :Mail: ada@example.org
        ada> NS SET EMAIL *
        ada< :NickServ!NickServ@irc.example NOTICE ada :No address of yours is known any more
        +bob
        bob> NS INFO ada
        bob< :NickServ!NickServ@irc.example NOTICE bob :ada: registered 2026-11-22 16:01
        bob< :NickServ!NickServ@irc.example NOTICE bob :Here as: ada
        bob> NS INFO nobody
        bob< :NickServ!NickServ@irc.example NOTICE bob :There is no account nobody
        ",
    );
}

#[test]
fn an_account_is_ended_by_who_says_its_code() {
    check(
        "+ada
        ada> NS DROP
        ada< :NickServ!NickServ@irc.example NOTICE ada :Log in to an account first
        ada>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        +bob
        bob>> REGISTER * * pw
        bob>> JOIN #a
        ada>> MODE #a +o bob
        ada> NS DROP
        ada< :NickServ!NickServ@irc.example NOTICE ada :This cannot be undone. To end the account ada, say it again with the code dd0c6db5
        ada> NS DROP wrong
        ada< :NickServ!NickServ@irc.example NOTICE ada :The code is wrong, or came too late
        ada> NS UNREGISTER ada dd0c6db5
        ada< :irc.example MODE #a +q bob
        ada< :irc.example 901 ada ada!~ada@10.0.0.1 :You are now logged out
        ada< :NickServ!NickServ@irc.example NOTICE ada :The account ada is no more
        bob< :irc.example MODE #a +q bob
        +cy
        cy> NS IDENTIFY ada pw
        cy< :NickServ!NickServ@irc.example NOTICE cy :Name or password is wrong
        ada>> NICK other
        cy> NICK ada
        cy< :cy!~cy@10.0.0.3 NICK ada
        cy> NS REGISTER pw
        cy< :NickServ!NickServ@irc.example NOTICE ada :The account ada is yours
        cy< :irc.example 900 ada ada!~cy@10.0.0.3 ada :You are now logged in as ada
        ",
    );
}
