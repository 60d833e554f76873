//! People by channel, nick or mask (WHO, WHOX).

use crate::answer::{Answer, WhoAre, WhoRow};
use crate::bounds;
use crate::mask;
use crate::modes::{Grants, UserFlags};
use crate::query::{Who, Whom};
use crate::state::{Channel, User};
use crate::verbs::Asking;
use std::sync::Arc;

pub(crate) fn ask(asking: &mut Asking<'_>, who: Who) {
    let Some(asker) = asking.asker() else { return };
    let mut rows = match &who.whom {
        Whom::Channel(name) => match asking.visible(asker, name) {
            None => Vec::new(),
            Some(channel) => in_channel(asking, asker, channel),
        },
        Whom::Matching(mask, folded) => matching(asking, asker, (mask, folded)),
    };
    if who.operators_only {
        rows.retain(|row| row.operator);
    }
    let Who { asked, fields, .. } = who;
    asking.answer(Answer::Who(Box::new(WhoAre { asked, fields, rows })));
}

fn in_channel(asking: &Asking<'_>, asker: &User, channel: &Channel) -> Vec<WhoRow> {
    let inside = channel.members.contains_key(&asker.id) || asker.may(Grants::SEE);
    let members = channel.members.keys().map(|user| &asking.hub.users[user]);
    let seen = members
        .filter(|user| inside || !user.flags.has(UserFlags::INVISIBLE))
        .filter(|user| channel.shows(user.id, asker));
    seen.map(|user| row(asking, (asker, user), Some(channel))).collect()
}

fn matching(asking: &Asking<'_>, asker: &User, (mask, folded): (&str, &str)) -> Vec<WhoRow> {
    let hub = asking.hub;
    if !mask.contains(['*', '?']) {
        // An exact nick finds even the invisible: it has to be known already.
        if let Some(user) = hub.nicks.get(folded).map(|id| &hub.users[id]) {
            return vec![row(asking, (asker, user), shared_channel(asking, asker, user))];
        }
    }
    let (server, sees_all) = (&hub.settings.server, asker.may(Grants::SEE));
    hub.users
        .values()
        .filter(|user| hub.finds(asker, user))
        .filter(|user| {
            let person = &user.person;
            let fields = [&person.nick, &person.username, &person.host, server, &user.realname];
            // What stands behind a cloak is not to be guessed.
            let faces = || if sees_all { hub.faces(user) } else { vec![person.to_string()] };
            fields.iter().any(|field| mask::matches(mask, field))
                || (mask.contains('@') && faces().iter().any(|face| mask::matches(mask, face)))
        })
        .take(bounds::WHO_ROWS_MAX)
        .map(|user| row(asking, (asker, user), shared_channel(asking, asker, user)))
        .collect()
}

/// A channel in which the asker may see the other: one of their own, or an open one of someone who
/// does not hide.
fn shared_channel<'h>(asking: &Asking<'h>, asker: &User, user: &User) -> Option<&'h Channel> {
    let channels = user.channels.iter().map(|id| &asking.hub.channels[id]);
    let found = asking.hub.finds(asker, user);
    let mut seen = channels.filter(|channel| {
        let inside = channel.members.contains_key(&asker.id);
        (inside || (found && asker.sees(channel))) && channel.shows(user.id, asker)
    });
    seen.next()
}

fn row(asking: &Asking<'_>, (asker, user): (&User, &User), channel: Option<&Channel>) -> WhoRow {
    let is_told = asker.id == user.id || asker.may(Grants::SEE);
    let session = user.sessions.first().filter(|_| is_told);
    WhoRow {
        address: session.map(|session| asking.hub.sessions[session].peer.address),
        channel: channel.map(|c| (c.row.name.shown().clone(), c.ranks_of(user.id))),
        person: Arc::clone(&user.person),
        realname: user.realname.clone(),
        away: user.away().is_some(),
        operator: user.is_operator(),
        idle_ms: asking.now.saturating_sub(user.active_at),
    }
}
