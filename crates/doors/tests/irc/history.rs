//! Reading back what was said.

use crate::common::check;

#[test]
fn joining_shows_the_last_lines_to_those_who_cannot_ask() {
    check(
        "+ada
        ada>> NS REGISTER pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada> PRIVMSG #a :one
        ada> PRIVMSG #a :two
        ~60000
        ada> NOTICE #a :three
        ada> PRIVMSG #a :\\x01ACTION waves\\x01
        ada>> PART #a
        +plain
        plain> JOIN #a
        plain< :plain!~plain@10.0.0.2 JOIN #a
        plain< :irc.example 353 plain = #a :plain
        plain< :irc.example 366 plain #a :End of /NAMES list
        plain< :ada!~ada@10.0.0.1 PRIVMSG #a :[16:01] two
        plain< :ada!~ada@10.0.0.1 NOTICE #a :[16:02] three
        plain< :ada!~ada@10.0.0.1 PRIVMSG #a :\\x01ACTION [16:02] waves\\x01
        plain>> PART #a
        +irssi server-time
        irssi> JOIN #a
        irssi< @time=2026-11-22T16:02:10.000Z :irssi!~irssi@10.0.0.3 JOIN #a
        irssi< :irc.example 353 irssi = #a :irssi
        irssi< :irc.example 366 irssi #a :End of /NAMES list
        irssi< @time=2026-11-22T16:01:10.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :[16:01] two
        irssi< @time=2026-11-22T16:02:10.000Z :ada!~ada@10.0.0.1 NOTICE #a :[16:02] three
        irssi< @time=2026-11-22T16:02:10.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :\\x01ACTION [16:02] waves\\x01
        irssi>> PART #a
        +batched server-time batch message-tags account-tag
        batched> JOIN #a
        batched< @time=2026-11-22T16:02:10.000Z;msgid=1-12-0 :batched!~batched@10.0.0.4 JOIN #a
        batched< :irc.example 353 batched = #a :batched
        batched< :irc.example 366 batched #a :End of /NAMES list
        batched< :irc.example BATCH +h1 chathistory #a
        batched< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-7-0;account=ada :ada!~ada@10.0.0.1 PRIVMSG #a :two
        batched< @batch=h1;time=2026-11-22T16:02:10.000Z;msgid=1-8-0;account=ada :ada!~ada@10.0.0.1 NOTICE #a :three
        batched< @batch=h1;time=2026-11-22T16:02:10.000Z;msgid=1-9-0;account=ada :ada!~ada@10.0.0.1 PRIVMSG #a :\\x01ACTION waves\\x01
        batched< :irc.example BATCH -h1
        batched>> PART #a
        +asking server-time batch draft/chathistory
        asking> JOIN #a
        asking< @time=2026-11-22T16:02:10.000Z :asking!~asking@10.0.0.5 JOIN #a
        asking< :irc.example 353 asking = #a :asking
        asking< :irc.example 366 asking #a :End of /NAMES list
        asking> QUIT
        asking< ERROR :Closing link: Quit
        ~86400000
        ada< ERROR :Closing link: Ping timeout: 180 seconds
        plain< ERROR :Closing link: Ping timeout: 180 seconds
        irssi< ERROR :Closing link: Ping timeout: 180 seconds
        batched< ERROR :Closing link: Ping timeout: 180 seconds
        +late batch
        late> JOIN #a
        late< :late!~late@10.0.0.6 JOIN #a
        late< :irc.example 353 late = #a :late
        late< :irc.example 366 late #a :End of /NAMES list
        late< :ada!~ada@10.0.0.1 PRIVMSG #a :[2026-11-22 16:01] two
        late< :ada!~ada@10.0.0.1 NOTICE #a :[2026-11-22 16:02] three
        late< :ada!~ada@10.0.0.1 PRIVMSG #a :\\x01ACTION [2026-11-22 16:02] waves\\x01
        ",
    );
}

#[test]
fn pages_are_asked_for() {
    check(
        "+ada server-time batch message-tags draft/chathistory
        ada>> JOIN #a
        ada> CHATHISTORY LATEST #a * 10
        ada< :irc.example BATCH +h1 chathistory #a
        ada< :irc.example BATCH -h1
        ada> PRIVMSG #a :one
        ~1000
        ada> PRIVMSG #a :two
        ~1000
        ada> PRIVMSG #a :three
        ada> CHATHISTORY LATEST #a * 2
        ada< :irc.example BATCH +h2 chathistory #a
        ada< @batch=h2;time=2026-11-22T16:01:11.000Z;msgid=1-5-0 :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ada< @batch=h2;time=2026-11-22T16:01:12.000Z;msgid=1-6-0 :ada!~ada@10.0.0.1 PRIVMSG #a :three
        ada< :irc.example BATCH -h2
        ada> chathistory before #A msgid=1-5-0 10
        ada< :irc.example BATCH +h3 chathistory #a
        ada< @batch=h3;time=2026-11-22T16:01:10.000Z;msgid=1-4-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        ada< :irc.example BATCH -h3
        ada> CHATHISTORY BEFORE #a timestamp=2026-11-22T16:01:11.000Z 10
        ada< :irc.example BATCH +h4 chathistory #a
        ada< @batch=h4;time=2026-11-22T16:01:10.000Z;msgid=1-4-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        ada< :irc.example BATCH -h4
        ada> CHATHISTORY LATEST #a timestamp=2026-11-22T16:01:11.000Z 5000
        ada< :irc.example BATCH +h5 chathistory #a
        ada< @batch=h5;time=2026-11-22T16:01:12.000Z;msgid=1-6-0 :ada!~ada@10.0.0.1 PRIVMSG #a :three
        ada< :irc.example BATCH -h5
        ada> CHATHISTORY LATEST #a msgid=1-4-0 1
        ada< :irc.example BATCH +h6 chathistory #a
        ada< @batch=h6;time=2026-11-22T16:01:12.000Z;msgid=1-6-0 :ada!~ada@10.0.0.1 PRIVMSG #a :three
        ada< :irc.example BATCH -h6
        +bob
        bob>> JOIN #b
        bob> PRIVMSG #b :x
        bob> CHATHISTORY LATEST #b * 1
        bob< :bob!~bob@10.0.0.2 PRIVMSG #b :x
        ",
    );
}

#[test]
fn pages_after_around_and_between_points() {
    check(
        "+ada server-time draft/chathistory
        ada>> JOIN #a
        ada>> PRIVMSG #a :one
        ~1000
        ada>> PRIVMSG #a :two
        ~1000
        ada>> PRIVMSG #a :three
        ada>> PRIVMSG #a :four
        ~1000
        ada>> PRIVMSG #a :five
        ada> CHATHISTORY AFTER #a msgid=1-4-0 2
        ada< @time=2026-11-22T16:01:11.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ada< @time=2026-11-22T16:01:12.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :three
        ada> CHATHISTORY AFTER #a timestamp=2026-11-22T16:01:12.000Z 9999999999
        ada< @time=2026-11-22T16:01:13.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :five
        ada> CHATHISTORY AROUND #a msgid=1-5-0 3
        ada< @time=2026-11-22T16:01:10.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :one
        ada< @time=2026-11-22T16:01:11.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ada< @time=2026-11-22T16:01:12.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :three
        ada> CHATHISTORY AROUND #a timestamp=2026-11-22T16:01:12.000Z 2
        ada< @time=2026-11-22T16:01:11.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ada< @time=2026-11-22T16:01:12.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :three
        ada> CHATHISTORY AROUND #a msgid=1-8-0 1
        ada< @time=2026-11-22T16:01:13.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :five
        ada> CHATHISTORY BETWEEN #a msgid=1-4-0 msgid=1-8-0 2
        ada< @time=2026-11-22T16:01:11.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ada< @time=2026-11-22T16:01:12.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :three
        ada> CHATHISTORY BETWEEN #a msgid=1-8-0 msgid=1-4-0 2
        ada< @time=2026-11-22T16:01:12.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :three
        ada< @time=2026-11-22T16:01:12.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :four
        ada> CHATHISTORY BETWEEN #a timestamp=2026-11-22T16:01:13.000Z timestamp=2026-11-22T16:01:11.000Z 1
        ada< @time=2026-11-22T16:01:12.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :four
        ada> CHATHISTORY BETWEEN #a msgid=1-6-0 timestamp=2026-11-22T16:01:14.000Z 1
        ada< @time=2026-11-22T16:01:12.000Z :ada!~ada@10.0.0.1 PRIVMSG #a :four
        ada> CHATHISTORY BETWEEN #a msgid=1-6-0 msgid=1-6-0 10
        ada> CHATHISTORY BETWEEN #a timestamp=2026-11-22T16:01:12.000Z msgid=1-7-0 10
        ",
    );
}

#[test]
fn direct_messages_between_accounts_are_kept() {
    check(
        "+ada batch
        +bob
        ada>> NS REGISTER pw
        bob> PRIVMSG ada :lost
        ada< :bob!~bob@10.0.0.2 PRIVMSG ada :lost
        bob>> NS REGISTER pw
        bob> PRIVMSG ada :kept
        ada< :bob!~bob@10.0.0.2 PRIVMSG ada :kept
        ada> PRIVMSG bob :kept too
        bob< :ada!~ada@10.0.0.1 PRIVMSG bob :kept too
        ada> CHATHISTORY LATEST bob * 10
        ada< :irc.example BATCH +h1 chathistory bob
        ada< @batch=h1 :bob!~bob@10.0.0.2 PRIVMSG ada :kept
        ada< @batch=h1 :ada!~ada@10.0.0.1 PRIVMSG bob :kept too
        ada< :irc.example BATCH -h1
        ada> CHATHISTORY LATEST BOB * 1
        ada< :irc.example BATCH +h2 chathistory bob
        ada< @batch=h2 :ada!~ada@10.0.0.1 PRIVMSG bob :kept too
        ada< :irc.example BATCH -h2
        bob>> QUIT
        ada> CHATHISTORY LATEST BoB * 1
        ada< :irc.example BATCH +h3 chathistory bob
        ada< @batch=h3 :ada!~ada@10.0.0.1 PRIVMSG bob :kept too
        ada< :irc.example BATCH -h3
        ",
    );
}

#[test]
fn a_page_that_cannot_be_is_said() {
    check(
        "+ada
        ada>> JOIN #a
        ada> CHATHISTORY
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS * :Unknown command
        ada> CHATHISTORY BESIDE #a * 10
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS BESIDE :Unknown command
        ada> CHATHISTORY AFTER
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS AFTER :Insufficient parameters
        ada> CHATHISTORY BETWEEN #a timestamp=2026-11-22T16:01:11.000Z 10
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS BETWEEN :Insufficient parameters
        ada> CHATHISTORY BETWEEN #a msgid=1-1-0 msgid=1-2-0 10 10
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS BETWEEN :Too many parameters
        ada> CHATHISTORY BETWEEN #a msgid=1-1-0 * 10
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS BETWEEN * :Invalid message reference
        ada> CHATHISTORY AFTER #a timestamp=2026-11-22 10
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS AFTER timestamp=2026-11-22 :Invalid timestamp
        ada> CHATHISTORY AROUND #a msgid=1-ffff-0 10
        ada< :irc.example FAIL CHATHISTORY MESSAGE_ERROR AROUND #a :No message of this conversation has that id
        ada> CHATHISTORY AFTER #a msgid=1-ffff-0 -1
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS AFTER -1 :Invalid limit
        ada> CHATHISTORY LATEST #b * 10\\r\\nCHATHISTORY BEFORE #b timestamp=2026-11-22T16:01:11.000Z 10
        ada< :irc.example FAIL CHATHISTORY INVALID_TARGET LATEST #b :Messages could not be retrieved
        ada< :irc.example FAIL CHATHISTORY INVALID_TARGET BEFORE #b :Messages could not be retrieved
        ada> CHATHISTORY LATEST #a *
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS LATEST :Insufficient parameters
        ada> CHATHISTORY LATEST #a * 10 20
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS LATEST :Too many parameters
        ada> CHATHISTORY LATEST #a * none
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS LATEST none :Invalid limit
        ada> CHATHISTORY LATEST #a * 0
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS LATEST 0 :Invalid limit
        ada> CHATHISTORY BEFORE #a * 10
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS BEFORE * :Invalid message reference
        ada> CHATHISTORY BEFORE #a timestamp=yesterday 10
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS BEFORE timestamp=yesterday :Invalid timestamp
        ada> CHATHISTORY BEFORE #a msgid=zzz 10
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS BEFORE msgid=zzz :Invalid message id
        ada> CHATHISTORY BEFORE #a msgid=1-ffff-0 10
        ada< :irc.example FAIL CHATHISTORY MESSAGE_ERROR BEFORE #a :No message of this conversation has that id
        ada> CHATHISTORY LATEST #b * 10
        ada< :irc.example FAIL CHATHISTORY INVALID_TARGET LATEST #b :Messages could not be retrieved
        ada> CHATHISTORY LATEST nobody * 10
        ada< :irc.example FAIL CHATHISTORY INVALID_TARGET LATEST nobody :Messages could not be retrieved
        ada> CHATHISTORY LATEST 1x * 10
        ada< :irc.example FAIL CHATHISTORY INVALID_TARGET LATEST 1x :Messages could not be retrieved
        ",
    );
}

#[test]
fn conversations_are_listed_by_their_last_message() {
    check(
        "+ada batch draft/chathistory
        +bob
        ada>> NS REGISTER pw
        bob>> NS REGISTER pw
        ada>> JOIN #a,#b,#empty
        ada>> PRIVMSG #a :one
        ~1000
        bob>> PRIVMSG ada :two
        ~1000
        ada>> PRIVMSG #b :three
        ~1000
        ada>> PRIVMSG bob :four
        ada> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        ada< :irc.example BATCH +h1 draft/chathistory-targets
        ada< @batch=h1 :irc.example CHATHISTORY TARGETS #a 2026-11-22T16:01:10.000Z
        ada< @batch=h1 :irc.example CHATHISTORY TARGETS #b 2026-11-22T16:01:12.000Z
        ada< @batch=h1 :irc.example CHATHISTORY TARGETS bob 2026-11-22T16:01:13.000Z
        ada< :irc.example BATCH -h1
        ada> chathistory targets timestamp=2026-11-22T17:00:00.000Z timestamp=2026-11-22T16:00:00.000Z 2
        ada< :irc.example BATCH +h2 draft/chathistory-targets
        ada< @batch=h2 :irc.example CHATHISTORY TARGETS #b 2026-11-22T16:01:12.000Z
        ada< @batch=h2 :irc.example CHATHISTORY TARGETS bob 2026-11-22T16:01:13.000Z
        ada< :irc.example BATCH -h2
        ada> CHATHISTORY TARGETS timestamp=2026-11-22T16:01:10.000Z timestamp=2026-11-22T16:01:13.000Z 99999
        ada< :irc.example BATCH +h3 draft/chathistory-targets
        ada< @batch=h3 :irc.example CHATHISTORY TARGETS #b 2026-11-22T16:01:12.000Z
        ada< :irc.example BATCH -h3
        ada> CHATHISTORY TARGETS timestamp=2026-11-22T16:01:10.500Z timestamp=2026-11-22T16:01:11.500Z 10
        ada< :irc.example BATCH +h4 draft/chathistory-targets
        ada< :irc.example BATCH -h4
        bob> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        bob< :irc.example CHATHISTORY TARGETS ada 2026-11-22T16:01:13.000Z
        ",
    );
}

#[test]
fn a_list_that_cannot_be_is_said() {
    check(
        "+ada
        ada> CHATHISTORY TARGETS
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS TARGETS :Insufficient parameters
        ada> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z 10
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS TARGETS :Insufficient parameters
        ada> CHATHISTORY TARGETS #a timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T16:00:00.000Z 10
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS TARGETS :Too many parameters
        ada> CHATHISTORY TARGETS msgid=1-1-0 timestamp=2026-11-22T16:00:00.000Z 10
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS TARGETS msgid=1-1-0 :Invalid message reference
        ada> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=now 10
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS TARGETS timestamp=now :Invalid timestamp
        ada> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 0
        ada< :irc.example FAIL CHATHISTORY INVALID_PARAMS TARGETS 0 :Invalid limit
        ",
    );
}
