//! OPER: becoming a server operator, by the password or the certificate of the configuration, or both.

use crate::desk::HashWork;
use crate::irc::verbs::Reading;
use crate::irc::verbs::hashing::{Purpose, hash};
use parlor_hub::Command;
use parlor_wire::irc::numeric;

pub(crate) fn oper(reading: &mut Reading<'_, '_>) {
    let name = reading.message.params[0];
    let mut operators = reading.facts().operators.iter();
    let Some(operator) = operators.find(|operator| *operator.name == *name) else {
        return reading.say(numeric::ERR_NOOPERHOST, &[], "No operator of this name");
    };
    if !operator.may_be_behind(reading.desk.transport.certificate.as_deref()) {
        let words = "This operator needs another certificate";
        return reading.say(numeric::ERR_PASSWDMISMATCH, &[], words);
    }
    let oper = operator.oper();
    let Some(phc) = operator.password.clone() else {
        return reading.desk.submit(Command::Oper(oper));
    };
    let Some(password) = reading.message.param(1) else { return reading.needs_more("OPER") };
    let password = password.to_owned();
    hash(reading, Purpose::Oper(oper), HashWork::Verify { phc, password });
}
