//! Staying with no connection at all.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::Wrong;
use crate::line::verbs::{Verb, When};
use parlor_hub::{Command, Query};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "stay",
    aliases: &[],
    usage: "[on|off]",
    help: "stay here when your connection ends",
    more: "It takes an account. You stay in your channels, and read later what was said.",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    match text {
        "" => desk.ask(Query::Persistence),
        text => desk.submit(Command::Persistence(!text.eq_ignore_ascii_case("off"))),
    }
    Ok(())
}
