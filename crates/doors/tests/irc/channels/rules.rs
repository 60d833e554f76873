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
        bob< @msgid=1-9-0 :ada!~ada@10.0.0.1 MODE #a +M
        lin< * ada let only those who are logged in speak (+M)
        bob> PRIVMSG #a :hello
        bob< :irc.example 404 bob #a :Cannot send to channel (+M): log in first
        bob> @+typing=active TAGMSG #a
        bob< :irc.example 404 bob #a :Cannot send to channel (+M): log in first
        lin> hello
        lin< * Only those who are logged in speak in #a, so nobody saw that. See /help login.
        ada> MODE #a +v bob
        ada< :ada!~ada@10.0.0.1 MODE #a +v bob
        bob< @msgid=1-c-0 :ada!~ada@10.0.0.1 MODE #a +v bob
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
        ada> PRIVMSG #a :\\x034,12\\x03
        ada< :irc.example 404 ada #a :Cannot send to channel (+S): it was nothing but colours
        ada> NOTICE #a :\\x03
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

#[test]
fn people_are_sent_on_to_another_channel() {
    check(
        "+ada
        +bob
        ++lin
        lin>> /nick lin
        ada>> JOIN #a,#b
        ada>> MODE #a +i
        ada> MODE #a +f #nowhere
        ada< :irc.example 403 ada #nowhere :No such channel
        bob>> JOIN #c
        ada> MODE #a +f #c
        ada< :irc.example 442 ada #c :You're not on that channel
        ada> MODE #a +f
        ada< :irc.example 696 ada #a f * :This mode needs a parameter
        ada> MODE #a +f #B
        ada< :ada!~ada@10.0.0.1 MODE #a +f #B
        ada> MODE #a
        ada< :irc.example 324 ada #a +intf #B
        ada< :irc.example 329 ada #a 1795363270
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #b
        bob< :irc.example 470 bob #a #b :Forwarding to another channel
        bob< :bob!~bob@10.0.0.2 JOIN #b
        bob< :irc.example 353 bob = #b :@ada bob
        bob< :irc.example 366 bob #b :End of /NAMES list
        bob> JOIN #a
        bob< :irc.example 473 bob #a :Cannot join channel (+i)
        ada>> MODE #b +k secret
        lin> /join #a
        lin< * #a is for the invited. Ask somebody inside for an /invite.
        lin< * What you type still goes to #lobby.
        ada>> MODE #b -k
        lin> /join #a
        ada< :lin!~line@10.0.0.3 JOIN #b
        bob< :lin!~line@10.0.0.3 JOIN #b
        lin< * #a does not let you in, and sends you on to #b.
        lin< * #b: @ada, bob and you.
        ada> MODE #a -f
        ada< :ada!~ada@10.0.0.1 MODE #a -f
        ",
    );
}

#[test]
fn who_was_kicked_waits() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada> MODE #a +J 99999999
        ada< :irc.example 696 ada #a J 99999999 :This parameter is not one for this mode
        ada> MODE #a +J 30
        ada< :ada!~ada@10.0.0.1 MODE #a +J 30
        bob< :ada!~ada@10.0.0.1 MODE #a +J 30
        ada>> KICK #a bob
        bob> JOIN #a
        bob< :irc.example 437 bob #a :You were kicked: wait 30 seconds (+J)
        ~29500
        bob> JOIN #a
        bob< :irc.example 437 bob #a :You were kicked: wait 1 seconds (+J)
        ~500
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        ada>> KICK #a bob
        ada>> INVITE bob #a
        bob>> JOIN #a
        ada> NAMES #a
        ada< :irc.example 353 ada = #a :@ada bob
        ada< :irc.example 366 ada #a :End of /NAMES list
        ",
    );
}

#[test]
fn only_secure_connections_come_in() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        ada>> MODE #a +z
        bob> JOIN #a
        bob< :irc.example 489 bob #a :Cannot join channel (+z): TLS is needed
        ",
    );
}

#[test]
fn knocking() {
    check(
        "+ada
        +bob
        +cy
        ++lin
        lin>> /nick lin
        ada>> JOIN #a
        cy>> JOIN #a
        lin>> /join #a
        bob> KNOCK #a
        bob< :irc.example 713 bob #a :Channel is open
        ada>> MODE #a +io lin
        cy> KNOCK #a
        cy< :irc.example 714 cy #a :You're already on that channel
        bob> KNOCK #a
        ada< :irc.example 710 #a #a bob!~bob@10.0.0.2 :has asked for an invite
        bob< :irc.example 711 bob #a :Your KNOCK has been delivered
        lin< * bob asks to be let into #a: /invite bob #a
        bob> KNOCK #a
        bob< :irc.example 712 bob #a :Somebody knocked a moment ago: wait a minute
        ~60000
        ada>> MODE #a +K
        bob> KNOCK #a
        bob< :irc.example 480 bob #a :Nobody knocks at the channel (+K)
        ada>> MODE #a -K+b bob
        bob> KNOCK #a
        bob< :irc.example 474 bob #a :Cannot join channel (+b)
        bob> KNOCK #nowhere
        bob< :irc.example 403 bob #nowhere :No such channel
        ada>> MODE #a +s
        bob> KNOCK #a
        bob< :irc.example 403 bob #a :No such channel
        ",
    );
}

#[test]
fn an_auditorium_shows_those_with_a_voice_alone() {
    check(
        "+ada
        +bob away-notify
        +cy
        +eve
        ada>> JOIN #a
        ada>> MODE #a +u
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        cy> JOIN #a
        ada< :cy!~cy@10.0.0.3 JOIN #a
        cy< :cy!~cy@10.0.0.3 JOIN #a
        cy< :irc.example 353 cy = #a :@ada cy
        cy< :irc.example 366 cy #a :End of /NAMES list
        cy> WHO #a
        cy< :irc.example 352 cy #a ~ada 10.0.0.1 irc.example ada H@ :0 ada of Example
        cy< :irc.example 352 cy #a ~cy 10.0.0.3 irc.example cy H :0 cy of Example
        cy< :irc.example 315 cy #a :End of WHO list
        bob>> WHOIS cy
        cy> NICK cyrus
        ada< :cy!~cy@10.0.0.3 NICK cyrus
        cy< :cy!~cy@10.0.0.3 NICK cyrus
        cy> AWAY :out
        cy< :irc.example 306 cyrus :You have been marked as being away
        bob> PRIVMSG #a :hello
        ada< :bob!~bob@10.0.0.2 PRIVMSG #a :hello
        cy< :bob!~bob@10.0.0.2 PRIVMSG #a :hello
        ada>> MODE #a +v bob
        bob> NAMES #a
        bob< :irc.example 353 bob = #a :@ada +bob cyrus
        bob< :irc.example 366 bob #a :End of /NAMES list
        cy> PART #a
        ada< :cyrus!~cy@10.0.0.3 PART #a
        bob< :cyrus!~cy@10.0.0.3 PART #a
        cy< :cyrus!~cy@10.0.0.3 PART #a
        cy>> JOIN #a
        eve>> JOIN #a
        ada> KICK #a eve
        ada< :ada!~ada@10.0.0.1 KICK #a eve :ada
        bob< :ada!~ada@10.0.0.1 KICK #a eve :ada
        eve< :ada!~ada@10.0.0.1 KICK #a eve :ada
        cy> QUIT :gone
        ada< :cyrus!~cy@10.0.0.3 QUIT :Quit: gone
        bob< :cyrus!~cy@10.0.0.3 QUIT :Quit: gone
        cy< ERROR :Closing link: Quit: gone
        bob> QUIT
        ada< :bob!~bob@10.0.0.2 QUIT :Quit
        bob< ERROR :Closing link: Quit
        ",
    );
}

#[test]
fn colours_do_not_hide_what_is_for_a_program() {
    check(
        "+ada
        +bob batch draft/multiline
        ada>> JOIN #a
        ada>> MODE #a +CS
        bob>> JOIN #a
        bob> PRIVMSG #a :\\x034\\x01VERSION\\x01
        bob< :irc.example 404 bob #a :Cannot send to channel (+C)
        bob>> BATCH +1 draft/multiline #a
        bob>> @batch=1 PRIVMSG #a :hello
        bob>> @batch=1 PRIVMSG #a :\\x034\\x01VERSION\\x01
        bob> BATCH -1
        bob< :irc.example 404 bob #a :Cannot send to channel (+C)
        ",
    );
}

#[test]
fn a_connection_that_others_read_brings_nobody_into_secure_channels() {
    check(
        "++ada TLS
        ++phone
        ++plain
        ada>> NICK ada
        ada>> USER ada 0 * :Ada
        ada>> REGISTER ada * secret
        ada>> JOIN #a
        ada>> MODE #a +z
        phone>> PASS ada:secret
        phone>> NICK ada
        phone> USER ada 0 * :Ada
        phone< :irc.example 900 * ada!~ada@10.0.0.2 ada :You are now logged in as ada
        phone< :irc.example 433 * ada :Nickname is already in use
        plain>> NICK plain
        plain>> USER ada 0 * :Ada
        ada>> INVITE plain #a
        plain> JOIN #a
        plain< :irc.example 489 plain #a :Cannot join channel (+z): TLS is needed
        plain>> NS IDENTIFY ada secret
        plain> JOIN #a
        plain< :irc.example 489 plain #a :Cannot join channel (+z): TLS is needed
        ",
    );
}
