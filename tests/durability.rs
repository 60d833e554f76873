//! Whatever anyone has seen survives `kill -9`, and SIGTERM under load: it is in the history afterwards,
//! once, in order, and no message id is ever given twice.

mod support;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::{Duration, Instant};
use support::history::{CAPABILITIES, Message, history};
use support::{PATIENCE, Person, Server};

const ROUNDS: usize = 5;
/// Messages that a watcher sees before the server is stopped.
const SEEN_BEFORE_STOP: usize = 3000;
/// Writers at each door.
const WRITERS: usize = 3;
/// Lines that a writer sends at a time.
const BURST: usize = 8;
/// Lines that writers may be ahead of a watcher: enough to be under way when the server is stopped, and far fewer than
/// would have it put the watcher out for reading slowly.
const AHEAD: usize = 4000;

#[test]
fn what_was_seen_before_a_kill_is_in_the_history_once_and_in_order() {
    stopped_under_load(Server::kill);
}

#[test]
fn what_was_seen_before_sigterm_is_in_the_history_once_and_in_order() {
    stopped_under_load(|server| {
        server.stop();
        let tail = fs::read(server.data.path().join("data/parlor.tail")).expect("a tail");
        assert!(tail.iter().all(|byte| *byte == 0), "the database has everything");
    });
}

fn stopped_under_load(stop: impl Fn(&mut Server)) {
    let mut server = Server::start();
    let mut given = Given::default();
    for round in 0..ROUNDS {
        let seen = seen_until_stopped(&mut server, round, &stop);
        server.start_again();
        let history = history(&server, "#lobby");
        given.note(&history);
        is_in_order(&history);
        for witness in &seen {
            match witness {
                Seen::Irc(messages) => {
                    given.note(messages);
                    is_contiguous(messages, &history);
                }
                Seen::Line(nick, lines) => {
                    // At a terminal one's own words stand there already.
                    let others = history.iter().filter(|message| message.from != *nick);
                    let told = others.map(|m| format!("<{}> {}", m.from, m.text));
                    is_contiguous(lines, &told.collect::<Vec<_>>());
                }
            }
        }
    }
    assert!(given.0.len() >= ROUNDS * SEEN_BEFORE_STOP);
    eprintln!("stopped {ROUNDS} times, {} messages", given.0.len());
}

/// What one client saw of the conversation.
enum Seen {
    Irc(Vec<Message>),
    Line(String, Vec<String>),
}

/// Writers and watchers at both doors, until a watcher has seen enough.
fn seen_until_stopped(server: &mut Server, round: usize, stop: impl Fn(&mut Server)) -> Vec<Seen> {
    let (seen, said) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let by_irc: Vec<_> =
        (0..WRITERS).map(|number| enter(server, &format!("irc-{number}"))).collect();
    let by_line: Vec<_> = (0..WRITERS)
        .map(|number| format!("line-{number}"))
        .map(|nick| (server.line(&nick), nick))
        .collect();
    let mut clients = vec![
        watch_irc(enter(server, "watcher"), Arc::clone(&seen)),
        watch_irc(enter(server, "other-watcher"), Arc::default()),
        watch_line(server.line("reader"), "reader".into()),
    ];
    let mut writers = Vec::new();
    let mut write = |person: &Person, prefix| {
        let counts = (Arc::clone(&said), Arc::clone(&seen));
        writers.push(write(person, prefix, counts));
    };
    for (number, person) in by_irc.into_iter().enumerate() {
        write(&person, format!("PRIVMSG #lobby :{round} irc-{number}"));
        clients.push(watch_irc(person, Arc::default()));
    }
    for (person, nick) in by_line {
        write(&person, format!("{round} {nick}"));
        clients.push(watch_line(person, nick));
    }
    let until = Instant::now() + PATIENCE;
    while seen.load(Ordering::Relaxed) < SEEN_BEFORE_STOP {
        assert!(Instant::now() < until, "the watcher saw too little");
        sleep(Duration::from_millis(1));
    }
    stop(server);
    // Nobody waits for the watcher any more.
    seen.store(usize::MAX / 2, Ordering::Relaxed);
    for writer in writers {
        writer.join().expect("a writer");
    }
    clients.into_iter().map(|client| client.join().expect("a client")).collect()
}

fn enter(server: &Server, nick: &str) -> Person {
    let mut person = server.irc_with(nick, CAPABILITIES);
    person.say("JOIN #lobby");
    person.sees(" 366 ");
    person
}

/// Says numbered lines until the connection ends, not too far ahead of what was seen.
fn write(
    person: &Person,
    prefix: String,
    (said, seen): (Arc<AtomicUsize>, Arc<AtomicUsize>),
) -> JoinHandle<()> {
    let mut stream = person.stream.try_clone().expect("a second handle");
    spawn(move || {
        for burst in 0.. {
            let until = said.fetch_add(BURST, Ordering::Relaxed);
            while until > seen.load(Ordering::Relaxed) + AHEAD {
                sleep(Duration::from_millis(1));
            }
            let lines = (burst * BURST..(burst + 1) * BURST).map(|n| format!("{prefix} {n}\r\n"));
            if stream.write_all(lines.collect::<String>().as_bytes()).is_err() {
                return;
            }
        }
    })
}

fn watch_irc(mut person: Person, count: Arc<AtomicUsize>) -> JoinHandle<Seen> {
    spawn(move || {
        let mut messages = Vec::new();
        while let Some(line) = person.next_line() {
            // What is shown of earlier on joining is in a batch.
            if let Some(message) =
                Message::read(&line, "#lobby").filter(|_| !line.contains("batch="))
            {
                messages.push(message);
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
        Seen::Irc(messages)
    })
}

fn watch_line(mut person: Person, nick: String) -> JoinHandle<Seen> {
    spawn(move || {
        // What is shown of earlier on joining has its time in front.
        while person.next_line().is_some() {}
        let said = person.seen.into_iter().filter(|line| line.starts_with('<'));
        Seen::Line(nick, said.collect())
    })
}

/// What was seen is a piece of the history without a gap.
fn is_contiguous<T: PartialEq + std::fmt::Debug>(seen: &[T], history: &[T]) {
    let Some(first) = seen.first() else { return };
    let start = history.iter().position(|row| row == first);
    let start = start.unwrap_or_else(|| panic!("{first:?} was seen and is not in the history"));
    for (place, message) in seen.iter().enumerate() {
        assert_eq!(Some(message), history.get(start + place), "after {place} others");
    }
}

/// Each writer's messages are there in the order sent, without a gap.
fn is_in_order(history: &[Message]) {
    let mut next: HashMap<&str, usize> = HashMap::new();
    let ids: HashSet<&str> = history.iter().map(|message| &*message.id).collect();
    assert_eq!(ids.len(), history.len(), "an id stands twice in the history");
    for message in history {
        let (writer, number) = message.text.rsplit_once(' ').expect("a numbered message");
        let next = next.entry(writer).or_default();
        assert_eq!(number.parse(), Ok(*next), "{writer}");
        *next += 1;
    }
}

/// Every message id ever seen, and what it was given to.
#[derive(Default)]
struct Given(HashMap<String, Message>);

impl Given {
    fn note(&mut self, messages: &[Message]) {
        for message in messages {
            let known = self.0.entry(message.id.clone()).or_insert_with(|| message.clone());
            assert_eq!(known, message, "one id for two messages");
        }
    }
}
