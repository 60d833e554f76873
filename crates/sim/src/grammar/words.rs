//! The words that all clients choose from.

use crate::chance::Chance;
use crate::token::Token;

/// The one who may OPER, with the password.
pub(crate) const OPERATOR: (&str, &str) = ("root", "sesame");

/// What some servers ask everyone for.
pub(crate) const SERVER_PASSWORD: &str = "knock";

/// The code that the fake hasher gives for every new password.
pub(crate) const CODE: &str = "code";

/// A password as the fake hasher keeps it.
pub(crate) fn phc(password: &str) -> String {
    format!("$fake${password}")
}

const NICKS: &[&str] = &[
    "ada",
    "bob",
    "Bob",
    "cy",
    "[d]",
    "{d}",
    "eve",
    "guest-1",
    "guest-2",
    "root",
    "Žofie",
    "žoFIE",
    // Not an ASCII letter in it, and wide ones.
    "адa",
    "аԁа",
    "ｂｏｂ",
    "ada_",
    "abcdefghijklmnopqrstuvwxyz-abcde",
];

const NO_NICKS: &[&str] = &[
    "",
    "1ada",
    "a!b",
    "*",
    "#a",
    "nick with spaces",
    "a\u{202e}b",
    "abcdefghijklmnopqrstuvwxyz-abcdefgh",
    "NickServ",
    ",",
    "ada,bob,ada",
    "\u{1}",
];

const CHANNELS: &[&str] = &["#lobby", "#lobby", "#a", "#A", "#b", "#[x]", "#{x}", "#ops", "#орѕ"];

const NO_CHANNELS: &[&str] = &[
    "#",
    "",
    "&local",
    "#a b",
    "#nowhere",
    "0",
    "#a,#b,#ops",
    "#a\u{200b}",
    "#abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz01",
    "#a\u{7}",
];

const MASKS: &[&str] = &[
    "*!*@*",
    "ada!*@*",
    "bob",
    "*!~line@*",
    "$a",
    "$a:ada",
    "m:bob",
    "$m:$a",
    "$r:*of*",
    "$z:00*",
    "$z",
    "*@10.0.0.?",
    "~a:x",
    "a*!*",
    "*",
];

const PASSWORDS: &[&str] = &["one", "two", "one", "sesame", "", "a longer one with spaces"];

const KEYS: &[&str] = &["key", "other", "averyveryverylongkeyindeedforachannel", "k"];

const TEXTS: &[&str] = &[
    "hello",
    "hello ada, how are you",
    "\u{3}4red\u{f} and \u{2}bold",
    "\u{1b}[2Jcleared",
    "Grüße, 你好 🎈",
    "a: b:c ::d",
    "/me waves",
    "trailing   ",
    "\u{202e}turned",
    "x",
];

/// Anyone, or nobody.
pub(super) fn nick(chance: &mut Chance) -> &'static str {
    if chance.one_in(12) { chance.pick(NO_NICKS) } else { chance.pick(NICKS) }
}

pub(super) fn good_nick(chance: &mut Chance) -> &'static str {
    chance.pick(NICKS)
}

pub(super) fn channel(chance: &mut Chance) -> &'static str {
    if chance.one_in(14) { chance.pick(NO_CHANNELS) } else { chance.pick(CHANNELS) }
}

pub(super) fn mask(chance: &mut Chance) -> &'static str {
    chance.pick(MASKS)
}

pub(super) fn password(chance: &mut Chance) -> &'static str {
    chance.pick(PASSWORDS)
}

pub(super) fn key(chance: &mut Chance) -> &'static str {
    chance.pick(KEYS)
}

/// Words without a token.
pub(super) fn words(chance: &mut Chance) -> String {
    match chance.below(12) {
        0 => "long ".repeat(chance.between(20, 130)),
        1 => "ü".repeat(chance.between(100, 300)),
        _ => chance.pick(TEXTS).to_owned(),
    }
}

/// A message that is known again by its token.
pub(super) fn message(token: Token, chance: &mut Chance) -> String {
    format!("{token} {}", words(chance))
}

/// Modes with their parameters.
pub(super) fn modes(chance: &mut Chance) -> String {
    let mut letters = String::new();
    let mut parameters = String::new();
    for _ in 0..chance.between(1, 4) {
        letters.push_str(chance.pick(&["+", "-", "+", ""]));
        let letter = chance.pick(&[
            "o", "v", "h", "q", "a", "b", "e", "I", "k", "l", "i", "m", "n", "s", "t", "t", "n",
            "R", "M", "C", "c", "S", "T", "U", "N", "Q", "V", "K", "u", "z", "f", "J", "Z",
        ]);
        letters.push_str(letter);
        let parameter = match letter {
            "o" | "v" | "h" | "q" | "a" => nick(chance).to_owned(),
            "b" | "e" | "I" => mask(chance).to_owned(),
            "k" => key(chance).to_owned(),
            "l" | "J" => chance.below(5).to_string(),
            "f" => channel(chance).to_owned(),
            _ => continue,
        };
        if !chance.one_in(8) {
            parameters.push(' ');
            parameters.push_str(&parameter);
        }
    }
    letters + &parameters
}

/// How a founder wants a channel.
pub(super) fn settings(chance: &mut Chance) -> String {
    if chance.one_in(2) {
        let value = chance.pick(&["HIDDEN", "HIDDEN", "SHOWN", "DEFAULT", "x", ""]);
        return format!("EARLIER {value}");
    }
    let value = chance.pick(&["FOREVER", "NONE", "DEFAULT", "1m", "LAST 2", "10s LAST 9", "30"]);
    format!("HISTORY {value}")
}

/// Bytes that mean nothing; none of them is telnet's own.
pub(super) fn garbage(chance: &mut Chance) -> Vec<u8> {
    (0..chance.between(1, 60)).map(|_| (chance.next() % 255) as u8).collect()
}
