//! MODE of a person: their own, and nobody else's.

use crate::irc::verbs::Reading;
use parlor_hub::modes::UserFlags;
use parlor_hub::{Command, Query};
use parlor_wire::irc::modes::{Table, parse};
use parlor_wire::irc::numeric;

/// The letters take no parameter.
const TABLE: Table<'_> = Table { lists: "", always: "", when_set: "", never: "iow" };

pub(crate) fn user_mode(reading: &mut Reading<'_, '_>, nick: &str) {
    let fold = |name: &str| reading.facts().casemapping.fold(name);
    if fold(nick) != fold(reading.door.nick()) {
        let words = "Can't change mode for other users";
        return reading.say(numeric::ERR_USERSDONTMATCH, &[], words);
    }
    let Some(modes) = reading.param(1) else { return reading.desk.ask(Query::UserModes) };
    let mut changes = Vec::new();
    let mut unknown = false;
    for change in parse(TABLE, modes, &[]) {
        match UserFlags::of(change.letter) {
            Some(flag) => changes.push((flag, change.adding)),
            None => unknown = true,
        }
    }
    if unknown {
        reading.say(numeric::ERR_UMODEUNKNOWNFLAG, &[], "Unknown MODE flag");
    }
    if !changes.is_empty() {
        reading.desk.submit(Command::UserMode(changes));
    }
}
