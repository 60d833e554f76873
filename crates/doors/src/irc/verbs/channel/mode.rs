//! MODE: a channel's modes, its members' ranks and its lists; a person's own modes are in
//! `session::user_mode`.

use crate::irc::verbs::Reading;
use crate::irc::verbs::session::user_mode::user_mode;
use crate::modes::{self, Kind};
use parlor_hub::bounds::{KEY_BYTES_MAX, MASK_BYTES_MAX, MODES_PER_COMMAND_MAX, REJOIN_S_MAX};
use parlor_hub::command::ModeChange;
use parlor_hub::modes::ListKind;
use parlor_hub::name::ChannelName;
use parlor_hub::{Command, Query, mask};
use parlor_wire::irc::modes::Change;
use parlor_wire::irc::numeric;

pub(crate) fn mode(reading: &mut Reading<'_, '_>) {
    let target = reading.message.params[0];
    if !target.starts_with('#') {
        return user_mode(reading, target);
    }
    let Some(channel) = reading.channel(target) else { return };
    let Some(letters) = reading.param(1) else {
        return reading.desk.ask(Query::Modes(channel));
    };
    let changes = changes(reading, &channel, letters);
    if !changes.is_empty() {
        reading.desk.submit(Command::Mode(channel, changes));
    }
}

/// The changes that these letters ask for, with the parameters that follow them.
pub(crate) fn changes(
    reading: &mut Reading<'_, '_>,
    channel: &ChannelName,
    letters: &str,
) -> Vec<ModeChange> {
    let message = reading.message;
    let params = message.params.get(2..).unwrap_or_default();
    let mut changes = Vec::new();
    for change in modes::parse(letters, params).take(MODES_PER_COMMAND_MAX) {
        changes.extend(read(reading, channel, change));
    }
    changes
}

/// One letter, which may also be a question, or a mistake that its sender is told of.
fn read(
    reading: &mut Reading<'_, '_>,
    channel: &ChannelName,
    change: Change<'_>,
) -> Option<ModeChange> {
    let (letter, set) = (change.letter, change.adding);
    let Some(mode) = modes::of(letter) else {
        unknown(reading, letter, "is unknown mode char to me");
        return None;
    };
    match (mode.kind, set) {
        (Kind::Flag(flag), _) => Some(ModeChange::Flag(flag, set)),
        (Kind::List(kind), _) => list(reading, channel, (kind, set, change.param)),
        (Kind::Rank(rank), _) => {
            let Some(word) = change.param else { return invalid(reading, channel, (letter, "*")) };
            reading.nick(word).map(|nick| ModeChange::Rank(rank, nick, set))
        }
        (Kind::Key, true) => key(reading, channel, change.param),
        (Kind::Key, false) => Some(ModeChange::Key(None)),
        (Kind::Limit, true) => match number(change.param, u32::MAX) {
            Some(limit) => Some(ModeChange::Limit(Some(limit))),
            None => invalid(reading, channel, (letter, change.param.unwrap_or("*"))),
        },
        (Kind::Limit, false) => Some(ModeChange::Limit(None)),
        (Kind::RejoinAfter, true) => match number(change.param, REJOIN_S_MAX) {
            Some(seconds) => Some(ModeChange::RejoinAfter(Some(seconds))),
            None => invalid(reading, channel, (letter, change.param.unwrap_or("*"))),
        },
        (Kind::RejoinAfter, false) => Some(ModeChange::RejoinAfter(None)),
        (Kind::Forward, true) => match change.param {
            Some(to) => reading.channel(to).map(|to| ModeChange::Forward(Some(to))),
            None => invalid(reading, channel, (letter, "*")),
        },
        (Kind::Forward, false) => Some(ModeChange::Forward(None)),
        (Kind::Registered, _) => {
            unknown(reading, letter, "is set by registering the channel: CS REGISTER");
            None
        }
    }
}

/// A number from 1 on.
fn number(param: Option<&str>, most: u32) -> Option<u32> {
    param?.parse().ok().filter(|number| (1..=most).contains(number))
}

fn unknown(reading: &mut Reading<'_, '_>, letter: char, words: &str) {
    reading.say(numeric::ERR_UNKNOWNMODE, &[letter.encode_utf8(&mut [0; 4])], words);
}

/// A mask on or off a list; without a mask, the list is asked for.
fn list(
    reading: &mut Reading<'_, '_>,
    channel: &ChannelName,
    (kind, set, typed): (ListKind, bool, Option<&str>),
) -> Option<ModeChange> {
    let Some(typed) = typed.filter(|typed| !typed.is_empty()) else {
        reading.desk.ask(Query::Masks(channel.clone(), kind));
        return None;
    };
    let whole = mask::whole(&reading.facts().casemapping.mask(typed));
    if whole.len() > MASK_BYTES_MAX || whole.contains(' ') || mask::read(&whole).is_none() {
        return invalid(reading, channel, (kind.letter(), typed));
    }
    Some(ModeChange::List(kind, whole.into(), set))
}

fn key(
    reading: &mut Reading<'_, '_>,
    channel: &ChannelName,
    key: Option<&str>,
) -> Option<ModeChange> {
    let Some(key) = key else { return invalid(reading, channel, ('k', "*")) };
    let well_formed = (1..=KEY_BYTES_MAX).contains(&key.len())
        && !key.starts_with(':')
        && !key.contains(|c: char| c == ',' || c == ' ' || c.is_control());
    if !well_formed {
        let name = channel.shown();
        reading.say(numeric::ERR_INVALIDKEY, &[name], "Key is not well-formed");
        return None;
    }
    Some(ModeChange::Key(Some(key.into())))
}

fn invalid(
    reading: &mut Reading<'_, '_>,
    channel: &ChannelName,
    (letter, word): (char, &str),
) -> Option<ModeChange> {
    let letter = letter.to_string();
    let words = match word {
        "*" => "This mode needs a parameter",
        _ => "This parameter is not one for this mode",
    };
    reading.say(numeric::ERR_INVALIDMODEPARAM, &[channel.shown(), &letter, word], words);
    None
}
