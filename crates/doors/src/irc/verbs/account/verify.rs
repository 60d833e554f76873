//! VERIFY: the code that was sent to the owner of a new account (draft/account-registration).

use crate::irc::verbs::Reading;
use parlor_hub::Command;
use parlor_hub::command::AccountCommand;
use parlor_hub::name::Nick;

pub(crate) fn verify(reading: &mut Reading<'_, '_>) {
    let params = &reading.message.params;
    if !reading.door.is_here() && reading.facts().password.is_some() {
        let words = "Sign on first, then verify";
        return reading.tell(|replies| {
            replies.fail_always("VERIFY", "COMPLETE_CONNECTION_REQUIRED", &[], words);
        });
    }
    if reading.door.account.is_some() {
        let words = "You are logged in already";
        return reading.tell(|replies| {
            replies.fail_always("VERIFY", "ALREADY_AUTHENTICATED", &[params[0]], words);
        });
    }
    match Nick::parse(params[0], reading.facts().casemapping) {
        Ok(name) => submit(reading, name, params[1]),
        Err(_) => reading.tell(|replies| {
            let words = "The code is wrong, or came too late";
            replies.fail_always("VERIFY", "INVALID_CODE", &[params[0]], words);
        }),
    }
}

pub(super) fn submit(reading: &mut Reading<'_, '_>, name: Nick, code: &str) {
    let verify = AccountCommand::Verify(name, code.into());
    reading.desk.submit(Command::Account(Box::new(verify)));
}
