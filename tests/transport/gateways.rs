//! Gateways that speak for others by WEBIRC, which is believed of those who are trusted.

use crate::support::secure::Client;
use crate::support::{PATIENCE, Person, Server};
use std::time::Instant;

const TRUSTING: [(&str, &str); 4] = [
    ("PARLOR_SERVER_CLOAK", "false"),
    ("PARLOR_PROXY_TRUSTED", "127.0.0.1"),
    ("PARLOR_LIMITS_EXEMPT", "127.0.0.1"),
    ("PARLOR_LIMITS_CONNECTIONS_PER_ADDRESS", "1"),
];

/// Someone at this address comes by a gateway.
fn by_gateway(server: &Server, address: &str, nick: &str) -> Person {
    let mut person = server.connect();
    person.say(&format!("WEBIRC x gateway {address} {address} :secure"));
    person.say(&format!("NICK {nick}"));
    person.say(&format!("USER {nick} 0 * :{nick}"));
    person
}

#[test]
fn everyone_behind_a_gateway_is_counted_at_their_own_address() {
    let server = Server::with(&TRUSTING);
    let mut ada = by_gateway(&server, "192.0.2.7", "ada");
    ada.sees(":Welcome to the Parlor Network, ada!~ada@192.0.2.7");
    // The gateway is on this machine: nobody reads along on the way.
    ada.sees(" 221 ada +Z");
    by_gateway(&server, "192.0.2.8", "grace").sees(" 001 grace ");
    by_gateway(&server, "192.0.2.7", "joan")
        .sees("ERROR :Closing link: Too many connections from your address");
    ada.say("QUIT");
    ada.rest();
    by_gateway(&server, "192.0.2.9", "mary").sees(" 001 mary ");
    // She saw the end of the connection a moment before her place was free.
    let until = Instant::now() + PATIENCE;
    while !is_welcome(by_gateway(&server, "192.0.2.7", "joan")) {
        assert!(Instant::now() < until, "her place is nobody's");
    }
}

fn is_welcome(mut person: Person) -> bool {
    let first = person.next_line().expect("a line");
    assert!(first.contains(" 001 ") || first.contains("Too many connections"), "{first}");
    first.contains(" 001 ")
}

#[test]
fn a_cloak_hides_an_address_and_is_the_same_after_a_restart() {
    let mut server = Server::with(&[("PARLOR_PROXY_TRUSTED", "127.0.0.1")]);
    let shown = |server: &Server| {
        let welcome = by_gateway(server, "192.0.2.7", "ada").sees(" 001 ada ");
        welcome.rsplit('@').next().expect("a host").to_owned()
    };
    let before = shown(&server);
    assert_eq!((before.split('.').count(), before.rsplit('.').next()), (4, Some("ip")));
    server.kill();
    server.start_again();
    assert_eq!(shown(&server), before);
}

#[test]
fn a_gateway_is_trusted_by_its_address_and_not_by_its_word() {
    let server = Server::start();
    by_gateway(&server, "192.0.2.7", "ada")
        .sees("ERROR :Closing link: You are no gateway that is trusted here");
    let mut secure = Client::of(&server).connect(server.address);
    secure.say("WEBIRC x gateway 192.0.2.7 192.0.2.7");
    secure.sees("ERROR :Closing link: You are no gateway that is trusted here");
}
