//! What a shard does in a turn, with real sockets.

use super::*;
use crate::config::Config;
use crate::core::Core;
use crate::{serve, tls};
use parlor_doors::Facts;
use parlor_doors::hall::{Guests, Node, Waits};
use parlor_hub::Durable;
use parlor_hub::id::SessionId;
use parlor_store::{Options, Store};
use rustls::{ClientConfig, ClientConnection, RootCertStore};
use socket2::SockRef;
use std::io::{Read, Write};
use std::iter;
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;
use tempfile::TempDir;

/// The first start of a server.
const INCARNATION: u32 = 1;

/// A shard with nobody at it, where it listens, the core that it speaks to, and the data that it reads.
fn shard(facts: Facts) -> (Shard, SocketAddr, Receiver<ToCore>, TempDir) {
    let data = tempfile::tempdir().unwrap();
    let mut config = Config::default();
    config.server.data = data.path().to_owned();
    Store::open(data.path(), Options::default()).unwrap();
    let (shards, inboxes) = serve::ways_to_shards(1).unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let (to_core, core) = channel();
    let node = Node { number: 0, incarnation: INCARNATION };
    let doorkeeper = Doorkeeper::new(INCARNATION, 1, 100, config.connection_limits());
    let parts = ShardParts {
        number: 0,
        hall: Hall::new(Arc::new(facts), node, Guests::of(0, 1)),
        listeners: vec![(listener, Listen::at(address))],
        inbox: inboxes.into_iter().next().unwrap(),
        core: CoreOf::All(WayToCore::Thread(to_core)),
        hashers: Hashers::start(&shards).unwrap().0,
        readers: Readers::start(data.path(), &shards).unwrap().0,
        status: Arc::default(),
        doorkeeper: Arc::new(doorkeeper),
        identity: Arc::new(tls::load(&config).unwrap()),
    };
    (Shard::new(parts).unwrap(), address, core, data)
}

/// Waits until something is to be read of so many.
fn readable(shard: &mut Shard, count: usize) -> Vec<Ready> {
    let (mut all, mut ready) = (Vec::new(), Vec::new());
    while all.len() < count {
        shard.inbox.readiness.wait(Duration::from_secs(10), &mut ready).unwrap();
        assert!(!ready.is_empty(), "waited in vain for more than {all:?}");
        all.extend(ready.drain(..).filter(|ready| ready.is_readable));
    }
    all
}

/// So many callers come in.
fn come(shard: &mut Shard, address: SocketAddr, count: usize) -> Vec<TcpStream> {
    let expected = shard.doorkeeper.connections() + count;
    let callers = (0..count).map(|_| TcpStream::connect(address).unwrap()).collect();
    while shard.doorkeeper.connections() < expected {
        let ready = readable(shard, 1);
        shard.turn(&ready);
    }
    callers
}

/// What they said is read as slowly as their rate wants, and nobody is kept for that who is gone.
#[test]
fn who_is_gone_while_they_are_held_back_is_let_go_at_once() {
    let slowly = Facts { commands_per_second: 1, command_burst: 5, ..Facts::default() };
    let (mut shard, address, _core, _data) = shard(slowly);
    let mut caller = come(&mut shard, address, 1).remove(0);
    caller.write_all(format!("NICK a\r\n{}", "PING a\r\n".repeat(100)).as_bytes()).unwrap();
    let ready = readable(&mut shard, 1);
    shard.turn(&ready);
    assert!(matches!(shard.hall.waits(0, clock::steady()), Waits::Until(_)));
    assert_eq!(shard.doorkeeper.connections(), 1);
    SockRef::from(&caller).set_linger(Some(Duration::ZERO)).unwrap();
    drop(caller);
    let ready = readable(&mut shard, 1);
    shard.turn(&ready);
    assert_eq!(shard.doorkeeper.connections(), 0);
}

#[test]
fn who_vanishes_is_missed_in_two_minutes() {
    let (mut shard, address, _core, _data) = shard(Facts::default());
    let _caller = come(&mut shard, address, 1);
    let socket = SockRef::from(&shard.connections.at(0).unwrap().link.stream);
    let after = socket.tcp_keepalive_time().unwrap();
    let probes = socket.tcp_keepalive_retries().unwrap();
    let gone_after = after + socket.tcp_keepalive_interval().unwrap() * probes;
    assert!(socket.keepalive().unwrap());
    assert_eq!(gone_after, Duration::from_secs(120));
}

#[test]
fn what_many_say_in_one_tick_is_one_hand_over() {
    let (mut shard, address, core, _data) = shard(Facts::default());
    let mut callers = come(&mut shard, address, 5);
    assert!(core.try_recv().is_err(), "nobody has said anything");

    for (number, caller) in callers.iter_mut().enumerate() {
        write!(caller, "NICK n{number}\r\nUSER n 0 * :n\r\n").unwrap();
    }
    let ready = readable(&mut shard, callers.len());
    shard.turn(&ready);
    let handed_over: Vec<_> = core.try_iter().collect();
    let [ToCore::Requests(requests)] = &handed_over[..] else { panic!("{handed_over:?}") };
    let mut by: Vec<_> = requests.iter().filter_map(submitted_by).collect();
    by.sort();
    let everyone: Vec<_> = (1..=5).map(|count| SessionId::new(INCARNATION, count)).collect();
    assert_eq!(by, everyone, "each signs on");
}

/// What a caller by TLS says first.
fn hello() -> Vec<u8> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let client = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap());
    let mut hello = Vec::new();
    client.unwrap().write_tls(&mut hello).unwrap();
    hello
}

/// How many callers were answered, once so many have been.
fn answered(callers: &[TcpStream], expected: usize) -> usize {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let has_bytes = |caller: &&TcpStream| caller.peek(&mut [0]).is_ok();
        let count = callers.iter().filter(has_bytes).count();
        if count >= expected || Instant::now() >= until {
            return count;
        }
    }
}

#[test]
fn who_is_here_waits_for_some_handshakes_and_not_for_a_storm_of_them() {
    let (mut shard, address, core, _data) = shard(Facts::default());
    let most = bounds::HANDSHAKES_PER_TURN_MAX;
    let mut ada = come(&mut shard, address, 1).remove(0);
    ada.write_all(b"NICK ada\r\n").unwrap();
    let ready = readable(&mut shard, 1);
    shard.turn(&ready);
    let mut by_tls = come(&mut shard, address, 2 * most);
    let hello = hello();
    for caller in &mut by_tls {
        caller.write_all(&hello).unwrap();
        caller.set_nonblocking(true).unwrap();
    }
    ada.write_all(b"USER ada 0 * :a\r\n").unwrap();

    let ready = readable(&mut shard, by_tls.len() + 1);
    shard.turn(&ready);
    assert_eq!(answered(&by_tls, most), most);
    let handed_on = core.try_iter().count();
    assert_eq!(handed_on, 1, "she signs on");
    assert_eq!(shard.until_due(), Duration::ZERO, "the others go on at once");
    shard.turn(&[]);
    assert_eq!(answered(&by_tls, 2 * most), 2 * most);
}

#[test]
fn a_shard_that_was_kept_from_its_work_writes_what_it_finds_in_pieces() {
    let (mut shard, address, requests, _data) = shard(Facts::default());
    let settings = Config::default().hub_settings();
    let mut core = Core::start(Durable::default(), settings, Arc::default());
    let mut ada = come(&mut shard, address, 1).remove(0);
    let mut say = |shard: &mut Shard, line: &str| {
        ada.write_all(line.as_bytes()).unwrap();
        let ready = readable(shard, 1);
        shard.turn(&ready);
        for requests in requests.try_iter() {
            core.take_in(requests);
        }
        core.turn().expect("something comes of it").outcomes
    };
    let signed_on = say(&mut shard, "NICK ada\r\nUSER ada 0 * :a\r\n");
    shard.release(&signed_on);
    shard.settle();
    let told = say(&mut shard, "PRIVMSG ada :to myself\r\n");
    let [.., told] = &told[..] else { panic!("nobody is told") };

    ada.set_nonblocking(true).unwrap();
    while ada.read(&mut [0; 4096]).is_ok() {}
    shard.release(iter::repeat_n(told, bounds::RELEASED_AT_ONCE - 1));
    assert!(ada.peek(&mut [0]).is_err(), "all of it is one write");
    shard.release([told]);
    assert_eq!(answered(&[ada], 1), 1, "and not more of it waits than she may let wait");
}

fn submitted_by(request: &Request) -> Option<SessionId> {
    match request {
        Request::Submit(origin, _) => Some(origin.session),
        _ => None,
    }
}
