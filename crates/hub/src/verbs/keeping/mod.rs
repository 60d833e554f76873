//! Channels that are registered: who keeps them, and what they may do, inside or not.

pub(super) mod access;
pub(super) mod clear;
pub(super) mod info;
pub(super) mod lasting;
pub(super) mod register;
pub(super) mod set;
pub(super) mod transfer;

use crate::command::Keeping;
use crate::turn::Turn;

/// The table of what is done by those who keep channels; it holds no logic.
pub(super) fn apply(turn: &mut Turn<'_>, keeping: Keeping) {
    match keeping {
        Keeping::Offer(channel, account) => transfer::apply(turn, &channel, &account),
        Keeping::Accept(channel) => transfer::apply_acceptance(turn, &channel),
        Keeping::Withdraw(channel) => transfer::apply_withdrawal(turn, &channel),
        Keeping::Give(channel, account) => transfer::apply_force(turn, &channel, &account),
        Keeping::Clear(channel, what) => clear::apply(turn, &channel, what),
        Keeping::Set(channel, setting) => set::apply(turn, &channel, setting),
        Keeping::Mode(channel, changes) => lasting::apply_mode(turn, &channel, changes),
        Keeping::Kick(kick) => lasting::apply_kick(turn, &kick),
        Keeping::Topic(channel, text) => lasting::apply_topic(turn, &channel, text),
        Keeping::Invite(channel, nick) => lasting::apply_invitation(turn, &channel, nick.as_ref()),
        Keeping::UnbanOneself(channel) => lasting::apply_unban(turn, &channel),
    }
}
