//! What MODE, KICK, TOPIC and INVITE do as well, for those who look for it here.

use super::super::say;
use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::bounds::{REASON_BYTES_MAX, TOPIC_BYTES_MAX};
use parlor_hub::command::{Kick, ModeChange};
use parlor_hub::modes::{ListKind, Ranks};
use parlor_hub::{Command, mask};

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
        reading.desk.submit(Command::Mode(channel, changes));
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
    reading.desk.submit(Command::Mode(channel, vec![change]));
}

pub(super) fn ban(reading: &mut Reading<'_, '_>, words: &[&str]) {
    masked(reading, words, true);
}

pub(super) fn unban(reading: &mut Reading<'_, '_>, words: &[&str]) {
    masked(reading, words, false);
}

pub(super) fn kick(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let Some(channel) = reading.channel(words[0]) else { return };
    let Some(nick) = reading.nick(words[1]) else { return };
    let reason = words[2..].join(" ");
    let reason = (!reason.is_empty()).then(|| bounded(&reason, REASON_BYTES_MAX));
    reading.desk.submit(Command::Kick(Kick { channel, nicks: vec![nick], reason }));
}

pub(super) fn topic(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let Some(channel) = reading.channel(words[0]) else { return };
    let text = bounded(&words[1..].join(" "), TOPIC_BYTES_MAX);
    reading.desk.submit(Command::Topic(channel, text));
}
