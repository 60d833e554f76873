//! Another connection of someone who is here: it wears the same nick, is in the same channels, and
//! sees what the others say.

use super::{away, sign_on};
use crate::bounds;
use crate::event::Event;
use crate::id::{AccountId, UserId};
use crate::name::Nick;
use crate::outcome::{Audience, Route};
use crate::person::Transport;
use crate::state::Hub;
use crate::turn::Turn;
use crate::verbs::channel::join;
use crate::verbs::talk::missed;
use std::sync::Arc;

/// Who wears this nick with this account, and has room for another connection.
pub(super) fn someone_with(hub: &Hub, nick: &Nick, account: Option<AccountId>) -> Option<UserId> {
    let user = hub.user_named(nick)?;
    let is_theirs = account.is_some() && user.account == account;
    (is_theirs && user.sessions.len() < bounds::SESSIONS_PER_USER_MAX).then_some(user.id)
}

pub(super) fn apply(turn: &mut Turn<'_>, id: UserId, transport: Transport) {
    let user = &turn.hub.users[&id];
    let comes_back = user.sessions.is_empty() && user.away.is_none();
    sign_on::welcome(turn, id, transport);
    let session = turn.session();
    for channel in turn.hub.users[&id].channels.clone() {
        let named = turn.channel(channel).named();
        turn.route(Route::Enter(session, channel, named.name.clone()));
        let user = &turn.hub.users[&id];
        let (who, realname) = (Arc::clone(&user.person), user.realname.clone());
        let joined = Event::Joined { who, realname, channel: named };
        turn.tell(Audience::Sessions([session].into()), joined);
        join::show_place(turn, (id, channel), |turn, _, answer| turn.answer(answer));
    }
    if comes_back {
        away::tell(turn, id);
    }
    missed::show(turn);
}
