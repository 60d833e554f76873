//! SETNAME: another real name (setname). Who does not have the capability is told nothing, but why
//! not.

use crate::irc::verbs::Reading;
use parlor_hub::Command;
use parlor_hub::bounds::REALNAME_BYTES_MAX;

pub(crate) fn setname(reading: &mut Reading<'_, '_>) {
    let realname = reading.message.params[0];
    let is_one = !realname.trim().is_empty() && realname.len() <= REALNAME_BYTES_MAX;
    if !is_one {
        return reading.tell(|replies| {
            replies.fail_always("SETNAME", "INVALID_REALNAME", &[], "Realname is not valid");
        });
    }
    reading.desk.submit(Command::SetName(realname.into()));
}
