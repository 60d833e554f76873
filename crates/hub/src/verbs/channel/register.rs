//! Keeping a channel for ever.

use super::mode;
use crate::answer::Answer;
use crate::modes::Ranks;
use crate::name::ChannelName;
use crate::refusal::Refusal;
use crate::turn::Turn;

pub(crate) fn apply(turn: &mut Turn<'_>, name: &ChannelName) {
    let Some(actor) = turn.actor() else { return };
    let (actor, has_account) = (actor.id, actor.account.is_some());
    let id = match mode::allowed(turn, actor, name, Ranks::OPERATOR) {
        Ok(id) => id,
        Err(refusal) => return turn.refuse(refusal),
    };
    let shown = name.shown().clone();
    if !has_account {
        return turn.refuse(Refusal::AccountNeeded);
    }
    if turn.channel(id).row.registered {
        return turn.refuse(Refusal::ChannelIsRegistered(shown));
    }
    turn.channel_mut(id).row.registered = true;
    turn.store_row(id);
    turn.answer(Answer::ChannelRegistered(shown));
    mode::grant(turn, id, actor, Ranks::FOUNDER);
}
