//! What happened beside messages, played back (draft/event-playback).

use crate::common::check;

#[test]
fn who_came_and_went_and_what_they_changed_is_played_to_those_who_take_it() {
    check(
        "+ada message-tags server-time batch draft/chathistory draft/event-playback
        ada>> JOIN #a
        +bob
        bob>> JOIN #a
        +eve
        eve>> JOIN #a
        ada>> TOPIC #a :tea
        ada>> MODE #a +vm bob
        bob>> PRIVMSG #a :hello
        bob>> NICK rob
        ada>> KICK #a eve :spam
        bob>> PART #a :so long
        bob>> JOIN #a
        bob>> QUIT :bye
        ada> CHATHISTORY LATEST #a * 50
        ada< :irc.example BATCH +h1 chathistory #a
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-3-0 :ada!~ada@10.0.0.1 JOIN #a
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-5-0 :bob!~bob@10.0.0.2 JOIN #a
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-7-0 :eve!~eve@10.0.0.3 JOIN #a
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-8-0 :ada!~ada@10.0.0.1 TOPIC #a :tea
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-9-0 :ada!~ada@10.0.0.1 MODE #a +vm bob
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-a-0 :bob!~bob@10.0.0.2 PRIVMSG #a :hello
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-b-0 :bob!~bob@10.0.0.2 NICK rob
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-c-0 :ada!~ada@10.0.0.1 KICK #a eve :spam
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-d-0 :rob!~bob@10.0.0.2 PART #a :so long
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-e-0 :rob!~bob@10.0.0.2 JOIN #a
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-f-0 :rob!~bob@10.0.0.2 QUIT :Quit: bye
        ada< :irc.example BATCH -h1
        ",
    );
}

#[test]
fn who_does_not_take_it_sees_none_of_it_and_a_page_counts_what_they_see() {
    check(
        "+ada
        ada>> JOIN #a
        ada>> PRIVMSG #a :one
        ada>> TOPIC #a :tea
        ada>> TOPIC #a :coffee
        +old draft/chathistory
        old>> JOIN #a
        old> CHATHISTORY LATEST #a * 1
        old< :ada!~ada@10.0.0.1 PRIVMSG #a :one
        old> CHATHISTORY AROUND #a timestamp=2026-11-22T16:01:10.000Z 2
        old< :ada!~ada@10.0.0.1 PRIVMSG #a :one
        +new draft/chathistory draft/event-playback
        new>> JOIN #a
        new> CHATHISTORY LATEST #a * 3
        new< :ada!~ada@10.0.0.1 TOPIC #a :coffee
        new< :old!~old@10.0.0.2 JOIN #a
        new< :new!~new@10.0.0.3 JOIN #a
        new> CHATHISTORY BEFORE #a msgid=1-5-0 2
        new< :ada!~ada@10.0.0.1 JOIN #a
        new< :ada!~ada@10.0.0.1 PRIVMSG #a :one
        ",
    );
}

#[test]
fn each_reader_is_told_in_the_form_that_they_take() {
    check(
        "+ada
        ada>> NS REGISTER pw
        ada>> JOIN #a
        +bob account-tag extended-join message-tags draft/chathistory draft/event-playback
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< @msgid=1-6-0 :bob!~bob@10.0.0.2 JOIN #a * :bob of Example
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        bob> CHATHISTORY LATEST #a * 9
        bob< @msgid=1-4-0;account=ada :ada!~ada@10.0.0.1 JOIN #a ada :ada of Example
        bob< @msgid=1-6-0 :bob!~bob@10.0.0.2 JOIN #a * :bob of Example
        ada>> MODE ada +B
        ada>> TOPIC #a :tea
        bob> CHATHISTORY LATEST #a * 1
        bob< @msgid=1-8-0;account=ada;bot :ada!~ada@10.0.0.1 TOPIC #a :tea
        +cy draft/chathistory draft/event-playback
        cy>> JOIN #a
        cy> CHATHISTORY LATEST #a * 9
        cy< :ada!~ada@10.0.0.1 JOIN #a
        cy< :bob!~bob@10.0.0.2 JOIN #a
        cy< :ada!~ada@10.0.0.1 TOPIC #a :tea
        cy< :cy!~cy@10.0.0.3 JOIN #a
        ",
    );
}

#[test]
fn what_happened_has_an_id_that_is_a_point_in_the_history() {
    check(
        "+ada message-tags draft/chathistory draft/event-playback
        ada>> JOIN #a
        ada>> PRIVMSG #a :one
        ada> TOPIC #a :tea
        ada< @msgid=1-5-0 :ada!~ada@10.0.0.1 TOPIC #a :tea
        ada>> PRIVMSG #a :two
        ada> CHATHISTORY AFTER #a msgid=1-5-0 9
        ada< @msgid=1-6-0 :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ada> CHATHISTORY BEFORE #a msgid=1-5-0 9
        ada< @msgid=1-3-0 :ada!~ada@10.0.0.1 JOIN #a
        ada< @msgid=1-4-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        ada> CHATHISTORY AROUND #a msgid=1-5-0 3
        ada< @msgid=1-4-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        ada< @msgid=1-5-0 :ada!~ada@10.0.0.1 TOPIC #a :tea
        ada< @msgid=1-6-0 :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ada> CHATHISTORY LATEST #a msgid=1-5-0 3
        ada< @msgid=1-6-0 :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ada> CHATHISTORY BETWEEN #a msgid=1-3-0 msgid=1-6-0 9
        ada< @msgid=1-4-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        ada< @msgid=1-5-0 :ada!~ada@10.0.0.1 TOPIC #a :tea
        ada> CHATHISTORY BETWEEN #a msgid=1-6-0 msgid=1-3-0 1
        ada< @msgid=1-5-0 :ada!~ada@10.0.0.1 TOPIC #a :tea
        +old draft/chathistory
        old>> JOIN #a
        old> CHATHISTORY BEFORE #a msgid=1-5-0 9
        old< :ada!~ada@10.0.0.1 PRIVMSG #a :one
        old> CHATHISTORY AFTER #a msgid=1-5-0 9
        old< :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ",
    );
}

#[test]
fn who_leaves_several_channels_does_it_once_under_one_id() {
    check(
        "+ada message-tags draft/chathistory draft/event-playback
        ada>> JOIN #a,#b
        +bob
        bob>> JOIN #a,#b
        bob> NICK rob
        ada< @msgid=1-6-0 :bob!~bob@10.0.0.2 NICK rob
        bob< :bob!~bob@10.0.0.2 NICK rob
        bob> QUIT
        ada< @msgid=1-7-0 :rob!~bob@10.0.0.2 QUIT :Quit
        bob< ERROR :Closing link: Quit
        ada> CHATHISTORY LATEST #a * 2
        ada< @msgid=1-6-0 :bob!~bob@10.0.0.2 NICK rob
        ada< @msgid=1-7-0 :rob!~bob@10.0.0.2 QUIT :Quit
        ada> CHATHISTORY LATEST #b * 2
        ada< @msgid=1-6-0 :bob!~bob@10.0.0.2 NICK rob
        ada< @msgid=1-7-0 :rob!~bob@10.0.0.2 QUIT :Quit
        ",
    );
}

#[test]
fn who_was_not_to_be_seen_is_not_seen_later() {
    check(
        "+ada draft/chathistory draft/event-playback
        ada>> JOIN #a
        ada>> MODE #a +u
        +bob draft/chathistory draft/event-playback
        bob>> JOIN #a
        +eve
        eve>> JOIN #a
        eve>> NICK eva
        eve>> PART #a
        bob> CHATHISTORY LATEST #a * 9
        bob< :ada!~ada@10.0.0.1 JOIN #a
        bob< :ada!~ada@10.0.0.1 MODE #a +u
        ada> CHATHISTORY LATEST #a * 9
        ada< :ada!~ada@10.0.0.1 JOIN #a
        ada< :ada!~ada@10.0.0.1 MODE #a +u
        ",
    );
}

#[test]
fn what_happened_in_an_earlier_life_of_a_channel_is_over() {
    check(
        "+ada
        ada>> JOIN #a
        ada>> TOPIC #a :tea
        ada>> PART #a
        +bob draft/chathistory draft/event-playback
        bob> CHATHISTORY LATEST #a * 9
        bob< :irc.example FAIL CHATHISTORY INVALID_TARGET LATEST #a :Messages could not be retrieved
        bob>> JOIN #a
        bob> CHATHISTORY LATEST #a * 9
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob> CHATHISTORY AFTER #a msgid=1-3-0 9
        bob< :irc.example FAIL CHATHISTORY MESSAGE_ERROR AFTER #a :No message of this conversation has that id
        ",
    );
}

#[test]
fn a_channel_that_was_renamed_is_told_of_under_its_name() {
    check(
        "+ada message-tags draft/chathistory draft/event-playback
        ada>> JOIN #a
        ada>> TOPIC #a :tea
        ada>> PRIVMSG #a :hello
        ada>> @+draft/react=x;+reply=1-4-0 TAGMSG #a
        ada>> RENAME #a #b
        ada> CHATHISTORY LATEST #b * 9
        ada< @msgid=1-3-0 :ada!~ada@10.0.0.1 JOIN #b
        ada< @msgid=1-4-0 :ada!~ada@10.0.0.1 TOPIC #b :tea
        ada< @msgid=1-5-0 :ada!~ada@10.0.0.1 PRIVMSG #b :hello
        ada< @msgid=1-6-0;+draft/react=x;+reply=1-4-0 :ada!~ada@10.0.0.1 TAGMSG #b
        ",
    );
}

#[test]
fn what_is_shown_unasked_or_typed_for_is_what_was_said() {
    check(
        "+ada
        ada>> JOIN #a
        ada>> TOPIC #a :tea
        ada>> PRIVMSG #a :hello
        +old server-time message-tags
        old> JOIN #a
        ada< :old!~old@10.0.0.2 JOIN #a
        old< @time=2026-11-22T16:01:10.000Z;msgid=1-7-0 :old!~old@10.0.0.2 JOIN #a
        old< :irc.example 332 old #a :tea
        old< :irc.example 333 old #a ada!~ada@10.0.0.1 1795363270
        old< :irc.example 353 old = #a :@ada old
        old< :irc.example 366 old #a :End of /NAMES list
        old< @time=2026-11-22T16:01:10.000Z;msgid=1-5-0 :ada!~ada@10.0.0.1 PRIVMSG #a :hello
        +znc znc.in/playback draft/event-playback
        znc>> JOIN #a
        znc> PRIVMSG *playback :PLAY #a
        znc< :ada!~ada@10.0.0.1 PRIVMSG #a :[16:01] hello
        ++nan
        nan>> /nick nan
        nan> /join #a
        ada< :nan!~line@10.0.0.4 JOIN #a
        old< @time=2026-11-22T16:01:10.000Z;msgid=1-c-0 :nan!~line@10.0.0.4 JOIN #a
        znc< :nan!~line@10.0.0.4 JOIN #a
        nan< * #a is about: tea (ada, 16:01)
        nan< * #a: @ada, old, znc and you. What you type goes to #a now.
        nan< * Earlier in #a, the last line:
        nan< [16:01] <ada> hello
        nan< * That was before; it is 16:01 now.
        nan> /history
        nan< * Earlier in #a, the last line:
        nan< [16:01] <ada> hello
        nan< * That was before; it is 16:01 now.
        ",
    );
}

#[test]
fn a_change_that_takes_several_lines_has_its_id_on_the_first() {
    // Three of them fit the line of who sets them, and with a name in front they do not.
    let [a, b, c] = ["a", "b", "c"].map(|letter| format!("{}!*@*", letter.repeat(159)));
    check(&format!(
        "+ada message-tags batch draft/chathistory draft/event-playback
        ada>> JOIN #a
        ada>> MODE #a +bbb {a} {b} {c}
        ada> CHATHISTORY LATEST #a * 1
        ada< :irc.example BATCH +h1 chathistory #a
        ada< @batch=h1;msgid=1-4-0 :ada!~ada@10.0.0.1 MODE #a +bb {a} {b}
        ada< @batch=h1 :ada!~ada@10.0.0.1 MODE #a +b {c}
        ada< :irc.example BATCH -h1
        "
    ));
}
