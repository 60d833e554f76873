//! What one does, rather than says: a CTCP ACTION.

use super::msg::message;
use super::split::pieces;
use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::command::Recipient;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "me",
    aliases: &["action"],
    usage: "DOES",
    help: "say what you do: /me waves",
    more: "",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    if text.is_empty() {
        return Err(Wrong::Usage);
    }
    let recipient = Recipient::Channel(argument::here(door, desk)?, None);
    for piece in pieces(text) {
        desk.submit(message(recipient.clone(), format!("\x01ACTION {piece}\x01").into()));
    }
    Ok(())
}
