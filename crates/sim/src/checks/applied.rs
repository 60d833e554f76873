//! What must hold behind every entry.

use crate::Wrong;
use crate::checks::rooms::Rooms;
use parlor_hub::{Hub, Outcome};

/// A repeated entry is void.
pub(crate) fn void(outcome: &Outcome) -> Result<(), Wrong> {
    if outcome.steps.is_empty()
        && outcome.changes.is_empty()
        && outcome.asked.is_none()
        && outcome.repeated
    {
        return Ok(());
    }
    Err(Wrong(format!("an entry that came before has effects: {:?}", outcome.steps)))
}

/// The hub's indexes are exact, and what it told the halls is what it holds.
pub(crate) fn hub(hub: &Hub, told: &Rooms) -> Result<(), Wrong> {
    hub.check().map_err(|wrong| Wrong(format!("the hub: {wrong}")))?;
    let mut held = Rooms::default();
    for (session, nick) in hub.sessions() {
        held.nicks.insert(session, nick.to_string());
    }
    for (channel, session) in hub.memberships() {
        held.members.entry(channel).or_default().insert(session);
    }
    Wrong::unless_equal("who is where by what the halls are told", told, "as the hub has it", &held)
}
