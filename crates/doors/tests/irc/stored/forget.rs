//! NS FORGET and NS SAFORGET: all that an account wrote goes from the history.

use crate::common::{Town, check, check_in};
use parlor_hub::modes::Grants;

#[test]
fn what_an_account_wrote_is_found_nowhere_any_more() {
    check(
        "+ada message-tags draft/chathistory draft/event-playback draft/search draft/message-redaction draft/message-edit
        ada> NS FORGET
        ada< :NickServ!NickServ@irc.example NOTICE ada :Log in to an account first
        ada>> NS REGISTER pw
        ada>> JOIN #a
        +bob message-tags draft/chathistory draft/event-playback draft/search draft/message-redaction
        bob>> NS REGISTER pw
        bob>> JOIN #a
        ada>> MODE #a +o bob
        ada>> PRIVMSG #a :word of ada
        bob>> PRIVMSG #a :word of bob
        ada>> @+draft/react=x;+reply=1-a-0 TAGMSG #a
        ada>> PRIVMSG bob :word between us
        bob> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        bob< :irc.example CHATHISTORY TARGETS #a 2026-11-22T16:01:10.000Z
        bob< :irc.example CHATHISTORY TARGETS ada 2026-11-22T16:01:10.000Z
        ~60000
        ada> NS FORGET
        ada< :NickServ!NickServ@irc.example NOTICE ada :This cannot be undone. To have forgotten all that the account ada wrote, say it again with the code eb87e145
        ada> NS FORGET wrong
        ada< :NickServ!NickServ@irc.example NOTICE ada :The code is wrong, or came too late
        bob> CHATHISTORY LATEST #a * 10
        bob< @msgid=1-5-0 :ada!~ada@10.0.0.1 JOIN #a
        bob< @msgid=1-8-0 :bob!~bob@10.0.0.2 JOIN #a
        bob< @msgid=1-9-0 :ada!~ada@10.0.0.1 MODE #a +o bob
        bob< @msgid=1-a-0 :ada!~ada@10.0.0.1 PRIVMSG #a :word of ada
        bob< @msgid=1-b-0 :bob!~bob@10.0.0.2 PRIVMSG #a :word of bob
        bob< @msgid=1-c-0;+draft/react=x;+reply=1-a-0 :ada!~ada@10.0.0.1 TAGMSG #a
        bob> NS FORGET eb87e145
        bob< :NickServ!NickServ@irc.example NOTICE bob :The code is wrong, or came too late
        ada> NS FORGET eb87e145
        ada< :NickServ!NickServ@irc.example NOTICE ada :What the account ada wrote is forgotten; what others were sent, they have
        bob> CHATHISTORY LATEST #a * 10
        bob< @msgid=1-8-0 :bob!~bob@10.0.0.2 JOIN #a
        bob< @msgid=1-b-0 :bob!~bob@10.0.0.2 PRIVMSG #a :word of bob
        bob> CHATHISTORY LATEST ada * 10
        bob> CHATHISTORY BEFORE #a msgid=1-a-0 10
        bob< :irc.example FAIL CHATHISTORY MESSAGE_ERROR BEFORE #a :No message of this conversation has that id
        bob> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        bob< :irc.example CHATHISTORY TARGETS #a 2026-11-22T16:01:10.000Z
        bob> SEARCH text=word
        bob< @msgid=1-b-0 :bob!~bob@10.0.0.2 PRIVMSG #a :word of bob
        bob> REDACT #a 1-a-0
        bob< :irc.example FAIL REDACT UNKNOWN_MSGID #a 1-a-0 :This message does not exist or is too old
        ada> REDACT #a 1-a-0
        ada< :irc.example FAIL REDACT UNKNOWN_MSGID #a 1-a-0 :This message does not exist or is too old
        ada> @draft/target-msgid=1-a-0;draft/edit-text=x EDIT #a
        ada< :irc.example FAIL EDIT UNKNOWN_MSGID #a 1-a-0 :This message does not exist or is too old
        ada>> PRIVMSG #a :new word
        bob> SEARCH text=word
        bob< @msgid=1-b-0 :bob!~bob@10.0.0.2 PRIVMSG #a :word of bob
        bob< @msgid=1-12-0 :ada!~ada@10.0.0.1 PRIVMSG #a :new word
        ",
    );
}

#[test]
fn operators_have_it_forgotten_if_they_may() {
    check(
        "+ada
        ada>> NS REGISTER pw
        ada>> JOIN #a
        +root draft/chathistory
        root>> JOIN #a
        ada>> PRIVMSG #a :spam
        root> NS SAFORGET ada
        root< :irc.example 481 root :Permission Denied- You're not an IRC operator
        root>> OPER admin secret
        root> NS SAFORGET nobody
        root< :NickServ!NickServ@irc.example NOTICE root :There is no account nobody
        root> CHATHISTORY LATEST #a * 10
        root< :ada!~ada@10.0.0.1 PRIVMSG #a :spam
        root> NS SAFORGET ada
        root< :NickServ!NickServ@irc.example NOTICE root :What the account ada wrote is forgotten; what others were sent, they have
        root> CHATHISTORY LATEST #a * 10
        ",
    );
    check_in(
        Town::with(|facts| facts.operators[0].grants = Grants::REHASH),
        "+root
        +ada
        ada>> NS REGISTER pw
        root>> OPER admin secret
        root> NS SAFORGET ada
        root< :irc.example 723 root sa :Insufficient oper privileges.
        ",
    );
}

#[test]
fn who_writes_lines_has_it_forgotten_too() {
    check(
        "++nan
        nan>> /nick nan
        nan> /forget
        nan< * That takes an account: /register NAME PASSWORD, or /login NAME PASSWORD
        nan>> /register pw
        nan>> /join #a
        nan>> hello there
        nan> /forget
        nan< * This cannot be undone. To have forgotten all that the account nan wrote, say it again with the code eb87e145
        nan> /history
        nan< * Earlier in #a, the last line:
        nan< [16:01] <nan> hello there
        nan< * That was before; it is 16:01 now.
        nan> /forget eb87e145
        nan< * What the account nan wrote is forgotten; what others were sent, they have
        nan> /history
        nan< * Nothing is kept of #a yet.
        ",
    );
}

#[test]
fn what_was_looked_up_before_is_unknown_when_it_is_amended() {
    let mut town = Town::new();
    for line in [
        "+ada",
        "ada>> NS REGISTER pw",
        "ada>> JOIN #a",
        "+bob draft/message-redaction",
        "bob>> JOIN #a",
        "ada>> MODE #a +o bob",
        "ada>> PRIVMSG #a :word of ada",
    ] {
        town.play(line);
    }
    town.take_seen();
    town.hold("bob", "REDACT #a 1-8-0");
    assert!(town.turn().is_some(), "what may be looked up is asked for");
    // The look is on its way, and behind it the request.
    town.hold("ada", "NS FORGET eb87e145");
    while town.turn().is_some() {}
    let seen = town.take_seen();
    assert_eq!(
        seen,
        [
            "ada< :NickServ!NickServ@irc.example NOTICE ada :What the account ada wrote is forgotten; what others were sent, they have",
            "bob< :irc.example FAIL REDACT UNKNOWN_MSGID #a 1-8-0 :This message does not exist or is too old",
        ]
    );
}
