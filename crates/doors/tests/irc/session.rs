//! Being here: from the first line to the end.

use crate::common::{Town, check, check_in};

#[test]
fn a_client_signs_on() {
    check(
        "++ada
        ada> NICK ada
        ada> USER ada 0 * :Ada L
        ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        ada< :irc.example 002 ada :Your host is irc.example, running version parlor-0.1.0
        ada< :irc.example 003 ada :This server was created Sun Nov 22 2026 at 16:01:10 UTC
        ada< :irc.example 004 ada irc.example parlor-0.1.0 BRZiosw qaohvbeIklJfCEKMNQRSTUVcimnrstuz qaohvbeIklJf
        ada< :irc.example 005 ada ACCOUNTEXTBAN=a AWAYLEN=300 BOT=B CASEMAPPING=ascii CHANLIMIT=#:100 CHANMODES=beI,k,lJf,CEKMNQRSTUVcimnrstuz CHANNELLEN=64 CHANTYPES=# CHATHISTORY=1000 ELIST=CMNTU EXCEPTS=e EXTBAN=$,amrz HOSTLEN=63 :are supported by this server
        ada< :irc.example 005 ada INVEX=I KEYLEN=23 KICKLEN=300 KNOCK MAXLIST=beI:100 MAXTARGETS=10 MODES=12 MONITOR=100 MSGREFTYPES=msgid,timestamp NAMELEN=150 NETWORK=Example NICKLEN=32 PREFIX=(qaohv)~&@%+ :are supported by this server
        ada< :irc.example 005 ada SAFELIST STATUSMSG=~&@%+ TARGMAX=KICK:10,NAMES:10,NOTICE:10,PART:10,PRIVMSG:10,TAGMSG:10,WHOIS:10,WHOWAS:10,JOIN:,LIST:,ISON:,MONITOR:,USERHOST:5 TOPICLEN=390 USERLEN=16 UTF8ONLY WHOX :are supported by this server
        ada< :irc.example 251 ada :There are 1 users and 0 invisible on 1 servers
        ada< :irc.example 252 ada 0 :operator(s) online
        ada< :irc.example 254 ada 1 :channels formed
        ada< :irc.example 255 ada :I have 1 clients and 0 servers
        ada< :irc.example 265 ada 1 1 :Current local users 1, max 1
        ada< :irc.example 266 ada 1 1 :Current global users 1, max 1
        ada< :irc.example 375 ada :- irc.example Message of the day -
        ada< :irc.example 372 ada :- Be kind.
        ada< :irc.example 376 ada :End of /MOTD command.
        ",
    );
}

/// Which there are is in docs/ircv3.md, and compared with that.
#[test]
fn capabilities_are_listed_with_their_values_to_those_who_know_them() {
    let listed = |asked: &str| -> Vec<String> {
        let mut town = Town::new();
        town.connect("ada");
        town.send("ada", asked);
        let lines = town.take_seen();
        let more = lines.iter().filter(|line| line.starts_with("ada< :irc.example CAP * LS * :"));
        assert!(more.count() == lines.len() - 1 || asked == "CAP LS", "all but the last go on");
        let words = lines.iter().filter_map(|line| line.rsplit_once(" :").map(|(_, rest)| rest));
        words.flat_map(|words| words.split(' ').map(str::to_owned)).collect()
    };
    let (plain, valued) = (listed("CAP LS"), listed("CAP LS 302"));
    assert!(plain.is_sorted() && plain.iter().all(|word| !word.contains('=')), "{plain:?}");
    let names = |word: &String| word.split('=').next().unwrap_or_default().to_owned();
    assert_eq!(valued.iter().map(names).collect::<Vec<_>>(), plain);
    assert!(
        valued
            .iter()
            .any(|word| word == "draft/account-registration=before-connect,custom-account-name")
    );
}

#[test]
fn capabilities_are_listed_with_their_values_for_those_who_understand_them() {
    let mut town = Town::new();
    let mut listed = |ask: &str| -> (Vec<String>, Vec<String>) {
        town.connect("ada");
        town.send("ada", ask);
        let (mut begun, mut words) = (Vec::new(), Vec::new());
        for line in town.take_seen() {
            assert!(line.len() <= "ada< ".len() + 510, "{line}");
            let (beginning, list) = line.rsplit_once(" :").expect("a list");
            begun.push(beginning.to_owned());
            words.extend(list.split(' ').map(str::to_owned));
        }
        (begun, words)
    };
    let (begun, words) = listed("CAP LS 302");
    let (last, others) = begun.split_last().expect("a line");
    assert_eq!(last, "ada< :irc.example CAP * LS");
    assert!(others.iter().all(|line| line == "ada< :irc.example CAP * LS *"), "{others:?}");
    assert!(words.is_sorted(), "{words:?}");
    assert!(
        words.contains(&"draft/account-registration=before-connect,custom-account-name".to_owned())
    );
    let (begun, plain) = listed("CAP LS");
    assert!(begun.iter().all(|line| line == "ada< :irc.example CAP * LS"), "{begun:?}");
    let without = |word: &String| word.split('=').next().unwrap_or_default().to_owned();
    assert_eq!(plain, words.iter().map(without).collect::<Vec<_>>());
}

#[test]
fn capabilities_are_negotiated_before_the_sign_on() {
    check(
        "++ada
        ada>> CAP LS
        ada> NICK ada
        ada> USER ada 0 * :Ada L
        ada>> CAP LS 302
        ada>> CAP LS
        ada> CAP REQ :batch server-time
        ada< :irc.example CAP * ACK :batch server-time
        ada> CAP REQ :-batch nonsense
        ada< :irc.example CAP * NAK :-batch nonsense
        ada> CAP REQ :-batch
        ada< :irc.example CAP * ACK :-batch
        ada> CAP REQ :-cap-notify
        ada< :irc.example CAP * NAK :-cap-notify
        ada> CAP LIST
        ada< :irc.example CAP * LIST :cap-notify server-time
        ada> CAP FOO
        ada< :irc.example 410 * FOO :Invalid CAP command
        ada> CAP
        ada< :irc.example 461 * CAP :Not enough parameters
        ada> CAP REQ :message-tags
        ada< :irc.example CAP * ACK :message-tags
        ada> PING before
        ada< :irc.example PONG irc.example :before
        ",
    );
}

#[test]
fn what_comes_too_early_or_too_late_is_said() {
    check(
        "++ada
        ada> NICK
        ada< :irc.example 431 * :No nickname given
        ada> JOIN #a
        ada< :irc.example 451 * :You have not registered
        ada> NONSENSE x
        ada< :irc.example 421 * NONSENSE :Unknown command
        ada> NICK 1ada
        ada< :irc.example 432 * 1ada :Erroneous nickname: '1' cannot stand there
        ada> NICK NickServ
        ada< :irc.example 432 * NickServ :Erroneous nickname: it is a service's
        ada> USER ada
        ada< :irc.example 461 * USER :Not enough parameters
        ada> STARTTLS
        ada< :irc.example 691 * :STARTTLS failed: connect with TLS from the start
        ada> REGISTER * * secret
        ada< :irc.example FAIL REGISTER NEED_NICK * :Choose a nickname first: NICK
        ada> QUIT
        ada< ERROR :Closing link: Quit
        +bob
        bob> USER bob 0 * :Bob
        bob< :irc.example 462 bob :You may not reregister
        bob> PASS x
        bob< :irc.example 462 bob :You may not reregister
        bob> NONSENSE
        bob< :irc.example 421 bob NONSENSE :Unknown command
        bob> ERROR :what
        bob> PONG
        ",
    );
}

#[test]
fn a_nick_that_is_taken_is_answered_until_one_is_free() {
    check(
        "+ada
        ++bob
        bob> NICK ADA
        bob> USER bob 0 * :Bob
        bob< :irc.example 433 * ADA :Nickname is already in use
        bob> JOIN #a
        bob< :irc.example 451 * :You have not registered
        bob> NICK bob
        bob< :irc.example 001 bob :Welcome to the Example Network, bob!~bob@10.0.0.2
        ",
    );
}

#[test]
fn lines_sent_at_once_take_effect_in_their_order() {
    check(
        r"+ada
        ada> JOIN #a
        ada< :ada!~ada@10.0.0.1 JOIN #a
        ada< :irc.example 353 ada = #a :@ada
        ada< :irc.example 366 ada #a :End of /NAMES list
        ++bob
        bob> NICK bob\r\nUSER bob 0 * :Bob\r\nJOIN #a\r\nPING x\r\nPRIVMSG #a :hi\r\nNICK rob\r\nPING y
        ada< :bob!~bob@10.0.0.2 JOIN #a
        ada< :bob!~bob@10.0.0.2 PRIVMSG #a :hi
        ada< :bob!~bob@10.0.0.2 NICK rob
        bob< :irc.example 001 bob :Welcome to the Example Network, bob!~bob@10.0.0.2
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        bob< :irc.example PONG irc.example :x
        bob< :bob!~bob@10.0.0.2 NICK rob
        bob< :irc.example PONG irc.example :y
        ",
    );
}

#[test]
fn a_caller_whose_nick_is_taken_can_leave() {
    check(
        "+ada
        ++bob
        bob> NICK ada
        bob> USER bob 0 * :Bob
        bob< :irc.example 433 * ada :Nickname is already in use
        bob> QUIT
        bob< ERROR :Closing link: Connection closed
        ",
    );
}

#[test]
fn a_server_password_is_asked_of_everyone() {
    let town = || Town::with(|facts| facts.password = Some("phc:sesame".into()));
    check_in(
        town(),
        "++ada
        ada> NICK ada
        ada> USER ada 0 * :Ada
        ada< :irc.example 464 * :Password incorrect
        ada< ERROR :Closing link: Password incorrect
        ++bob
        bob> PASS wrong
        bob> NICK bob
        bob> USER bob 0 * :Bob
        bob< :irc.example 464 * :Password incorrect
        bob< ERROR :Closing link: Password incorrect
        ",
    );
    let mut town = town();
    town.connect("cy");
    for line in ["PASS sesame", "NICK cy", "USER cy 0 * :Cy"] {
        town.send("cy", line);
    }
    assert!(town.take_seen()[0].starts_with("cy< :irc.example 001 cy "));
}

#[test]
fn a_username_cannot_break_its_frame() {
    check(
        "++ada
        ada> NICK ada
        ada> USER a!d@a:0123456789abcdef 0 * :Ada
        ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada0123456789ab@10.0.0.1
        ++bob
        bob> NICK bob
        bob> USER !@ 0 * :Bob
        bob< :irc.example 001 bob :Welcome to the Example Network, bob!~user@10.0.0.2
        ",
    );
}

#[test]
fn another_nick_is_told_once_to_everyone_who_shares_a_channel() {
    check(
        "+ada
        +bob
        +cy
        ada>> JOIN #a,#b
        bob>> JOIN #a,#b
        ada> NICK lovelace
        ada< :ada!~ada@10.0.0.1 NICK lovelace
        bob< :ada!~ada@10.0.0.1 NICK lovelace
        ada> NICK bob
        ada< :irc.example 433 lovelace bob :Nickname is already in use
        ada> NICK Lovelace
        ada< :lovelace!~ada@10.0.0.1 NICK Lovelace
        bob< :lovelace!~ada@10.0.0.1 NICK Lovelace
        ada> NICK Lovelace
        ada> NICK :x y
        ada< :irc.example 432 Lovelace x_y :Erroneous nickname: ' ' cannot stand there
        ada> PING z
        ada< :irc.example PONG irc.example :z
        ",
    );
}

#[test]
fn away_is_told_to_those_who_write() {
    check(
        "+ada
        +bob
        ada> AWAY :at lunch
        ada< :irc.example 306 ada :You have been marked as being away
        bob> PRIVMSG ada :hello
        ada< :bob!~bob@10.0.0.2 PRIVMSG ada :hello
        bob< :irc.example 301 bob ada :at lunch
        bob> NOTICE ada :hello
        ada< :bob!~bob@10.0.0.2 NOTICE ada :hello
        ada> AWAY
        ada< :irc.example 305 ada :You are no longer marked as being away
        ada> AWAY :
        ada< :irc.example 305 ada :You are no longer marked as being away
        bob> PRIVMSG ada :hello
        ada< :bob!~bob@10.0.0.2 PRIVMSG ada :hello
        ",
    );
}

#[test]
fn ones_own_modes() {
    check(
        "+ada
        +bob
        ada> MODE ada
        ada< :irc.example 221 ada +
        ada> MODE ADA +iwo-x
        ada< :ada MODE ada +iw
        ada< :irc.example 501 ada :Unknown MODE flag
        ada> MODE ada +i
        ada> MODE ada -w
        ada< :ada MODE ada -w
        ada> MODE ada
        ada< :irc.example 221 ada +i
        ada> MODE bob +i
        ada< :irc.example 502 ada :Can't change mode for other users
        ada> MODE BOB
        ada< :irc.example 502 ada :Can't change mode for other users
        ada> MODE nobody
        ada< :irc.example 401 ada nobody :No such nick/channel
        ada> MODE nobody +i
        ada< :irc.example 401 ada nobody :No such nick/channel
        ada> MODE 1x
        ada< :irc.example 401 ada 1x :No such nick/channel
        ",
    );
}

#[test]
fn an_operator_has_the_password_of_the_configuration() {
    check(
        "+ada
        ada> OPER admin
        ada< :irc.example 461 ada OPER :Not enough parameters
        ada> OPER nobody secret
        ada< :irc.example 491 ada :No operator of this name
        ada> OPER admin wrong
        ada< :irc.example 464 ada :Password incorrect
        ada> OPER admin secret
        ada< :ada MODE ada +os
        ada< :irc.example 381 ada :You are now an IRC operator
        ada< :irc.example NOTICE * :*** ada!~ada@10.0.0.1 is an operator now, as admin
        ada> OPER admin secret
        ada< :irc.example 381 ada :You are now an IRC operator
        ada> MODE ada -o
        ada< :ada MODE ada -os
        ada> REHASH
        ada< :irc.example 481 ada :Permission Denied- You're not an IRC operator
        ",
    );
}

#[test]
fn whoever_leaves_is_seen_to_leave() {
    check(
        "+ada
        +bob
        +cy
        ada>> JOIN #a
        bob>> JOIN #a
        cy>> JOIN #a
        ada> QUIT :good night
        ada< ERROR :Closing link: Quit: good night
        bob< :ada!~ada@10.0.0.1 QUIT :Quit: good night
        cy< :ada!~ada@10.0.0.1 QUIT :Quit: good night
        bob> QUIT
        bob< ERROR :Closing link: Quit
        cy< :bob!~bob@10.0.0.2 QUIT :Quit
        ",
    );
}

#[test]
fn a_silent_client_is_asked_whether_it_is_there() {
    check(
        "+ada
        ~89000
        ~2000
        ada< PING :irc.example
        ada> PONG irc.example
        ~91000
        ada< PING :irc.example
        ~91000
        ada< ERROR :Closing link: Ping timeout: 180 seconds
        ",
    );
}

#[test]
fn lines_that_are_none_are_answered_and_dropped() {
    let mut town = Town::new();
    town.sign_on("ada", "standard-replies");
    town.sign_on("bob", "");
    for who in ["ada", "bob"] {
        town.feed(who, b"PRIVMSG bob :caf\xe9\r\n");
        town.feed(who, b"\r\n   \r\n:source\r\n");
        town.send(who, &"x".repeat(511));
        town.send(who, &format!("@{} PING x", "t".repeat(4095)));
        town.send(who, &format!("@{} PING x", "t".repeat(4094)));
    }
    assert_eq!(
        town.take_seen(),
        [
            "ada< :irc.example FAIL PRIVMSG INVALID_UTF8 :Message rejected, your software must use UTF-8 here",
            "ada< :irc.example 417 ada :Input line was too long",
            "ada< :irc.example 417 ada :Input line was too long",
            "ada< :irc.example PONG irc.example :x",
            "bob< :irc.example FAIL PRIVMSG INVALID_UTF8 :Message rejected, your software must use UTF-8 here",
            "bob< :irc.example 417 bob :Input line was too long",
            "bob< :irc.example 417 bob :Input line was too long",
            "bob< :irc.example PONG irc.example :x",
        ]
    );
}

#[test]
fn signing_on_has_its_time_whatever_is_said_meanwhile() {
    let mut town = Town::new();
    for (who, first) in [("ada", "CAP LS 302"), ("bob", "NICK bob"), ("cyd", "CAP LS 302")] {
        town.connect(who);
        town.send(who, first);
    }
    for _ in 0..17 {
        town.wait(10_000);
        for (who, line) in [("ada", ""), ("bob", "PING x"), ("cyd", "")] {
            town.send(who, line);
        }
        town.take_seen();
    }
    for line in ["NICK cyd", "USER cyd 0 * :Cyd", "CAP END"] {
        town.send("cyd", line);
    }
    town.take_seen();
    town.wait(10_000);
    let closed = |who| format!("{who}< ERROR :Closing link: Registration timed out");
    assert_eq!(town.take_seen(), [closed("ada"), closed("bob")]);
}

#[test]
fn a_line_may_come_in_pieces() {
    let mut town = Town::new();
    town.sign_on("ada", "");
    for byte in b"PING one\r\nping two\nPI" {
        town.feed("ada", &[*byte]);
    }
    let pong = |token| format!("ada< :irc.example PONG irc.example :{token}");
    assert_eq!(town.take_seen(), [pong("one"), pong("two")]);
}
