//! ISUPPORT: what the server supports, whenever it is asked.

use crate::common::{Town, check_in};

/// The lines that somebody saw, without what the server supports.
fn frame(seen: &[String]) -> Vec<String> {
    let shortened = seen.iter().map(|line| match line.find(" 005 ") {
        Some(at) => format!("{} …", line[..at + 4].trim()),
        None => line.clone(),
    });
    let mut lines: Vec<String> = shortened.collect();
    lines.dedup();
    lines
}

#[test]
fn it_is_told_before_the_sign_on_to_those_who_asked_for_that() {
    let mut town = Town::new();
    town.connect("ada");
    town.send("ada", "CAP END\r\nISUPPORT");
    assert_eq!(town.take_seen(), ["ada< :irc.example 451 * :You have not registered"]);
    town.send("ada", "CAP REQ :draft/extended-isupport");
    town.take_seen();
    town.send("ada", "ISUPPORT");
    assert_eq!(frame(&town.take_seen()), ["ada< :irc.example 005 …"], "no batch was asked for");
    town.send("ada", "CAP REQ :batch");
    town.take_seen();
    town.send("ada", "ISUPPORT");
    assert_eq!(
        frame(&town.take_seen()),
        [
            "ada< :irc.example BATCH +isupport draft/isupport",
            "ada< @batch=isupport :irc.example 005 …",
            "ada< :irc.example BATCH -isupport",
        ]
    );
    for line in ["NICK ada", "USER ada 0 * :Ada", "CAP END"] {
        town.send("ada", line);
    }
    let welcomed = frame(&town.take_seen());
    assert!(welcomed.contains(&"ada< @batch=isupport :irc.example 005 …".to_owned()));
    assert!(!welcomed.contains(&"ada< :irc.example 005 …".to_owned()), "none stands outside");
}

#[test]
fn behind_the_sign_on_everyone_may_ask() {
    let mut town = Town::new();
    town.sign_on("ada", "");
    town.sign_on("bob", "batch labeled-response draft/extended-isupport");
    town.send("ada", "ISUPPORT");
    assert_eq!(frame(&town.take_seen()), ["ada< :irc.example 005 …"]);
    town.send("bob", "@label=x ISUPPORT");
    assert_eq!(
        frame(&town.take_seen()),
        [
            "bob< @label=x :irc.example BATCH +isupport draft/isupport",
            "bob< @batch=isupport :irc.example 005 …",
            "bob< :irc.example BATCH -isupport",
        ]
    );
}

#[test]
fn a_change_of_the_configuration_is_told_to_those_who_are_here() {
    let mut town = Town::with(|facts| facts.icon = Some("https://example.org/a.png".into()));
    town.sign_on("ada", "");
    town.sign_on("bob", "batch draft/extended-isupport");
    town.connect("cy");
    town.reload(|facts| {
        facts.network = "Other".into();
        facts.icon = None;
    });
    check_in(
        town,
        "ada> PING x
        ada< :irc.example 005 ada NETWORK=Other -draft/ICON :are supported by this server
        ada< :irc.example PONG irc.example :x
        bob< :irc.example BATCH +isupport draft/isupport
        bob< @batch=isupport :irc.example 005 bob NETWORK=Other -draft/ICON :are supported by this server
        bob< :irc.example BATCH -isupport
        ",
    );
}
