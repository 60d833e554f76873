//! What a channel is about.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::{Command, Query, bounds};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "topic",
    aliases: &[],
    usage: "[#CHANNEL] [TEXT]",
    help: "see what the channel is about, or say so",
    more: "A single - as the text clears the topic.",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (channel, text) = argument::channel_or_here(door, text, desk)?;
    argument::bounded(text, "topic", bounds::TOPIC_BYTES_MAX)?;
    match text {
        "" => desk.ask(Query::Topic(channel)),
        "-" => desk.submit(Command::Topic(channel, "".into())),
        text => desk.submit(Command::Topic(channel, text.into())),
    }
    Ok(())
}
