//! Another name for a channel, which stays what it is: its people, modes, lists and history go along
//! (draft/channel-rename).

use super::{mode, names};
use crate::answer::{Answer, Moved};
use crate::bounds;
use crate::change::Change;
use crate::command::Rename;
use crate::event::Event;
use crate::id::{AccountId, ChannelId, SessionId, UserId};
use crate::modes::{Grants, Ranks};
use crate::name::{ChannelName, Text};
use crate::outcome::{Audience, Route};
use crate::refusal::{CannotRename, Refusal};
use crate::state::{Channel, Hub};
use crate::turn::Turn;
use std::collections::BTreeSet;
use std::sync::Arc;

pub(crate) fn apply(turn: &mut Turn<'_>, rename: Rename) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    let Rename { from, to, reason } = rename;
    let id = match may_rename(turn, actor, &from, &to) {
        Ok(id) => id,
        Err(refusal) => return turn.refuse(refusal),
    };
    let (old, new) = (turn.channel(id).row.name.clone(), to.shown().clone());
    if *old.shown() == new {
        return;
    }
    // Who only writes the name in other letters has lost nothing.
    let is_other = old.folded() != to.folded();
    turn.hub.channel_names.swap_remove(old.folded());
    turn.hub.channel_names.insert(to.folded().clone(), id);
    turn.hub.note_looks_of_channel(&to);
    if is_other {
        move_marks(turn, id, (old.folded(), to.folded()));
        let at = turn.hub.at;
        turn.hub.renamed.take(to.folded());
        turn.hub.renamed.note(id, old.folded(), at);
        turn.channel_mut(id).renamed_at = Some(at);
    }
    turn.channel_mut(id).row.name = to;
    turn.store_row(id);
    let by = Arc::clone(&turn.hub.users[&actor].person);
    let members: Vec<UserId> = turn.channel(id).members.keys().copied().collect();
    for user in &members {
        for session in turn.hub.users[user].sessions.clone() {
            turn.route(Route::Enter(session, id, new.clone()));
        }
    }
    let channel = turn.channel(id).named();
    let event =
        Event::ChannelRenamed { by, from: old.shown().clone(), channel, reason: reason.clone() };
    turn.tell(Audience::Channel(id), event);
    if is_other {
        show_moved(turn, id, members, (old.shown().clone(), reason));
    }
}

fn may_rename(
    turn: &Turn<'_>,
    actor: UserId,
    from: &ChannelName,
    to: &ChannelName,
) -> Result<ChannelId, Refusal> {
    let id = mode::allowed(turn, actor, from, Ranks::OPERATOR)?;
    let (hub, channel) = (&*turn.hub, turn.channel(id));
    if !has_its_name(hub, actor, channel) {
        return Err(Refusal::RankNeeded(from.shown().clone(), Ranks::FOUNDER));
    }
    hub.is_open(from)?;
    hub.is_open(to)?;
    let cannot = |why| Err(Refusal::CannotRename(from.shown().clone(), to.shown().clone(), why));
    if from.folded() == hub.settings.lobby.folded() {
        return cannot(CannotRename::Lobby);
    }
    if from.folded() == to.folded() {
        return Ok(id);
    }
    let is_left = |other: ChannelId| has_its_name(hub, actor, &hub.channels[&other]);
    if hub.channel_named(to).is_some()
        || hub.looks_like_another_channel(to)
        || hub.now_named(to).is_some_and(|other| !is_left(other))
    {
        return Err(Refusal::ChannelNameInUse(from.shown().clone(), to.shown().clone()));
    }
    let lately = |at| hub.at < at + bounds::RENAME_EVERY_MS;
    if channel.renamed_at.is_some_and(lately) { cannot(CannotRename::Lately) } else { Ok(id) }
}

/// Whether a channel's name, and one that it had lately, is someone's to decide about: its founder's,
/// where it is registered, else its operators'.
fn has_its_name(hub: &Hub, user: UserId, channel: &Channel) -> bool {
    let needed = if channel.row.registered { Ranks::FOUNDER } else { Ranks::OPERATOR };
    hub.authority(user, channel).at_least(needed)
}

impl Hub {
    /// The channel that had this name a while ago, and has another one now.
    pub(crate) fn now_named(&self, name: &ChannelName) -> Option<ChannelId> {
        self.renamed.find(name.folded(), self.at)
    }
}

/// Up to when those with a place have read the channel goes along with it; what is known of an earlier
/// channel of the new name does not count for this one.
fn move_marks(turn: &mut Turn<'_>, id: ChannelId, (from, to): (&Text, &Text)) {
    let members = turn.channel(id).members.keys();
    let here = members.filter_map(|user| turn.hub.users[user].account);
    let accounts: BTreeSet<AccountId> = here
        .chain(turn.channel(id).places.keys().chain(turn.channel(id).access.keys()).copied())
        .collect();
    for account in accounts {
        let read = turn.hub.read.remove(&(account, from.clone()));
        let before = match read {
            Some(at) => turn.hub.read.insert((account, to.clone()), at),
            None => turn.hub.read.remove(&(account, to.clone())),
        };
        if read.is_some() {
            turn.store(Change::Read(account, from.clone(), None));
        }
        if read != before {
            turn.store(Change::Read(account, to.clone(), read));
        }
    }
}

/// Shows each member the channel under its new name: doors whose clients do not know of renaming make
/// of it that they left the one and came into the other.
fn show_moved(
    turn: &mut Turn<'_>,
    id: ChannelId,
    members: Vec<UserId>,
    (from, reason): (Text, Option<Text>),
) {
    let own = turn.session();
    // All who see the same share one list: of an auditorium, there are two.
    let everyone = Arc::new(names::of_everyone(turn.hub, turn.channel(id)));
    let seen = Arc::new(names::of_those_seen(turn.hub, turn.channel(id)));
    for user in members {
        let (user, channel) = (&turn.hub.users[&user], turn.channel(id));
        let is_unseen = channel.hides(user.id) && !user.may(Grants::SEE);
        let names = Arc::clone(if is_unseen { &seen } else { &everyone });
        let moved = Answer::Moved(Box::new(Moved {
            who: Arc::clone(&user.person),
            realname: user.realname.clone(),
            from: from.clone(),
            to: channel.row.name.shown().clone(),
            reason: reason.clone(),
            topic: channel.row.topic.clone(),
            is_unseen,
            names,
        }));
        let sessions = user.sessions.iter().copied();
        let (mine, others): (Vec<SessionId>, Vec<_>) = sessions.partition(|s| *s == own);
        turn.show(others.into(), moved.clone());
        if !mine.is_empty() {
            turn.answer(moved);
        }
    }
}
