//! Events, answers and refusals, in words.

use super::{LOBBY, NOW, OPS, facts, in_two, inside, person};
use crate::bounds::{DRAW_BYTES, LINE_NAMES_MAX};
use crate::door::Hearing;
use crate::line::{LineDoor, render};
use crate::queue::{Content, Found, NotFound};
use parlor_hub::answer::{ChannelLine, ModesAre, Names, WhoAre, WhoRow, WhoisIs, WhyHistory};
use parlor_hub::change::{Kept, MessageKind, StoredMessage, Target, Topic};
use parlor_hub::event::{ChannelRef, ModeShown};
use parlor_hub::id::{AccountId, ChannelId, MessageId, Millis};
use parlor_hub::modes::{ChannelFlags, ListKind, Ranks};
use parlor_hub::{Answer, Event};
use std::sync::Arc;

/// What ada hears, who is in both channels and looks at the lobby; `-` for nothing.
fn heard_by(door: &LineDoor, event: &Event, own: bool) -> String {
    let hearing = Hearing::of(event, None, false);
    let hearing = if own { hearing.own() } else { hearing };
    let Some(view) = door.dialect(&hearing) else { return "-".to_owned() };
    let mut out = Vec::new();
    render(view, event, NOW, &facts(), &mut out);
    String::from_utf8(out).expect("text").trim_end_matches('\n').to_owned()
}

#[track_caller]
fn hears(event: &Event, expected: &str) {
    assert_eq!(heard_by(&in_two(), event, false), expected, "{event:?}");
}

#[track_caller]
fn hears_own(event: &Event, expected: &str) {
    assert_eq!(heard_by(&in_two(), event, true), expected, "{event:?}");
}

fn stored(from: &str, to: &str, text: &str, at: Millis) -> StoredMessage {
    let target = if to.contains('#') {
        Target::Channel(LOBBY)
    } else {
        Target::Pair(AccountId(1), AccountId(2))
    };
    StoredMessage {
        id: MessageId { epoch: 1, seq: 1, n: 0 },
        target,
        at,
        from: person(from),
        author: None,
        to: to.into(),
        kind: MessageKind::Privmsg,
        text: text.into(),
        tags: None,
        edit: None,
    }
}

fn message(from: &str, to: &str, text: &str) -> Event {
    let channel = match to.trim_start_matches('@') {
        "#lobby" => Some(LOBBY),
        "#ops" => Some(OPS),
        _ => None,
    };
    let message = Arc::new(stored(from, to.trim_start_matches('@'), text, NOW));
    Event::Message { message, to: to.into(), channel, tags: None, operator: false }
}

fn notice(from: &str, to: &str, text: &str) -> Event {
    let Event::Message { message, to, channel, tags, operator } = message(from, to, text) else {
        unreachable!("a message")
    };
    let message = Arc::new(StoredMessage { kind: MessageKind::Notice, ..(*message).clone() });
    Event::Message { message, to, channel, tags, operator }
}

fn channel(id: ChannelId) -> ChannelRef {
    let name = if id == LOBBY { "#lobby" } else { "#ops" };
    ChannelRef { id, name: name.into() }
}

#[test]
fn what_is_said() {
    hears(&message("bob", "#lobby", "hello"), "<bob> hello");
    hears(&message("bob", "#ops", "hello"), "#ops <bob> hello");
    hears(&message("bob", "ada", "hello"), "[bob] hello");
    hears(&message("bob", "#lobby", "\x01ACTION waves\x01"), "* bob waves");
    hears(&message("bob", "#ops", "\x01ACTION waves\x01"), "#ops * bob waves");
    hears(&message("bob", "ada", "\x01ACTION waves\x01"), "[* bob waves]");
    hears(&message("bob", "ada", "\x01VERSION\x01"), "-");
    hears(&message("bob", "@#lobby", "quietly"), "<bob to @#lobby> quietly");
    hears(&notice("bob", "#lobby", "beep"), "-bob- beep");
    hears(&notice("bob", "ada", "beep"), "[-bob-] beep");
    hears_own(&message("ada", "#lobby", "hello"), "-");
    hears_own(&message("ada", "bob", "hello"), "-");
    // What one says to oneself comes back as it comes to any recipient.
    hears_own(&message("ada", "ada", "hello"), "-");
    hears(&message("ada", "ada", "hello"), "[ada] hello");
}

#[test]
fn nobody_paints_anothers_terminal() {
    hears(&message("bob", "#lobby", "\x1b[2J\x034red\x0f \x07"), "<bob> red \u{fffd}");
    let topic =
        Event::Topic { by: person("bob"), channel: channel(LOBBY), text: "\x1bcx\n".into() };
    hears(&topic, "* bob set the topic: x ");
    let quit = Event::Quit { who: person("bob"), reason: "\r\n<ada> forged".into() };
    hears(&quit, "* bob is gone (  <ada> forged)");
}

#[test]
fn who_comes_and_goes() {
    let (who, reason) = (person("bob"), Some("lunch".into()));
    let joined =
        |id| Event::Joined { who: person("bob"), realname: "Bob".into(), channel: channel(id) };
    hears(&joined(LOBBY), "* bob joined");
    hears(&joined(OPS), "#ops * bob joined");
    hears_own(&joined(OPS), "-");
    let parted = Event::Parted { who: Arc::clone(&who), channel: channel(LOBBY), reason };
    hears(&parted, "* bob left (lunch)");
    hears_own(&parted, "-");
    let quit = |reason: &str| Event::Quit { who: person("bob"), reason: reason.into() };
    hears(&quit("Quit: bye"), "* bob is gone (Quit: bye)");
    hears(&quit(""), "* bob is gone");
    hears(&Event::Renamed { who: Arc::clone(&who), nick: "carl".into() }, "* bob is now carl");
    hears(&Event::HostChanged { who: Arc::clone(&who), host: "a.example".into() }, "-");
    // The route came first: ada has the new nick already.
    hears_own(&Event::Renamed { who, nick: "ada".into() }, "* You are now ada");
}

#[test]
fn who_is_put_out_or_asked_in() {
    let kick = |by: &str, nick: &str, reason: &str| Event::Kicked {
        by: person(by),
        nick: nick.into(),
        channel: channel(OPS),
        reason: reason.into(),
    };
    hears(&kick("bob", "carl", "loud"), "#ops * bob kicked carl (loud)");
    hears(&kick("bob", "carl", "bob"), "#ops * bob kicked carl");
    hears(&kick("bob", "ada", "loud"), "* bob put you out of #ops (loud)");
    hears_own(&kick("ada", "carl", "loud"), "#ops * You kicked carl (loud)");
    let invited = Event::Invited {
        by: person("bob"),
        nick: "ada".into(),
        channel: ChannelRef { id: ChannelId(9), name: "#x".into() },
    };
    hears(&invited, "* bob invites you to #x: /join #x");
}

#[test]
fn how_a_channel_is_kept() {
    let modes = |by: Option<&str>, changes: &[(bool, char, &str)]| Event::Modes {
        by: by.map(person),
        channel: channel(LOBBY),
        changes: changes
            .iter()
            .map(|(set, letter, about)| ModeShown {
                set: *set,
                letter: *letter,
                parameter: (!about.is_empty()).then(|| (*about).into()),
            })
            .collect(),
    };
    hears(
        &modes(Some("bob"), &[(true, 'o', "carl"), (false, 'v', "dan")]),
        "* bob made carl an operator\n* bob took the voice from dan",
    );
    hears(&modes(None, &[(true, 'q', "bob")]), "* bob is a founder now");
    hears(&modes(None, &[(true, 'v', "ada")]), "* You have a voice now");
    hears_own(&modes(None, &[(true, 'q', "ada")]), "* You are a founder now");
    hears(&modes(Some("bob"), &[(true, 'o', "ada")]), "* bob made you an operator");
    hears_own(
        &modes(Some("ada"), &[(false, 'o', "ada")]),
        "* You took the operator's rank from ada",
    );
    hears(&modes(Some("bob"), &[(true, 'b', "carl!*@*")]), "* bob banned carl");
    hears(&modes(Some("bob"), &[(true, 'l', "5")]), "* bob limited the channel to 5 people");
    hears_own(
        &modes(Some("ada"), &[(true, 't', "")]),
        "* You let only operators set the topic (+t)",
    );
    let letters = "qaohvimnstkbeIl";
    for (letter, set) in letters.chars().flat_map(|letter| [(letter, true), (letter, false)]) {
        let words = heard_by(&in_two(), &modes(Some("bob"), &[(set, letter, "x")]), false);
        assert!(!words.contains("set mode"), "{letter} has no words");
    }
    let topic =
        |text: &str| Event::Topic { by: person("bob"), channel: channel(LOBBY), text: text.into() };
    hears(&topic("cats"), "* bob set the topic: cats");
    hears(&topic(""), "* bob cleared the topic");
    hears_own(&topic("cats"), "* You set the topic: cats");
}

/// All of what ada reads of something, drawn in pieces.
fn drawn(door: &LineDoor, content: &Content) -> String {
    let (mut all, mut from) = (Vec::new(), 0);
    loop {
        let mut out = Vec::new();
        let next = door.draw(content, from, NOW, &facts(), &mut out);
        assert!(out.len() < DRAW_BYTES + 1024, "a piece is about as large as it should be");
        all.extend(out);
        match next {
            Some(next) => from = next,
            None => return String::from_utf8(all).expect("text"),
        }
    }
}

#[track_caller]
fn answers(answer: Answer, expected: &str) {
    assert_eq!(drawn(&inside(), &Content::Answer(answer)), expected);
}

fn names(members: &[(&str, Ranks)]) -> Answer {
    let members = members.iter().map(|(nick, ranks)| (person(nick), *ranks)).collect();
    Answer::Names(Arc::new(Names {
        channel: "#lobby".into(),
        secret: false,
        on_joining: false,
        members,
    }))
}

#[test]
fn who_is_there() {
    let (op, none) = (Ranks::OPERATOR, Ranks::none());
    answers(names(&[("ada", none)]), "* #lobby: only you.\n");
    answers(names(&[("bob", op), ("ada", none)]), "* #lobby: @bob and you.\n");
    answers(
        names(&[("bob", Ranks::VOICE), ("ada", op), ("carl", none)]),
        "* #lobby: +bob, carl and @you.\n",
    );
    answers(names(&[("bob", none)]), "* #lobby: bob.\n");
    answers(Answer::NamesEnd("#x".into()), "* There is no #x that you can see.\n");
    let many: Vec<String> = (0..1000).map(|n| format!("p{n}")).collect();
    let many: Vec<(&str, Ranks)> = many.iter().map(|nick| (&**nick, none)).collect();
    let text = drawn(&inside(), &Content::Answer(names(&many)));
    assert!(text.ends_with(&format!(" and {} more (/who lists all).\n", 1000 - LINE_NAMES_MAX)));
    let here = drawn(&in_two(), &Content::Answer(names(&[("ada", none)])));
    assert_eq!(here, "* #lobby: only you. What you type goes to #lobby now.\n");
}

#[test]
fn what_there_is_to_know() {
    let row = |nick: &str, away, idle_ms| WhoRow {
        address: None,
        channel: Some(("#lobby".into(), Ranks::OPERATOR)),
        person: person(nick),
        realname: "".into(),
        away,
        operator: false,
        idle_ms,
    };
    let rows = vec![row("bob", true, 300_000), row("carl", false, 0)];
    answers(
        Answer::Who(Arc::new(WhoAre { asked: "#lobby".into(), fields: None, rows })),
        "* 2 people are in #lobby:\n  @bob  ~line@192.0.2.7, away, silent for 5 minutes\n  \
         @carl  ~line@192.0.2.7\n",
    );
    answers(
        Answer::Whois(Box::new(WhoisIs {
            person: person("bob"),
            realname: "at a terminal".into(),
            channels: vec![("#lobby".into(), Ranks::VOICE), ("#ops".into(), Ranks::none())],
            away: Some("lunch".into()),
            operator: true,
            secure: true,
            certificates: Vec::new(),
            flags: None,
            idle_ms: 7_200_000,
            peers: vec![Arc::new(facts().peer([10, 0, 0, 1].into(), None))],
            signed_on_at: NOW - 86_400_000,
        })),
        "* bob is ~line@192.0.2.7 (at a terminal)\n  really at 10.0.0.1\n  not logged in\n  a server operator\n  \
         by secure connections only\n  in +#lobby and #ops\n  away: lunch\n  here since 2026-11-21 14:02, silent for 2 hours\n",
    );
    let topic = Topic { text: "cats".into(), by: "bob!~b@h".into(), at: NOW };
    answers(Answer::Topic("#lobby".into(), Some(topic)), "* #lobby is about: cats (bob, 14:02)\n");
    answers(
        Answer::Modes(Box::new(ModesAre {
            channel: "#ops".into(),
            flags: ChannelFlags::INVITE_ONLY,
            registered: true,
            limit: Some(5),
            forward: None,
            rejoin_s: None,
            key: Some(None),
            made_at: NOW,
        })),
        "* #ops: kept for ever (+r); only the invited come in (+i); it takes a key (+k); 5 people at \
         most (+l).\n",
    );
    answers(Answer::Masks("#ops".into(), ListKind::Ban, vec![]), "* Nobody is banned from #ops.\n");
}

#[test]
fn long_lists_come_in_pieces_and_whole() {
    let lines = (0..1000).map(|n| ChannelLine {
        name: format!("#c{n}").into(),
        members: n,
        topic: "x".repeat(300).into(),
    });
    let text = drawn(&inside(), &Content::Answer(Answer::Channels(lines.collect())));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((lines.len(), lines[0]), (202, "* 1000 channels:"));
    assert!(lines[1].starts_with("  #c999  999 people  xxx"));
    assert!(lines[200].starts_with("  #c800  "));
    assert!(lines[201].starts_with("* ... and 800 more."));
}

#[test]
fn what_was_said_before() {
    let found = |with: Option<&str>, why, messages: Result<Vec<StoredMessage>, NotFound>| {
        let with = with.map(Into::into);
        let rows = messages.map(|messages| messages.into_iter().map(Kept::Message).collect());
        Content::Found(Found { with, why, span: None, rows, missing: vec![], number: 1, part: 0 })
    };
    let (joined, asked) = (WhyHistory::Joined, WhyHistory::Asked);
    let day_ms = 86_400_000;
    let messages = || {
        vec![
            stored("bob", "#lobby", "old", NOW - day_ms),
            stored("bob", "#lobby", "\x01ACTION waves\x01", NOW),
        ]
    };
    assert_eq!(
        drawn(&inside(), &found(Some("#lobby"), joined, Ok(messages()))),
        "* Earlier in #lobby, the last 2 lines:\n[2026-11-21 14:02] <bob> old\n[14:02] * bob waves\n\
         * That was before; it is 14:02 now.\n"
    );
    assert_eq!(drawn(&inside(), &found(Some("#lobby"), joined, Ok(vec![]))), "");
    assert_eq!(
        drawn(&inside(), &found(Some("bob"), asked, Ok(vec![]))),
        "* Nothing is kept of bob yet.\n"
    );
    assert_eq!(
        drawn(&inside(), &found(None, asked, Ok(messages()))),
        "* Found 2 lines:\n[2026-11-21 14:02] #lobby <bob> old\n[14:02] #lobby * bob waves\n"
    );
    assert_eq!(drawn(&inside(), &found(None, asked, Ok(vec![]))), "* Nothing found.\n");
    let unreadable = found(None, asked, Err(NotFound::Unreadable));
    assert!(drawn(&inside(), &unreadable).contains("try again"));
    let many = (0..1000).map(|n| stored("bob", "#lobby", &format!("line {n}"), NOW)).collect();
    let text = drawn(&inside(), &found(Some("#lobby"), asked, Ok(many)));
    assert_eq!(text.lines().count(), 1002);
}

#[test]
fn the_last_words() {
    let last = |reason| {
        let mut out = Vec::new();
        inside().farewell(reason, &mut out);
        String::from_utf8_lossy(&out).into_owned()
    };
    assert_eq!(last("Quit: bye"), "* Goodbye.\n");
    assert_eq!(last("You stopped reading"), "* Goodbye: You stopped reading.\n");
}
