//! What others may know of how a connection came: WHOIS 671 and 276, and the mode `Z`.

use crate::common::{Town, check};
use parlor_doors::facts::Sts;

#[test]
fn who_comes_by_tls_is_known_to() {
    check(
        "++ada TLS ab
        +bob
        ada> NICK ada
        ada> USER ada 0 * :Ada
        ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        ada< :irc.example 221 ada +Z
        bob> WHOIS ada
        bob< :irc.example 311 bob ada ~ada 10.0.0.1 * :Ada
        bob< :irc.example 312 bob ada irc.example :a Parlor server
        bob< :irc.example 671 bob ada :is using a secure connection
        bob< :irc.example 317 bob ada 0 1795363270 :seconds idle, signon time
        bob< :irc.example 318 bob ada :End of /WHOIS list
        ada> WHOIS ada
        ada< :irc.example 311 ada ada ~ada 10.0.0.1 * :Ada
        ada< :irc.example 312 ada ada irc.example :a Parlor server
        ada< :irc.example 671 ada ada :is using a secure connection
        ada< :irc.example 276 ada ada :has client certificate fingerprint abababababababababababababababababababababababababababababababab
        ada< :irc.example 338 ada ada ~ada@10.0.0.1 10.0.0.1 :Is actually using host
        ada< :irc.example 379 ada ada :is using modes +Z
        ada< :irc.example 317 ada ada 0 1795363270 :seconds idle, signon time
        ada< :irc.example 318 ada ada :End of /WHOIS list
        ",
    );
}

#[test]
fn nobody_says_of_themselves_that_they_are_secure() {
    check(
        "++ada TLS
        +bob
        ada>> NICK ada
        ada>> USER ada 0 * :Ada
        ada> MODE ada -Z
        bob> MODE bob +Zw
        bob< :bob MODE bob +w
        ada> MODE ada
        ada< :irc.example 221 ada +Z
        ",
    );
}

#[test]
fn someone_is_secure_as_long_as_all_their_connections_are() {
    check(
        "++ada TLS
        ++phone
        ada>> NICK ada
        ada>> USER ada 0 * :Ada
        ada>> REGISTER ada * secret
        phone>> PASS ada:secret
        phone>> NICK ada
        phone> USER ada 0 * :Ada
        ada< :ada MODE ada -Z
        phone< :irc.example 900 * ada!~ada@10.0.0.2 ada :You are now logged in as ada
        phone< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        phone> MODE ada
        phone< :irc.example 221 ada +
        phone> QUIT
        ada< :ada MODE ada +Z
        phone< ERROR :Closing link: Quit
        ",
    );
}

#[test]
fn clients_are_told_to_come_by_tls_and_for_how_long() {
    let town = |preload| {
        Town::with(|facts| facts.sts = Some(Sts { port: 6697, duration_s: 2_592_000, preload }))
    };
    let told = |town: &mut Town, name: &str, line: &str| {
        town.send(name, line);
        town.take_seen().join(" ")
    };
    let mut strict = town(false);
    strict.connect("ada");
    assert!(told(&mut strict, "ada", "CAP LS 302").ends_with(" sts=port=6697,duration=2592000"));
    assert!(
        !told(&mut strict, "ada", "CAP LS").contains("sts"),
        "it means nothing without its value"
    );
    assert!(told(&mut strict, "ada", "CAP REQ sts").contains(" NAK :sts"));
    assert!(!told(&mut strict, "ada", "CAP LIST").contains("sts"));
    strict.connect("bob");
    strict.shake_hands("bob", None);
    assert!(told(&mut strict, "bob", "CAP LS 302").ends_with(" sts=duration=2592000"));
    let mut preloaded = town(true);
    preloaded.connect("bob");
    preloaded.shake_hands("bob", None);
    assert!(told(&mut preloaded, "bob", "CAP LS 302").ends_with(" sts=duration=2592000,preload"));
    let mut silent = Town::new();
    silent.connect("ada");
    assert!(!told(&mut silent, "ada", "CAP LS 302").contains("sts"));
}

#[test]
fn who_came_by_tls_is_told_of_another_policy_and_of_none() {
    let mut town = Town::with(|facts| {
        facts.sts = Some(Sts { port: 6697, duration_s: 300, preload: false });
    });
    // Ada is here; dan still signs on; bob knows no values; cy came without TLS.
    for (name, is_secure) in [("ada", true), ("bob", true), ("cy", false), ("dan", true)] {
        town.connect(name);
        if is_secure {
            town.shake_hands(name, None);
        }
        town.send(name, if name == "bob" { "CAP REQ :cap-notify" } else { "CAP LS 302" });
        if name != "dan" {
            town.send(name, &format!("NICK {name}\r\nUSER {name} 0 * :{name}\r\nCAP END"));
        }
    }
    town.take_seen();
    let told = |town: &mut Town, sts: Option<(u16, u64, bool)>| {
        town.reload(|facts| {
            facts.sts = sts.map(|(port, duration_s, preload)| Sts { port, duration_s, preload });
        });
        town.take_seen()
    };
    let to_both = |policy: &str| {
        let line = |(name, nick)| format!("{name}< :irc.example CAP {nick} NEW :sts={policy}");
        [("ada", "ada"), ("dan", "*")].map(line).to_vec()
    };
    assert_eq!(told(&mut town, Some((6697, 900, false))), to_both("duration=900"));
    assert_eq!(told(&mut town, Some((6697, 900, true))), to_both("duration=900,preload"));
    // Whoever is there already needs no other way there.
    assert_eq!(told(&mut town, Some((7000, 900, true))), [""; 0]);
    assert_eq!(told(&mut town, None), to_both("duration=0"), "and no CAP DEL");
    assert_eq!(told(&mut town, Some((6697, 300, false))), to_both("duration=300"));
}
