//! REDACT: taking back what was said (draft/message-redaction).

use crate::common::check;

#[test]
fn the_author_takes_back_what_they_said_and_nothing_of_it_is_left() {
    check(
        "+ada message-tags echo-message draft/message-redaction draft/chathistory batch
        ada>> NS REGISTER pw
        ada>> JOIN #a
        +bob message-tags draft/message-redaction
        bob>> JOIN #a
        +old message-tags
        old>> JOIN #a
        ++nan
        nan>> /nick nan
        nan>> /join #a
        ada>> PRIVMSG #a :first
        ada>> PRIVMSG #a :oops secret
        ~60000
        ada> REDACT #a 1-d-0 :wrong window
        ada< :ada!~ada@10.0.0.1 REDACT #a 1-d-0 :wrong window
        bob< :ada!~ada@10.0.0.1 REDACT #a 1-d-0 :wrong window
        nan< * ada took back what was said at 16:01 (wrong window)
        ada>> PRIVMSG #a :last
        ada> CHATHISTORY LATEST #a * 10
        ada< :irc.example BATCH +h1 chathistory #a
        ada< @batch=h1;msgid=1-c-0 :ada!~ada@10.0.0.1 PRIVMSG #a :first
        ada< @batch=h1;msgid=1-f-0 :ada!~ada@10.0.0.1 PRIVMSG #a :last
        ada< :irc.example BATCH -h1
        nan> /search secret
        nan< * Nothing found.
        ada> REDACT #a 1-d-0
        ada< :irc.example FAIL REDACT UNKNOWN_MSGID #a 1-d-0 :This message does not exist or is too old
        ",
    );
}

#[test]
fn who_has_a_say_takes_away_what_others_said() {
    check(
        "+ada message-tags draft/message-redaction
        ada>> JOIN #a
        +bob message-tags draft/message-redaction
        bob>> NS REGISTER pw
        bob>> JOIN #a
        +eve message-tags draft/message-redaction
        eve>> NS REGISTER pw
        eve>> JOIN #a
        ++nan
        nan>> /nick nan
        nan>> /join #a
        bob>> PRIVMSG #a :spam
        eve> REDACT #a 1-d-0
        eve< :irc.example FAIL REDACT REDACT_FORBIDDEN #a 1-d-0 :You are not authorised to delete this message
        ada>> MODE #a +v eve
        eve> REDACT #a 1-d-0
        eve< :irc.example FAIL REDACT REDACT_FORBIDDEN #a 1-d-0 :You are not authorised to delete this message
        ada>> MODE #a +h eve
        eve> REDACT #a 1-d-0 spam
        ada< :eve!~eve@10.0.0.3 REDACT #a 1-d-0 :spam
        bob< :eve!~eve@10.0.0.3 REDACT #a 1-d-0 :spam
        eve< :eve!~eve@10.0.0.3 REDACT #a 1-d-0 :spam
        nan< * eve took away what bob said at 16:01 (spam)
        bob>> PRIVMSG #a :again
        +op message-tags draft/message-redaction
        op> REDACT #a 1-13-0
        op< :irc.example FAIL REDACT INVALID_TARGET #a :You cannot delete messages from #a
        op>> OPER admin secret
        op> REDACT #a 9-9-9
        op< :irc.example FAIL REDACT UNKNOWN_MSGID #a 9-9-9 :This message does not exist or is too old
        op> REDACT #a 1-13-0
        ada< :op!~op@10.0.0.5 REDACT #a 1-13-0
        bob< :op!~op@10.0.0.5 REDACT #a 1-13-0
        eve< :op!~op@10.0.0.5 REDACT #a 1-13-0
        nan< * op took away what bob said at 16:01
        op< :op!~op@10.0.0.5 REDACT #a 1-13-0
        ",
    );
}

#[test]
fn a_conversation_of_two_is_redacted_by_who_said_it() {
    check(
        "+ada message-tags draft/message-redaction
        +bob message-tags draft/message-redaction
        ada>> NS REGISTER pw
        bob>> NS REGISTER pw
        ada>> PRIVMSG bob :to bob
        bob> REDACT ada 1-6-0
        bob< :irc.example FAIL REDACT REDACT_FORBIDDEN ada 1-6-0 :You are not authorised to delete this message
        ada> REDACT bob 1-6-0
        ada< :ada!~ada@10.0.0.1 REDACT bob 1-6-0
        bob< :ada!~ada@10.0.0.1 REDACT bob 1-6-0
        bob> CHATHISTORY LATEST ada * 10
        bob> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        +eve message-tags draft/message-redaction
        eve> REDACT bob 1-6-0
        eve< :irc.example FAIL REDACT INVALID_TARGET bob :You cannot delete messages from bob
        ",
    );
}

#[test]
fn a_name_that_was_taken_over_takes_back_nothing() {
    check(
        "+ada message-tags draft/message-redaction
        ada>> JOIN #a
        +bob message-tags
        bob>> JOIN #a
        bob>> PRIVMSG #a :of nobody's account
        bob>> QUIT
        +eve message-tags draft/message-redaction
        eve>> JOIN #a
        eve>> NICK bob
        eve>> NS REGISTER pw
        eve> REDACT #a 1-6-0
        eve< :irc.example FAIL REDACT REDACT_FORBIDDEN #a 1-6-0 :You are not authorised to delete this message
        ",
    );
}

#[test]
fn lines_behind_it_wait_and_its_label_comes_back() {
    check(
        "+ada message-tags echo-message draft/message-redaction labeled-response batch
        ada>> NS REGISTER pw
        ada>> JOIN #a
        +bob
        bob>> JOIN #a
        ada> @label=x PRIVMSG #a :one\\r\\n@label=y REDACT #a 1-7-0\\r\\n@label=z PRIVMSG #a :two
        ada< @label=x;msgid=1-7-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        ada< @label=y :ada!~ada@10.0.0.1 REDACT #a 1-7-0
        ada< @label=z;msgid=1-9-0 :ada!~ada@10.0.0.1 PRIVMSG #a :two
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :one
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ada> @label=y REDACT #b 1-7-0\\r\\n@label=z PING x
        ada< @label=y :irc.example FAIL REDACT INVALID_TARGET #b :You cannot delete messages from #b
        ada< @label=z :irc.example PONG irc.example :x
        ada> @label=y REDACT #a 1-7-0\\r\\n@label=z PING x
        ada< @label=y :irc.example FAIL REDACT UNKNOWN_MSGID #a 1-7-0 :This message does not exist or is too old
        ada< @label=z :irc.example PONG irc.example :x
        ",
    );
}

#[test]
fn what_cannot_be_redacted_is_said() {
    check(
        "+old message-tags
        old> REDACT #a 1-4-0
        old< :irc.example 421 old REDACT :Unknown command
        +ada message-tags draft/message-redaction
        ada> REDACT #a
        ada< :irc.example 461 ada REDACT :Not enough parameters
        ada> REDACT 1x 1-4-0
        ada< :irc.example FAIL REDACT INVALID_TARGET 1x :You cannot delete messages from 1x
        ada> REDACT #nowhere 1-4-0
        ada< :irc.example FAIL REDACT INVALID_TARGET #nowhere :You cannot delete messages from #nowhere
        ada>> JOIN #a
        ada> REDACT #a nonsense
        ada< :irc.example FAIL REDACT UNKNOWN_MSGID #a nonsense :This message does not exist or is too old
        ",
    );
}
