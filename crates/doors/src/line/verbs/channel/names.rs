//! Who is in a channel, in a line.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::Query;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "names",
    aliases: &[],
    usage: "[#CHANNEL]",
    help: "who is in the channel, in one line",
    more: "@ stands before operators, + before those with a voice.",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (channel, _) = argument::channel_or_here(door, text, desk)?;
    desk.ask(Query::Names(vec![channel]));
    Ok(())
}
