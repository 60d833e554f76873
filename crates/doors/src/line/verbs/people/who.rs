//! Who is here.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::outside;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::Query;
use parlor_hub::query::{Who, Whom};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "who",
    aliases: &["w", "users"],
    usage: "[#CHANNEL|MASK]",
    help: "who is in the channel, a line each",
    more: "With a mask, everyone who is like it: /who a*",
    when: When::Any,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    if !door.is_inside() {
        let words = format!("{} Press Enter to come in and see who.", outside::here(desk.people));
        return Err(Wrong::Other(words));
    }
    let (word, _) = argument::first_word(text);
    let (asked, whom) = if word.is_empty() || word.starts_with('#') {
        let (channel, _) = argument::channel_or_here(door, text, desk)?;
        (channel.shown().clone(), Whom::Channel(channel))
    } else {
        let casemapping = desk.facts.casemapping;
        (word.into(), Whom::Matching(casemapping.mask(word), casemapping.fold(word)))
    };
    desk.ask(Query::Who(Box::new(Who { asked, whom, operators_only: false, fields: None })));
    Ok(())
}
