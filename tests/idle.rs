//! Fifteen thousand idle connections of each kind stay up, cost little memory, and announce nobody who said
//! nothing. Both ends are on this machine, but the server and the test have a descriptor limit each.

mod support;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use support::crowd::{Member, room_for, run};
use support::{Person, Server};
use tokio::task::JoinSet;

const WANTED: usize = 15_000;
/// With fewer than this nothing would be shown.
const CROWD_MIN: usize = 1_000;
/// Of one connection: those who are signed on take 1,230, and a buffer would add thousands.
const RESIDENT_BYTES_MAX: u64 = 2_000;
/// Connections that are made or read at once: well within the backlog.
const AT_ONCE: usize = 500;
/// Of so many one talks in the end.
const SAMPLE: usize = 1_000;
/// Several sweeps of the server, and several greetings.
const A_WHILE: Duration = Duration::from_secs(4);

/// One crowd at a time: the descriptor limit is the process's.
static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn callers_who_say_nothing_stay_and_are_nobody() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let server = Server::start();
    let mut bystander = bystander(&server);
    let before = server.resident_bytes();
    run(async {
        let mut callers = connect_all(&server).await;
        costs_little(&server, "silent", callers.len(), before);
        tokio::time::sleep(A_WHILE).await;
        for caller in &mut callers {
            caller.sees("Welcome").await;
            caller.sees("Press Enter").await;
        }
        costs_little(&server, "greeted", callers.len(), before);
        tokio::time::sleep(A_WHILE).await;
        has_heard_of_nobody(&mut bystander);
        for (number, caller) in callers.iter_mut().enumerate().step_by(SAMPLE) {
            caller.say(&format!("/nick caller{number}\r\nhello from caller{number}")).await;
            bystander.sees(&format!(":caller{number}!~line@127.0.0.1 JOIN "));
            bystander.sees(&format!("PRIVMSG #lobby :hello from caller{number}"));
        }
        drop(callers);
    });
    bystander.settles();
}

#[test]
fn callers_in_the_middle_of_their_first_word_stay_and_are_nobody() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let server = Server::start();
    let mut bystander = bystander(&server);
    let before = server.resident_bytes();
    run(async {
        let mut callers = connect_all(&server).await;
        for caller in &mut callers {
            tokio::io::AsyncWriteExt::write_all(&mut caller.writer, b"NIC").await.expect("open");
        }
        tokio::time::sleep(A_WHILE).await;
        costs_little(&server, "half a word", callers.len(), before);
        has_heard_of_nobody(&mut bystander);
        for (number, caller) in callers.iter_mut().enumerate().step_by(SAMPLE) {
            caller.say(&format!("K caller{number}\r\nUSER c 0 * :c\r\nJOIN #lobby")).await;
            caller.sees(" 366 ").await;
            bystander.sees(&format!(":caller{number}!~c@127.0.0.1 JOIN "));
        }
    });
}

#[test]
fn irc_clients_who_signed_on_and_say_nothing_stay() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let server = Server::start();
    let mut bystander = bystander(&server);
    let before = server.resident_bytes();
    run(async {
        let mut callers = connect_all(&server).await;
        for start in (0..callers.len()).step_by(AT_ONCE) {
            let end = callers.len().min(start + AT_ONCE);
            for (number, caller) in callers.iter_mut().enumerate().take(end).skip(start) {
                caller.say(&format!("NICK n{number}\r\nUSER n 0 * :n")).await;
            }
            for caller in &mut callers[start..end] {
                caller.sees(" 422 ").await;
            }
        }
        tokio::time::sleep(A_WHILE).await;
        costs_little(&server, "signed on over IRC", callers.len(), before);
        has_heard_of_nobody(&mut bystander);
        for (number, caller) in callers.iter_mut().enumerate().step_by(SAMPLE) {
            caller.say(&format!("JOIN #lobby\r\nPRIVMSG #lobby :hello from n{number}")).await;
            bystander.sees(&format!(":n{number}!~n@127.0.0.1 JOIN "));
            bystander.sees(&format!("PRIVMSG #lobby :hello from n{number}"));
        }
    });
}

#[test]
fn web_clients_who_signed_on_and_say_nothing_stay() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let server = Server::start();
    let mut bystander = bystander(&server);
    let before = server.resident_bytes();
    run(async {
        let mut callers = Vec::new();
        for number in 0..room() {
            callers.push(Member::sign_on_by_websocket(server.address, number).await);
        }
        tokio::time::sleep(A_WHILE).await;
        costs_little(&server, "signed on by WebSocket", callers.len(), before);
        has_heard_of_nobody(&mut bystander);
        for (number, caller) in callers.iter_mut().enumerate().step_by(SAMPLE) {
            caller.say_by_websocket("JOIN #lobby").await;
            caller.say_by_websocket(&format!("PRIVMSG #lobby :hello from n{number}")).await;
            bystander.sees(&format!(":n{number}!~n@127.0.0.1 JOIN "));
            bystander.sees(&format!("PRIVMSG #lobby :hello from n{number}"));
        }
    });
}

fn bystander(server: &Server) -> Person {
    let mut bystander = server.irc("bystander");
    bystander.say("JOIN #lobby");
    bystander.settles();
    bystander
}

/// All are connected still, and nothing was told of any of them.
fn has_heard_of_nobody(bystander: &mut Person) {
    let heard = bystander.seen.len();
    bystander.settles();
    let [pong] = &bystander.seen[heard..] else {
        panic!("the bystander heard of somebody: {:#?}", &bystander.seen[heard..]);
    };
    assert!(pong.contains(" PONG "), "{pong}");
}

fn room() -> usize {
    let room = room_for(WANTED);
    assert!(room >= CROWD_MIN, "the descriptor limit leaves room for {room} only");
    room
}

async fn connect_all(server: &Server) -> Vec<Member> {
    let room = room();
    let address = server.address;
    let mut callers = Vec::with_capacity(room);
    while callers.len() < room {
        let mut calling = JoinSet::new();
        for _ in 0..AT_ONCE.min(room - callers.len()) {
            calling.spawn(Member::connect(address));
        }
        callers.append(&mut calling.join_all().await);
    }
    callers
}

fn costs_little(server: &Server, kind: &str, connections: usize, before: u64) {
    let bytes = server.resident_bytes().saturating_sub(before) / connections as u64;
    eprintln!("{connections} connections ({kind}): {bytes} resident bytes each");
    assert!(bytes < RESIDENT_BYTES_MAX, "{kind}: {bytes} resident bytes each");
}
