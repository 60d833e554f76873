//! EDIT: saying something else instead of what was said (draft/message-edit).

use crate::common::check;

#[test]
fn the_author_edits_and_everyone_is_told_as_they_understand_it() {
    check(
        "+ada message-tags draft/message-edit draft/chathistory batch
        ada>> NS REGISTER pw
        ada>> JOIN #a
        +bob message-tags server-time draft/message-edit
        bob>> JOIN #a
        +old
        old>> JOIN #a
        ++nan
        nan>> /nick nan
        nan>> /join #a
        ada>> PRIVMSG #a :helo
        ~5000
        ada> @draft/target-msgid=1-c-0;draft/edit-text=hello\\sworld EDIT #a
        ada< @msgid=1-d-0;draft/target-msgid=1-c-0;draft/edit-text=hello\\sworld :ada!~ada@10.0.0.1 EDIT #a
        bob< @time=2026-11-22T16:01:15.000Z;msgid=1-d-0;draft/target-msgid=1-c-0;draft/edit-text=hello\\sworld :ada!~ada@10.0.0.1 EDIT #a
        old< :irc.example NOTICE #a :ada edited a message from 5 seconds ago: hello world
        nan< * ada changed what was said at 16:01 to: hello world
        ada> CHATHISTORY LATEST #a * 10
        ada< :irc.example BATCH +h1 chathistory #a
        ada< @batch=h1;msgid=1-c-0 :ada!~ada@10.0.0.1 PRIVMSG #a :hello world
        ada< @batch=h1;draft/chathistory-context;msgid=1-d-0;draft/target-msgid=1-c-0;draft/edit-text=hello\\sworld :ada!~ada@10.0.0.1 EDIT #a
        ada< :irc.example BATCH -h1
        old> CHATHISTORY LATEST #a * 10
        old< :ada!~ada@10.0.0.1 PRIVMSG #a :hello world
        nan> /search helo
        nan< * Nothing found.
        nan> /search world
        nan< * Found 1 line:
        nan< [16:01] #a <ada> hello world
        ",
    );
}

#[test]
fn only_the_author_edits_and_only_where_they_may_speak() {
    check(
        "+ada message-tags draft/message-edit
        ada>> JOIN #a
        +bob message-tags draft/message-edit draft/message-redaction
        bob>> NS REGISTER pw
        bob>> JOIN #a
        +eve message-tags draft/message-edit
        eve>> JOIN #a
        bob>> PRIVMSG #a :mine
        ada> @draft/target-msgid=1-9-0;draft/edit-text=x EDIT #a
        ada< :irc.example FAIL EDIT EDIT_FORBIDDEN #a 1-9-0 :You are not authorised to edit this message
        eve>> NICK bobby
        eve> @draft/target-msgid=1-9-0;draft/edit-text=x EDIT #a
        eve< :irc.example FAIL EDIT EDIT_FORBIDDEN #a 1-9-0 :You are not authorised to edit this message
        ada>> MODE #a +m
        bob> @draft/target-msgid=1-9-0;draft/edit-text=x EDIT #a
        bob< :irc.example FAIL EDIT EDIT_FORBIDDEN #a 1-9-0 :You are not authorised to edit this message
        ada>> MODE #a -m
        bob>> REDACT #a 1-9-0
        bob> @draft/target-msgid=1-9-0;draft/edit-text=x EDIT #a
        bob< :irc.example FAIL EDIT UNKNOWN_MSGID #a 1-9-0 :This message does not exist or is too old
        ",
    );
}

#[test]
fn a_conversation_of_two_is_edited_by_who_said_it() {
    check(
        "+ada message-tags draft/message-edit
        +bob
        ada>> NS REGISTER pw
        bob>> NS REGISTER pw
        ada>> PRIVMSG bob :one
        ada> @draft/target-msgid=1-6-0;draft/edit-text=two EDIT bob
        ada< @msgid=1-7-0;draft/target-msgid=1-6-0;draft/edit-text=two :ada!~ada@10.0.0.1 EDIT bob
        bob< :irc.example NOTICE bob :ada edited a message from just now: two
        bob> CHATHISTORY LATEST ada * 10
        bob< :ada!~ada@10.0.0.1 PRIVMSG bob :two
        ",
    );
}

#[test]
fn what_cannot_be_edited_is_said() {
    check(
        "+old message-tags
        old> @draft/target-msgid=1-4-0;draft/edit-text=x EDIT #a
        old< :irc.example 421 old EDIT :Unknown command
        +ada message-tags draft/message-edit
        ada> EDIT
        ada< :irc.example 461 ada EDIT :Not enough parameters
        ada> @draft/target-msgid=1-4-0;draft/edit-text=x EDIT 1x
        ada< :irc.example FAIL EDIT INVALID_TARGET 1x :You cannot edit messages from 1x
        ada> EDIT #a
        ada< :irc.example FAIL EDIT UNKNOWN_MSGID #a :This message does not exist or is too old
        ada> @draft/target-msgid=1-4-0 EDIT #a
        ada< :irc.example FAIL EDIT INVALID_EDIT #a 1-4-0 :Invalid edit text
        ada> @draft/target-msgid=1-4-0;draft/edit-text=a\\nb EDIT #a
        ada< :irc.example FAIL EDIT INVALID_EDIT #a 1-4-0 :Invalid edit text
        ada> @draft/target-msgid=1-4-0;draft/edit-text=x EDIT #a
        ada< :irc.example FAIL EDIT INVALID_TARGET #a :You cannot edit messages from #a
        ",
    );
}
