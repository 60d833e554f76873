//! People by channel, nick or mask (WHO, WHOX).

use crate::answer::{Answer, WhoAre, WhoRow};
use crate::mask;
use crate::modes::{Grants, UserFlags};
use crate::query::{Wanted, Who, Whom};
use crate::state::{Channel, User};
use crate::verbs::Asking;
use std::ops::Range;
use std::sync::Arc;

pub(crate) fn ask(asking: &mut Asking<'_>, who: Who) {
    let Some(asker) = asking.asker() else { return };
    let mut rows = match &who.whom {
        Whom::Channel(name) => match asking.visible(asker, name) {
            None => Vec::new(),
            Some(channel) => in_channel(asking, asker, channel),
        },
        Whom::Matching(mask, folded) => match known(asking, (mask, folded)) {
            Some(user) => vec![row(asking, (asker, user), shared_channel(asking, asker, user))],
            None => return asking.scan(Wanted::People(Arc::new(who))),
        },
    };
    if who.operators_only {
        rows.retain(|row| row.operator);
    }
    let Who { asked, fields, .. } = who;
    asking.answer(Answer::Who(Arc::new(WhoAre { asked, fields, rows })));
}

fn in_channel(asking: &Asking<'_>, asker: &User, channel: &Channel) -> Vec<WhoRow> {
    let inside = channel.members.contains_key(&asker.id) || asker.may(Grants::SEE);
    let members = channel.members.keys().map(|user| &asking.hub.users[user]);
    let seen = members
        .filter(|user| inside || !user.flags.has(UserFlags::INVISIBLE))
        .filter(|user| channel.shows(user.id, asker));
    // Most are seen: thousands of rows are not to be moved as they become more.
    let mut rows = Vec::with_capacity(channel.members.len());
    rows.extend(seen.map(|user| row(asking, (asker, user), Some(channel))));
    rows
}

/// Whoever is named exactly. That finds even the invisible: they have to be known already.
fn known<'h>(asking: &Asking<'h>, (mask, folded): (&str, &str)) -> Option<&'h User> {
    let named = asking.hub.nicks.get(folded).filter(|_| !mask.contains(['*', '?']));
    named.map(|id| &asking.hub.users[id])
}

/// Those of the people at these places whom the asker finds by a mask, the last first.
pub(in crate::verbs) fn rows<'h>(
    asking: &'h Asking<'_>,
    asker: &'h User,
    who: &'h Who,
    places: Range<usize>,
) -> impl Iterator<Item = WhoRow> + 'h {
    let Who { whom, operators_only, .. } = who;
    let people = asking.hub.users.get_range(places);
    let people = people.into_iter().flat_map(|found| found.values().rev());
    people
        .filter(move |user| !operators_only || user.is_operator())
        .filter(move |user| is_like(asking, (asker, user), whom) && asking.hub.finds(asker, user))
        .map(move |user| row(asking, (asker, user), shared_channel(asking, asker, user)))
}

fn is_like(asking: &Asking<'_>, (asker, user): (&User, &User), whom: &Whom) -> bool {
    let Whom::Matching(mask, _) = whom else { return false };
    let (hub, person) = (asking.hub, &user.person);
    let server = &hub.settings.server;
    let fields = [&person.nick, &person.username, &person.host, server, &user.realname];
    // What stands behind a cloak is not to be guessed.
    let sees_all = asker.may(Grants::SEE);
    let faces = || if sees_all { hub.faces(user) } else { vec![person.to_string()] };
    fields.iter().any(|field| mask::matches(mask, field))
        || (mask.contains('@') && faces().iter().any(|face| mask::matches(mask, face)))
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
