//! Whose history it is: read as someone would who should not.

use crate::common::check;

#[test]
fn who_left_or_was_put_out_reads_no_more() {
    check(
        "+ada
        +eve draft/chathistory
        ada>> JOIN #a
        eve>> JOIN #a
        ada>> PRIVMSG #a :one
        eve> CHATHISTORY LATEST #a * 10
        eve< :ada!~ada@10.0.0.1 PRIVMSG #a :one
        eve>> PART #a
        ada>> PRIVMSG #a :two
        eve> CHATHISTORY LATEST #a * 10
        eve< :irc.example FAIL CHATHISTORY INVALID_TARGET LATEST #a :Messages could not be retrieved
        eve> CHATHISTORY AROUND #a msgid=1-5-0 10
        eve< :irc.example FAIL CHATHISTORY INVALID_TARGET AROUND #a :Messages could not be retrieved
        eve> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        eve>> JOIN #a
        ada>> MODE #a +b eve!*@*
        ada>> KICK #a eve
        eve> CHATHISTORY BETWEEN #a msgid=1-5-0 timestamp=2026-11-22T17:00:00.000Z 10
        eve< :irc.example FAIL CHATHISTORY INVALID_TARGET BETWEEN #a :Messages could not be retrieved
        eve> JOIN #a
        eve< :irc.example 474 eve #a :Cannot join channel (+b)
        eve> CHATHISTORY AFTER #a timestamp=2026-11-22T16:00:00.000Z 10
        eve< :irc.example FAIL CHATHISTORY INVALID_TARGET AFTER #a :Messages could not be retrieved
        eve> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        ",
    );
}

#[test]
fn a_channel_that_is_not_known_is_refused_as_one_that_is_not() {
    check(
        "+ada
        +eve
        ada>> JOIN #hidden
        ada>> MODE #hidden +s
        ada>> PRIVMSG #hidden :quiet
        eve> CHATHISTORY LATEST #hidden * 10
        eve< :irc.example FAIL CHATHISTORY INVALID_TARGET LATEST #hidden :Messages could not be retrieved
        eve> CHATHISTORY LATEST #nowhere * 10
        eve< :irc.example FAIL CHATHISTORY INVALID_TARGET LATEST #nowhere :Messages could not be retrieved
        eve> CHATHISTORY BEFORE #hidden msgid=1-4-0 10
        eve< :irc.example FAIL CHATHISTORY INVALID_TARGET BEFORE #hidden :Messages could not be retrieved
        eve> CHATHISTORY LATEST @#hidden * 10
        eve< :irc.example FAIL CHATHISTORY INVALID_TARGET LATEST #hidden :Messages could not be retrieved
        eve> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        ada> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        ada< :irc.example CHATHISTORY TARGETS #hidden 2026-11-22T16:01:10.000Z
        ",
    );
}

#[test]
fn a_message_of_another_conversation_is_no_point_in_this_one() {
    check(
        "+ada
        +eve
        ada>> JOIN #hidden
        ada>> PRIVMSG #hidden :quiet
        eve>> JOIN #eves
        eve>> PRIVMSG #eves :mine
        eve> CHATHISTORY AROUND #eves msgid=1-4-0 10
        eve< :irc.example FAIL CHATHISTORY MESSAGE_ERROR AROUND #eves :No message of this conversation has that id
        eve> CHATHISTORY BETWEEN #eves msgid=1-6-0 msgid=1-4-0 10
        eve< :irc.example FAIL CHATHISTORY MESSAGE_ERROR BETWEEN #eves :No message of this conversation has that id
        ",
    );
}

#[test]
fn a_life_that_ended_is_read_by_nobody() {
    check(
        "+ada
        ada>> JOIN #a
        ada>> PRIVMSG #a :of the first life
        ada>> PART #a
        +eve
        eve>> JOIN #a
        eve> CHATHISTORY LATEST #a * 10
        eve> CHATHISTORY AFTER #a timestamp=2026-11-22T16:00:00.000Z 10
        eve> CHATHISTORY AROUND #a timestamp=2026-11-22T16:01:10.000Z 10
        eve> CHATHISTORY BETWEEN #a timestamp=2026-11-22T17:00:00.000Z timestamp=2026-11-22T16:00:00.000Z 10
        eve> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        ada>> JOIN #a
        ada> CHATHISTORY LATEST #a * 10
        ",
    );
}

#[test]
fn conversations_are_read_by_the_two_accounts_that_had_them() {
    check(
        "+ada
        +bob
        +bob_
        ada>> NS REGISTER pw
        bob>> NS REGISTER pw
        bob_>> NS REGISTER pw
        ada>> PRIVMSG bob :for bob
        bob_> CHATHISTORY LATEST ada * 10
        bob_> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        bob_> CHATHISTORY LATEST bob * 10
        bob> CHATHISTORY LATEST ada * 10
        bob< :ada!~ada@10.0.0.1 PRIVMSG bob :for bob
        bob>> NICK robert
        bob>> NS IDENTIFY bob_ pw
        bob> CHATHISTORY LATEST ada * 10
        bob> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        ",
    );
}

#[test]
fn who_is_logged_out_reads_no_conversation() {
    check(
        "+ada
        ada>> NS REGISTER pw
        ++bob
        bob>> /nick bob
        bob>> /register bob secret
        ada>> PRIVMSG bob :for bob
        bob> /history ada
        bob< * Earlier in ada, the last line:
        bob< [16:01] [ada] for bob
        bob< * That was before; it is 16:01 now.
        bob>> /nick robert
        bob>> /logout
        bob> /history ada
        bob< * Nothing is kept of you and ada: for that you both must be logged in. See /help login.
        bob>> /nick bob
        bob> /history ada
        bob< * Nothing is kept of you and ada: for that you both must be logged in. See /help login.
        +eve
        eve>> PRIVMSG ada :and for her
        eve> CHATHISTORY LATEST ada * 10
        eve< :irc.example FAIL CHATHISTORY INVALID_TARGET LATEST ada :Messages could not be retrieved
        eve> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        ",
    );
}

#[test]
fn a_nick_without_an_account_has_no_history_to_take_over() {
    check(
        "+ada
        +bob
        ada>> NS REGISTER pw
        bob>> PRIVMSG ada :before there was an account
        ada>> PRIVMSG bob :likewise
        bob>> QUIT
        +eve
        eve>> NICK bob
        eve>> NS REGISTER pw
        eve> CHATHISTORY LATEST ada * 10
        eve> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        ada> CHATHISTORY LATEST bob * 10
        ada> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        ",
    );
}

#[test]
fn whoever_is_called_nearly_the_same_is_told_of_nothing() {
    check(
        "+ada batch draft/chathistory
        +bob
        +ada_ batch draft/chathistory draft/search
        ada>> NS REGISTER pw
        bob>> NS REGISTER pw
        ada_>> NS REGISTER pw
        ada>> JOIN #a
        ada>> MODE #a +s
        ada>> PRIVMSG #a :in secret
        ada>> PRIVMSG bob :between us
        ada> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        ada< :irc.example BATCH +h1 draft/chathistory-targets
        ada< @batch=h1 :irc.example CHATHISTORY TARGETS #a 2026-11-22T16:01:10.000Z
        ada< @batch=h1 :irc.example CHATHISTORY TARGETS bob 2026-11-22T16:01:10.000Z
        ada< :irc.example BATCH -h1
        ada_> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        ada_< :irc.example BATCH +h1 draft/chathistory-targets
        ada_< :irc.example BATCH -h1
        ada_> CHATHISTORY LATEST bob * 10
        ada_< :irc.example BATCH +h2 chathistory bob
        ada_< :irc.example BATCH -h2
        ada_> SEARCH text=us
        ada_< :irc.example BATCH +h3 search
        ada_< :irc.example BATCH -h3
        ",
    );
}
