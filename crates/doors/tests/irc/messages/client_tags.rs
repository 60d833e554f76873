//! Tags that clients put on their messages (message-tags), and those that have a meaning: `+reply`,
//! `+channel-context`, `+typing`, `+draft/react` and `+draft/unreact`.

use crate::common::{Town, check, check_in};
use parlor_doors::irc::DeniedTags;

#[test]
fn a_reply_is_one_in_the_history_too() {
    check(
        "+ada message-tags
        +bob message-tags
        +cy batch draft/chathistory
        ada>> JOIN #a
        bob>> JOIN #a
        cy>> JOIN #a
        ada> PRIVMSG #a :who is in?
        bob< @msgid=1-8-0 :ada!~ada@10.0.0.1 PRIVMSG #a :who is in?
        cy< :ada!~ada@10.0.0.1 PRIVMSG #a :who is in?
        bob> @+draft/reply=1-8-0;+reply=1-8-0;+x=a\\:\\sb PRIVMSG #a :me
        ada< @msgid=1-9-0;+draft/reply=1-8-0;+reply=1-8-0;+x=a\\:\\sb :bob!~bob@10.0.0.2 PRIVMSG #a :me
        cy< :bob!~bob@10.0.0.2 PRIVMSG #a :me
        ada> CHATHISTORY LATEST #a * 1
        ada< @msgid=1-9-0;+draft/reply=1-8-0;+reply=1-8-0;+x=a\\:\\sb :bob!~bob@10.0.0.2 PRIVMSG #a :me
        cy> CHATHISTORY LATEST #a * 1
        cy< :irc.example BATCH +h1 chathistory #a
        cy< @batch=h1 :bob!~bob@10.0.0.2 PRIVMSG #a :me
        cy< :irc.example BATCH -h1
        ",
    );
}

#[test]
fn a_reaction_and_its_end_are_passed_on_and_a_message_keeps_its_own() {
    check(
        "+ada message-tags
        +bob message-tags
        +cy
        ada>> JOIN #a
        bob>> JOIN #a
        cy>> JOIN #a
        ada> PRIVMSG #a :ship it?
        bob< @msgid=1-8-0 :ada!~ada@10.0.0.1 PRIVMSG #a :ship it?
        cy< :ada!~ada@10.0.0.1 PRIVMSG #a :ship it?
        bob> @+draft/react=👍;+reply=1-8-0 TAGMSG #a
        ada< @msgid=1-9-0;+draft/react=👍;+reply=1-8-0 :bob!~bob@10.0.0.2 TAGMSG #a
        bob> @+draft/unreact=👍;+reply=1-8-0 TAGMSG #a
        ada< @msgid=1-a-0;+draft/unreact=👍;+reply=1-8-0 :bob!~bob@10.0.0.2 TAGMSG #a
        bob> @+draft/react=lol;+reply=1-8-0 PRIVMSG #a :on a friday?
        ada< @msgid=1-b-0;+draft/react=lol;+reply=1-8-0 :bob!~bob@10.0.0.2 PRIVMSG #a :on a friday?
        cy< :bob!~bob@10.0.0.2 PRIVMSG #a :on a friday?
        ada> CHATHISTORY LATEST #a * 9
        ada< @msgid=1-8-0 :ada!~ada@10.0.0.1 PRIVMSG #a :ship it?
        ada< @msgid=1-b-0;+draft/react=lol;+reply=1-8-0 :bob!~bob@10.0.0.2 PRIVMSG #a :on a friday?
        ",
    );
}

#[test]
fn who_was_typing_is_in_no_history() {
    check(
        "+ada message-tags
        +bob message-tags
        ada>> JOIN #a
        bob>> JOIN #a
        ada> @+typing=active TAGMSG #a
        bob< @+typing=active :ada!~ada@10.0.0.1 TAGMSG #a
        ada> @+draft/typing=paused;+x TAGMSG bob
        bob< @+draft/typing=paused;+x :ada!~ada@10.0.0.1 TAGMSG bob
        ada> @+typing=done;+reply=1-1-0;+draft/typing PRIVMSG #a :there
        bob< @msgid=1-6-0;+typing=done;+reply=1-1-0;+draft/typing :ada!~ada@10.0.0.1 PRIVMSG #a :there
        ada> @+typing=done PRIVMSG #a :again
        bob< @msgid=1-7-0;+typing=done :ada!~ada@10.0.0.1 PRIVMSG #a :again
        bob> CHATHISTORY LATEST #a * 9
        bob< @msgid=1-6-0;+reply=1-1-0 :ada!~ada@10.0.0.1 PRIVMSG #a :there
        bob< @msgid=1-7-0 :ada!~ada@10.0.0.1 PRIVMSG #a :again
        ",
    );
}

/// What a client makes of it is the client's: the specification asks nothing of a server but to pass
/// it on.
#[test]
fn the_channel_that_a_direct_message_belongs_to_is_passed_on_and_kept() {
    check(
        "+ada message-tags
        +bot message-tags
        ada>> NS REGISTER pw
        bot>> NS REGISTER pw
        bot> @+channel-context=#a;+draft/channel-context=#a NOTICE ada :I am helping
        ada< @msgid=1-6-0;+channel-context=#a;+draft/channel-context=#a :bot!~bot@10.0.0.2 NOTICE ada :I am helping
        ada> CHATHISTORY LATEST bot * 9
        ada< @msgid=1-6-0;+channel-context=#a;+draft/channel-context=#a :bot!~bot@10.0.0.2 NOTICE ada :I am helping
        ",
    );
}

#[test]
fn a_tag_that_is_denied_is_taken_off_and_clients_are_told() {
    let words = ["*", "-reply"].map(str::to_owned);
    check_in(
        Town::with(|facts| facts.denied_tags = DeniedTags::parse(&words).unwrap()),
        "+ada message-tags labeled-response batch
        +bob message-tags
        ada>> JOIN #a
        bob>> JOIN #a
        ada> @+typing=active;+reply=1-1-0 PRIVMSG #a :hello
        bob< @msgid=1-6-0;+reply=1-1-0 :ada!~ada@10.0.0.1 PRIVMSG #a :hello
        ada> @+typing=active PRIVMSG #a :again
        bob< @msgid=1-7-0 :ada!~ada@10.0.0.1 PRIVMSG #a :again
        ada> @label=a;+typing=active TAGMSG #a
        ada< @label=a :irc.example ACK
        ada> @+typing=active;+reply=1-1-0 TAGMSG #a
        bob< @+reply=1-1-0 :ada!~ada@10.0.0.1 TAGMSG #a
        bob> ISUPPORT
        bob< :irc.example 005 bob ACCOUNTEXTBAN=a AWAYLEN=300 BOT=B CASEMAPPING=ascii CHANLIMIT=#:100 CHANMODES=beI,k,lJf,CEKMNQRSTUVcimnrstuz CHANNELLEN=64 CHANTYPES=# CHATHISTORY=1000 ELIST=CMNTU EXCEPTS=e EXTBAN=$,amrz HOSTLEN=63 :are supported by this server
        bob< :irc.example 005 bob INVEX=I KEYLEN=23 KICKLEN=300 KNOCK MAXLIST=beI:100 MAXTARGETS=10 MODES=12 MONITOR=100 MSGREFTYPES=msgid,timestamp NAMELEN=150 NETWORK=Example NICKLEN=32 PREFIX=(qaohv)~&@%+ :are supported by this server
        bob< :irc.example 005 bob SAFELIST STATUSMSG=~&@%+ TARGMAX=KICK:10,NAMES:10,NOTICE:10,PART:10,PRIVMSG:10,TAGMSG:10,WHOIS:10,WHOWAS:10,JOIN:,LIST:,ISON:,MONITOR:,USERHOST:5 TOPICLEN=390 USERLEN=16 UTF8ONLY WHOX CLIENTTAGDENY=*,-reply :are supported by this server
        ",
    );
}
