//! Bans from the server: by mask, by network, by real name.

use crate::answer::Answer;
use crate::bounds;
use crate::change::{BanKind, Change, Face, ServerBan};
use crate::command::{Ban, SignOn};
use crate::id::UserId;
use crate::modes::Grants;
use crate::name::Text;
use crate::outcome::Route;
use crate::refusal::{KeepingRefusal, Refusal};
use crate::state::{Hub, User};
use crate::turn::Turn;
use crate::verbs::Asking;
use crate::verbs::channel;
use crate::verbs::session::quit;
use std::net::IpAddr;

pub(crate) fn apply(turn: &mut Turn<'_>, ban: Ban) {
    let Some(actor) = turn.operator(Grants::BAN) else { return };
    let Ban { kind, mask, lasts_ms, reason, note, and_kill } = ban;
    let (by, at) = (turn.hub.users[&actor].nick().clone(), turn.hub.at);
    let until = lasts_ms.filter(|ms| *ms <= bounds::BAN_MS_MAX).map(|ms| at + ms);
    let ban = ServerBan { kind, mask, reason, note, by, at, until };
    // The lobby is where everyone comes in.
    let is_lobby = ban.mask == *turn.hub.settings.lobby.folded();
    if is_lobby && BanKind::OF_CHANNELS.contains(&kind) {
        return turn.refuse(Refusal::Keeping(KeepingRefusal::LobbyStaysOpen(ban.mask)));
    }
    if is_of(turn.hub, &ban, &turn.hub.users[&actor]) {
        return turn.refuse(Refusal::BansYourself(ban.mask));
    }
    let is_full = turn.hub.bans.len() >= bounds::SERVER_BANS_MAX;
    if is_full && !turn.hub.bans.has(kind, &ban.mask) {
        return turn.refuse(Refusal::BansFull(ban.mask));
    }
    let gone = if and_kill { put_out(turn, actor, &ban) } else { 0 };
    let time = match lasts_ms {
        Some(ms) => format!("for {} minutes", ms / 60_000),
        None => "for ever".to_owned(),
    };
    let left = if and_kill { format!("; {gone} left") } else { String::new() };
    let notice = format!("{} banned {} {time}: {}{left}", ban.by, ban.mask, ban.reason);
    turn.store(Change::ServerBan(Box::new(ban.clone())));
    turn.hub.bans.insert(ban);
    turn.notice(notice);
}

pub(crate) fn lift(turn: &mut Turn<'_>, kind: BanKind, mask: Text) {
    let Some(actor) = turn.operator(Grants::BAN) else { return };
    let by = turn.hub.users[&actor].nick().clone();
    if turn.hub.bans.remove(kind, &mask).is_none() {
        return turn.refuse(Refusal::NoSuchBan(mask));
    }
    turn.notice(format!("{by} lifted the ban of {mask}"));
    turn.store(Change::ServerBanEnded(kind, mask));
}

pub(crate) fn ask(asking: &mut Asking<'_>, kind: BanKind) {
    if asking.operator(Grants::BAN).is_none() {
        return;
    }
    let bans = asking.hub.bans.iter().filter(|ban| ban.kind == kind && ban.holds(asking.now));
    let bans = bans.cloned().collect();
    asking.answer(Answer::ServerBans(kind, bans));
}

/// Bans whose time is over are no more.
pub(super) fn expire(turn: &mut Turn<'_>) {
    while let Some(ServerBan { kind, mask, .. }) = turn.hub.bans.take_expired(turn.hub.at) {
        turn.notice(format!("the ban of {mask} is over"));
        turn.store(Change::ServerBanEnded(kind, mask));
    }
}

/// Turns a caller away who is banned. `true`: they were.
pub(in crate::verbs) fn turns_away(turn: &mut Turn<'_>, sign_on: &SignOn) -> bool {
    let SignOn { nick, username, peer, realname, .. } = sign_on;
    let people = peer.hosts().map(|host| format!("{}!{username}@{host}", nick.shown()));
    let face = Face { people: &people, addresses: &[peer.address], realname };
    let at = turn.hub.at;
    let Some(ban) = turn.hub.bans.iter().find(|ban| ban.holds(at) && ban.is_of(face)) else {
        return false;
    };
    let reason = ban.reason.clone();
    turn.refuse(Refusal::BannedHere(reason.clone()));
    turn.route(Route::Gone(turn.session(), [].into(), farewell(&reason)));
    true
}

fn farewell(reason: &str) -> Text {
    format!("You are banned from this server: {reason}").into()
}

/// Puts those out whom a ban is about; the life of a banned channel ends. Gives how many they were.
fn put_out(turn: &mut Turn<'_>, actor: UserId, ban: &ServerBan) -> usize {
    if BanKind::OF_CHANNELS.contains(&ban.kind) {
        let found = turn.hub.channel_names.get(&ban.mask).copied();
        return found.map_or(0, |id| channel::end(turn, actor, id, &ban.reason));
    }
    let found = turn.hub.users.values().filter(|user| is_of(turn.hub, ban, user));
    let found: Vec<UserId> = found.map(|user| user.id).collect();
    for user in &found {
        quit::end(turn, *user, &farewell(&ban.reason));
    }
    found.len()
}

fn is_of(hub: &Hub, ban: &ServerBan, user: &User) -> bool {
    let sessions = user.sessions.iter().map(|session| &hub.sessions[session]);
    let addresses: Vec<IpAddr> = sessions.map(|session| session.peer.address).collect();
    let (people, realname) = (hub.faces(user), &*user.realname);
    ban.is_of(Face { people: &people, addresses: &addresses, realname })
}
