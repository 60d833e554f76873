//! What the modes of a channel let people do there, a mode a test.

use crate::common::check;

#[test]
fn registered_only_join() {
    check(
        "+ada
        +bob
        ++lin
        lin>> /nick lin
        ada>> JOIN #a
        ada> MODE #a +R
        ada< :ada!~ada@10.0.0.1 MODE #a +R
        bob> JOIN #a
        bob< :irc.example 477 bob #a :Cannot join channel (+R): log in first
        lin> /join #a
        lin< * #a is for those who are logged in. See /help login.
        lin< * What you type still goes to #lobby.
        bob>> REGISTER * * pw
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        ada>> MODE #a -R
        lin> /mode #a
        lin< * #a: only those inside speak (+n); only operators set the topic (+t).
        ",
    );
}

#[test]
fn registered_only_speak() {
    check(
        "+ada
        +bob message-tags
        ++lin
        lin>> /nick lin
        ada>> JOIN #a
        bob>> JOIN #a
        lin>> /join #a
        ada> MODE #a +M
        ada< :ada!~ada@10.0.0.1 MODE #a +M
        bob< :ada!~ada@10.0.0.1 MODE #a +M
        lin< * ada let only those who are logged in speak (+M)
        bob> PRIVMSG #a :hello
        bob< :irc.example 404 bob #a :Cannot send to channel (+M): log in first
        bob> @+typing=active TAGMSG #a
        bob< :irc.example 404 bob #a :Cannot send to channel (+M): log in first
        lin> hello
        lin< * Only those who are logged in speak in #a, so nobody saw that. See /help login.
        ada> MODE #a +v bob
        ada< :ada!~ada@10.0.0.1 MODE #a +v bob
        bob< :ada!~ada@10.0.0.1 MODE #a +v bob
        lin< * ada gave bob a voice
        bob> PRIVMSG #a :hello
        ada< :bob!~bob@10.0.0.2 PRIVMSG #a :hello
        lin< <bob> hello
        ",
    );
}

#[test]
fn no_ctcp_but_action() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada>> MODE #a +C
        ada> PRIVMSG #a :\\x01PING 1\\x01
        ada< :irc.example 404 ada #a :Cannot send to channel (+C)
        bob> NOTICE #a :\\x01PING 1\\x01
        ada> PRIVMSG #a :\\x01ACTION waves\\x01
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :\\x01ACTION waves\\x01
        ",
    );
}

#[test]
fn colours_are_refused_or_taken_away() {
    check(
        "+ada echo-message
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada>> MODE #a +c
        ada> PRIVMSG #a :\\x034red
        ada< :irc.example 404 ada #a :Cannot send to channel (+c)
        ada> PRIVMSG #a :\\x02bold
        ada< :ada!~ada@10.0.0.1 PRIVMSG #a :\\x02bold
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :\\x02bold
        ada>> MODE #a -c+S
        ada> PRIVMSG #a :\\x034,12red\\x03 and \\x02bold
        ada< :ada!~ada@10.0.0.1 PRIVMSG #a :red and \\x02bold
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :red and \\x02bold
        ",
    );
}

#[test]
fn no_notices() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada>> MODE #a +T
        bob> NOTICE #a :hear me
        bob> PRIVMSG #a :hear me
        ada< :bob!~bob@10.0.0.2 PRIVMSG #a :hear me
        ",
    );
}

#[test]
fn only_operators_hear_those_without_voice() {
    check(
        "+ada message-tags
        +bob echo-message draft/chathistory batch
        +cy message-tags
        ada>> JOIN #a
        bob>> JOIN #a
        cy>> JOIN #a
        ada>> MODE #a +U
        bob> PRIVMSG #a :psst
        ada< @msgid=1-9-0 :bob!~bob@10.0.0.2 PRIVMSG #a :psst
        bob< :bob!~bob@10.0.0.2 PRIVMSG #a :psst
        cy> @+typing=active TAGMSG #a
        ada< @+typing=active :cy!~cy@10.0.0.3 TAGMSG #a
        ada>> MODE #a +v bob
        bob> PRIVMSG #a :aloud
        ada< @msgid=1-b-0 :bob!~bob@10.0.0.2 PRIVMSG #a :aloud
        bob< :bob!~bob@10.0.0.2 PRIVMSG #a :aloud
        cy< @msgid=1-b-0 :bob!~bob@10.0.0.2 PRIVMSG #a :aloud
        bob> CHATHISTORY LATEST #a * 5
        bob< :irc.example BATCH +h1 chathistory #a
        bob< @batch=h1 :bob!~bob@10.0.0.2 PRIVMSG #a :aloud
        bob< :irc.example BATCH -h1
        ",
    );
}

#[test]
fn nicks_stay() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada>> MODE #a +N
        bob> NICK robert
        bob< :irc.example 447 bob #a :Nicknames stay as they are in the channel (+N)
        ada> NICK lovelace
        ada< :ada!~ada@10.0.0.1 NICK lovelace
        bob< :ada!~ada@10.0.0.1 NICK lovelace
        bob>> PART #a
        bob> NICK robert
        bob< :bob!~bob@10.0.0.2 NICK robert
        ",
    );
}

#[test]
fn nobody_is_kicked_or_invited() {
    check(
        "+ada
        +bob
        +cy
        ada>> JOIN #a
        bob>> JOIN #a
        ada>> MODE #a +QV
        ada> KICK #a bob
        ada< :irc.example 972 ada KICK #a :Nobody is kicked from the channel (+Q)
        ada> INVITE cy #a
        ada< :irc.example 518 ada #a :Nobody is invited to the channel (+V)
        ada> MODE #a
        ada< :irc.example 324 ada #a +ntQV
        ada< :irc.example 329 ada #a 1795363270
        ",
    );
}
