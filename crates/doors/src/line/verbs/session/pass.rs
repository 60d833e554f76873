//! The server's own password, where it has one.

use crate::desk::{Desk, HashWork, Hashed};
use crate::line::door::LineDoor;
use crate::line::verbs::account::Work;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "pass",
    aliases: &[],
    usage: "WORD",
    help: "give the server's password, where it asks for it",
    more: "",
    when: When::Any,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let password = argument::password(text)?;
    match &desk.facts.password {
        Some(phc) if !door.is_inside() => {
            let phc = phc.clone();
            door.work = Some(Box::new(Work::Enter));
            desk.hash(HashWork::Verify { phc, password });
            Ok(())
        }
        _ => Err(Wrong::Other("No password is needed here. For your account: /login".to_owned())),
    }
}

/// The password was verified, or not.
pub(in crate::line::verbs) fn hashed(door: &mut LineDoor, result: Hashed, desk: &mut Desk<'_>) {
    let Some(outside) = &mut door.outside else { return };
    match result {
        Hashed::Verified => {
            outside.has_password = true;
            let guest = outside.guest();
            door.say(
                desk,
                &format!("* That is right. Press Enter to come in as {guest}, or /nick NAME."),
            );
        }
        _ => door.say(desk, "* That is not the password of this server."),
    }
}
