//! What was said before.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::change::{Beside, Span};
use parlor_hub::command::Recipient;
use parlor_hub::query::History;
use parlor_hub::{Query, bounds};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "history",
    aliases: &["last"],
    usage: "[NUMBER] [#CHAN|NICK]",
    help: "the last lines, of here or of you and NICK",
    more: "What two people say to each other alone is kept when both are logged in.",
    when: When::Inside,
    run,
};

/// As much as a terminal shows at once.
const LINES: u16 = 20;

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let mut limit = LINES;
    let mut with = None;
    for word in text.split_whitespace().take(2) {
        match word.parse::<u64>() {
            Ok(number) => limit = number.clamp(1, bounds::HISTORY_PAGE_MAX.into()) as u16,
            Err(_) => with = Some(word),
        }
    }
    let with = match with {
        Some(word) if !word.starts_with('#') => {
            Recipient::Nick(Box::new(argument::nick(word, desk)?))
        }
        Some(word) => Recipient::Channel(argument::channel(word, desk)?, None),
        None => Recipient::Channel(argument::here(door, desk)?, None),
    };
    let (span, beside) = (Span::Latest(None), Beside::Nothing);
    desk.ask(Query::History(Box::new(History { with, span, beside, limit })));
    Ok(())
}
