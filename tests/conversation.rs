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
    let server = Server::start();
    let mut watcher = server.irc("watcher");
    watcher.say("JOIN #lobby");
    watcher.settles();
    let mut reader = server.line("reader");
    watcher.sees("JOIN");
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
    let by_irc = words(&mut watcher);
    let by_line = words(&mut reader);
    assert_eq!(by_irc, by_line);
    for n in 0..4 {
        let own: Vec<_> = by_irc.iter().filter(|w| w.starts_with(&format!("word {n} "))).collect();
        let sent: Vec<_> = (0..50).map(|count| format!("word {n} {count}")).collect();
        assert!(own.iter().copied().eq(sent.iter()), "speaker {n} was reordered: {own:?}");
    }
    drop(speakers);
}
