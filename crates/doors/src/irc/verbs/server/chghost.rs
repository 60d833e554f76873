//! CHGHOST: an operator has others see someone come from elsewhere (chghost).

use crate::bounds::HOST_BYTES_MAX;
use crate::irc::verbs::Reading;
use parlor_hub::Command;
use parlor_hub::command::Force;

pub(crate) fn chghost(reading: &mut Reading<'_, '_>) {
    let Some(nick) = reading.nick(reading.message.params[0]) else { return };
    let host = reading.message.params[1];
    if !is_host(host) {
        return reading.tell(|replies| {
            replies.fail_always("CHGHOST", "INVALID_HOST", &[], NO_HOST);
        });
    }
    reading.desk.submit(Command::Force(Box::new(Force::Host(nick, host.into()))));
}

/// Said of what is none.
pub(in crate::irc::verbs) const NO_HOST: &str =
    "It is no host: letters, digits, and - . : / _ between them";

/// Whether a word can stand after the `@` everywhere: as a parameter, in a mask and in a list of names.
pub(in crate::irc::verbs) fn is_host(word: &str) -> bool {
    word.len() <= HOST_BYTES_MAX
        && word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "-.:/_".contains(c))
}
