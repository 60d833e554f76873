//! What was said before someone came, where a channel hides it from them: read as they would who should
//! not.

use crate::common::check;

#[test]
fn who_came_later_reads_nothing_of_what_was_said_before() {
    check(
        "+ada draft/chathistory message-tags draft/message-redaction draft/message-edit
        ada>> NS REGISTER pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada>> CS SET #a EARLIER HIDDEN
        ada>> PRIVMSG #a :early word
        ~1000
        +eve draft/chathistory message-tags draft/message-redaction draft/message-edit draft/search znc.in/playback
        eve> JOIN #a
        ada< @msgid=1-9-0 :eve!~eve@10.0.0.2 JOIN #a
        eve< @msgid=1-9-0 :eve!~eve@10.0.0.2 JOIN #a
        eve< :irc.example 353 eve = #a :~ada eve
        eve< :irc.example 366 eve #a :End of /NAMES list
        eve> CHATHISTORY LATEST #a * 10
        eve> CHATHISTORY AFTER #a timestamp=2026-11-22T16:00:00.000Z 10
        eve> CHATHISTORY BEFORE #a timestamp=2026-11-22T17:00:00.000Z 10
        eve> CHATHISTORY AROUND #a timestamp=2026-11-22T16:01:10.000Z 10
        eve> CHATHISTORY BETWEEN #a timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        eve> CHATHISTORY AROUND #a msgid=1-7-0 10
        eve< :irc.example FAIL CHATHISTORY MESSAGE_ERROR AROUND #a :No message of this conversation has that id
        eve> CHATHISTORY AFTER #a msgid=1-7-0 10
        eve< :irc.example FAIL CHATHISTORY MESSAGE_ERROR AFTER #a :No message of this conversation has that id
        eve> CHATHISTORY BEFORE #a msgid=1-7-0 10
        eve< :irc.example FAIL CHATHISTORY MESSAGE_ERROR BEFORE #a :No message of this conversation has that id
        eve> CHATHISTORY LATEST #a msgid=1-7-0 10
        eve< :irc.example FAIL CHATHISTORY MESSAGE_ERROR LATEST #a :No message of this conversation has that id
        eve> CHATHISTORY BETWEEN #a msgid=1-7-0 timestamp=2026-11-22T17:00:00.000Z 10
        eve< :irc.example FAIL CHATHISTORY MESSAGE_ERROR BETWEEN #a :No message of this conversation has that id
        eve> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        eve> SEARCH text=early
        eve> SEARCH in=#a;from=ada
        eve> PRIVMSG *playback :PLAY #a
        eve> PRIVMSG *playback :PLAY *
        ada>> MODE #a +o eve
        eve> REDACT #a 1-7-0
        eve< :irc.example FAIL REDACT UNKNOWN_MSGID #a 1-7-0 :This message does not exist or is too old
        eve> @draft/target-msgid=1-7-0;draft/edit-text=x EDIT #a
        eve< :irc.example FAIL EDIT UNKNOWN_MSGID #a 1-7-0 :This message does not exist or is too old
        ++nan
        nan>> /nick nan
        nan> /join #a
        ada< @msgid=1-d-0 :nan!~line@10.0.0.3 JOIN #a
        eve< @msgid=1-d-0 :nan!~line@10.0.0.3 JOIN #a
        nan< * #a: ~ada, @eve and you. What you type goes to #a now.
        nan> /history
        nan< * Nothing is kept of #a yet.
        nan> /search early
        nan< * Nothing found.
        ada>> PRIVMSG #a :later word
        eve> CHATHISTORY LATEST #a * 10
        eve< @msgid=1-e-0 :ada!~ada@10.0.0.1 PRIVMSG #a :later word
        eve> SEARCH text=word
        eve< @msgid=1-e-0 :ada!~ada@10.0.0.1 PRIVMSG #a :later word
        nan> /history
        nan< * Earlier in #a, the last line:
        nan< [16:01] <ada> later word
        nan< * That was before; it is 16:01 now.
        ada> CHATHISTORY LATEST #a * 10
        ada< @msgid=1-7-0 :ada!~ada@10.0.0.1 PRIVMSG #a :early word
        ada< @msgid=1-e-0 :ada!~ada@10.0.0.1 PRIVMSG #a :later word
        ",
    );
}

#[test]
fn who_leaves_and_comes_again_came_later() {
    check(
        "+ada draft/chathistory
        ada>> NS REGISTER pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada>> CS SET #a EARLIER HIDDEN
        +eve
        eve>> NS REGISTER pw
        eve>> JOIN #a
        ada>> PRIVMSG #a :one
        eve> CHATHISTORY LATEST #a * 10
        eve< :ada!~ada@10.0.0.1 PRIVMSG #a :one
        eve>> PART #a
        eve>> JOIN #a
        eve> CHATHISTORY LATEST #a * 10
        ada>> PRIVMSG #a :two
        ada>> KICK #a eve
        eve>> JOIN #a
        eve> CHATHISTORY LATEST #a * 10
        ada>> PRIVMSG #a :three
        eve>> QUIT
        +eve_
        eve_>> NS IDENTIFY eve pw
        eve_>> JOIN #a
        eve_> CHATHISTORY LATEST #a * 10
        ada> CHATHISTORY LATEST #a * 10
        ada< :ada!~ada@10.0.0.1 PRIVMSG #a :one
        ada< :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ada< :ada!~ada@10.0.0.1 PRIVMSG #a :three
        ada>> PART #a
        ada>> JOIN #a
        ada> CHATHISTORY LATEST #a * 10
        ",
    );
}

#[test]
fn an_account_has_come_when_the_first_of_its_people_did() {
    check(
        "+ada draft/chathistory
        ada>> NS REGISTER pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada>> CS SET #a EARLIER HIDDEN
        +eve
        eve>> NS REGISTER pw
        eve>> JOIN #a
        ada>> PRIVMSG #a :one
        +other
        other>> JOIN #a
        other> CHATHISTORY LATEST #a * 10
        other>> NS IDENTIFY eve pw
        other> CHATHISTORY LATEST #a * 10
        other< :ada!~ada@10.0.0.1 PRIVMSG #a :one
        other>> NS LOGOUT
        other> CHATHISTORY LATEST #a * 10
        other>> PART #a
        +guest
        guest>> JOIN #a
        ada>> PRIVMSG #a :two
        guest>> NS REGISTER pw
        guest> CHATHISTORY LATEST #a * 10
        guest< :ada!~ada@10.0.0.1 PRIVMSG #a :two
        guest>> NICK guest_
        guest>> NS LOGOUT
        guest> CHATHISTORY LATEST #a * 10
        ",
    );
}

#[test]
fn another_connection_of_who_is_there_and_who_stays_read_on() {
    check(
        "+ada draft/chathistory
        ada>> NS REGISTER pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada>> CS SET #a EARLIER HIDDEN
        ++eve
        eve>> CAP REQ :sasl draft/persistence
        eve>> NICK eve
        eve>> USER eve 0 * :eve
        eve>> CAP END
        eve>> NS REGISTER pw
        eve>> JOIN #a
        eve>> PERSISTENCE SET ON
        eve>> QUIT
        ada>> PRIVMSG #a :while nobody of eve was here
        ++again
        again>> CAP REQ :sasl
        again>> NICK eve
        again>> USER eve 0 * :eve
        again>> AUTHENTICATE PLAIN
        again>> AUTHENTICATE AGV2ZQBwdw==
        again> CAP END
        again< :irc.example 001 eve :Welcome to the Example Network, eve!~eve@10.0.0.2
        again< :eve!~eve@10.0.0.2 JOIN #a
        again< :irc.example 353 eve = #a :~ada eve
        again< :irc.example 366 eve #a :End of /NAMES list
        again< :ada!~ada@10.0.0.1 PRIVMSG #a :[16:01] while nobody of eve was here
        again> CHATHISTORY LATEST #a * 10
        again< :ada!~ada@10.0.0.1 PRIVMSG #a :while nobody of eve was here
        ",
    );
}

#[test]
fn an_operator_of_the_server_redacts_what_was_said_before_they_came() {
    check(
        "+ada draft/chathistory
        ada>> NS REGISTER pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada>> CS SET #a EARLIER HIDDEN
        ada>> PRIVMSG #a :early
        +op draft/message-redaction
        op>> OPER admin secret
        op>> JOIN #a
        op> CHATHISTORY LATEST #a * 10
        op> REDACT #a 1-7-0
        op< :op!~op@10.0.0.2 REDACT #a 1-7-0
        ada> CHATHISTORY LATEST #a * 10
        ",
    );
}

#[test]
fn no_other_way_leads_to_what_was_said_before() {
    check(
        "+ada draft/chathistory message-tags
        ada>> NS REGISTER pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada>> CS SET #a EARLIER HIDDEN
        ada>> PRIVMSG #a :early word
        ada>> @+draft/react=x;+reply=1-7-0 TAGMSG #a
        ~1000
        +old
        old> JOIN #a
        ada< @msgid=1-a-0 :old!~old@10.0.0.2 JOIN #a
        old< :old!~old@10.0.0.2 JOIN #a
        old< :irc.example 353 old = #a :~ada old
        old< :irc.example 366 old #a :End of /NAMES list
        +eve batch message-tags draft/event-playback znc.in/playback draft/chathistory
        eve>> NS REGISTER pw
        eve>> JOIN #a
        eve> PRIVMSG *playback :PLAY * 0
        eve> PRIVMSG *playback :PLAY #a 0 9999999999
        eve> PRIVMSG *playback :LIST
        ++lin
        lin>> /nick lin
        lin>> /join #a
        lin> /history
        lin< * Nothing is kept of #a yet.
        lin> /search early
        lin< * Nothing found.
        ",
    );
}
