//! The hub's settings are now these, or stay what they were.

use crate::id::SessionId;
use crate::name::Text;
use crate::settings::Settings;
use crate::state::RULES;
use crate::turn::Turn;
use crate::verbs::channel;

pub(crate) fn apply(turn: &mut Turn<'_>, settings: Settings) {
    if turn.session() != SessionId::SERVER {
        return;
    }
    channel::keep_lobby(turn, &settings.lobby);
    turn.hub.settings = settings;
}

/// The operators hear of it, whichever of them asked, or whoever had it read by a signal.
pub(crate) fn stays(turn: &mut Turn<'_>, why: Text) {
    if turn.session() == SessionId::SERVER {
        turn.notice(why);
    }
}

/// A change of the rules takes effect by an entry, at the same place everywhere.
pub(crate) fn apply_rules(version: u32) {
    assert!(version <= RULES, "the journal uses rules {version}; this build knows up to {RULES}");
}
