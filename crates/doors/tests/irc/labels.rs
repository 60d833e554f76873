//! Answers that carry their line's label.

use crate::common::{Town, check};

#[test]
fn an_answer_carries_its_label() {
    check(
        "+ada labeled-response batch
        ada> @label=1 PING x
        ada< @label=1 :irc.example PONG irc.example :x
        ada> @label=2 PONG x
        ada< @label=2 :irc.example ACK
        ada> @label=3 WHOIS nobody
        ada< @label=3 :irc.example BATCH +l1 labeled-response
        ada< @batch=l1 :irc.example 401 ada nobody :No such nick/channel
        ada< @batch=l1 :irc.example 318 ada nobody :End of /WHOIS list
        ada< :irc.example BATCH -l1
        ada> @label=4 JOIN #a
        ada< @label=4 :irc.example BATCH +l1 labeled-response
        ada< @batch=l1 :ada!~ada@10.0.0.1 JOIN #a
        ada< @batch=l1 :irc.example 353 ada = #a :@ada
        ada< @batch=l1 :irc.example 366 ada #a :End of /NAMES list
        ada< :irc.example BATCH -l1
        ada> @label=5 PRIVMSG #a :hi
        ada< @label=5 :irc.example ACK
        ada> @label=6 PRIVMSG nobody :hi
        ada< @label=6 :irc.example 401 ada nobody :No such nick/channel
        ada> @label=a\\sb TOPIC #a
        ada< @label=a\\sb :irc.example 331 ada #a :No topic is set
        ada> @label= PING x
        ada< :irc.example PONG irc.example :x
        ada> @label=0123456789012345678901234567890123456789012345678901234567890123 PING x
        ada< @label=0123456789012345678901234567890123456789012345678901234567890123 :irc.example PONG irc.example :x
        ada> @label=01234567890123456789012345678901234567890123456789012345678901234 PING x
        ada< :irc.example PONG irc.example :x
        ada> @label=7 NONSENSE
        ada< @label=7 :irc.example 421 ada NONSENSE :Unknown command
        ada> @label=8 NS REGISTER pw
        ada< @label=8 :irc.example BATCH +l1 labeled-response
        ada< @batch=l1 :NickServ!NickServ@irc.example NOTICE ada :The account ada is yours
        ada< @batch=l1 :irc.example 900 ada ada!~ada@10.0.0.1 ada :You are now logged in as ada
        ada< :irc.example BATCH -l1
        ada> @label=9 CHATHISTORY LATEST #a * 5
        ada< @label=9 :irc.example BATCH +l1 labeled-response
        ada< @batch=l1 :irc.example BATCH +h2 chathistory #a
        ada< @batch=h2 :ada!~ada@10.0.0.1 PRIVMSG #a :hi
        ada< @batch=l1 :irc.example BATCH -h2
        ada< :irc.example BATCH -l1
        ",
    );
}

#[test]
fn a_labelled_answer_has_the_order_of_others() {
    check(
        "+ada labeled-response batch
        ada> @label=1 STATS u
        ada< @label=1 :irc.example BATCH +l1 labeled-response
        ada< @batch=l1 :irc.example 481 ada :Permission Denied- You're not an IRC operator
        ada< @batch=l1 :irc.example 219 ada u :End of /STATS report
        ada< :irc.example BATCH -l1
        ada> @label=2 JOIN #a,nonsense,#b
        ada< @label=2 :irc.example BATCH +l1 labeled-response
        ada< @batch=l1 :ada!~ada@10.0.0.1 JOIN #a
        ada< @batch=l1 :irc.example 353 ada = #a :@ada
        ada< @batch=l1 :irc.example 366 ada #a :End of /NAMES list
        ada< @batch=l1 :irc.example 403 ada nonsense :No such channel
        ada< @batch=l1 :ada!~ada@10.0.0.1 JOIN #b
        ada< @batch=l1 :irc.example 353 ada = #b :@ada
        ada< @batch=l1 :irc.example 366 ada #b :End of /NAMES list
        ada< :irc.example BATCH -l1
        ",
    );
}

#[test]
fn an_echo_carries_the_label() {
    check(
        "+ada labeled-response batch echo-message message-tags
        +bob message-tags
        ada> @label=1;+x=y PRIVMSG bob :hi
        ada< @label=1;msgid=1-4-0;+x=y :ada!~ada@10.0.0.1 PRIVMSG bob :hi
        bob< @msgid=1-4-0;+x=y :ada!~ada@10.0.0.1 PRIVMSG bob :hi
        ada> @label=2;+x=y TAGMSG bob
        ada< @label=2;+x=y :ada!~ada@10.0.0.1 TAGMSG bob
        bob< @+x=y :ada!~ada@10.0.0.1 TAGMSG bob
        ada> @label=3 PRIVMSG ada :hi
        ada< @msgid=1-5-0 :ada!~ada@10.0.0.1 PRIVMSG ada :hi
        ada< @label=3;msgid=1-5-0 :ada!~ada@10.0.0.1 PRIVMSG ada :hi
        ",
    );
}

#[test]
fn a_label_means_nothing_to_those_who_did_not_ask_for_it() {
    check(
        "+ada labeled-response
        ada> @label=1 PING x
        ada< :irc.example PONG irc.example :x
        ++bob
        bob> CAP REQ :labeled-response batch
        bob< :irc.example CAP * ACK :labeled-response batch
        bob> @label=1 CAP LIST
        bob< @label=1 :irc.example CAP * LIST :batch labeled-response
        bob> @label=2 NICK bob
        bob< @label=2 :irc.example ACK
        ",
    );
}

#[test]
fn who_leaves_is_answered_before_the_farewell() {
    check(
        "+ada labeled-response batch
        ada> @label=9 QUIT :bye
        ada< @label=9 :irc.example ACK
        ada< ERROR :Closing link: Quit: bye
        ",
    );
}

#[test]
fn a_line_that_is_too_long_is_refused_under_its_label() {
    let long = "x".repeat(600);
    for pieces in [1, 2] {
        let mut town = Town::new();
        town.sign_on("ada", "labeled-response batch");
        let line = format!("@label=9 PRIVMSG bob :{long}\r\n");
        let (one, other) = line.split_at(line.len() * (pieces - 1) / 2);
        town.feed("ada", one.as_bytes());
        town.feed("ada", other.as_bytes());
        let refused = "ada< @label=9 :irc.example 417 ada :Input line was too long";
        assert_eq!(town.take_seen(), [refused]);
    }
}
