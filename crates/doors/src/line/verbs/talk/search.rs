//! Finding what was said.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::Query;
use parlor_hub::bounds::SEARCH_HITS;
use parlor_hub::change::Sieve;
use parlor_hub::command::Recipient;
use parlor_hub::query::SearchFor;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "search",
    aliases: &["find", "grep"],
    usage: "[#CHAN|@NICK] WORDS",
    help: "lines with all these words",
    more: "In all channels that you are in and all you and others said to each other alone, or in one.",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (word, rest) = argument::needed(text)?;
    let (within, words) = if word.starts_with('#') {
        (Some(Recipient::Channel(argument::channel(word, desk)?, None)), rest)
    } else if let Some(nick) = word.strip_prefix('@').filter(|_| !rest.is_empty()) {
        (Some(Recipient::Nick(Box::new(argument::nick(nick, desk)?))), rest)
    } else {
        (None, text)
    };
    if words.is_empty() {
        return Err(Wrong::Usage);
    }
    desk.ask(Query::Search(Box::new(SearchFor {
        within,
        words: Some(words.into()),
        sieve: Sieve::default(),
        limit: SEARCH_HITS,
    })));
    Ok(())
}
