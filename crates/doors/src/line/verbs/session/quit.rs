//! Leaving for good.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::Wrong;
use crate::line::verbs::{Verb, When};
use parlor_hub::bounds;
use parlor_wire::text::truncate;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "quit",
    aliases: &["exit", "bye", "q"],
    usage: "[WHY]",
    help: "leave",
    more: "",
    when: When::Any,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    if text.is_empty() {
        desk.close("Quit");
    } else {
        desk.close(&format!("Quit: {}", truncate(text, bounds::REASON_BYTES_MAX)));
    }
    Ok(())
}
