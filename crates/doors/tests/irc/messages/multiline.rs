//! Messages of several lines (draft/multiline), which clients send as batches (client-batch).

use crate::common::{Town, check};

#[test]
fn several_lines_are_one_message_to_those_who_know_them() {
    check(
        "+ada batch draft/multiline echo-message labeled-response message-tags
        +bob batch draft/multiline message-tags account-tag
        +cy message-tags
        +dan
        ada>> JOIN #a
        bob>> JOIN #a
        cy>> JOIN #a
        dan>> JOIN #a
        ada> @label=x;+reply=1-1-0 BATCH +123 draft/multiline #A
        ada> @batch=123 PRIVMSG #a hello
        ada> @batch=123 PRIVMSG #a :
        ada> @batch=123 privmsg #A :how is\\x20
        ada> @batch=123;draft/multiline-concat PRIVMSG #a :everyone?
        ada> BATCH -123
        ada< @label=x;msgid=1-a-0;+reply=1-1-0 :ada!~ada@10.0.0.1 BATCH +m1-a-0 draft/multiline #a
        ada< @batch=m1-a-0 :ada!~ada@10.0.0.1 PRIVMSG #a :hello
        ada< @batch=m1-a-0 :ada!~ada@10.0.0.1 PRIVMSG #a :
        ada< @batch=m1-a-0 :ada!~ada@10.0.0.1 PRIVMSG #a :how is
        ada< @batch=m1-a-0;draft/multiline-concat :ada!~ada@10.0.0.1 PRIVMSG #a :everyone?
        ada< :ada!~ada@10.0.0.1 BATCH -m1-a-0
        bob< @msgid=1-a-0;+reply=1-1-0 :ada!~ada@10.0.0.1 BATCH +m1-a-0 draft/multiline #a
        bob< @batch=m1-a-0 :ada!~ada@10.0.0.1 PRIVMSG #a :hello
        bob< @batch=m1-a-0 :ada!~ada@10.0.0.1 PRIVMSG #a :
        bob< @batch=m1-a-0 :ada!~ada@10.0.0.1 PRIVMSG #a :how is
        bob< @batch=m1-a-0;draft/multiline-concat :ada!~ada@10.0.0.1 PRIVMSG #a :everyone?
        bob< :ada!~ada@10.0.0.1 BATCH -m1-a-0
        cy< @msgid=1-a-0;+reply=1-1-0 :ada!~ada@10.0.0.1 PRIVMSG #a :hello
        cy< :ada!~ada@10.0.0.1 PRIVMSG #a :how is
        cy< :ada!~ada@10.0.0.1 PRIVMSG #a :everyone?
        dan< :ada!~ada@10.0.0.1 PRIVMSG #a :hello
        dan< :ada!~ada@10.0.0.1 PRIVMSG #a :how is
        dan< :ada!~ada@10.0.0.1 PRIVMSG #a :everyone?
        ",
    );
}

#[test]
fn people_and_ranks_are_reached_and_notices_too() {
    check(
        "+ada batch draft/multiline
        +bob batch draft/multiline
        ada>> NS REGISTER pw
        bob>> NS REGISTER pw
        ada>> JOIN #a
        bob>> JOIN #a
        bob>> BATCH +1 draft/multiline @#a
        bob>> @batch=1 PRIVMSG @#a :one
        bob>> @batch=1 PRIVMSG @#a :two
        bob> BATCH -1
        ada< :bob!~bob@10.0.0.2 BATCH +m1-8-0 draft/multiline @#a
        ada< @batch=m1-8-0 :bob!~bob@10.0.0.2 PRIVMSG @#a :one
        ada< @batch=m1-8-0 :bob!~bob@10.0.0.2 PRIVMSG @#a :two
        ada< :bob!~bob@10.0.0.2 BATCH -m1-8-0
        bob>> BATCH +1 draft/multiline Ada
        bob>> @batch=1 NOTICE ada :one
        bob>> @batch=1 NOTICE ADA :two
        bob> BATCH -1
        ada< :bob!~bob@10.0.0.2 BATCH +m1-9-0 draft/multiline ada
        ada< @batch=m1-9-0 :bob!~bob@10.0.0.2 NOTICE ada :one
        ada< @batch=m1-9-0 :bob!~bob@10.0.0.2 NOTICE ada :two
        ada< :bob!~bob@10.0.0.2 BATCH -m1-9-0
        bob>> BATCH +1 draft/multiline nobody
        bob>> @batch=1 PRIVMSG nobody :one
        bob> BATCH -1
        bob< :irc.example 401 bob nobody :No such nick/channel
        bob>> BATCH +1 draft/multiline ada
        bob>> @batch=1 PRIVMSG ada :a line alone
        bob> BATCH -1
        ada< :bob!~bob@10.0.0.2 PRIVMSG ada :a line alone
        ",
    );
}

#[test]
fn it_is_one_message_of_the_history() {
    check(
        "+ada batch draft/multiline draft/chathistory server-time message-tags
        +bob draft/chathistory batch message-tags
        ada>> NS REGISTER pw
        ada>> JOIN #a
        bob>> JOIN #a
        ada>> CS REGISTER #a
        ada>> BATCH +1 draft/multiline #a
        ada>> @batch=1 PRIVMSG #a :one
        ada>> @batch=1 PRIVMSG #a :
        ada>> @batch=1 PRIVMSG #a :two
        ada>> BATCH -1
        ada>> PRIVMSG #a :three
        ada> CHATHISTORY LATEST #a * 2
        ada< :irc.example BATCH +h1 chathistory #a
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-8-0 :ada!~ada@10.0.0.1 BATCH +m1-8-0 draft/multiline #a
        ada< @batch=m1-8-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        ada< @batch=m1-8-0 :ada!~ada@10.0.0.1 PRIVMSG #a :
        ada< @batch=m1-8-0 :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ada< @batch=h1 :ada!~ada@10.0.0.1 BATCH -m1-8-0
        ada< @batch=h1;time=2026-11-22T16:01:10.000Z;msgid=1-9-0 :ada!~ada@10.0.0.1 PRIVMSG #a :three
        ada< :irc.example BATCH -h1
        bob> CHATHISTORY BEFORE #a msgid=1-9-0 1
        bob< :irc.example BATCH +h1 chathistory #a
        bob< @batch=h1;msgid=1-8-0 :ada!~ada@10.0.0.1 PRIVMSG #a :one
        bob< @batch=h1 :ada!~ada@10.0.0.1 PRIVMSG #a :two
        bob< :irc.example BATCH -h1
        +old
        old> JOIN #a
        ada< @time=2026-11-22T16:01:10.000Z;msgid=1-b-0 :old!~old@10.0.0.3 JOIN #a
        bob< @msgid=1-b-0 :old!~old@10.0.0.3 JOIN #a
        old< :old!~old@10.0.0.3 JOIN #a
        old< :irc.example 353 old = #a :~ada bob old
        old< :irc.example 366 old #a :End of /NAMES list
        old< :ada!~ada@10.0.0.1 PRIVMSG #a :[16:01] one
        old< :ada!~ada@10.0.0.1 PRIVMSG #a :two
        old< :ada!~ada@10.0.0.1 PRIVMSG #a :[16:01] three
        ",
    );
}

#[test]
fn at_a_terminal_the_lines_stand_below_each_other() {
    check(
        "+ada batch draft/multiline
        ++nc
        nc>> /nick nc
        ada>> JOIN #lobby
        ada>> BATCH +1 draft/multiline #lobby
        ada>> @batch=1 PRIVMSG #lobby :one
        ada>> @batch=1 PRIVMSG #lobby :
        ada>> @batch=1 PRIVMSG #lobby :\\x1b[2Jtwo and\\x20
        ada>> @batch=1;draft/multiline-concat PRIVMSG #lobby :a half
        ada> BATCH -1
        nc< <ada> one
        nc<   |
        nc<   | two and a half
        nc> /history 1
        nc< * Earlier in #lobby, the last line:
        nc< [16:01] <ada> one
        nc<   |
        nc<   | two and a half
        nc< * That was before; it is 16:01 now.
        nc> /search half
        nc< * Found 1 line:
        nc< [16:01] #lobby <ada> one
        nc<   |
        nc<   | two and a half
        ",
    );
}

#[test]
fn what_is_wrong_with_a_batch_is_said_once_and_the_rest_left_out() {
    check(
        "+ada batch draft/multiline
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada> BATCH +1 draft/multiline #a
        ada> @batch=1 PRIVMSG bob :to somebody else
        ada< :irc.example FAIL BATCH MULTILINE_INVALID_TARGET #a bob :Invalid multiline target
        ada> @batch=1 PRIVMSG #a :left out
        ada> BATCH -1
        ada> BATCH +2 draft/multiline #a
        ada> @batch=2 PRIVMSG #a :
        ada> @batch=2 PRIVMSG #a :
        ada> BATCH -2
        ada< :irc.example FAIL BATCH MULTILINE_INVALID :Invalid multiline batch with blank lines only
        ada> BATCH +3 draft/multiline #a
        ada> @batch=3 PRIVMSG #a :hello
        ada> @batch=3;draft/multiline-concat PRIVMSG #a :
        ada< :irc.example FAIL BATCH MULTILINE_INVALID :Invalid multiline batch with concatenated blank line
        ada> BATCH -3
        ada> BATCH +4 draft/multiline #a
        ada> @batch=4 PRIVMSG #a :a message
        ada> @batch=4 NOTICE #a :a notice
        ada< :irc.example FAIL BATCH MULTILINE_INVALID :PRIVMSG and NOTICE are not one message
        ada> BATCH -4
        ada> BATCH +5 draft/multiline #a
        ada> @batch=5 JOIN #b
        ada< :irc.example FAIL BATCH MULTILINE_INVALID :A batch of lines holds messages, and no other batch
        ada> BATCH -5
        ada> BATCH +6 draft/multiline #a
        ada> @batch=6 PRIVMSG #a
        ada< :irc.example FAIL BATCH MULTILINE_INVALID :A line has a target and its words, be they none
        ada> BATCH -6
        ada> BATCH +6 draft/multiline #a
        ada> @batch=6 PRIVMSG #a :one
        ada> @batch=6 PRIVMSG #a :\\x01VERSION\\x01
        ada< :irc.example FAIL BATCH MULTILINE_INVALID :What is for a program (CTCP) is a message of its own
        ada> BATCH -6
        ada> BATCH +7 draft/multiline #a
        ada> BATCH -7
        ada< :irc.example FAIL BATCH MULTILINE_INVALID :Invalid multiline batch with blank lines only
        ada> PRIVMSG #a :all is well
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :all is well
        ",
    );
}

#[test]
fn a_batch_has_a_good_name_a_known_type_and_an_end() {
    check(
        "+ada batch draft/multiline
        +bob batch
        ada>> JOIN #a
        bob>> JOIN #a
        ada> BATCH
        ada< :irc.example 461 ada BATCH :Not enough parameters
        ada> BATCH 1
        ada< :irc.example FAIL BATCH INVALID_REFTAG 1 :Invalid reference tag
        ada> BATCH +ä draft/multiline #a
        ada< :irc.example FAIL BATCH INVALID_REFTAG ä :Invalid reference tag
        ada> @batch=ä PRIVMSG #a :left out
        ada> BATCH -ä
        ada> BATCH -none
        ada< :irc.example FAIL BATCH INVALID_REFTAG none :There is no such batch
        ada> BATCH +1 nonsense
        ada< :irc.example FAIL BATCH UNKNOWN_TYPE 1 nonsense :There is no such type of batch
        ada> @batch=1 PRIVMSG #a :left out
        ada> BATCH -1
        ada> BATCH +1 draft/multiline #a,bob
        ada< :irc.example FAIL BATCH MULTILINE_INVALID :Nobody can have that name
        ada> BATCH -1
        ada> BATCH +1 draft/multiline NickServ
        ada< :irc.example FAIL BATCH MULTILINE_INVALID :A service takes one line at a time
        ada> @batch=1 PRIVMSG NickServ :IDENTIFY secret
        ada> BATCH -1
        ada> @batch=1 PRIVMSG #a :of a batch that is over
        ada< :irc.example FAIL BATCH MULTILINE_INVALID :There is no such batch
        bob> BATCH +1 draft/multiline #a
        bob< :irc.example FAIL BATCH UNKNOWN_TYPE 1 draft/multiline :There is no such type of batch
        bob> BATCH -1
        bob> @batch=1 PRIVMSG #a :a tag like any other
        ada< :bob!~bob@10.0.0.2 PRIVMSG #a :a tag like any other
        ",
    );
}

#[test]
fn nothing_comes_between_the_lines_of_a_batch() {
    check(
        "+ada batch draft/multiline labeled-response
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada> @label=y BATCH +1 draft/multiline #a
        ada> @batch=1 PRIVMSG #a :one
        ada> PING :still
        ada< :irc.example PONG irc.example :still
        ada> PRIVMSG #a :between
        ada< @label=y :irc.example FAIL BATCH MULTILINE_INVALID :Only lines of the batch may come before its end
        ada> @batch=1 PRIVMSG #a :two
        ada> @label=z BATCH -1
        ada< @label=z :irc.example ACK
        ada> @label=a BATCH +1 draft/multiline #a
        ada> @label=b BATCH +2 draft/multiline #a
        ada< @label=a :irc.example FAIL BATCH MULTILINE_INVALID :A batch begins before another has ended
        ada> @batch=2 PRIVMSG #a :one
        ada> @batch=2 PRIVMSG #a :two
        ada> BATCH -2
        ada< @label=b :irc.example ACK
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :one
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :two
        ",
    );
}

#[test]
fn an_unfinished_batch_is_given_up() {
    check(
        "+ada batch draft/multiline labeled-response
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada> @label=y BATCH +1 draft/multiline #a
        ~20000
        ada> @batch=1 PRIVMSG #a :one
        ~20000
        ~10000
        ada< @label=y :irc.example FAIL BATCH TIMEOUT 1 :The batch was left open for too long
        ada> @batch=1 PRIVMSG #a :two
        ada> BATCH -1
        ada> PRIVMSG #a :three
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :three
        ",
    );
}

#[test]
fn a_batch_that_its_connection_does_not_end_is_nothing() {
    check(
        "+ada batch draft/multiline message-tags
        +bob batch draft/multiline message-tags
        ada>> JOIN #a
        bob>> JOIN #a
        ada> BATCH +x draft/multiline #a
        ada> @batch=x PRIVMSG #a :half of it
        ada> QUIT
        ada< ERROR :Closing link: Quit
        bob< @msgid=1-6-0 :ada!~ada@10.0.0.1 QUIT :Quit
        ",
    );
}

#[test]
fn two_batches_at_once_are_one_too_many() {
    check(
        "+ada batch draft/multiline message-tags
        +bob batch draft/multiline message-tags
        ada>> JOIN #a
        bob>> JOIN #a
        ada> BATCH +x draft/multiline #a
        ada> @batch=x PRIVMSG #a :one
        ada> BATCH +y draft/multiline #a
        ada< :irc.example FAIL BATCH MULTILINE_INVALID :A batch begins before another has ended
        ada> @batch=y PRIVMSG #a :two
        ada> @batch=x PRIVMSG #a :three
        ada< :irc.example FAIL BATCH MULTILINE_INVALID :Only lines of the batch may come before its end
        ada> BATCH -x
        ada< :irc.example FAIL BATCH INVALID_REFTAG x :There is no such batch
        ada> BATCH -y
        ada> BATCH +x draft/multiline #a
        ada> @batch=x PRIVMSG #a :all is well
        ada> BATCH -x
        bob< @msgid=1-6-0 :ada!~ada@10.0.0.1 PRIVMSG #a :all is well
        ",
    );
}

#[test]
fn a_batch_has_at_most_so_many_lines_and_bytes() {
    let mut town = Town::new();
    town.sign_on("ada", "batch draft/multiline");
    town.sign_on("bob", "batch draft/multiline");
    let all = |town: &mut Town, lines: usize, bytes: usize| {
        town.send("ada", "BATCH +1 draft/multiline bob");
        for _ in 0..lines {
            town.send("ada", &format!("@batch=1 PRIVMSG bob :{}", "x".repeat(bytes)));
        }
        town.send("ada", "BATCH -1");
        town.take_seen()
    };
    assert_eq!(all(&mut town, 100, 80).len(), 102);
    let refused =
        "ada< :irc.example FAIL BATCH MULTILINE_MAX_LINES 100 :Multiline batch max-lines exceeded";
    assert_eq!(all(&mut town, 105, 1), [refused]);
    // 20 lines of 400 bytes, and 19 breaks; then 8,192 with a last one of 172.
    town.send("ada", "BATCH +1 draft/multiline bob");
    for _ in 0..20 {
        town.send("ada", &format!("@batch=1 PRIVMSG bob :{}", "x".repeat(400)));
    }
    town.send("ada", &format!("@batch=1;draft/multiline-concat PRIVMSG bob :{}", "x".repeat(173)));
    town.send("ada", "BATCH -1");
    assert_eq!(town.take_seen().len(), 23);
    let refused =
        "ada< :irc.example FAIL BATCH MULTILINE_MAX_BYTES 8192 :Multiline batch max-bytes exceeded";
    assert_eq!(all(&mut town, 21, 400), [refused]);
}

#[test]
fn what_is_sent_as_one_line_of_a_client_counts_against_the_rate() {
    let mut town = Town::with(|facts| {
        facts.commands_per_second = 4;
        facts.command_burst = 20;
    });
    town.sign_on("ada", "batch draft/multiline");
    town.sign_on("bob", "");
    town.feed("ada", b"BATCH +1 draft/multiline bob\r\n");
    town.feed("ada", "@batch=1 PRIVMSG bob :x\r\n".repeat(50).as_bytes());
    town.feed("ada", b"BATCH -1\r\n");
    assert!(town.take_seen().is_empty());
    for _ in 0..3 {
        town.play("~10000");
        town.send("ada", "");
    }
    assert_eq!(town.take_seen().len(), 50);
}
