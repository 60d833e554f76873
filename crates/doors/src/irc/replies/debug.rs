//! Answers to DEBUG: a notice for each row of what the server holds.

use super::{Replies, channel, server};
use crate::keeping;
use crate::time::in_words;
use parlor_hub::answer::{ChannelHeld, Held, PersonHeld, SessionHeld};

pub(super) fn held(held: &[Held], from: usize, replies: &mut Replies<'_>) -> Option<usize> {
    super::rows(held, from, replies, |row, replies| match row {
        Held::Views => {
            replies.notice("DEBUG COUNTS: how many there are of what");
            replies.notice("DEBUG USER <nick>: a person, their connections and channels");
            replies.notice("DEBUG CHANNEL <#channel>: a channel and its members");
        }
        Held::Count(what, count) => replies.notice(&format!("{what}: {count}")),
        Held::Person(is) => person(is, replies),
        Held::Session(is) => session(is, replies),
        Held::Place(name, ranks) => {
            replies.notice(&format!("in {}{name}", ranks.signs().collect::<String>()));
        }
        Held::Channel(is) => of_channel(is, replies),
        Held::Member(person, ranks) => {
            replies.notice(&format!("member {}{person}", ranks.signs().collect::<String>()));
        }
    })
}

fn person(is: &PersonHeld, replies: &mut Replies<'_>) {
    let letters: String = is.flags.letters().collect();
    let account = is.person.account.as_deref().unwrap_or("none");
    replies.notice(&format!("{}: account {account}, modes +{letters}", is.person));
    replies.notice(&format!("real name {}", is.realname));
    if let Some((name, grants)) = &is.operator {
        replies.notice(&format!("operator {name}: {}", server::words(*grants)));
    }
    let (since, active) = (in_words(is.signed_on_at), in_words(is.active_at));
    replies.notice(&format!("here since {since}, last said something {active}"));
    let (invitations, metadata) = (is.invitations, is.metadata);
    replies.notice(&format!("invitations {invitations}, values of metadata {metadata}"));
}

fn session(is: &SessionHeld, replies: &mut Replies<'_>) {
    let way = if is.transport.secure { "secure" } else { "plain" };
    let unattended = if is.is_unattended { ", unattended" } else { "" };
    let (number, since) = (is.number, in_words(is.since));
    replies.notice(&format!("session {number}: {way}{unattended}, since {since}"));
    let (address, host, shown) = (is.peer.address, &is.peer.host, &is.peer.shown);
    let gateway = is.peer.gateway.as_ref().map(|name| format!(", by the gateway {name}"));
    let gateway = gateway.unwrap_or_default();
    let place = format!("from {address}, called {host}, shown as {shown}{gateway}");
    replies.notice(&format!("session {number}: {place}"));
    if let Some(certificate) = &is.transport.certificate {
        replies.notice(&format!("session {number}: certificate {certificate}"));
    }
    let (line, monitors, keys) = (is.line, is.monitors, is.keys);
    let counts = format!("line {line}, monitors {monitors}, subscriptions to metadata {keys}");
    replies.notice(&format!("session {number}: {counts}"));
}

fn of_channel(is: &ChannelHeld, replies: &mut Replies<'_>) {
    let (letters, parameters) = channel::letters(&is.modes);
    let modes = std::iter::once(letters).chain(parameters).collect::<Vec<_>>().join(" ");
    let made = in_words(is.modes.made_at);
    replies.notice(&format!("{}: modes {modes}, made {made}", is.modes.channel));
    let ChannelHeld { members, places, access, metadata, .. } = is;
    replies.notice(&format!("members {members}, places {places}, lasting ranks {access}"));
    let lists = is.lists.map(|(kind, count)| format!("+{} {count}", kind.letter())).join(", ");
    replies.notice(&format!("masks {lists}; values of metadata {metadata}"));
    replies.notice(&format!("history: {}", keeping::history(is.history)));
}
