//! OPER: becoming a server operator, by the configuration's password.

use crate::desk::HashWork;
use crate::irc::verbs::Reading;
use crate::irc::verbs::hashing::{Purpose, hash};
use parlor_hub::command::Oper;
use parlor_wire::irc::numeric;

pub(crate) fn oper(reading: &mut Reading<'_, '_>) {
    let name = reading.message.params[0];
    let password = reading.message.params[1].to_owned();
    let mut operators = reading.facts().operators.iter();
    let Some(operator) = operators.find(|operator| *operator.name == *name) else {
        return reading.say(numeric::ERR_NOOPERHOST, &[], "No operator of this name");
    };
    let work = HashWork::Verify { phc: operator.password.clone(), password };
    let oper = Oper { name: operator.name.clone(), grants: operator.grants };
    hash(reading, Purpose::Oper(oper), work);
}
