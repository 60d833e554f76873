//! A reader that stops reading is closed at its bound, and the thousand others in its channel lose
//! nothing and wait for nobody.

mod support;

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;
use support::Server;
use support::crowd::{Member, room_for, run, soon};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::{JoinSet, LocalSet, spawn_local};
use tokio::time::sleep;

const MEMBERS: usize = 1_000;
const WRITERS: usize = 4;
/// Messages that a writer sends before it waits for everyone: far below the bound of a queue.
const ROUND: usize = 128;
/// Far more rounds than fill the bound (2 MiB) and the buffers of two sockets.
const ROUNDS_MAX: usize = 200;
/// Bytes after which a reader shows that it is there.
const SIGN_OF_LIFE_BYTES: usize = 256 * 1024;

#[test]
fn a_reader_that_stops_is_closed_and_a_thousand_others_lose_nothing() {
    let all = MEMBERS + WRITERS;
    assert_eq!(room_for(all), all, "the descriptor limit is too low for a thousand");
    let server = Server::start();
    run(LocalSet::new().run_until(async {
        let mut writers = Vec::new();
        for number in 0..WRITERS {
            writers.push(Member::connect(server.address).await);
            writers[number].sign_on(&format!("writer{number}")).await;
        }
        writers[0].say("JOIN #big").await;
        let members = everyone_comes_in(&server).await;
        // Who writes stays outside, so that nobody waits for them to read.
        writers[0].say("MODE #big -n\r\nPART #big\r\nPRIVMSG #big :begin").await;
        writers[0].sees(" PART ").await;
        let heard: Rc<RefCell<Heard>> = Rc::default();
        for (number, mut member) in members.into_iter().enumerate() {
            member.sees("PRIVMSG #big :begin").await;
            spawn_local(listen(member, number, Rc::clone(&heard)));
        }
        let mut stalled = Member::connect_with(server.address, 4096).await;
        stalled.sign_on("stalled").await;
        stalled.say("JOIN #big").await;
        everyone_heard(&heard, " JOIN ", 1).await;

        let rounds = write_until_it_is_gone(&mut writers, &heard).await;
        writers[0].say("PRIVMSG #big :the end").await;
        everyone_heard(&heard, "PRIVMSG #big :the end", 1).await;
        check(&heard.borrow().text(), rounds);
        let last = last_words(stalled).await;
        assert!(last.contains("You read too slowly"), "{last}");
    }));
}

async fn everyone_comes_in(server: &Server) -> Vec<Member> {
    let mut coming = JoinSet::new();
    for number in 0..MEMBERS - 1 {
        let mut member = Member::connect(server.address).await;
        coming.spawn_local(async move {
            member.sign_on(&format!("member{number}")).await;
            member.say("JOIN #big").await;
            member.sees(" 366 ").await;
            member
        });
    }
    coming.join_all().await
}

/// What the channel heard: the same bytes for everyone, so that they are kept once.
struct Heard {
    bytes: Vec<u8>,
    /// How many of them each has read.
    read: Vec<usize>,
}

impl Default for Heard {
    fn default() -> Self {
        Self { bytes: Vec::new(), read: vec![0; MEMBERS - 1] }
    }
}

impl Heard {
    /// The next bytes that a reader has read are those that every other has read there.
    fn note(&mut self, reader: usize, bytes: &[u8]) {
        let from = self.read[reader];
        let known = bytes.len().min(self.bytes.len() - from);
        let same = self.bytes[from..from + known] == bytes[..known];
        assert!(same, "reader {reader} reads something else at byte {from}");
        self.bytes.extend_from_slice(&bytes[known..]);
        self.read[reader] += bytes.len();
    }

    fn have_all(&self) -> bool {
        self.read.iter().all(|read| *read == self.bytes.len())
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// Reads for as long as the server lets it.
async fn listen(mut member: Member, number: usize, heard: Rc<RefCell<Heard>>) {
    let mut bytes = vec![0; 16 * 1024];
    let mut since_sign = 0;
    while let Ok(count @ 1..) = member.reader.read(&mut bytes).await {
        heard.borrow_mut().note(number, &bytes[..count]);
        since_sign += count;
        if since_sign >= SIGN_OF_LIFE_BYTES {
            since_sign = 0;
            member.writer.write_all(b"PONG :here\r\n").await.expect("the server reads");
        }
    }
}

/// Waits until everyone has heard a text so many times since the last call looked for it.
async fn everyone_heard(heard: &RefCell<Heard>, text: &str, times: usize) {
    let all = async {
        let (mut looked_at, mut found) = (0, 0);
        loop {
            let complete = {
                let heard = heard.borrow();
                let line_end = heard.bytes.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
                let new = String::from_utf8_lossy(&heard.bytes[looked_at.min(line_end)..line_end]);
                found += new.matches(text).count();
                looked_at = line_end;
                heard.have_all()
            };
            if found >= times && complete {
                return;
            }
            sleep(Duration::from_millis(1)).await;
        }
    };
    soon(&format!("everyone to hear {text:?}"), all).await;
}

/// Writes round after round, each when everyone has read the one before, until the channel is told
/// that the reader who stopped is gone. Returns how many.
async fn write_until_it_is_gone(writers: &mut [Member], heard: &RefCell<Heard>) -> usize {
    let mut rounds = 0;
    while !heard.borrow().text().contains(":stalled!~stalled@127.0.0.1 QUIT ") {
        assert!(rounds < ROUNDS_MAX, "it was never closed");
        for (number, writer) in writers.iter_mut().enumerate() {
            let messages = (rounds * ROUND..(rounds + 1) * ROUND)
                .map(|count| format!("PRIVMSG #big :{number} {count} {:0>400}\r\n", 0));
            writer.say(messages.collect::<String>().trim_end()).await;
        }
        rounds += 1;
        everyone_heard(heard, "PRIVMSG #big :", rounds * ROUND * WRITERS).await;
    }
    rounds
}

/// Each writer's messages are there in the order sent, without a gap, and why the one left.
fn check(text: &str, rounds: usize) {
    let mut next = [0; WRITERS];
    for line in text.lines() {
        let Some((_, said)) = line.split_once("PRIVMSG #big :") else { continue };
        let mut words = said.split(' ').map(str::parse::<usize>);
        let (Some(Ok(writer)), Some(Ok(number))) = (words.next(), words.next()) else { continue };
        assert_eq!(number, next[writer], "of writer {writer}");
        next[writer] += 1;
    }
    assert_eq!(next, [rounds * ROUND; WRITERS]);
    assert_eq!(text.matches("QUIT :You read too slowly").count(), 1);
    eprintln!("{} messages for each of {} readers", next.iter().sum::<usize>(), MEMBERS - 1);
}

/// The last line that it can still read.
async fn last_words(mut stalled: Member) -> String {
    let mut last = String::new();
    while let Some(line) = stalled.next_line().await {
        last = line;
    }
    last
}
