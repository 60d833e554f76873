//! What was said since a time that a client knows, as ZNC plays it (znc.in/playback).

use crate::common::check;

#[test]
fn a_client_plays_what_was_said_since_it_was_here() {
    check(
        "+ada
        +bob
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ada>> JOIN #a,#b,#quiet
        ada>> CS REGISTER #a
        ada>> CS REGISTER #b
        ada>> CS REGISTER #quiet
        ada>> PRIVMSG #a :one
        ada>> PRIVMSG bob :psst
        ~60000
        ada>> PRIVMSG #a :two
        ada>> PRIVMSG #b :three
        bob>> QUIT
        ++znc
        znc>> CAP REQ :batch server-time message-tags znc.in/playback
        znc>> PASS bob:pw
        znc>> NICK bob
        znc>> USER bob 0 * :Bob
        znc>> CAP END
        znc> JOIN #a
        ada< :bob!~bob@10.0.0.3 JOIN #a
        znc< @time=2026-11-22T16:02:10.000Z;msgid=1-10-0 :bob!~bob@10.0.0.3 JOIN #a
        znc< :irc.example 353 bob = #a :~ada bob
        znc< :irc.example 366 bob #a :End of /NAMES list
        znc>> JOIN #b,#quiet
        znc> PRIVMSG *playback :PLAY * 1795363270.5
        znc< :irc.example BATCH +h1-1 znc.in/playback #a
        znc< @batch=h1-1;time=2026-11-22T16:02:10.000Z;msgid=1-c-0 :ada!~ada@10.0.0.1 PRIVMSG #a :two
        znc< :irc.example BATCH -h1-1
        znc< :irc.example BATCH +h1-2 znc.in/playback #b
        znc< @batch=h1-2;time=2026-11-22T16:02:10.000Z;msgid=1-d-0 :ada!~ada@10.0.0.1 PRIVMSG #b :three
        znc< :irc.example BATCH -h1-2
        znc> privmsg *PLAYBACK :play ada,#none 0
        znc< :irc.example BATCH +h2 znc.in/playback ada
        znc< @batch=h2;time=2026-11-22T16:01:10.000Z;msgid=1-b-0 :ada!~ada@10.0.0.1 PRIVMSG bob :psst
        znc< :irc.example BATCH -h2
        znc> PRIVMSG *playback :PLAY #a,#a 0 1795363300
        znc< :irc.example BATCH +h3 znc.in/playback #a
        znc< @batch=h3;time=2026-11-22T16:01:10.000Z;msgid=1-a-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        znc< :irc.example BATCH -h3
        znc> ZNC *playback PLAY #a 0 1795363300
        znc< :irc.example BATCH +h4 znc.in/playback #a
        znc< @batch=h4;time=2026-11-22T16:01:10.000Z;msgid=1-a-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        znc< :irc.example BATCH -h4
        znc> ZNC *status help
        znc< :irc.example 401 bob *status :No such module here
        znc> PRIVMSG *playback :PLAY #a yesterday
        znc< :*playback!*playback@irc.example NOTICE bob :A time is in seconds since 1970
        znc> PRIVMSG *playback :CLEAR #a
        znc< :*playback!*playback@irc.example NOTICE bob :Nothing is cleared here: history stays
        znc> PRIVMSG *playback :HELP
        znc< :*playback!*playback@irc.example NOTICE bob :PLAY *|CHANNEL|NICK[,...] [FROM [TO]], in seconds since 1970; LIST
        ada> PRIVMSG *playback :PLAY * 0
        ada< :irc.example 401 ada *playback :No such nick/channel
        ",
    );
}

#[test]
fn all_conversations_are_played_and_listed_to_whose_they_are() {
    check(
        "+ada
        +bob message-tags batch server-time znc.in/playback labeled-response
        +eve batch znc.in/playback
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        eve>> REGISTER * * pw
        eve>> JOIN #b
        bob>> JOIN #a,#b
        ada>> JOIN #a
        bob>> PRIVMSG #b :before ada was here
        ada>> PRIVMSG bob :psst
        ada>> PRIVMSG #a :one
        eve>> PRIVMSG ada :me too
        ~60000
        bob>> PRIVMSG ada :what is it
        bob> PRIVMSG *playback :PLAY * 0
        bob< :irc.example BATCH +h1-1 znc.in/playback #b
        bob< @batch=h1-1;time=2026-11-22T16:01:10.000Z;msgid=1-b-0 :bob!~bob@10.0.0.2 PRIVMSG #b :before ada was here
        bob< :irc.example BATCH -h1-1
        bob< :irc.example BATCH +h1-2 znc.in/playback #a
        bob< @batch=h1-2;time=2026-11-22T16:01:10.000Z;msgid=1-d-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        bob< :irc.example BATCH -h1-2
        bob< :irc.example BATCH +h1-3 znc.in/playback ada
        bob< @batch=h1-3;time=2026-11-22T16:01:10.000Z;msgid=1-c-0 :ada!~ada@10.0.0.1 PRIVMSG bob :psst
        bob< @batch=h1-3;time=2026-11-22T16:02:10.000Z;msgid=1-f-0 :bob!~bob@10.0.0.2 PRIVMSG ada :what is it
        bob< :irc.example BATCH -h1-3
        bob> @label=p PRIVMSG *playback :PLAY #b,*,nobody 1795363280 1795363400
        bob< @label=p :irc.example BATCH +l1 labeled-response
        bob< @batch=l1 :irc.example BATCH +h3-1 znc.in/playback ada
        bob< @batch=h3-1;time=2026-11-22T16:02:10.000Z;msgid=1-f-0 :bob!~bob@10.0.0.2 PRIVMSG ada :what is it
        bob< @batch=l1 :irc.example BATCH -h3-1
        bob< :irc.example BATCH -l1
        bob> @label=q PRIVMSG *playback :PLAY * 1795363400
        bob< @label=q :irc.example BATCH +l1 labeled-response
        bob< :irc.example BATCH -l1
        bob> @label=r PRIVMSG *playback :LIST
        bob< @label=r :irc.example BATCH +l1 labeled-response
        bob< @batch=l1 :*playback!*playback@irc.example PRIVMSG bob :#b 0 1795363270.000
        bob< @batch=l1 :*playback!*playback@irc.example PRIVMSG bob :#a 0 1795363270.000
        bob< @batch=l1 :*playback!*playback@irc.example PRIVMSG bob :ada 0 1795363330.000
        bob< :irc.example BATCH -l1
        bob>> PART #b
        bob> PRIVMSG *playback :LIST
        bob< :*playback!*playback@irc.example PRIVMSG bob :#a 0 1795363270.000
        bob< :*playback!*playback@irc.example PRIVMSG bob :ada 0 1795363330.000
        bob> PRIVMSG *playback :PLAY #b
        eve> PRIVMSG *playback :PLAY ada,bob,#a
        eve< :eve!~eve@10.0.0.3 PRIVMSG ada :[16:01] me too
        eve>> NICK stranger
        eve>> NS LOGOUT
        eve> PRIVMSG *playback :LIST
        eve< :*playback!*playback@irc.example PRIVMSG stranger :#b 0 1795363270.000
        ",
    );
}
