//! A file for each `/word`. A new one gets its file, and its line in a table: they drive what
//! is done, `/help`, and the nearest name when there is no such word.

// All verbs have one shape, also those that cannot go wrong.
#![allow(clippy::unnecessary_wraps)]

pub(super) mod account;
mod argument;
mod channel;
mod people;
mod server;
mod session;
mod talk;

pub(super) use talk::say;

use super::door::LineDoor;
use crate::desk::Desk;
use argument::Wrong;

/// One `/word`.
struct Verb {
    name: &'static str,
    aliases: &'static [&'static str],
    /// What follows the word.
    usage: &'static str,
    /// What it does, in half a line.
    help: &'static str,
    /// What `/help WORD` adds.
    more: &'static str,
    when: When,
    run: Run,
}

type Run = fn(&mut LineDoor, &str, &mut Desk<'_>) -> Result<(), Wrong>;

/// What a caller who is nobody yet must be for it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// Nothing: it is done as it is.
    Any,
    /// Let in, if there is a password at the door; the verb itself makes a person of them.
    Admitted,
    /// A person: they come in as a guest first.
    Inside,
}

/// What everyone may want, in the order in which `/help` tells it.
const VERBS: &[&Verb] = &[
    &session::nick::VERB,
    &channel::join::VERB,
    &channel::part::VERB,
    &talk::msg::VERB,
    &talk::me::VERB,
    &people::who::VERB,
    &channel::names::VERB,
    &channel::list::VERB,
    &people::whois::VERB,
    &session::away::VERB,
    &channel::topic::VERB,
    &talk::history::VERB,
    &talk::search::VERB,
    &account::register::VERB,
    &account::login::VERB,
    &channel::invite::VERB,
    &channel::kick::VERB,
    &channel::mode::VERB,
    &server::help::VERB,
    &session::quit::VERB,
];

/// What only some need, so that `/help` tells their names alone.
const RARE: &[&Verb] = &[
    &channel::rename::VERB,
    &session::stay::VERB,
    &account::logout::VERB,
    &account::passwd::VERB,
    &account::sessions::VERB,
    &account::prefer::VERB,
    &account::regain::VERB,
    &account::verify::VERB,
    &account::forget::VERB,
    &account::unregister::VERB,
    &session::pass::VERB,
    &server::oper::VERB,
    &server::kill::VERB,
    &server::wallops::VERB,
    &server::rehash::VERB,
];

fn all() -> impl Iterator<Item = &'static Verb> + Clone {
    VERBS.iter().chain(RARE).copied()
}

/// Does what a line asks for that began with a slash.
pub(super) fn dispatch(door: &mut LineDoor, command: &str, desk: &mut Desk<'_>) {
    let (word, rest) = argument::first_word(command);
    let Some(verb) = named(word) else {
        return door.say(desk, &unknown(word));
    };
    let is_ready = door.is_inside()
        || match verb.when {
            When::Any => true,
            When::Admitted => door.is_admitted(desk),
            When::Inside => door.come_in_as_guest(desk),
        };
    if is_ready && let Err(wrong) = (verb.run)(door, rest, desk) {
        door.say(desk, &wrong.worded(verb, &desk.facts.lobby.shown().clone()));
    }
}

fn named(word: &str) -> Option<&'static Verb> {
    let word = word.to_ascii_lowercase();
    all().find(|verb| verb.name == word || verb.aliases.contains(&&*word))
}

/// Says that there is no such word, and which one may have been meant.
fn unknown(word: &str) -> String {
    if word.is_empty() {
        return "* A command stands right behind its slash, such as /who. /help lists them."
            .to_owned();
    }
    if word.contains('/') {
        return format!(
            "* No /{word} here. To say a line that begins with a slash, type two: //{word}"
        );
    }
    match nearest(word) {
        Some(name) => format!("* No /{word} here. Did you mean /{name}?"),
        None => format!("* No /{word} here. /help lists what there is."),
    }
}

/// The name that was probably meant: one that begins so, or one that is a slip or two away.
fn nearest(word: &str) -> Option<&'static str> {
    const SLIPS_MAX: usize = 2;
    let word = word.to_lowercase();
    let names = all().flat_map(|verb| {
        std::iter::once(verb.name).chain(verb.aliases.iter().copied()).map(|name| (name, verb.name))
    });
    let mut begins = names.clone().filter(|(name, _)| name.starts_with(&word));
    if let Some((_, name)) = begins.next() {
        return Some(name);
    }
    let slips = |name: &str| strsim::damerau_levenshtein(name, &word);
    let (name, verb) = names.min_by_key(|(name, _)| slips(name))?;
    // Two slips in a word of three letters make any other word of three letters.
    let close = slips(name) <= SLIPS_MAX && slips(name) * 2 < name.len().max(word.chars().count());
    close.then_some(verb)
}
