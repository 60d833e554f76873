//! The limits on connections, and the rate of commands: who is over it is read more slowly, and nobody
//! else waits.

use crate::support::Server;
use crate::support::crowd::{Member, run};
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr};
use std::thread::spawn;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(127, 0, 0, 3));

#[test]
fn so_many_connections_come_from_one_address_and_no_more() {
    let server = Server::with(&[
        ("PARLOR_LIMITS_EXEMPT", "::1"),
        ("PARLOR_LIMITS_CONNECTIONS_PER_ADDRESS", "3"),
    ]);
    run(async {
        let mut inside = Vec::new();
        for number in 0..3 {
            let mut member = Member::connect_from(HERE, server.address).await;
            member.sign_on(&format!("ada{number}")).await;
            inside.push(member);
        }
        let mut fourth = Member::connect_from(HERE, server.address).await;
        let told = fourth.next_line().await;
        assert_eq!(told.as_deref(), Some("ERROR :Too many connections from your address"));
        assert_eq!(fourth.next_line().await, None);
        Member::connect_from(ELSEWHERE, server.address).await.sign_on("grace").await;

        let mut leaving = inside.pop().expect("one of three");
        leaving.say("QUIT").await;
        while leaving.next_line().await.is_some() {}
        drop(leaving);
        // The place is free as soon as the server has seen the end of the connection.
        loop {
            let mut next = Member::connect_from(HERE, server.address).await;
            next.say("NICK next\r\nUSER next 0 * :next").await;
            match next.next_line().await {
                Some(line) if line.contains(" 001 ") => break,
                line => assert!(line.is_none_or(|line| line.contains("Too many connections"))),
            }
        }
    });
}

#[test]
fn exempt_addresses_are_not_counted() {
    let server = Server::with(&[("PARLOR_LIMITS_CONNECTIONS_PER_ADDRESS", "1")]);
    let people: Vec<_> = (0..5).map(|number| server.irc(&format!("ada{number}"))).collect();
    assert_eq!(people.len(), 5);
}

#[test]
fn a_full_server_says_so() {
    let server = Server::with(&[("PARLOR_LIMITS_CONNECTIONS_MAX", "2")]);
    run(async {
        // The harness looked whether the server is there; that one is on its way out.
        let mut inside = Vec::new();
        while inside.len() < 2 {
            let mut member = Member::connect(server.address).await;
            member.say("NICK ada\r\nUSER ada 0 * :ada").await;
            if member.next_line().await.is_some_and(|line| !line.starts_with("ERROR")) {
                inside.push(member);
            }
        }
        let told = Member::connect(server.address).await.next_line().await;
        assert_eq!(told.as_deref(), Some("ERROR :This server is full; try again later"));
    });
}

#[test]
fn a_flood_is_read_slowly_and_nobody_else_waits() {
    const LINES: usize = 10_000;
    let server = Server::with(&[]);
    let mut bystander = server.irc("bystander");
    bystander.say("JOIN #lobby");
    bystander.settles();
    let flooder = server.line("flooder");
    let mut stream = flooder.stream.try_clone().expect("a second handle");
    let flood = spawn(move || {
        let lines: Vec<_> = (0..LINES).map(|number| format!("flood {number}\r\n")).collect();
        // More than the sockets between here and there hold: it ends with the connection.
        let _ = stream.write_all(lines.concat().as_bytes());
    });
    // What fits the burst comes at once, and more after it: it is not closed.
    for number in 0..25 {
        bystander.sees(&format!("PRIVMSG #lobby :flood {number}"));
    }
    let mut talker = server.irc("talker");
    talker.say("JOIN #lobby");
    bystander.sees(":talker!");
    talker.say("PRIVMSG #lobby :meanwhile");
    bystander.sees("PRIVMSG #lobby :meanwhile");
    bystander.say("ISON flooder");
    bystander.sees(" 303 bystander :flooder");
    let flooded = bystander.seen.iter().filter(|line| line.contains(":flood ")).count();
    assert!(flooded < LINES / 10, "{flooded} lines of the flood came first");
    drop(flooder);
    drop(server);
    flood.join().expect("the flood");
}

#[test]
fn all_lines_of_a_paste_are_read_in_the_end() {
    const LINES: usize = 1_500;
    for rate in ["1000", "3000"] {
        let server = Server::with(&[
            ("PARLOR_LIMITS_COMMANDS_PER_SECOND", rate),
            ("PARLOR_LIMITS_COMMAND_BURST", "1"),
        ]);
        let mut ada = server.irc("ada");
        let lines: Vec<_> = (0..LINES).map(|number| format!("PING {number}-\r\n")).collect();
        let mut stream = ada.stream.try_clone().expect("a second handle");
        let paste =
            spawn(move || stream.write_all(lines.concat().as_bytes()).expect("the server reads"));
        for number in 0..LINES {
            ada.sees_next(&format!(":parlor.local PONG parlor.local :{number}-"));
        }
        paste.join().expect("the paste");
    }
}
