//! MODE of a person: their own, and nobody else's.

use crate::irc::isupport::USER_MODES;
use crate::irc::verbs::Reading;
use parlor_hub::modes::UserFlags;
use parlor_hub::{Command, Query};
use parlor_wire::irc::modes::{Table, parse};
use parlor_wire::irc::numeric;

/// The letters take no parameter.
const TABLE: Table<'_> = Table { lists: "", always: "", when_set: "", never: USER_MODES };

pub(crate) fn user_mode(reading: &mut Reading<'_, '_>, nick: &str) {
    let Some(nick) = reading.nick(nick) else { return };
    let own = reading.facts().casemapping.fold(reading.door.nick());
    let modes = match reading.param(1) {
        Some(modes) if *nick.folded() == own => modes,
        // Of another it is only asked whether there is one.
        _ => return reading.desk.ask(Query::UserModes(nick)),
    };
    let mut changes = Vec::new();
    let mut unknown = false;
    for change in parse(TABLE, modes, &[]) {
        match UserFlags::of(change.letter) {
            Some(flag) => changes.push((flag, change.adding)),
            None => unknown = true,
        }
    }
    if !changes.is_empty() {
        reading.desk.submit(Command::UserMode(changes));
    }
    // Behind the letters that are known (modern-irc, "User mode").
    if unknown {
        reading.say(numeric::ERR_UMODEUNKNOWNFLAG, &[], "Unknown MODE flag");
    }
}
