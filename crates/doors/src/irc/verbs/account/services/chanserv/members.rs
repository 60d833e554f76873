//! What MODE, KICK, TOPIC and INVITE do as well, for those who look for it here; and for those with a lasting
//! rank who are not in the channel.

use super::super::say;
use super::{keep, submit};
use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::bounds::{REASON_BYTES_MAX, TOPIC_BYTES_MAX};
use parlor_hub::command::{Clearing, Keeping, Kick, ModeChange};
use parlor_hub::modes::{ListKind, Ranks};
use parlor_hub::{Query, mask};

/// `OP #channel [nick]`: a rank for someone, for oneself when nobody is named.
fn rank(reading: &mut Reading<'_, '_>, words: &[&str], (rank, set): (Ranks, bool)) {
    let Some(channel) = reading.channel(words[0]) else { return };
    let own = reading.door.nick().to_owned();
    let named = if words.len() > 1 { &words[1..] } else { &[&*own][..] };
    let changes: Vec<ModeChange> = named
        .iter()
        .filter_map(|word| reading.nick(word))
        .map(|nick| ModeChange::Rank(rank, nick, set))
        .collect();
    if !changes.is_empty() {
        submit(reading, Keeping::Mode(channel, changes));
    }
}

pub(super) fn op(reading: &mut Reading<'_, '_>, words: &[&str]) {
    rank(reading, words, (Ranks::OPERATOR, true));
}

pub(super) fn deop(reading: &mut Reading<'_, '_>, words: &[&str]) {
    rank(reading, words, (Ranks::OPERATOR, false));
}

pub(super) fn halfop(reading: &mut Reading<'_, '_>, words: &[&str]) {
    rank(reading, words, (Ranks::HALF_OPERATOR, true));
}

pub(super) fn dehalfop(reading: &mut Reading<'_, '_>, words: &[&str]) {
    rank(reading, words, (Ranks::HALF_OPERATOR, false));
}

pub(super) fn voice(reading: &mut Reading<'_, '_>, words: &[&str]) {
    rank(reading, words, (Ranks::VOICE, true));
}

pub(super) fn devoice(reading: &mut Reading<'_, '_>, words: &[&str]) {
    rank(reading, words, (Ranks::VOICE, false));
}

fn masked(reading: &mut Reading<'_, '_>, words: &[&str], set: bool) {
    let Some(channel) = reading.channel(words[0]) else { return };
    let whole = mask::whole(words[1]);
    if whole.len() > parlor_hub::bounds::MASK_BYTES_MAX || mask::read(&whole).is_none() {
        return say(reading, "That is no mask");
    }
    let change = ModeChange::List(ListKind::Ban, whole.into(), set);
    submit(reading, Keeping::Mode(channel, vec![change]));
}

pub(super) fn ban(reading: &mut Reading<'_, '_>, words: &[&str]) {
    masked(reading, words, true);
}

pub(super) fn unban(reading: &mut Reading<'_, '_>, words: &[&str]) {
    match words {
        [channel] => keep(reading, channel, Keeping::UnbanOneself),
        _ => masked(reading, words, false),
    }
}

pub(super) fn invite(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let Some(word) = words.get(1) else {
        return keep(reading, words[0], |channel| Keeping::Invite(channel, None));
    };
    if let Some(nick) = reading.nick(word) {
        keep(reading, words[0], |channel| Keeping::Invite(channel, Some(nick)));
    }
}

pub(super) fn clear(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let reason = words[2..].join(" ");
    let reason = (!reason.is_empty()).then(|| bounded(&reason, REASON_BYTES_MAX));
    let what = match words[1].to_ascii_uppercase().as_str() {
        "USERS" => Clearing::Users(reason),
        "ACCESS" => Clearing::Access,
        "BANS" => Clearing::Bans,
        _ => return say(reading, "CLEAR <#channel> USERS [reason] | ACCESS | BANS"),
    };
    keep(reading, words[0], |channel| Keeping::Clear(channel, what));
}

pub(super) fn key(reading: &mut Reading<'_, '_>, words: &[&str]) {
    if let Some(channel) = reading.channel(words[0]) {
        reading.desk.ask(Query::Key(channel));
    }
}

pub(super) fn kick(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let Some(channel) = reading.channel(words[0]) else { return };
    let Some(nick) = reading.nick(words[1]) else { return };
    let reason = words[2..].join(" ");
    let reason = (!reason.is_empty()).then(|| bounded(&reason, REASON_BYTES_MAX));
    submit(reading, Keeping::Kick(Kick { channel, nicks: vec![nick], reason }));
}

pub(super) fn topic(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let Some(channel) = reading.channel(words[0]) else { return };
    let text = bounded(&words[1..].join(" "), TOPIC_BYTES_MAX);
    submit(reading, Keeping::Topic(channel, text));
}
