//! Words under another name: RELAYMSG, and NPC, NPCA and SCENE.

use crate::common::check;

#[test]
fn a_bridge_relays_what_others_said_elsewhere() {
    check(
        "+ada draft/relaymsg
        +bob message-tags
        +cy
        ++lin
        lin>> /nick lin
        ada>> JOIN #a
        bob>> JOIN #a
        cy>> JOIN #a
        lin>> /join #a
        ada> RELAYMSG #a eve/matrix :hello there
        ada< @draft/relaymsg=ada :eve/matrix!~ada@10.0.0.1 PRIVMSG #a :hello there
        bob< @msgid=1-b-0;draft/relaymsg=ada :eve/matrix!~ada@10.0.0.1 PRIVMSG #a :hello there
        cy< :eve/matrix!~ada@10.0.0.1 PRIVMSG #a :hello there
        lin< <eve/matrix> hello there
        ",
    );
}

#[test]
fn what_was_relayed_is_in_the_history() {
    check(
        "+ada draft/relaymsg draft/chathistory batch message-tags
        ada>> JOIN #a
        ada> @+reply=1-1-0 RELAYMSG #a eve/matrix :hello
        ada< @msgid=1-4-0;draft/relaymsg=ada;+reply=1-1-0 :eve/matrix!~ada@10.0.0.1 PRIVMSG #a :hello
        ada> CHATHISTORY LATEST #a * 5
        ada< :irc.example BATCH +h1 chathistory #a
        ada< @batch=h1;msgid=1-4-0;draft/relaymsg=ada;+reply=1-1-0 :eve/matrix!~ada@10.0.0.1 PRIVMSG #a :hello
        ada< :irc.example BATCH -h1
        ",
    );
}

#[test]
fn what_may_not_be_relayed() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        bob> RELAYMSG #a eve/matrix :hello
        bob< :irc.example FAIL RELAYMSG PRIVS_NEEDED :You cannot relay messages to this channel
        ada> RELAYMSG #a eve :hello
        ada< :irc.example FAIL RELAYMSG INVALID_NICK :A relayed nickname holds a / and what a nickname may
        ada> RELAYMSG #a e!ve/x :hello
        ada< :irc.example FAIL RELAYMSG INVALID_NICK :A relayed nickname holds a / and what a nickname may
        ada> RELAYMSG #a eve/matrix :
        ada< :irc.example FAIL RELAYMSG BLANK_MSG :The message must not be blank
        ada> RELAYMSG #nowhere eve/matrix :hello
        ada< :irc.example 403 ada #nowhere :No such channel
        ada> RELAYMSG #a eve/matrix
        ada< :irc.example 461 ada RELAYMSG :Not enough parameters
        ada>> MODE #a +b m:eve/*
        ada> RELAYMSG #a eve/matrix :hello
        ada< :irc.example FAIL RELAYMSG BANNED :They are banned from being relayed to the channel
        bob> NICK eve/matrix
        bob< :irc.example 432 bob eve/matrix :Erroneous nickname: '/' cannot stand there
        ",
    );
}

#[test]
fn roles_are_played() {
    check(
        "+ada
        +bob
        ++lin
        lin>> /nick lin
        ada>> JOIN #a
        bob>> JOIN #a
        lin>> /join #a
        bob> NPC #a Gandalf :You shall not pass
        bob< :irc.example 573 bob #a :No roles are played there (+E)
        ada> MODE #a +E
        ada< :ada!~ada@10.0.0.1 MODE #a +E
        bob< :ada!~ada@10.0.0.1 MODE #a +E
        lin< * ada let roles be played (+E)
        bob> NPC #a Gandalf :You shall not pass
        ada< :*Gandalf*!bob@npc.fakeuser.invalid PRIVMSG #a :You shall not pass
        bob< :*Gandalf*!bob@npc.fakeuser.invalid PRIVMSG #a :You shall not pass
        lin< <*Gandalf*> You shall not pass
        bob> NPCA #a Gandalf raises his staff
        ada< :*Gandalf*!bob@npc.fakeuser.invalid PRIVMSG #a :\\x01ACTION raises his staff\\x01
        bob< :*Gandalf*!bob@npc.fakeuser.invalid PRIVMSG #a :\\x01ACTION raises his staff\\x01
        lin< * *Gandalf* raises his staff
        bob> SCENE #a :The bridge falls
        ada< :=Scene=!bob@npc.fakeuser.invalid PRIVMSG #a :The bridge falls
        bob< :=Scene=!bob@npc.fakeuser.invalid PRIVMSG #a :The bridge falls
        lin< <=Scene=> The bridge falls
        bob> NPC #a no!name :x
        bob< :irc.example 573 bob #a :That is no name to play
        ada>> MODE #a +m
        bob> SCENE #a :x
        bob< :irc.example 404 bob #a :Cannot send to channel (+m)
        ",
    );
}
