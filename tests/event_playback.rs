//! Pages of history with what happened beside what was said (draft/event-playback): to whoever takes that, what
//! everybody saw then, after `kill -9` too.

mod support;

use support::history::tag;
use support::{Person, Server};

const CAPABILITIES: &str = "message-tags server-time batch draft/chathistory";

#[test]
fn what_happened_is_played_to_who_was_away_as_it_was_seen() {
    let mut server = Server::start();
    // With an account: the channel waits for her.
    let mut ada = server.irc_with("ada", "message-tags");
    ada.say("REGISTER * * pw");
    ada.sees("REGISTER SUCCESS");
    ada.say("JOIN #den");
    ada.sees(" 366 ");
    let mut bob = server.irc("bob");
    bob.say("JOIN #den");
    ada.sees(" JOIN #den");
    for line in ["TOPIC #den :tea", "MODE #den +v bob", "PRIVMSG #den :hello"] {
        ada.say(line);
    }
    bob.sees("PRIVMSG #den :hello");
    bob.say("NICK rob");
    bob.sees(" NICK ");
    bob.say("PART #den :so long");
    ada.sees("PART #den");
    let seen_then: Vec<_> = ada.seen.iter().filter_map(|line| with_id(line)).collect();
    assert_eq!(seen_then.len(), 6, "all but her own message: {seen_then:#?}");
    server.kill();
    server.start_again();

    let mut eve = server.irc_with("eve", &format!("{CAPABILITIES} draft/event-playback"));
    let played = page(&mut eve, 50);
    let told = [
        ":ada!~ada@127.0.0.1 JOIN #den",
        ":bob!~bob@127.0.0.1 JOIN #den",
        ":ada!~ada@127.0.0.1 TOPIC #den :tea",
        ":ada!~ada@127.0.0.1 MODE #den +v bob",
        ":ada!~ada@127.0.0.1 PRIVMSG #den :hello",
        ":bob!~bob@127.0.0.1 NICK rob",
        ":rob!~bob@127.0.0.1 PART #den :so long",
    ];
    let lines: Vec<_> = played.iter().map(|(_, line)| &**line).collect();
    assert_eq!(&lines[..told.len()], told);
    assert!(seen_then.iter().all(|seen| played.contains(seen)), "with the ids they had");
    // What happened is a point in the history, as what was said is.
    let (topic, _) = &played[2];
    eve.say(&format!("CHATHISTORY AFTER #den msgid={topic} 2"));
    let lines: Vec<_> = batch(&mut eve).into_iter().map(|(_, line)| line).collect();
    assert_eq!(lines, told[3..5]);

    let mut old = server.irc_with("old", CAPABILITIES);
    let lines: Vec<_> = page(&mut old, 1).into_iter().map(|(_, line)| line).collect();
    assert_eq!(lines, [told[4]], "and who does not take it has a page of messages");
}

/// The last of what there is to be played in the channel, to somebody who comes in for it.
fn page(person: &mut Person, limit: u32) -> Vec<(String, String)> {
    person.say("JOIN #den");
    person.sees(" 366 ");
    person.say(&format!("CHATHISTORY LATEST #den * {limit}"));
    batch(person)
}

fn batch(person: &mut Person) -> Vec<(String, String)> {
    person.sees(" chathistory #den");
    let rows = std::iter::from_fn(|| person.next_line().filter(|line| !line.contains(" BATCH -")));
    rows.map(|line| with_id(&line).expect("a row with an id")).collect()
}

/// A line without its tags, and the id that it has among these.
fn with_id(line: &str) -> Option<(String, String)> {
    let (tags, rest) = line.strip_prefix('@')?.split_once(' ')?;
    Some((tag(tags, "msgid")?.to_owned(), rest.to_owned()))
}
