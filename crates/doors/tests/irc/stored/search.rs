//! SEARCH: what was said, by its words, who said it, where and when (draft/search).

use crate::common::{Town, check, check_in};

#[test]
fn what_was_said_is_found_by_word_nick_place_and_time() {
    check(
        "+ada message-tags server-time batch draft/search
        ada>> NS REGISTER pw
        ada>> JOIN #a,#b
        +bob
        bob>> JOIN #a
        ada>> PRIVMSG #a :hello world
        ~60000
        bob>> PRIVMSG #a :hello ada
        ada>> NOTICE #b :hello from b
        ada> SEARCH text=hello;in=#a
        ada< :irc.example BATCH +h3 search
        ada< @batch=h3;time=2026-11-22T16:01:10.000Z;msgid=1-7-0 :ada!~ada@10.0.0.1 PRIVMSG #a :hello world
        ada< @batch=h3;time=2026-11-22T16:02:10.000Z;msgid=1-8-0 :bob!~bob@10.0.0.2 PRIVMSG #a :hello ada
        ada< :irc.example BATCH -h3
        ada> SEARCH from=BOB
        ada< :irc.example BATCH +h4 search
        ada< @batch=h4;time=2026-11-22T16:02:10.000Z;msgid=1-8-0 :bob!~bob@10.0.0.2 PRIVMSG #a :hello ada
        ada< :irc.example BATCH -h4
        ada> SEARCH after=2026-11-22T16:02:00.000Z;text=hello;limit=1
        ada< :irc.example BATCH +h5 search
        ada< @batch=h5;time=2026-11-22T16:02:10.000Z;msgid=1-8-0 :bob!~bob@10.0.0.2 PRIVMSG #a :hello ada
        ada< :irc.example BATCH -h5
        ada> SEARCH limit=1
        ada< :irc.example BATCH +h6 search
        ada< @batch=h6;time=2026-11-22T16:02:10.000Z;msgid=1-9-0 :ada!~ada@10.0.0.1 NOTICE #b :hello from b
        ada< :irc.example BATCH -h6
        ada> SEARCH before=2026-11-22T16:02:00.000Z;unknown=x
        ada< :irc.example BATCH +h7 search
        ada< @batch=h7;time=2026-11-22T16:01:10.000Z;msgid=1-7-0 :ada!~ada@10.0.0.1 PRIVMSG #a :hello world
        ada< :irc.example BATCH -h7
        ada> SEARCH text=hello\\sworld
        ada< :irc.example BATCH +h8 search
        ada< @batch=h8;time=2026-11-22T16:01:10.000Z;msgid=1-7-0 :ada!~ada@10.0.0.1 PRIVMSG #a :hello world
        ada< :irc.example BATCH -h8
        ada> SEARCH text=nothing
        ada< :irc.example BATCH +h9 search
        ada< :irc.example BATCH -h9
        ",
    );
}

#[test]
fn conversations_are_searched_by_the_two_who_had_them() {
    check(
        "+ada message-tags batch soju.im/search
        +bob message-tags draft/search
        +eve message-tags draft/search
        ada>> NS REGISTER pw
        bob>> NS REGISTER pw
        eve>> NS REGISTER pw
        ada>> PRIVMSG bob :between us
        ada> SEARCH text=between
        ada< :irc.example BATCH +h1 soju.im/search
        ada< @batch=h1;msgid=1-8-0 :ada!~ada@10.0.0.1 PRIVMSG bob :between us
        ada< :irc.example BATCH -h1
        bob> SEARCH in=ada
        bob< @msgid=1-8-0 :ada!~ada@10.0.0.1 PRIVMSG bob :between us
        eve> SEARCH text=between
        eve> SEARCH in=bob;text=between
        eve> SEARCH from=ada
        bob>> NS LOGOUT
        ++nan
        nan>> /nick nan
        nan>> /register nan secret
        nan>> /msg ada a secret
        nan> /search secret
        nan< * Found 1 line:
        nan< [16:01] to ada: [nan] a secret
        nan> /search @ada secret
        nan< * Found 1 line:
        nan< [16:01] to ada: [nan] a secret
        nan> /search between
        nan< * Nothing found.
        ",
    );
}

#[test]
fn only_what_may_be_read_is_found() {
    check(
        "+ada message-tags draft/search
        ada>> JOIN #a
        ada>> PRIVMSG #a :word
        +eve draft/search
        eve> SEARCH in=#a
        eve< :irc.example FAIL SEARCH INVALID_PARAMS in #a :You cannot search there
        eve> SEARCH in=#nowhere
        eve< :irc.example FAIL SEARCH INVALID_PARAMS in #nowhere :You cannot search there
        eve> SEARCH text=word
        eve> SEARCH from=ada
        eve>> JOIN #a
        eve> SEARCH text=word
        eve< :ada!~ada@10.0.0.1 PRIVMSG #a :word
        eve>> PART #a
        eve> SEARCH text=word
        ",
    );
}

#[test]
fn attributes_that_cannot_be_are_said() {
    check(
        "+old
        old> SEARCH text=x
        old< :irc.example 421 old SEARCH :Unknown command
        +ada draft/search
        ada> SEARCH
        ada< :irc.example FAIL SEARCH INVALID_PARAMS :Missing parameters
        ada> SEARCH in=1x
        ada< :irc.example FAIL SEARCH INVALID_PARAMS in :Invalid parameters
        ada> SEARCH after=yesterday
        ada< :irc.example FAIL SEARCH INVALID_PARAMS after :Invalid parameters
        ada> SEARCH limit=0
        ada< :irc.example FAIL SEARCH INVALID_PARAMS limit :Invalid parameters
        ",
    );
}

#[test]
fn who_searches_is_told_how_far_it_was_looked() {
    let mut town = Town::new();
    town.looks = 2;
    check_in(
        town,
        "+ada message-tags batch draft/search labeled-response standard-replies
        ada>> JOIN #a,#b
        ada>> PRIVMSG #b :word one
        ~60000
        ada>> PRIVMSG #a :word two
        ada>> PRIVMSG #a :three
        ada> SEARCH text=word
        ada< :irc.example BATCH +h3 search
        ada< @batch=h3;msgid=1-5-0 :ada!~ada@10.0.0.1 PRIVMSG #a :word two
        ada< :irc.example BATCH -h3
        ada< :irc.example NOTE SEARCH INCOMPLETE before=2026-11-22T16:01:10.000Z :Not all that was said up to 2026-11-22T16:01:10.000Z was looked at
        ada> SEARCH before=2026-11-22T16:01:10.000Z
        ada< :irc.example BATCH +h4 search
        ada< @batch=h4;msgid=1-4-0 :ada!~ada@10.0.0.1 PRIVMSG #b :word one
        ada< :irc.example BATCH -h4
        +old draft/search
        old>> JOIN #a,#b
        old> SEARCH after=2026-11-22T16:01:10.000Z;from=bob
        old< :irc.example NOTICE old :Not all that was said from 2026-11-22T16:02:10.000Z on was looked at
        ++nan
        nan>> /nick nan
        nan>> /join #b
        nan>> /join #a
        nan> /search word
        nan< * Found 1 line:
        nan< [16:02] #a <ada> word two
        nan< * That was looked for back to 16:01 only: search one #CHAN or @NICK, or for more words.
        ",
    );
}

#[test]
fn who_asks_for_too_much_is_refused() {
    let mut town = Town::new();
    town.are_readers_busy = true;
    check_in(
        town,
        "+ada batch draft/search draft/chathistory
        ada>> JOIN #a
        ada> SEARCH text=word
        ada< :irc.example FAIL SEARCH INTERNAL_ERROR :Too much is being looked up for your address; try again in a while
        ada> CHATHISTORY LATEST #a * 10
        ada< :irc.example FAIL CHATHISTORY MESSAGE_ERROR LATEST #a :Too much is being looked up for your address; try again in a while
        ++nan
        nan>> /nick nan
        nan> /search word
        nan< * Too much is being looked up for your address; try again in a while.
        ",
    );
}
