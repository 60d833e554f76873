//! Keeping a channel for ever, and no longer.

use super::{access, transfer};
use crate::answer::KeepingAnswer;
use crate::modes::Ranks;
use crate::name::{ChannelName, Text};
use crate::refusal::Refusal;
use crate::state::Channel;
use crate::turn::Turn;
use crate::verbs::channel::{let_go, mode};

pub(crate) fn apply(turn: &mut Turn<'_>, name: &ChannelName) {
    let Some(actor) = turn.actor() else { return };
    let (actor, account) = (actor.id, actor.account);
    let id = match mode::allowed(turn, actor, name, Ranks::OPERATOR) {
        Ok(id) => id,
        Err(refusal) => return turn.refuse(refusal),
    };
    let shown = name.shown().clone();
    let Some(account) = account else { return turn.refuse(Refusal::AccountNeeded) };
    if turn.channel(id).row.registered {
        return turn.refuse(Refusal::ChannelIsRegistered(shown));
    }
    if let Err(refusal) = transfer::may_found(turn.hub, account, shown.clone()) {
        return turn.refuse(refusal);
    }
    turn.channel_mut(id).row.registered = true;
    turn.store_row(id);
    turn.set_access(id, account, Some(Ranks::FOUNDER));
    turn.tell_keeping(KeepingAnswer::Registered(shown));
    mode::grant(turn, id, actor, Ranks::FOUNDER);
}

/// Its founder gives a channel up: with the code that they are told first, because it cannot be undone.
pub(crate) fn apply_end(turn: &mut Turn<'_>, name: &ChannelName, code: Option<&Text>) {
    let Some(actor) = turn.actor() else { return };
    let channel = match access::registered(turn.hub, actor, name) {
        Ok(channel) => channel,
        Err(refusal) => return turn.refuse(refusal),
    };
    let (id, shown) = (channel.id(), channel.row.name.shown().clone());
    let is_lobby = channel.row.name.folded() == turn.hub.settings.lobby.folded();
    if is_lobby || !channel.lasting_ranks_of(actor).has(Ranks::FOUNDER) {
        return turn.refuse(Refusal::RankNeeded(shown, Ranks::FOUNDER));
    }
    let wanted = code_of(channel);
    if code != Some(&wanted) {
        return turn.tell_keeping(KeepingAnswer::Confirm(shown, wanted));
    }
    let_go(turn, id);
    turn.tell_keeping(KeepingAnswer::Unregistered(shown));
}

/// No secret: it only keeps a channel from being given up by a slip of the hand.
fn code_of(channel: &Channel) -> Text {
    let mixed = channel.row.made_at.wrapping_mul(31).wrapping_add(u64::from(channel.id().0));
    format!("{:06}", mixed % 1_000_000).into()
}
