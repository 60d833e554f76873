//! Being nobody in particular again.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::Wrong;
use crate::line::verbs::{Verb, When};
use parlor_hub::Command;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "logout",
    aliases: &[],
    usage: "",
    help: "leave your account",
    more: "Its nick stays with it: take another /nick first.",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, _text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    desk.submit(Command::LogOut);
    Ok(())
}
