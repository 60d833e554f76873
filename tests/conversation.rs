//! Two doors in one channel see the same conversation in the same order.

mod support;

use support::Server;

#[test]
fn a_line_client_and_an_irc_client_talk() {
    let server = Server::start();
    let mut grace = server.line("grace");
    let mut ada = server.irc("ada");
    ada.say("JOIN #lobby");
    grace.sees_next("* ada joined");
    grace.say("hello, ada");
    ada.sees(":grace!~line@127.0.0.1 PRIVMSG #lobby :hello, ada");
    ada.say("PRIVMSG #lobby :hello, grace");
    grace.sees_next("<ada> hello, grace");
    ada.say("QUIT :bye");
    grace.sees_next("* ada is gone (Quit: bye)");
}

#[test]
fn both_doors_see_one_order() {
    one_order(&Server::start(), 1);
}

#[test]
fn all_shards_are_one_server() {
    let server =
        Server::with(&[("PARLOR_SERVER_SHARDS", "3"), ("PARLOR_LIMITS_COMMANDS_PER_SECOND", "0")]);
    // As many that hardly all of them are on one shard.
    one_order(&server, 4);
    let mut ada = server.irc("ada");
    let mut others: Vec<_> = (0..6).map(|n| server.irc(&format!("other{n}"))).collect();
    for (n, other) in others.iter_mut().enumerate() {
        ada.say(&format!("PRIVMSG other{n} :to you alone"));
        other.sees(":ada!~ada@127.0.0.1 PRIVMSG other");
        other.say("PRIVMSG ada :heard");
        ada.sees(&format!(":other{n}!"));
        other.say("JOIN #lobby");
        other.settles();
    }
    ada.say("JOIN #lobby");
    ada.say("NICK lovelace");
    ada.say("QUIT :bye");
    for other in &mut others {
        other.sees(":ada!~ada@127.0.0.1 JOIN #lobby");
        other.sees(":ada!~ada@127.0.0.1 NICK lovelace");
        other.sees(":lovelace!~ada@127.0.0.1 QUIT :Quit: bye");
    }
}

/// Speakers speak at once, and readers by IRC and by lines see what they say in one order.
fn one_order(server: &Server, readers: usize) {
    let mut by_irc: Vec<_> = (0..readers).map(|n| server.irc(&format!("watcher{n}"))).collect();
    for watcher in &mut by_irc {
        watcher.say("JOIN #lobby");
        watcher.settles();
    }
    let mut by_line: Vec<_> = (0..readers).map(|n| server.line(&format!("reader{n}"))).collect();
    let speakers: Vec<_> = (0..4).map(|n| server.irc(&format!("speaker{n}"))).collect();
    let threads: Vec<_> = speakers
        .into_iter()
        .enumerate()
        .map(|(n, mut speaker)| {
            std::thread::spawn(move || {
                speaker.say("JOIN #lobby");
                for count in 0..50 {
                    speaker.say(&format!("PRIVMSG #lobby :word {n} {count}"));
                }
                speaker.settles();
                speaker
            })
        })
        .collect();
    let speakers: Vec<_> = threads.into_iter().map(|t| t.join().expect("a speaker")).collect();
    let words = |person: &mut support::Person| -> Vec<String> {
        (0..200)
            .map(|_| {
                let line = person.sees("word ");
                line[line.find("word ").expect("a word")..].to_owned()
            })
            .collect()
    };
    let seen: Vec<_> = by_irc.iter_mut().chain(&mut by_line).map(words).collect();
    for other in &seen[1..] {
        assert_eq!(*other, seen[0]);
    }
    for n in 0..4 {
        let start = format!("word {n} ");
        let own: Vec<_> = seen[0].iter().filter(|word| word.starts_with(&start)).collect();
        let sent: Vec<_> = (0..50).map(|count| format!("word {n} {count}")).collect();
        assert!(own.iter().copied().eq(sent.iter()), "speaker {n} was reordered: {own:?}");
    }
    drop(speakers);
}
