//! AWAY: with a message, or back without one. Before the sign-on too for those who asked for
//! `draft/pre-away`; `AWAY *` says that nobody sits at this connection.

use crate::irc::Caps;
use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::Command;
use parlor_hub::bounds::REASON_BYTES_MAX;
use parlor_hub::command::Presence;
use parlor_wire::irc::numeric;

pub(crate) fn away(reading: &mut Reading<'_, '_>) {
    let message = reading.param(0).map(|message| bounded(message, REASON_BYTES_MAX));
    let knows_of_it = reading.door.caps.has(Caps::PRE_AWAY);
    let presence = match message {
        None => Presence::Here,
        Some(message) if knows_of_it && &*message == "*" => Presence::Unattended,
        Some(message) => Presence::Away(message),
    };
    if reading.door.is_here() {
        return reading.desk.submit(match presence {
            Presence::Unattended => Command::Unattended,
            Presence::Away(message) => Command::Away(Some(message)),
            Presence::Here | Presence::Unsaid => Command::Away(None),
        });
    }
    if !knows_of_it {
        return reading.say(numeric::ERR_NOTREGISTERED, &[], "You have not registered");
    }
    let is_away = presence != Presence::Here;
    if let Some(registration) = reading.door.registration.as_deref_mut() {
        registration.presence = presence;
    }
    reading.tell(|replies| replies.away(is_away));
}
