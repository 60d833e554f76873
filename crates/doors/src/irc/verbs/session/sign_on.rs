//! What comes before the sign-on: USER and PASS. The nick is in `nick`, the account in `login`.

use crate::irc::registration;
use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::bounds::{REALNAME_BYTES_MAX, USERNAME_BYTES_MAX};
use parlor_hub::name::Text;
use parlor_wire::irc::numeric;

pub(crate) fn user(reading: &mut Reading<'_, '_>) {
    let username = username(reading.message.params[0]);
    let realname = bounded(reading.message.params[3], REALNAME_BYTES_MAX);
    if let Some(registration) = reading.door.registration.as_deref_mut() {
        registration.user = Some((username, realname));
        registration::advance(reading.door, reading.desk);
    }
}

pub(crate) fn pass(reading: &mut Reading<'_, '_>) {
    if let Some(registration) = reading.door.registration.as_deref_mut() {
        registration.password = Some(reading.message.params[0].to_owned());
    }
}

/// TLS is recognised by its own first bytes, so nobody needs to ask for it (DESIGN.md, "Sniffing").
pub(crate) fn starttls(reading: &mut Reading<'_, '_>) {
    reading.say(numeric::ERR_STARTTLS, &[], "STARTTLS failed: connect with TLS from the start");
}

/// A username as others see it: with the `~` of one that nobody vouches for, and without what would
/// break `nick!user@host`.
fn username(word: &str) -> Text {
    let kept = word.chars().filter(|c| c.is_alphanumeric() || "-_.+[]{}|^`".contains(*c));
    let mut username: String = std::iter::once('~').chain(kept).collect();
    if username.len() == 1 {
        username.push_str("user");
    }
    bounded(&username, USERNAME_BYTES_MAX)
}
