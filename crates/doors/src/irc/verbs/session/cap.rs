//! CAP: what the client and this door can both do (capability-negotiation).

use crate::irc::verbs::Reading;
use crate::irc::verbs::account::{register, sasl};
use crate::irc::{Caps, caps, registration, sts};
use parlor_wire::irc::numeric;

/// The version from which capabilities have values, lists several lines, and `cap-notify` is implied.
const VERSION_WITH_VALUES: u32 = 302;

pub(crate) fn cap(reading: &mut Reading<'_, '_>) {
    let subcommand = reading.message.param(0).unwrap_or_default();
    match subcommand.to_ascii_uppercase().as_str() {
        "LS" => ls(reading),
        "LIST" => {
            let enabled = reading.door.caps.names();
            list(reading, ("LIST", reading.door.cap_302), &enabled);
        }
        "REQ" => req(reading),
        "END" => end(reading),
        _ => reading.say(numeric::ERR_INVALIDCAPCMD, &[subcommand], "Invalid CAP command"),
    }
}

fn ls(reading: &mut Reading<'_, '_>) {
    hold(reading);
    let version = reading.param(1).and_then(|version| version.parse::<u32>().ok());
    let with_values = version.is_some_and(|version| version >= VERSION_WITH_VALUES);
    if with_values {
        reading.door.cap_302 = true;
        reading.door.caps = reading.door.caps.with(Caps::CAP_NOTIFY, true);
    }
    let mechanisms = sasl::mechanisms(reading.desk.transport);
    let registration = register::value(reading.facts());
    // Who asks as an older client is answered as one, whatever they said before.
    let mut offered = Caps::offered(with_values, &mechanisms, &registration);
    if with_values {
        offered.extend(sts::policy(reading.facts(), reading.desk.transport));
    }
    list(reading, ("LS", with_values), &offered);
}

fn req(reading: &mut Reading<'_, '_>) {
    hold(reading);
    let words = reading.message.param(1).unwrap_or_default();
    let fixed = if reading.door.cap_302 { Caps::CAP_NOTIFY } else { Caps::none() };
    let granted = reading.door.caps.requested(words, fixed);
    let answer = if granted.is_some() { "ACK" } else { "NAK" };
    let words: Vec<String> = words.split_ascii_whitespace().map(str::to_owned).collect();
    // The words as they were sent: an answer that is continued would not be understood.
    reading.tell(|replies| {
        let to = (&*replies.facts.server, replies.nick);
        caps::list(replies.out, to, (answer, false), &words);
    });
    if let Some(granted) = granted {
        reading.door.caps = granted;
    }
}

fn end(reading: &mut Reading<'_, '_>) {
    if let Some(registration) = reading.door.registration.as_deref_mut() {
        registration.negotiating = false;
        registration::advance(reading.door, reading.desk);
    }
}

/// Registration waits for the end of the negotiation.
fn hold(reading: &mut Reading<'_, '_>) {
    if let Some(registration) = reading.door.registration.as_deref_mut() {
        registration.negotiating = true;
    }
}

fn list(reading: &mut Reading<'_, '_>, answer: (&str, bool), words: &[String]) {
    reading.tell(|replies| {
        let to = (&*replies.facts.server, replies.nick);
        caps::list(replies.out, to, answer, words);
    });
}
