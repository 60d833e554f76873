//! All about people.

use crate::answer::{Answer, WhoisIs};
use crate::bounds;
use crate::modes::{Grants, UserFlags};
use crate::name::Nick;
use crate::person::{Fingerprint, Peer};
use crate::refusal::Refusal;
use crate::state::User;
use crate::verbs::Asking;
use std::sync::Arc;

pub(crate) fn ask(asking: &mut Asking<'_>, server_of: Option<&Nick>, nicks: &[Nick]) {
    let Some(asker) = asking.asker() else { return };
    if let Some(nick) = server_of.filter(|nick| asking.hub.user_named(nick).is_none()) {
        return asking.refuse(Refusal::NoSuchServer(nick.shown().clone()));
    }
    let nicks = &nicks[..nicks.len().min(bounds::TARGETS_PER_COMMAND_MAX)];
    for nick in nicks {
        match asking.hub.user_named(nick) {
            None => asking.refuse(Refusal::NoSuchNick(nick.shown().clone())),
            Some(user) => asking.answer(Answer::Whois(Box::new(about(asking, asker, user)))),
        }
    }
}

fn about(asking: &Asking<'_>, asker: &User, user: &User) -> WhoisIs {
    let own = asker.id == user.id || asker.may(Grants::SEE);
    let channels = user.channels.iter().map(|id| &asking.hub.channels[id]);
    let shown = channels.filter(|channel| {
        let inside = channel.members.contains_key(&asker.id);
        (inside || (asker.sees(channel) && asking.hub.finds(asker, user)))
            && channel.shows(user.id, asker)
    });
    WhoisIs {
        person: Arc::clone(&user.person),
        realname: user.realname.clone(),
        channels: shown.map(|c| (c.row.name.shown().clone(), c.ranks_of(user.id))).collect(),
        away: user.away(),
        operator: user.is_operator(),
        secure: user.flags.has(UserFlags::SECURE),
        certificates: if own { certificates(asking, user) } else { Vec::new() },
        peers: if own { peers(asking, user) } else { Vec::new() },
        flags: own.then_some(user.flags),
        idle_ms: asking.now.saturating_sub(user.active_at),
        signed_on_at: user.signed_on_at,
    }
}

/// The other ends of their connections, each once.
fn peers(asking: &Asking<'_>, user: &User) -> Vec<Arc<Peer>> {
    let mut all: Vec<Arc<Peer>> = Vec::new();
    for session in &user.sessions {
        let peer = &asking.hub.sessions[session].peer;
        if !all.contains(peer) {
            all.push(Arc::clone(peer));
        }
    }
    all
}

/// Those that were shown on their connections, each once.
fn certificates(asking: &Asking<'_>, user: &User) -> Vec<Fingerprint> {
    let mut shown = Vec::new();
    for session in &user.sessions {
        let certificate = asking.hub.sessions[session].transport.certificate.as_deref();
        shown.extend(certificate.filter(|certificate| !shown.contains(*certificate)).copied());
    }
    shown
}
