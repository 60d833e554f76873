//! WEBIRC: gateways that are trusted say for whom they speak.

use crate::common::{Town, check, check_in};

#[test]
fn a_gateway_that_is_trusted_says_for_whom_it_speaks() {
    check(
        "++ada GATEWAY
        ++bob GATEWAY
        ada>> WEBIRC secret gateway home.example.net 192.0.2.7
        ada>> NICK ada
        ada> USER ada 0 * :Ada
        ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@home.example.net
        bob>> WEBIRC secret gateway 0::7 0::7
        bob>> NICK bob
        bob> USER bob 0 * :Bob
        bob< :irc.example 001 bob :Welcome to the Example Network, bob!~bob@0::7
        bob> WEBIRC secret gateway 192.0.2.8 192.0.2.8
        bob< :irc.example 462 bob :You may not reregister
        ",
    );
}

#[test]
fn a_name_that_is_none_is_not_worn() {
    for name in ["evil..example", "-x.example", "x", "10.0.0.1", "a!b.example", "*.example"] {
        check(&format!(
            "++ada GATEWAY
            ada>> WEBIRC secret gateway {name} 192.0.2.7
            ada>> NICK ada
            ada> USER ada 0 * :Ada
            ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@192.0.2.7
            "
        ));
    }
}

#[test]
fn nobody_else_is_believed() {
    check(
        "++ada
        ++bob GATEWAY
        ++cyd GATEWAY
        ++dan GATEWAY
        ++eve GATEWAY
        ada> WEBIRC secret gateway 192.0.2.7 192.0.2.7
        ada< ERROR :Closing link: You are no gateway that is trusted here
        bob> WEBIRC secret gateway 192.0.2.7 somewhere
        bob< ERROR :Closing link: Invalid WebIRC address
        cyd>> NICK cyd
        cyd> WEBIRC secret gateway 192.0.2.7 192.0.2.7
        cyd< ERROR :Closing link: WEBIRC comes first, and once
        dan>> WEBIRC secret gateway 192.0.2.7 192.0.2.7
        dan> WEBIRC secret gateway 192.0.2.8 192.0.2.8
        dan< ERROR :Closing link: You are no gateway that is trusted here
        eve> WEBIRC secret gateway
        eve< :irc.example 461 * WEBIRC :Not enough parameters
        ",
    );
}

#[test]
fn a_gateway_has_to_know_its_password_where_there_is_one() {
    let town = Town::with(|facts| facts.gateway_password = Some("phc:secret".into()));
    check_in(
        town,
        "++ada GATEWAY
        ++bob GATEWAY
        ada> WEBIRC wrong gateway 192.0.2.7 192.0.2.7
        ada< ERROR :Closing link: Invalid WebIRC password
        bob> WEBIRC secret gateway 192.0.2.7 192.0.2.7\\r\\nNICK bob\\r\\nUSER bob 0 * :Bob
        bob< :irc.example 001 bob :Welcome to the Example Network, bob!~bob@192.0.2.7
        ",
    );
}

/// The gateway's own connection has to be secure as well.
#[test]
fn who_came_to_a_gateway_by_tls_is_secure_if_the_gateway_is() {
    let certificate = "cd".repeat(32);
    check(&format!(
        "++ada GATEWAY
        ++bob TLS ab GATEWAY
        ++cyd TLS ab GATEWAY
        ada>> WEBIRC x g 192.0.2.7 192.0.2.7 :secure certfp-sha-256={certificate}
        ada>> NICK ada
        ada>> USER ada 0 * :Ada
        ada> MODE ada
        ada< :irc.example 221 ada +
        bob>> WEBIRC x g 192.0.2.8 192.0.2.8 :local-port=6697 secure=x certfp-sha-256={certificate}
        bob>> NICK bob
        bob>> USER bob 0 * :Bob
        bob> WHOIS bob
        bob< :irc.example 311 bob bob ~bob 192.0.2.8 * :Bob
        bob< :irc.example 312 bob bob irc.example :a Parlor server
        bob< :irc.example 671 bob bob :is using a secure connection
        bob< :irc.example 276 bob bob :has client certificate fingerprint {certificate}
        bob< :irc.example 338 bob bob ~bob@192.0.2.8 192.0.2.8 :Is actually using host
        bob< :irc.example 350 bob bob 192.0.2.8 192.0.2.8 :is connected via the gateway g
        bob< :irc.example 379 bob bob :is using modes +Z
        bob< :irc.example 317 bob bob 0 1795363270 :seconds idle, signon time
        bob< :irc.example 318 bob bob :End of /WHOIS list
        cyd>> WEBIRC x g 192.0.2.9 192.0.2.9
        cyd>> NICK cyd
        cyd>> USER cyd 0 * :Cyd
        cyd> MODE cyd
        cyd< :irc.example 221 cyd +
        "
    ));
}

#[test]
fn a_browser_behind_a_proxy_is_no_gateway() {
    for forwarded in ["", "X-Forwarded-For: 192.0.2.7\r\n"] {
        let mut town = Town::new();
        town.play("++eve GATEWAY");
        let request = format!(
            "GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{forwarded}\r\n"
        );
        town.feed("eve", request.as_bytes());
        assert!(town.take_bytes("eve").starts_with(b"HTTP/1.1 101 "));
        // A text frame whose mask is of zeros.
        let line = b"WEBIRC x x bank.example 192.0.2.8";
        town.feed("eve", &[&[0x81, 0x80 | line.len() as u8, 0, 0, 0, 0], &line[..]].concat());
        let told = String::from_utf8_lossy(&town.take_bytes("eve")).into_owned();
        assert!(told.contains("You are no gateway that is trusted here"), "{told}");
    }
}
