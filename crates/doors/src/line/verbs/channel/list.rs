//! The channels there are.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::Query;
use parlor_hub::query::ChannelFilter;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "list",
    aliases: &["channels"],
    usage: "[WORD]",
    help: "the channels there are, or those like WORD",
    more: "",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (word, _) = argument::first_word(text);
    let folded = desk.facts.casemapping.fold(word);
    let matching = if word.is_empty() { Vec::new() } else { vec![format!("*{folded}*").into()] };
    desk.ask(Query::Channels(Box::new(ChannelFilter { matching, ..ChannelFilter::default() })));
    Ok(())
}
