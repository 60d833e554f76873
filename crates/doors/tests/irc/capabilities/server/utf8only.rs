//! UTF8ONLY: what is no UTF-8 is refused, and reaches nobody.

use crate::common::Town;

const WORDS: &str = ":Message rejected, your software must use UTF-8 here";

#[test]
fn what_is_no_utf_8_is_refused_under_its_commands_name() {
    let mut town = Town::new();
    town.sign_on("ada", "batch labeled-response");
    town.sign_on("bob", "");
    for who in ["ada", "bob"] {
        town.send(who, "JOIN #a");
    }
    town.take_seen();
    for (line, command) in [
        (&b"PRIVMSG #a :caf\xe9"[..], "PRIVMSG"),
        (b"topic #a :caf\xe9", "TOPIC"),
        (b"SETNAME :caf\xe9", "SETNAME"),
        (b"AWAY :caf\xe9", "AWAY"),
        (b"JOIN #caf\xe9", "JOIN"),
        (b"caf\xe9 x", "*"),
    ] {
        town.feed("ada", &[line, b"\r\n"].concat());
        let refused = format!("ada< :irc.example FAIL {command} INVALID_UTF8 {WORDS}");
        assert_eq!(town.take_seen(), [refused], "and nobody else sees anything");
    }
    town.feed("ada", b"@label=x PRIVMSG #a :caf\xe9\r\n");
    let refused = format!("ada< @label=x :irc.example FAIL PRIVMSG INVALID_UTF8 {WORDS}");
    assert_eq!(town.take_seen(), [refused]);
}

#[test]
fn a_real_name_that_is_no_utf_8_is_refused_at_the_sign_on() {
    let mut town = Town::new();
    town.connect("ada");
    town.feed("ada", b"NICK ada\r\nUSER ada 0 * :Ren\xe9\r\n");
    let refused = format!("ada< :irc.example FAIL USER INVALID_UTF8 {WORDS}");
    assert_eq!(town.take_seen(), [refused]);
    town.send("ada", "USER ada 0 * :René");
    assert!(town.take_seen()[0].starts_with("ada< :irc.example 001 ada "));
}
