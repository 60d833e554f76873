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
        znc< @time=2026-11-22T16:02:10.000Z :bob!~bob@10.0.0.3 JOIN #a
        znc< :irc.example 353 bob = #a :~ada bob
        znc< :irc.example 366 bob #a :End of /NAMES list
        znc>> JOIN #b,#quiet
        znc> PRIVMSG *playback :PLAY * 1795363270.5
        znc< :irc.example BATCH +h1 znc.in/playback #a
        znc< @batch=h1;time=2026-11-22T16:02:10.000Z;msgid=1-c-0 :ada!~ada@10.0.0.1 PRIVMSG #a :two
        znc< :irc.example BATCH -h1
        znc< :irc.example BATCH +h2 znc.in/playback #b
        znc< @batch=h2;time=2026-11-22T16:02:10.000Z;msgid=1-d-0 :ada!~ada@10.0.0.1 PRIVMSG #b :three
        znc< :irc.example BATCH -h2
        znc> privmsg *PLAYBACK :play ada,#none 0
        znc< :irc.example BATCH +h4 znc.in/playback ada
        znc< @batch=h4;time=2026-11-22T16:01:10.000Z;msgid=1-b-0 :ada!~ada@10.0.0.1 PRIVMSG bob :psst
        znc< :irc.example BATCH -h4
        znc> PRIVMSG *playback :PLAY #a,#a 0 1795363300
        znc< :irc.example BATCH +h5 znc.in/playback #a
        znc< @batch=h5;time=2026-11-22T16:01:10.000Z;msgid=1-a-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        znc< :irc.example BATCH -h5
        znc> ZNC *playback PLAY #a 0 1795363300
        znc< :irc.example BATCH +h6 znc.in/playback #a
        znc< @batch=h6;time=2026-11-22T16:01:10.000Z;msgid=1-a-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        znc< :irc.example BATCH -h6
        znc> ZNC *status help
        znc< :irc.example 401 bob *status :No such module here
        znc> PRIVMSG *playback :PLAY #a yesterday
        znc< :*playback!*playback@irc.example NOTICE bob :A time is in seconds since 1970
        znc> PRIVMSG *playback :CLEAR #a
        znc< :*playback!*playback@irc.example NOTICE bob :Nothing is cleared here: history stays
        znc> PRIVMSG *playback :LIST
        znc< :*playback!*playback@irc.example NOTICE bob :PLAY *|CHANNEL|NICK[,...] [FROM [TO]], in seconds since 1970
        ada> PRIVMSG *playback :PLAY * 0
        ada< :irc.example 401 ada *playback :No such nick/channel
        ",
    );
}
