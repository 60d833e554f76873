//! A small town: a real hub and a real hall, without sockets. Transcripts say who sends and sees what.

mod reading;
mod written;

use parlor_doors::hall::{
    Caller, FoundRows, Gate, Guests, NewKeys, Node, NotFound, PasswordDone, PasswordWork, ReadWork,
    Request, Scram, Waits,
};
use parlor_doors::{Facts, Hall, Operator};
use parlor_hub::change::{Kept, Keys, StoredMessage, Target};
use parlor_hub::id::{AccountId, Millis, SessionId};
use parlor_hub::modes::Grants;
use parlor_hub::name::Text;
use parlor_hub::person::Fingerprint;
use parlor_hub::settings::Settings;
use parlor_hub::{Change, Command, Durable, Entry, Hub, Origin, Query};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// 2026-11-22T16:01:10.000Z.
pub const START: Millis = 1_795_363_270_000;

/// Plays a script and compares what comes of it.
///
/// A line of a script is one of these; all others are what somebody saw, and are compared:
///
/// - `+ada` or `+ada batch server-time`: ada signs on with these capabilities, and looks away until
///   she is welcomed.
/// - `++ada`: ada connects, and says nothing yet. `++ada TLS`: by TLS; `++ada TLS ab`: and shows a
///   certificate whose fingerprint is `abababab…`.
/// - `++ada GATEWAY`: ada connects from an address that is trusted.
/// - `ada> LINE`: ada sends a line; `ada>` is an empty one. `\x01` and `\r\n` mean what they
///   mean in Rust.
/// - `ada>> LINE`: ada sends a line, and everyone looks away from what comes of it.
/// - `~90000`: so many milliseconds pass.
///
/// Of an IRC client's welcome only its first line is compared, unless the script has more of it.
#[track_caller]
pub fn check(script: &str) {
    check_in(Town::new(), script);
}

/// As [`check`], in a town of its own.
#[track_caller]
pub fn check_in(mut town: Town, script: &str) {
    let expected: Vec<&str> = script.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let mut welcome = Welcome { is_told: script.contains(" 002 "), of: None };
    let mut seen = Vec::new();
    for line in &expected {
        if town.play(line) {
            seen.push((*line).to_owned());
            seen.extend(town.take_seen().into_iter().filter(|line| !welcome.is_of_it(line)));
        }
    }
    let (expected, seen) = (expected.join("\n"), seen.join("\n"));
    assert!(expected == seen, "expected:\n{expected}\n\nseen:\n{seen}\n");
}

/// Leaves out all but the first line of a welcome.
struct Welcome {
    is_told: bool,
    of: Option<String>,
}

impl Welcome {
    fn is_of_it(&mut self, line: &str) -> bool {
        let (name, line) = line.split_once("< ").unwrap_or_default();
        let code = line.split(' ').nth(1).unwrap_or_default();
        let is_of_it = !self.is_told && self.of.as_deref() == Some(name);
        match code {
            "001" => self.of = Some(name.to_owned()),
            "376" | "422" => self.of = None,
            _ => {}
        }
        is_of_it
    }
}

/// Of the server itself: its first line.
const SERVER: Origin = Origin { node: 0, incarnation: 0, session: SessionId::SERVER, line: 1 };

const NODE: Node = Node { number: 0, incarnation: 1 };

/// Everyone and everything.
pub struct Town {
    hub: Hub,
    hall: Hall,
    facts: Facts,
    now: Millis,
    server_lines: u32,
    connections: u32,
    /// What a store would hold, in its order.
    stored: Vec<(Target, Kept)>,
    /// Messages that a search looks at.
    pub looks: usize,
    /// Whether too much waits for readers already.
    pub are_readers_busy: bool,
    accounts: BTreeMap<AccountId, Text>,
    seats: BTreeMap<String, usize>,
    order: Vec<String>,
    /// How often a reader was asked for something.
    pub read: u32,
}

impl Town {
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// A town whose facts are not the usual ones.
    pub fn with(change: impl FnOnce(&mut Facts)) -> Self {
        let mut facts = Facts {
            server: "irc.example".into(),
            network: "Example".into(),
            description: "a Parlor server".into(),
            version: "parlor-0.1.0".into(),
            started_at: START,
            motd: vec!["Be kind.".into()],
            admin: "admin@example".into(),
            operators: vec![operator("admin", "secret", Grants::all())],
            ..Facts::default()
        };
        change(&mut facts);
        let settings = settings(&facts);
        let durable = Durable { epoch: 1, at: START, ..Durable::default() };
        let mut town = Self {
            hub: Hub::start(durable, settings.clone()),
            hall: Hall::new(Arc::new(facts.clone()), NODE, Guests::of(0, 1)),
            facts,
            now: START,
            server_lines: 1,
            connections: 0,
            stored: Vec::new(),
            looks: usize::MAX,
            are_readers_busy: false,
            accounts: BTreeMap::new(),
            seats: BTreeMap::new(),
            order: Vec::new(),
            read: 0,
        };
        town.apply(SERVER, Command::Configured(Box::new(settings)));
        town
    }

    /// The configuration is read again, and says something else.
    pub fn reload(&mut self, change: impl FnOnce(&mut Facts)) {
        change(&mut self.facts);
        self.hall.set_facts(Arc::new(self.facts.clone()), self.now);
        self.server_lines += 1;
        let settings = Box::new(settings(&self.facts));
        self.apply(Origin { line: self.server_lines, ..SERVER }, Command::Configured(settings));
    }

    /// The deadline that the hub named has passed.
    pub fn time_is_up(&mut self) {
        self.server_lines += 1;
        self.apply(Origin { line: self.server_lines, ..SERVER }, Command::Elapsed);
    }

    /// Plays a line of a script. `false`: it is not for playing.
    pub fn play(&mut self, line: &str) -> bool {
        if let Some(name) = line.strip_prefix("++") {
            let (name, is_trusted) =
                name.strip_suffix(" GATEWAY").map_or((name, false), |name| (name, true));
            let (name, tls) = name.split_once(" TLS").map_or((name, None), |(n, c)| (n, Some(c)));
            self.connect_by(name, is_trusted);
            if let Some(certificate) = tls {
                self.shake_hands(name, u8::from_str_radix(certificate.trim(), 16).ok().map(shown));
            }
        } else if let Some(who) = line.strip_prefix('+') {
            let (name, caps) = who.split_once(' ').unwrap_or((who, ""));
            self.sign_on(name, caps);
        } else if let Some(ms) = line.strip_prefix('~') {
            self.wait(ms.parse().expect("a number of milliseconds"));
        } else if let Some((name, line)) = line.split_once(">> ").filter(|(n, _)| self.knows(n)) {
            self.send(name, &unescaped(line));
            self.take_seen();
        } else if let Some((name, line)) = line.split_once("> ").filter(|(n, _)| self.knows(n)) {
            self.send(name, &unescaped(line));
        } else if let Some(name) = line.strip_suffix('>').filter(|n| self.knows(n)) {
            self.send(name, "");
        } else {
            return false;
        }
        true
    }

    fn knows(&self, name: &str) -> bool {
        self.seats.contains_key(name)
    }

    pub fn connect(&mut self, name: &str) {
        self.connect_by(name, false);
    }

    fn connect_by(&mut self, name: &str, is_trusted: bool) {
        self.connections += 1;
        let session = SessionId::new(NODE.incarnation, self.connections);
        let peer = self.facts.peer([10, 0, 0, self.connections as u8].into(), None);
        self.arrive(name, Caller { is_trusted, ..Caller::new(session, peer) });
    }

    /// Someone comes of whom this is known.
    pub fn arrive(&mut self, name: &str, caller: Caller) {
        self.arrive_at(name, Gate::default(), caller);
    }

    /// The same at a listener that does not let everyone in.
    pub fn arrive_at(&mut self, name: &str, gate: Gate, caller: Caller) {
        let seat = self.hall.arrive_at(gate, caller, self.now);
        self.seats.insert(name.to_owned(), seat);
        self.order.push(name.to_owned());
    }

    /// A TLS handshake that takes no time, in which a certificate is shown or not.
    pub fn shake_hands(&mut self, name: &str, certificate: Option<Fingerprint>) {
        assert!(self.hall.begin_handshake(self.seats[name]));
        self.hall.end_handshake(self.seats[name], certificate, self.now);
    }

    pub fn sign_on(&mut self, name: &str, caps: &str) {
        self.connect(name);
        if !caps.is_empty() {
            self.send(name, &format!("CAP REQ :{caps}"));
        }
        self.send(name, &format!("NICK {name}"));
        self.send(name, &format!("USER {name} 0 * :{name} of Example"));
        self.send(name, "CAP END");
        let seen = self.take_seen();
        assert!(seen.iter().any(|line| line.contains(" 001 ")), "{name} signs on: {seen:?}");
    }

    pub fn send(&mut self, name: &str, line: &str) {
        self.feed(name, format!("{line}\r\n").as_bytes());
    }

    pub fn feed(&mut self, name: &str, bytes: &[u8]) {
        self.hall.set_counts(0, self.hall.len());
        self.hall.feed(self.seats[name], bytes, self.now);
        self.run();
    }

    /// Whether the connection of one of them is to be dropped, and of nobody else.
    pub fn drops(&mut self, name: &str) -> bool {
        let mut over = Vec::new();
        self.hall.take_finished(&mut over);
        over == [self.seats[name]]
    }

    /// Time passes.
    pub fn wait(&mut self, ms: Millis) {
        self.now += ms;
        if self.hub.deadline().is_some_and(|deadline| self.now >= deadline) {
            self.time_is_up();
        }
        self.hall.tick(self.now);
    }

    /// Whether one of them is read more slowly now.
    pub fn is_over_the_rate(&self, name: &str) -> bool {
        let waits = self.hall.waits(self.seats[name], self.now);
        matches!(waits, Waits::Until(at) if at > self.now)
    }

    /// What everyone saw since the last time, in the order in which they came.
    pub fn take_seen(&mut self) -> Vec<String> {
        let mut seen = Vec::new();
        for name in self.order.clone() {
            let text = String::from_utf8(self.take_bytes(&name)).expect("UTF-8");
            // A line client who was greeted has not told yet how their lines end.
            let lines =
                text.split_terminator('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
            seen.extend(lines.map(|line| format!("{name}< {}", escaped(line)).trim().to_owned()));
        }
        seen
    }

    /// What channels are told from now on stands for itself.
    pub fn seal(&mut self) {
        self.hall.seal();
    }

    /// Whether the store fails to commit.
    pub fn set_failing(&mut self, failing: bool) {
        self.hall.set_failing(failing, self.now);
    }

    /// As [`Town::send`], and nothing comes of it before the next turn.
    pub fn hold(&mut self, name: &str, line: &str) {
        self.hold_bytes(name, format!("{line}\r\n").as_bytes());
    }

    /// As [`Town::feed`], in the same way.
    pub fn hold_bytes(&mut self, name: &str, bytes: &[u8]) {
        self.hall.feed(self.seats[name], bytes, self.now);
    }

    /// What one of them said waits to be read.
    pub fn note_unread(&mut self, name: &str) {
        self.hall.note_unread(self.seats[name]);
    }

    /// Whether one of them is not read before something has come back.
    pub fn must_wait(&self, name: &str) -> bool {
        self.hall.waits(self.seats[name], self.now) == Waits::Turn
    }

    /// Whether it is said that one of them may be read again.
    pub fn may_go_on(&mut self, name: &str) -> bool {
        let mut resumed = Vec::new();
        self.hall.resumed(self.now, &mut resumed);
        resumed.contains(&self.seats[name])
    }

    /// Does what the hall asks until it asks no more.
    fn run(&mut self) {
        while self.turn().is_some() {}
    }

    /// Does what the hall asks now, if it asks anything. Gives how many pieces of large looks were among it.
    pub fn turn(&mut self) -> Option<usize> {
        self.hall.resumed(self.now, &mut Vec::new());
        let requests = self.hall.take_requests();
        let is_piece = |request: &&Request| matches!(request, Request::Ask(_, Query::Scan(_)));
        let pieces = requests.iter().filter(is_piece).count();
        if requests.is_empty() {
            return None;
        }
        for request in requests {
            self.answer(request);
        }
        Some(pieces)
    }

    fn answer(&mut self, request: Request) {
        match request {
            Request::Submit(origin, command) => self.apply(origin, command),
            Request::Ask(origin, query) => {
                let outcome = self.hub.ask(origin, self.now, query);
                self.hall.release(&outcome, self.now);
            }
            Request::Hash(session, work) => {
                let done = match work {
                    PasswordWork::Unknown => PasswordDone::Verified(false),
                    PasswordWork::Verify { phc, password } => {
                        PasswordDone::Verified(*phc == *format!("phc:{password}"))
                    }
                    PasswordWork::New { password } => {
                        let scram = Some(format!("scram:{password}").into());
                        let keys = Keys { password: format!("phc:{password}").into(), scram };
                        PasswordDone::New(NewKeys { keys, code: "code".into() })
                    }
                    PasswordWork::ScramFirst { keys, message } => {
                        let nonce = message.rsplit_once("r=").map(|(_, nonce)| nonce.to_owned());
                        PasswordDone::Begun(nonce.map(|nonce| Scram {
                            keys,
                            challenge: format!("r={nonce}+,s=c2FsdA==,i=4096"),
                            first: message,
                        }))
                    }
                    // The proof of the town is the password.
                    PasswordWork::ScramFinal { scram, message } => {
                        let proof = message.rsplit_once(",p=").map(|(_, proof)| proof);
                        let key = scram.keys.strip_prefix("scram:");
                        PasswordDone::Proven((proof == key).then(|| "v=proof".into()))
                    }
                };
                self.hall.hashed(session, done, self.now);
            }
            Request::Count(..) => {}
            Request::Read(session, ticket, work) => {
                self.read += 1;
                let kept = |rows| FoundRows::Kept { rows, missing: Vec::new() };
                let found = match *work {
                    ReadWork::Page(_) | ReadWork::Search(_) if self.are_readers_busy => {
                        kept(Err(NotFound::Busy))
                    }
                    ReadWork::Page(page) => kept(self.page(&page)),
                    ReadWork::Look(look) => FoundRows::Message(Ok(self.look(&look))),
                    ReadWork::Search(search) => self.search(&search),
                    ReadWork::Playback(asked) => FoundRows::Played(self.playback(&asked)),
                    ReadWork::Targets(asked) => FoundRows::Targets(Ok(self.targets(&asked))),
                };
                self.hall.found(session, ticket, found, self.now);
            }
        }
    }

    fn apply(&mut self, origin: Origin, command: Command) {
        let entry = Entry { seq: self.hub.seq() + 1, at: self.now, origin, command };
        let outcome = self.hub.apply(entry);
        self.hub.check().expect("the invariants hold");
        for change in &outcome.changes {
            match change {
                Change::Message(message) => {
                    let kept = Kept::Message(StoredMessage::clone(message));
                    self.stored.push((message.target, kept));
                }
                Change::Happened(target, event) => {
                    self.stored.push((*target, Kept::Event(Box::new((**event).clone()))));
                }
                Change::Edited(edited) => {
                    let mut messages = self.stored.iter_mut().filter_map(|(_, kept)| match kept {
                        Kept::Message(message) => Some(message),
                        Kept::Event(_) => None,
                    });
                    if let Some(message) = messages.find(|message| message.id == edited.id) {
                        (message.text, message.edit) = (edited.text.clone(), Some(edited.edit));
                    }
                }
                Change::Redacted(id, _) => self.stored.retain(|(_, kept)| match kept {
                    Kept::Message(message) => message.id != *id,
                    Kept::Event(event) => event.id != *id && event.about != Some(*id),
                }),
                Change::Forgotten(account, upto) => {
                    self.stored.retain(|(_, kept)| {
                        let author = match kept {
                            Kept::Message(message) => message.author,
                            Kept::Event(event) => event.author,
                        };
                        author != Some(*account) || kept.id().seq > *upto
                    });
                }
                Change::Account(row) => {
                    self.accounts.insert(row.id, row.name.shown().clone());
                }
                _ => {}
            }
        }
        self.hall.release(&outcome, self.now);
    }
}

/// A fingerprint of which every byte is this.
fn shown(byte: u8) -> Fingerprint {
    Fingerprint([byte; 32])
}

fn escaped(line: &str) -> String {
    line.chars().fold(String::new(), |mut shown, c| {
        if c.is_control() {
            let _ = write!(shown, "\\x{:02x}", c as u32);
        } else {
            shown.push(c);
        }
        shown
    })
}

/// `\x1b` and `\r\n` as the bytes that they mean.
fn unescaped(line: &str) -> String {
    let line = line.replace("\\r\\n", "\r\n");
    let mut pieces = line.split("\\x");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_at(2);
        plain.push(char::from(u8::from_str_radix(code, 16).expect("two digits")));
        plain.push_str(rest);
    }
    plain
}

fn settings(facts: &Facts) -> Settings {
    Settings {
        server: "irc.example".into(),
        verification: facts.verification,
        operators: facts.operators.iter().map(Operator::oper).collect(),
        replay: 3,
        ..Settings::default()
    }
}

/// Someone who may OPER.
pub fn operator(name: &str, password: &str, grants: Grants) -> Operator {
    let password = Some(format!("phc:{password}").into());
    Operator { name: name.into(), password, certificate: None, grants }
}
