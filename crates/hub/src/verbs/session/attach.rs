//! Another connection of someone who is here: it wears the same nick, is in the same channels, and
//! sees what the others say.

use super::{away, sign_on};
use crate::bounds;
use crate::command::SignOn;
use crate::event::Event;
use crate::id::{AccountId, ChannelId, UserId};
use crate::modes::ChannelFlags;
use crate::outcome::{Audience, Route};
use crate::state::Hub;
use crate::turn::Turn;
use crate::verbs::channel::join;
use crate::verbs::people::metadata;
use crate::verbs::talk::missed;
use std::sync::Arc;

/// Who wears the nick that is wanted with this account, and has room for such a connection.
pub(super) fn someone_with(
    hub: &Hub,
    wanted: &SignOn,
    account: Option<AccountId>,
) -> Option<UserId> {
    let user = hub.user_named(&wanted.nick)?;
    let account = account.filter(|account| user.account == Some(*account))?;
    // Who wants one connection at a time still comes back to a nick that stayed without any.
    let has_room = hub.accounts[&account].preferences.multiclient || user.sessions.is_empty();
    // It would be in all their channels, and may be read along.
    let takes_secure = |id: &ChannelId| hub.channels[id].row.flags.has(ChannelFlags::SECURE_JOIN);
    let may_come = wanted.transport.secure || !user.channels.iter().any(takes_secure);
    let fits = has_room && user.sessions.len() < bounds::SESSIONS_PER_USER_MAX;
    (fits && may_come).then_some(user.id)
}

pub(super) fn apply(turn: &mut Turn<'_>, id: UserId, sign_on: SignOn) {
    away::telling(turn, id, |turn| {
        sign_on::welcome(turn, id, sign_on, false);
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
    });
    metadata::show_within_reach(turn);
    missed::show(turn);
}
