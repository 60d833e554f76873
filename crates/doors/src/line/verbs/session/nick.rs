//! A name of one's own.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::Command;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "nick",
    aliases: &["name"],
    usage: "NAME",
    help: "be called so",
    more: "A nick has letters, digits and _ - [ ] { } ^ | ` \\, and begins with none of 0-9 and -.",
    when: When::Admitted,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (word, _) = argument::needed(text)?;
    let nick = argument::nick(word, desk)?;
    if door.is_inside() {
        desk.submit(Command::Nick(nick));
    } else {
        door.come_in(&nick, false, None, desk);
    }
    Ok(())
}
