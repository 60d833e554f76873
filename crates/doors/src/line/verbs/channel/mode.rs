//! A channel's modes, its members' ranks, and its lists of masks.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use crate::modes::{self, Kind};
use parlor_hub::command::ModeChange;
use parlor_hub::name::{ChannelName, Text};
use parlor_hub::{Command, Query, bounds, mask};
use parlor_wire::irc::modes::Change;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "mode",
    aliases: &[],
    usage: "[#CHANNEL] [+-MODES...]",
    help: "see or change how the channel is kept",
    more: "\
+o NICK  an operator        +i  only the invited come in     +k KEY     only who has the key
+v NICK  a voice            +m  only those with a voice speak +l NUMBER  so many at most
+b MASK  a ban              +n  only those inside speak       +s         hidden
+e MASK  spared from bans   +t  only operators set the topic  +I MASK    needs no invitation
+R  only those who are logged in come in    +C  no CTCP     +N  nobody takes another nick
+M  only those who are logged in speak      +T  no notices  +Q  nobody is kicked
+U  only operators hear those with no voice +c  no colours  +V  nobody is invited
+S  messages lose their colours             +K  nobody knocks
+z  only secure connections come in         +u  only those with a voice are seen
+f #CHANNEL  where those go who may not come in
+J SECONDS   for how long who is kicked stays out
With - in place of + it is taken away. +b alone shows who is banned.",
    when: When::Inside,
    run,
};

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (channel, rest) = argument::channel_or_here(door, text, desk)?;
    if rest.is_empty() {
        desk.ask(Query::Modes(channel));
        return Ok(());
    }
    let mut words = rest.split_whitespace();
    let letters = words.next().unwrap_or_default();
    let params: Vec<&str> = words.collect();
    let mut changes = Vec::new();
    for change in modes::parse(letters, &params).take(bounds::MODES_PER_COMMAND_MAX) {
        changes.extend(one(change, &channel, desk)?);
    }
    if !changes.is_empty() {
        desk.submit(Command::Mode(channel, changes));
    }
    Ok(())
}

/// One letter: a change, or none when it asked for a list.
fn one(
    change: Change<'_>,
    channel: &ChannelName,
    desk: &mut Desk<'_>,
) -> Result<Option<ModeChange>, Wrong> {
    let Change { adding, letter, param } = change;
    let Some(mode) = modes::of(letter).filter(|mode| mode.kind != Kind::Registered) else {
        let words = format!("No mode {letter} here. /help mode tells which there are.");
        return Err(Wrong::Other(words));
    };
    let change = match (mode.kind, adding, param) {
        (Kind::Flag(flag), ..) => ModeChange::Flag(flag, adding),
        (Kind::List(kind), _, None) => {
            desk.ask(Query::Masks(channel.clone(), kind));
            return Ok(None);
        }
        (Kind::List(kind), _, Some(typed)) => ModeChange::List(kind, mask_of(typed)?, adding),
        (Kind::Key, false, _) => ModeChange::Key(None),
        (Kind::Limit, false, _) => ModeChange::Limit(None),
        (Kind::Forward, false, _) => ModeChange::Forward(None),
        (Kind::RejoinAfter, false, _) => ModeChange::RejoinAfter(None),
        (_, _, None) | (Kind::Registered, ..) => return Err(Wrong::Usage),
        (Kind::Rank(rank), _, Some(nick)) => {
            ModeChange::Rank(rank, argument::nick(nick, desk)?, adding)
        }
        (Kind::Key, true, Some(key)) => {
            argument::bounded(key, "key", bounds::KEY_BYTES_MAX)?;
            if key.contains(',') {
                return Err(Wrong::Other("A key holds no comma.".to_owned()));
            }
            ModeChange::Key(Some(key.into()))
        }
        (Kind::Forward, true, Some(to)) => ModeChange::Forward(Some(argument::channel(to, desk)?)),
        (Kind::Limit, true, Some(number)) => match number.parse() {
            Ok(limit) if limit > 0 => ModeChange::Limit(Some(limit)),
            _ => return Err(Wrong::Usage),
        },
        (Kind::RejoinAfter, true, Some(number)) => match number.parse() {
            Ok(seconds) if (1..=bounds::REJOIN_S_MAX).contains(&seconds) => {
                ModeChange::RejoinAfter(Some(seconds))
            }
            _ => return Err(Wrong::Usage),
        },
    };
    Ok(Some(change))
}

fn mask_of(typed: &str) -> Result<Text, Wrong> {
    let whole = mask::whole(typed);
    argument::bounded(&whole, "mask", bounds::MASK_BYTES_MAX)?;
    if mask::read(&whole).is_none() {
        let words = "A mask is NICK!USER@HOST, $a:ACCOUNT ($a for all who are logged in), $r:REALNAME \
                     or $z:CERTIFICATE; $m: before any of them only mutes.";
        return Err(Wrong::Other(words.to_owned()));
    }
    Ok(whole.into())
}
