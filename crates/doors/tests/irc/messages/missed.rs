//! What is written to someone who stays without a connection is shown when they come back.

use crate::common::check;

#[test]
fn the_first_connection_that_cannot_ask_is_shown_what_was_missed() {
    check(
        "+ada draft/persistence
        +bob
        +cy
        +guest
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        cy>> REGISTER * * pw
        ada>> PERSISTENCE SET ON
        bob>> PRIVMSG ada :she reads this
        ada>> QUIT
        bob>> PRIVMSG ada :one
        ~60000
        bob>> NOTICE ada :two
        cy>> PRIVMSG ada :\\x01ACTION waves\\x01
        guest>> PRIVMSG ada :is in nobody's history
        ++plain
        plain> PASS ada:pw
        plain> NICK ada
        plain> USER ada 0 * :Ada
        plain< :irc.example 900 * ada!~ada@10.0.0.5 ada :You are now logged in as ada
        plain< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        plain< :bob!~bob@10.0.0.2 PRIVMSG ada :[16:01] one
        plain< :bob!~bob@10.0.0.2 NOTICE ada :[16:02] two
        plain< :cy!~cy@10.0.0.3 PRIVMSG ada :\\x01ACTION [16:02] waves\\x01
        plain>> QUIT
        ++again
        again> PASS ada:pw
        again> NICK ada
        again> USER ada 0 * :Ada
        again< :irc.example 900 * ada!~ada@10.0.0.6 ada :You are now logged in as ada
        again< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        again>> QUIT
        bob>> PRIVMSG ada :three
        ++batched
        batched>> CAP REQ :batch server-time message-tags
        batched> PASS ada:pw
        batched> NICK ada
        batched> USER ada 0 * :Ada
        batched> CAP END
        batched< :irc.example 900 * ada!~ada@10.0.0.7 ada :You are now logged in as ada
        batched< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        batched< :irc.example BATCH +h1 chathistory bob
        batched< @batch=h1;time=2026-11-22T16:02:10.000Z;msgid=1-14-0 :bob!~bob@10.0.0.2 PRIVMSG ada :three
        batched< :irc.example BATCH -h1
        batched>> QUIT
        bob>> PRIVMSG ada :four
        ++asking
        asking>> CAP REQ :batch draft/chathistory
        asking> PASS ada:pw
        asking> NICK ada
        asking> USER ada 0 * :Ada
        asking> CAP END
        asking< :irc.example 900 * ada!~ada@10.0.0.8 ada :You are now logged in as ada
        asking< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        ",
    );
}

#[test]
fn an_account_that_is_dropped_has_missed_nothing() {
    check(
        "+ada draft/persistence
        +bob
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ada>> PERSISTENCE SET ON
        ada>> QUIT
        bob>> PRIVMSG ada :one
        +cy
        cy>> NS IDENTIFY ada pw
        cy> NS DROP dd0c6db5
        cy< :irc.example 901 cy cy!~cy@10.0.0.3 :You are now logged out
        cy< :NickServ!NickServ@irc.example NOTICE cy :The account ada is no more
        bob> PRIVMSG ada :two
        bob< :irc.example 401 bob ada :No such nick/channel
        ",
    );
}
