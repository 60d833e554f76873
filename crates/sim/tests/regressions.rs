//! What the simulator found, each as short as it can be told.

use parlor_doors::hall::{Caller, Guests, Node, PasswordDone, Request};
use parlor_doors::names::Casemapping;
use parlor_doors::{Facts, Hall};
use parlor_hub::change::Keys;
use parlor_hub::command::{Credential, Presence, Register, SignOn};
use parlor_hub::id::{AccountId, SessionId};
use parlor_hub::name::{ChannelName, Nick};
use parlor_hub::person::{Peer, Transport};
use parlor_hub::settings::Settings;
use parlor_hub::{Command, Durable, Entry, Event, Hub, Origin, Outcome, Step};
use std::sync::Arc;

/// A hub and a hall with one IRC client; what is between them moves when the test says so.
struct House {
    hub: Hub,
    hall: Hall,
    seat: usize,
    now: u64,
}

const SESSION: SessionId = SessionId(1 << 32 | 1);

impl House {
    fn new() -> Self {
        let lobby = ChannelName::parse("#lobby", Casemapping::Ascii).expect("a name");
        let facts = Facts {
            server: "irc.example".into(),
            network: "Example".into(),
            operators: vec![parlor_doors::Operator {
                name: "admin".into(),
                password: Some("phc".into()),
                certificate: None,
                grants: parlor_hub::modes::Grants::all(),
            }],
            ..Facts::default()
        };
        let operators = facts.operators.iter().map(parlor_doors::Operator::oper).collect();
        let mut hall =
            Hall::new(Arc::new(facts), Node { number: 0, incarnation: 1 }, Guests::of(0, 1));
        let seat = hall.arrive(Caller::new(SESSION, here()), 1000);
        let hub = Hub::start(
            Durable { epoch: 1, ..Durable::default() },
            Settings { operators, ..settings(lobby) },
        );
        Self { hub, hall, seat, now: 1000 }
    }

    /// With a client who has signed on.
    fn signed_on(caps: &str) -> Self {
        let mut house = Self::new();
        house.feed(&format!("CAP REQ :{caps}\r\nNICK ada\r\nUSER ada 0 * :Ada\r\nCAP END\r\n"));
        house.settle();
        house.take_seen();
        house
    }

    fn feed(&mut self, lines: &str) {
        self.hall.feed(self.seat, lines.as_bytes(), self.now);
    }

    fn requests(&mut self) -> Vec<Request> {
        self.hall.resumed(self.now, &mut Vec::new());
        self.hall.take_requests()
    }

    fn apply(&mut self, origin: Origin, command: Command) -> Outcome {
        let outcome = apply(&mut self.hub, origin, command);
        self.hub.check().expect("the invariants hold");
        outcome
    }

    /// Applies and releases everything that was asked.
    fn settle(&mut self) {
        for request in self.requests() {
            if let Request::Submit(origin, command) = request {
                let outcome = self.apply(origin, command);
                self.hall.release(&outcome, self.now);
            }
        }
    }

    fn in_flight(&self) -> u16 {
        self.hall.seated().map(|seated| seated.in_flight).sum()
    }

    /// The lines that the client reads.
    fn take_seen(&mut self) -> Vec<String> {
        let mut bytes = Vec::new();
        self.hall.flush(self.seat, self.now, |slices| {
            bytes.extend(slices.iter().flat_map(|slice| slice.iter()));
            Ok(slices.iter().map(|slice| slice.len()).sum())
        });
        String::from_utf8(bytes).expect("UTF-8").lines().map(str::to_owned).collect()
    }
}

fn settings(lobby: ChannelName) -> Settings {
    Settings { server: "irc.example".into(), lobby, ..Settings::default() }
}

fn apply(hub: &mut Hub, origin: Origin, command: Command) -> Outcome {
    hub.apply(Entry { seq: hub.seq() + 1, at: 1, origin, command })
}

fn origin(line: u32) -> Origin {
    Origin { node: 0, incarnation: 1, session: SESSION, line }
}

fn nick(name: &str) -> Nick {
    Nick::parse(name, Casemapping::Ascii).expect("a nick")
}

fn here() -> Peer {
    Facts::default().peer([10, 0, 0, 1].into(), None)
}

fn sign_on(name: &str) -> Command {
    Command::SignOn(Box::new(SignOn {
        nick: nick(name),
        or_next: false,
        username: "ada".into(),
        realname: "Ada".into(),
        peer: Arc::new(here()),
        transport: Transport::default(),
        account: None,
        presence: Presence::Unsaid,
        metadata: None,
    }))
}

#[test]
fn a_repeated_sign_on_made_a_person_of_a_connection_that_was_gone() {
    let mut hub = House::new().hub;
    apply(&mut hub, origin(1), sign_on("ada"));
    apply(&mut hub, origin(2), Command::Quit("bye".into()));
    let again = apply(&mut hub, origin(1), sign_on("ada"));
    assert!(again.repeated && again.steps.is_empty(), "{again:?}");
    assert_eq!(hub.people(), 0);
}

#[test]
fn a_repeated_entry_gave_its_session_credit_twice() {
    let mut house = House::signed_on("batch");
    house.feed("AWAY :a\r\nAWAY :b\r\n");
    let Some(Request::Submit(origin, command)) = house.requests().into_iter().next() else {
        panic!("a command")
    };
    for _ in 0..2 {
        let outcome = house.apply(origin, command.clone());
        house.hall.release(&outcome, 1000);
    }
    assert_eq!(house.in_flight(), 1);
}

#[test]
fn a_password_that_was_done_behind_the_end_signed_a_ghost_on() {
    let mut house = House::new();
    let name = nick("ada");
    apply(&mut house.hub, origin(1), sign_on("ada"));
    let register = registering(name);
    apply(&mut house.hub, origin(2), Command::Register(Box::new(register)));
    house.feed("PASS ada:secret\r\nNICK bob\r\nUSER bob 0 * :Bob\r\n");
    for request in house.requests() {
        if let Request::Ask(origin, query) = request {
            let outcome = house.hub.ask(origin, 1000, query);
            house.hall.release(&outcome, 1000);
        }
    }
    assert!(matches!(house.requests()[..], [Request::Hash(..)]));
    house.hall.hung_up(house.seat, "gone", 1000);
    house.hall.hashed(SESSION, PasswordDone::Verified(true), 1000);
    assert!(house.requests().is_empty() && house.hall.is_empty());
}

#[test]
fn a_password_that_was_done_let_a_pong_overtake_what_was_sent_before_it() {
    let mut house = House::signed_on("echo-message");
    house.feed("PRIVMSG ada :hello\r\nPING 1\r\nOPER admin wrong\r\n");
    let held = house.requests();
    house.hall.hashed(SESSION, PasswordDone::Verified(false), 1000);
    assert_eq!(house.take_seen(), [""; 0]);
    // What was said, and that the password was wrong.
    for request in held.into_iter().chain(house.requests()) {
        if let Request::Submit(origin, command) = request {
            let outcome = house.apply(origin, command);
            house.hall.release(&outcome, 1000);
        }
    }
    let seen = house.take_seen();
    assert!(seen[0].contains("hello") && seen[2].contains("PONG"), "{seen:?}");
    assert!(seen[3].contains(" 464 "), "{seen:?}");
}

#[test]
fn a_labelled_ping_took_the_label_of_the_line_before_it() {
    let mut house = House::signed_on("batch labeled-response");
    house.feed("@label=a PRIVMSG nobody :hello\r\n@label=b PING 1\r\n");
    house.settle();
    let seen = house.take_seen();
    assert!(seen[0].starts_with("@label=a :irc.example 401"), "{seen:?}");
    assert!(seen[1].starts_with("@label=b :irc.example PONG"), "{seen:?}");
}

#[test]
fn answers_came_behind_the_farewell_of_someone_who_was_put_out() {
    let mut house = House::signed_on("batch");
    house.feed("PRIVMSG nobody :hello\r\n");
    house.now += 200_000;
    house.hall.tick(house.now);
    house.settle();
    let seen = house.take_seen();
    assert!(seen.last().is_some_and(|line| line.starts_with("ERROR :Closing link: ")), "{seen:?}");
}

#[test]
fn logging_in_to_another_account_kept_the_nick_of_the_first() {
    let mut house = House::new();
    house.apply(origin(1), sign_on("ada"));
    let register = |name| registering(nick(name));
    house.apply(origin(2), Command::Register(Box::new(register("bob"))));
    house.apply(origin(3), Command::LogOut);
    house.apply(origin(4), Command::Register(Box::new(register("ada"))));
    let bob = Credential { account: AccountId(1), version: 1 };
    let steps = house.apply(origin(5), Command::LogIn(bob)).steps;
    let renamed = |step: &Step| matches!(step, Step::Tell(_, Event::Renamed { nick, .. }) if &**nick == "bob");
    assert!(steps.iter().any(renamed), "{steps:?}");
}

#[test]
fn a_channel_that_was_kept_lived_with_nobody_in_it_until_the_server_had_started() {
    let mut house = House::new();
    house.apply(origin(1), sign_on("ada"));
    let channel = ChannelName::parse("#a", Casemapping::Ascii).expect("a name");
    let joining =
        parlor_hub::command::Joining { channel: channel.clone(), key: None, follows: true };
    house.apply(origin(2), Command::Join(vec![joining]));
    let settings = settings(channel);
    let mut hub = Hub::start(house.hub.durable(), settings);
    hub.check().expect("kept for those who come back");
    apply(&mut hub, origin(1), sign_on("bob"));
    hub.check().expect("and still");
}

/// What is asked for a new account.
fn registering(name: Nick) -> Register {
    let keys = Keys { password: "phc".into(), scram: None };
    Register { name, keys, email: None, code: "code".into(), from: None }
}
