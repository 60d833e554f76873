//! Becoming a server operator.

use crate::desk::{Desk, HashWork, Hashed};
use crate::facts::Operator;
use crate::line::door::LineDoor;
use crate::line::telling::refusal::worded;
use crate::line::verbs::account::Work;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::command::Oper;
use parlor_hub::{Command, Refusal};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "oper",
    aliases: &[],
    usage: "NAME PASSWORD",
    help: "become a server operator",
    more: "",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (name, rest) = argument::needed(text)?;
    let mut operators = desk.facts.operators.iter();
    let shown = desk.transport.certificate.as_deref();
    let is_meant = |known: &&Operator| *known.name == *name && known.may_be_behind(shown);
    let Some(operator) = operators.find(is_meant) else {
        return Err(Wrong::Other(worded(&Refusal::WrongPassword, None)));
    };
    let oper = operator.oper();
    let Some(phc) = operator.password.clone() else {
        desk.submit(Command::Oper(oper));
        return Ok(());
    };
    let password = argument::password(rest)?;
    door.work = Some(Box::new(Work::Operator(oper)));
    desk.hash(HashWork::Verify { phc, password });
    Ok(())
}

/// The password was verified, or not.
pub(in crate::line::verbs) fn hashed(
    door: &mut LineDoor,
    result: Hashed,
    oper: Oper,
    desk: &mut Desk<'_>,
) {
    if result == Hashed::Verified {
        desk.submit(Command::Oper(oper));
    } else {
        door.say(desk, &format!("* {}", worded(&Refusal::WrongPassword, None)));
        desk.submit(Command::NotOper(oper.name));
    }
}
