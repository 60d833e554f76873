//! Coming into channels, and looking at another one.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::command::Joining;
use parlor_hub::name::Text;
use parlor_hub::{Command, bounds};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "join",
    aliases: &["j", "channel"],
    usage: "#CHANNEL [KEY]",
    help: "come into a channel, or look at it again",
    more: "\
What you type goes there then. You stay in the others: their lines have the channel's name
in front. Several at once: /join #A,#B",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (names, rest) = argument::needed(text)?;
    let mut keys = argument::first_word(rest).0.split(',');
    let mut joining = Vec::new();
    let mut here = None;
    for word in
        names.split(',').filter(|word| !word.is_empty()).take(bounds::TARGETS_PER_COMMAND_MAX)
    {
        let channel = argument::channel(word, desk)?;
        let key: Option<Text> = keys.next().filter(|key| !key.is_empty()).map(Into::into);
        here = door.places.find(channel.shown(), door.casemapping);
        if here.is_none() {
            door.places.head_to(channel.shown());
            joining.push(Joining { channel, key, follows: true });
        }
    }
    if !joining.is_empty() {
        desk.submit(Command::Join(joining));
    }
    // The last one that was named is looked at.
    if let Some(name) = here {
        door.places.look_at(&name);
        door.say(desk, &format!("* What you type goes to {name} now."));
    }
    Ok(())
}
