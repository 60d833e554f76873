//! Leaving channels.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::command::Part;
use parlor_hub::{Command, bounds};
use parlor_wire::text::truncate;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "part",
    aliases: &["leave"],
    usage: "[#CHANNEL] [WHY]",
    help: "leave the channel, or the one named",
    more: "",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (channel, reason) = argument::channel_or_here(door, text, desk)?;
    let reason = truncate(reason, bounds::REASON_BYTES_MAX);
    let reason = (!reason.is_empty()).then(|| reason.into());
    let entered = door.places.find(channel.shown(), door.casemapping);
    door.places.give_up(channel.shown(), door.casemapping);
    desk.submit(Command::Part(Part { channels: vec![channel], reason }));
    // Where one is not, the hub's refusal says all there is to say.
    if let Some(left) = entered {
        let now = match door.places.target() {
            Some(target) => format!("What you type goes to {target} now."),
            None => {
                format!("You are in no channel now: /join {} to talk.", desk.facts.lobby.shown())
            }
        };
        door.say(desk, &format!("* You left {left}. {now}"));
    }
    Ok(())
}
