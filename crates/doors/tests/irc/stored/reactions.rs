//! Reactions without words: TAGMSG with `+draft/react` and `+draft/unreact`, kept with the message that they are
//! about and played to those who take what happened (draft/event-playback).

use crate::common::{Town, check};

#[test]
fn a_reaction_is_kept_and_played_to_those_who_take_it() {
    check(
        "+ada message-tags draft/chathistory draft/event-playback
        ada>> JOIN #a
        +bob message-tags echo-message labeled-response batch
        bob>> JOIN #a
        ada>> PRIVMSG #a :ship it?
        bob> @label=L1;+draft/react=👍;+reply=1-6-0 TAGMSG #a
        ada< @msgid=1-7-0;+draft/react=👍;+reply=1-6-0 :bob!~bob@10.0.0.2 TAGMSG #a
        bob< @label=L1;msgid=1-7-0;+draft/react=👍;+reply=1-6-0 :bob!~bob@10.0.0.2 TAGMSG #a
        bob> @label=L2;+draft/unreact=👍;+draft/reply=1-6-0;+typing=done TAGMSG #a
        ada< @msgid=1-8-0;+draft/unreact=👍;+draft/reply=1-6-0;+typing=done :bob!~bob@10.0.0.2 TAGMSG #a
        bob< @label=L2;msgid=1-8-0;+draft/unreact=👍;+draft/reply=1-6-0;+typing=done :bob!~bob@10.0.0.2 TAGMSG #a
        ada> CHATHISTORY AFTER #a msgid=1-6-0 9
        ada< @msgid=1-7-0;+draft/react=👍;+reply=1-6-0 :bob!~bob@10.0.0.2 TAGMSG #a
        ada< @msgid=1-8-0;+draft/unreact=👍;+draft/reply=1-6-0 :bob!~bob@10.0.0.2 TAGMSG #a
        ada> CHATHISTORY AFTER #a msgid=1-7-0 9
        ada< @msgid=1-8-0;+draft/unreact=👍;+draft/reply=1-6-0 :bob!~bob@10.0.0.2 TAGMSG #a
        +tagless draft/chathistory draft/event-playback
        tagless>> JOIN #a
        tagless> CHATHISTORY LATEST #a * 2
        tagless< :ada!~ada@10.0.0.1 PRIVMSG #a :ship it?
        tagless< :tagless!~tagless@10.0.0.3 JOIN #a
        +old message-tags draft/chathistory
        old>> JOIN #a
        old> CHATHISTORY LATEST #a * 9
        old< @msgid=1-6-0 :ada!~ada@10.0.0.1 PRIVMSG #a :ship it?
        ",
    );
}

#[test]
fn what_is_of_the_moment_or_for_some_is_not_kept() {
    check(
        "+ada message-tags draft/chathistory draft/event-playback
        ada>> JOIN #a
        ada>> PRIVMSG #a :hello
        +bob message-tags
        bob>> JOIN #a
        bob> @+typing=active TAGMSG #a
        ada< @+typing=active :bob!~bob@10.0.0.2 TAGMSG #a
        bob> @+typing=active;+reply=1-4-0 TAGMSG #a
        ada< @+typing=active;+reply=1-4-0 :bob!~bob@10.0.0.2 TAGMSG #a
        bob> @+draft/react=x TAGMSG #a
        ada< @+draft/react=x :bob!~bob@10.0.0.2 TAGMSG #a
        bob> @+draft/react=x;+reply=elsewhere TAGMSG #a
        ada< @+draft/react=x;+reply=elsewhere :bob!~bob@10.0.0.2 TAGMSG #a
        bob> @+draft/react=x;+reply=1-4-0 TAGMSG @#a
        ada< @+draft/react=x;+reply=1-4-0 :bob!~bob@10.0.0.2 TAGMSG @#a
        ada>> MODE #a +m
        bob> @+draft/react=x;+reply=1-4-0 TAGMSG #a
        bob< :irc.example 404 bob #a :Cannot send to channel (+m)
        bob> @+draft/react=x;+reply=1-4-0 TAGMSG nobody,#nowhere
        bob< :irc.example 401 bob nobody :No such nick/channel
        bob< :irc.example 403 bob #nowhere :No such channel
        ada> CHATHISTORY AFTER #a msgid=1-6-0 9
        ada< @msgid=1-8-0 :ada!~ada@10.0.0.1 MODE #a +m
        ",
    );
}

#[test]
fn reactions_go_with_what_is_taken_back() {
    check(
        "+ada message-tags draft/chathistory draft/event-playback draft/message-redaction
        ada>> NS REGISTER pw
        ada>> JOIN #a
        ada>> PRIVMSG #a :oops
        ada>> PRIVMSG #a :hello
        ada>> @+draft/react=x;+reply=1-5-0 TAGMSG #a
        ada>> @+draft/react=y;+reply=1-6-0 TAGMSG #a
        ada>> REDACT #a 1-5-0
        ada> CHATHISTORY AFTER #a msgid=1-4-0 9
        ada< @msgid=1-6-0 :ada!~ada@10.0.0.1 PRIVMSG #a :hello
        ada< @msgid=1-8-0;+draft/react=y;+reply=1-6-0 :ada!~ada@10.0.0.1 TAGMSG #a
        ",
    );
}

#[test]
fn a_reaction_is_taken_back_as_a_message_is() {
    check(
        "+ada message-tags draft/chathistory draft/event-playback draft/message-redaction
        ada>> JOIN #a
        +bob message-tags draft/message-redaction draft/message-edit
        bob>> NS REGISTER pw
        bob>> JOIN #a
        +eve message-tags draft/message-redaction
        eve>> JOIN #a
        ada>> PRIVMSG #a :hello
        bob>> @+draft/react=one;+reply=1-9-0 TAGMSG #a
        bob>> @+draft/react=two;+reply=1-9-0 TAGMSG #a
        ++nan
        nan>> /nick nan
        nan>> /join #a
        bob> REDACT #a 1-a-0
        ada< :bob!~bob@10.0.0.2 REDACT #a 1-a-0
        bob< :bob!~bob@10.0.0.2 REDACT #a 1-a-0
        eve< :bob!~bob@10.0.0.2 REDACT #a 1-a-0
        ada> REDACT #a 1-b-0 :not here
        ada< :ada!~ada@10.0.0.1 REDACT #a 1-b-0 :not here
        bob< :ada!~ada@10.0.0.1 REDACT #a 1-b-0 :not here
        eve< :ada!~ada@10.0.0.1 REDACT #a 1-b-0 :not here
        ada> REDACT #a 1-b-0
        ada< :irc.example FAIL REDACT UNKNOWN_MSGID #a 1-b-0 :This message does not exist or is too old
        ada> REDACT #a 1-3-0
        ada< :irc.example FAIL REDACT UNKNOWN_MSGID #a 1-3-0 :This message does not exist or is too old
        eve>> @+draft/react=three;+reply=1-9-0 TAGMSG #a
        bob> REDACT #a 1-11-0
        bob< :irc.example FAIL REDACT REDACT_FORBIDDEN #a 1-11-0 :You are not authorised to delete this message
        bob>> @+draft/react=four;+reply=1-9-0 TAGMSG #a
        bob> @draft/target-msgid=1-13-0;draft/edit-text=x EDIT #a
        bob< :irc.example FAIL EDIT EDIT_FORBIDDEN #a 1-13-0 :You are not authorised to edit this message
        ada> CHATHISTORY AFTER #a msgid=1-9-0 9
        ada< @msgid=1-e-0 :nan!~line@10.0.0.4 JOIN #a
        ada< @msgid=1-11-0;+draft/react=three;+reply=1-9-0 :eve!~eve@10.0.0.3 TAGMSG #a
        ada< @msgid=1-13-0;+draft/react=four;+reply=1-9-0 :bob!~bob@10.0.0.2 TAGMSG #a
        ",
    );
}

#[test]
fn between_two_people_it_is_kept_where_what_they_say_is() {
    check(
        "+ada message-tags draft/chathistory draft/event-playback
        ada>> NS REGISTER pw
        +bob message-tags draft/chathistory draft/event-playback
        bob>> NS REGISTER pw
        ada>> PRIVMSG bob :tea?
        bob> @+draft/react=👍;+reply=1-6-0 TAGMSG ada
        ada< @msgid=1-7-0;+draft/react=👍;+reply=1-6-0 :bob!~bob@10.0.0.2 TAGMSG ada
        ada> CHATHISTORY LATEST bob * 9
        ada< @msgid=1-6-0 :ada!~ada@10.0.0.1 PRIVMSG bob :tea?
        ada< @msgid=1-7-0;+draft/react=👍;+reply=1-6-0 :bob!~bob@10.0.0.2 TAGMSG ada
        bob> CHATHISTORY LATEST ada * 9
        bob< @msgid=1-6-0 :ada!~ada@10.0.0.1 PRIVMSG bob :tea?
        bob< @msgid=1-7-0;+draft/react=👍;+reply=1-6-0 :bob!~bob@10.0.0.2 TAGMSG ada
        bob> NICK rob
        bob< :bob!~bob@10.0.0.2 NICK rob
        +cy message-tags draft/chathistory draft/event-playback
        cy> @+draft/react=👍;+reply=1-6-0 TAGMSG ada
        ada< @+draft/react=👍;+reply=1-6-0 :cy!~cy@10.0.0.3 TAGMSG ada
        cy> CHATHISTORY LATEST ada * 9
        cy< :irc.example FAIL CHATHISTORY INVALID_TARGET LATEST ada :Messages could not be retrieved
        ada> @+draft/react=x;+reply=1-6-0 TAGMSG ada
        ada< @msgid=1-b-0;+draft/react=x;+reply=1-6-0 :ada!~ada@10.0.0.1 TAGMSG ada
        ada> CHATHISTORY LATEST ada * 9
        ada< @msgid=1-b-0;+draft/react=x;+reply=1-6-0 :ada!~ada@10.0.0.1 TAGMSG ada
        ",
    );
}

#[test]
fn a_person_at_a_terminal_is_told_nothing_of_it() {
    check(
        "+ada message-tags
        ada>> JOIN #a
        ++nan
        nan>> /nick nan
        nan>> /join #a
        ada>> PRIVMSG #a :hello
        ada> @+draft/react=x;+reply=1-8-0 TAGMSG #a
        nan> /history
        nan< * Earlier in #a, the last line:
        nan< [16:01] <ada> hello
        nan< * That was before; it is 16:01 now.
        ",
    );
}

#[test]
fn while_nothing_can_be_saved_a_reaction_is_refused() {
    let mut town = Town::new();
    for line in ["+ada message-tags", "+bob message-tags", "ada>> JOIN #a", "bob>> JOIN #a"] {
        town.play(line);
    }
    town.set_failing(true);
    for line in ["@+draft/react=x;+reply=1-2-0 TAGMSG #a", "NICK eve", "PART #a"] {
        town.send("ada", line);
        let words = "The server cannot store anything just now; try again later";
        let refusal = format!("ada< :irc.example NOTICE ada :{words}");
        assert_eq!(town.take_seen(), [refusal], "{line}");
    }
    town.send("ada", "@+typing=active TAGMSG #a");
    assert_eq!(town.take_seen(), ["bob< @+typing=active :ada!~ada@10.0.0.1 TAGMSG #a"]);
}
