//! `ChanServ` SET: how the founder of a channel wants it.

use crate::common::check;

#[test]
fn the_founder_says_how_a_channel_is_and_everyone_there_is_told() {
    check(
        "+ada
        ada>> NS REGISTER pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        +bob server-time
        bob>> JOIN #a
        ++nan
        nan>> /nick nan
        nan>> /join #a
        ada> CS SET #a EARLIER HIDDEN
        ada< :irc.example NOTICE #a :ada decided: messages are kept for ever; whoever comes sees nothing of what was said before
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: messages are kept for ever; whoever comes sees nothing of what was said before
        bob< @time=2026-11-22T16:01:10.000Z :irc.example NOTICE #a :ada decided: messages are kept for ever; whoever comes sees nothing of what was said before
        nan< * ada decided: messages are kept for ever; whoever comes sees nothing of what was said before
        ada> CS SET #a EARLIER HIDDEN
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: messages are kept for ever; whoever comes sees nothing of what was said before
        ada> CS GET #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: messages are kept for ever; whoever comes sees nothing of what was said before
        ada> CS SET #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: messages are kept for ever; whoever comes sees nothing of what was said before
        bob> CS SET #a EARLIER SHOWN
        bob< :irc.example 482 bob #a :You're not channel founder
        bob> CS GET #a
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :#a: messages are kept for ever; whoever comes sees nothing of what was said before
        ada> CS SET #a EARLIER MAYBE
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :HISTORY <FOREVER|NONE|DEFAULT|time such as 30d|LAST number>, EARLIER <SHOWN|HIDDEN|DEFAULT>
        ada> CS SET #a COLOUR RED
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :HISTORY <FOREVER|NONE|DEFAULT|time such as 30d|LAST number>, EARLIER <SHOWN|HIDDEN|DEFAULT>
        nan> /set #a
        nan< * #a: messages are kept for ever; whoever comes sees nothing of what was said before
        nan> /set #a earlier shown
        nan< * Only founders of #a may do that.
        ada> CS SET #a earlier default
        ada< :irc.example NOTICE #a :ada decided: messages are kept for ever; whoever comes may read what was said before
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: messages are kept for ever; whoever comes may read what was said before
        bob< @time=2026-11-22T16:01:10.000Z :irc.example NOTICE #a :ada decided: messages are kept for ever; whoever comes may read what was said before
        nan< * ada decided: messages are kept for ever; whoever comes may read what was said before
        ",
    );
}

#[test]
fn only_what_is_registered_has_settings() {
    check(
        "+ada
        ada>> JOIN #a
        ada> CS SET #a EARLIER HIDDEN
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a is not registered
        ada> CS SET #nowhere EARLIER HIDDEN
        ada< :irc.example 403 ada #nowhere :No such channel
        ada> CS SET
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :SET <#channel> [<setting> <value>]
        +eve
        ada>> NS REGISTER pw
        ada>> CS REGISTER #a
        ada>> MODE #a +s
        eve> CS GET #a
        eve< :irc.example 403 eve #a :No such channel
        eve> CS SET #a EARLIER HIDDEN
        eve< :irc.example 403 eve #a :No such channel
        ",
    );
}

#[test]
fn the_founder_says_how_much_is_kept() {
    check(
        "+ada draft/chathistory message-tags draft/message-redaction draft/message-edit
        ada>> NS REGISTER pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada>> PRIVMSG #a :before
        ada> CS SET #a HISTORY 30d
        ada< :irc.example NOTICE #a :ada decided: messages are kept for 30d; whoever comes may read what was said before
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: messages are kept for 30d; whoever comes may read what was said before
        ada> CS SET #a HISTORY LAST 500
        ada< :irc.example NOTICE #a :ada decided: the last 500 messages are kept; whoever comes may read what was said before
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: the last 500 messages are kept; whoever comes may read what was said before
        ada> CS SET #a HISTORY 1d12h last 20
        ada< :irc.example NOTICE #a :ada decided: the last 20 messages are kept, for 1d 12h; whoever comes may read what was said before
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: the last 20 messages are kept, for 1d 12h; whoever comes may read what was said before
        ada> CS SET #a HISTORY 30
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :HISTORY <FOREVER|NONE|DEFAULT|time such as 30d|LAST number>, EARLIER <SHOWN|HIDDEN|DEFAULT>
        ada> CS SET #a HISTORY none
        ada< :irc.example NOTICE #a :ada decided: nothing that is said here is kept
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: nothing that is said here is kept
        ada> CHATHISTORY LATEST #a * 10
        ada> CHATHISTORY TARGETS timestamp=2026-11-22T16:00:00.000Z timestamp=2026-11-22T17:00:00.000Z 10
        ada> REDACT #a 1-6-0
        ada< :irc.example FAIL REDACT UNKNOWN_MSGID #a 1-6-0 :This message does not exist or is too old
        ada>> PRIVMSG #a :unkept
        ada>> CS SET #a HISTORY DEFAULT
        ada>> PRIVMSG #a :after
        ada> CHATHISTORY LATEST #a * 10
        ada< @msgid=1-6-0 :ada!~ada@10.0.0.1 PRIVMSG #a :before
        ada< @msgid=1-d-0 :ada!~ada@10.0.0.1 PRIVMSG #a :after
        ",
    );
}

#[test]
fn what_is_too_old_when_it_is_amended_is_not_there() {
    check(
        "+ada message-tags draft/message-redaction draft/message-edit
        ada>> NS REGISTER pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada>> CS SET #a HISTORY 10s
        ada>> PRIVMSG #a :short
        ~9000
        ada> @draft/target-msgid=1-7-0;draft/edit-text=x EDIT #a
        ada< @msgid=1-8-0;draft/target-msgid=1-7-0;draft/edit-text=x :ada!~ada@10.0.0.1 EDIT #a
        ~2000
        ada> @draft/target-msgid=1-7-0;draft/edit-text=y EDIT #a
        ada< :irc.example FAIL EDIT UNKNOWN_MSGID #a 1-7-0 :This message does not exist or is too old
        ada> REDACT #a 1-7-0
        ada< :irc.example FAIL REDACT UNKNOWN_MSGID #a 1-7-0 :This message does not exist or is too old
        ",
    );
}
