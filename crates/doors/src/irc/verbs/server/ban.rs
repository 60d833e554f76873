//! KLINE, DLINE, XLINE and their opposites: who may not come in.
//!
//! `KLINE [ANDKILL] [duration] <mask> [reason [| for operators alone]]`; without a mask, they are listed.

use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use crate::time;
use parlor_hub::bounds::{MASK_BYTES_MAX, REASON_BYTES_MAX};
use parlor_hub::change::BanKind;
use parlor_hub::command::Ban;
use parlor_hub::id::Millis;
use parlor_hub::mask::{Network, whole};
use parlor_hub::name::Text;
use parlor_hub::{Command, Query};
use parlor_wire::irc::numeric;

pub(crate) fn kline(reading: &mut Reading<'_, '_>) {
    ban(reading, BanKind::Mask);
}

pub(crate) fn dline(reading: &mut Reading<'_, '_>) {
    ban(reading, BanKind::Network);
}

pub(crate) fn xline(reading: &mut Reading<'_, '_>) {
    ban(reading, BanKind::RealName);
}

pub(crate) fn unkline(reading: &mut Reading<'_, '_>) {
    lift(reading, BanKind::Mask);
}

pub(crate) fn undline(reading: &mut Reading<'_, '_>) {
    lift(reading, BanKind::Network);
}

pub(crate) fn unxline(reading: &mut Reading<'_, '_>) {
    lift(reading, BanKind::RealName);
}

fn ban(reading: &mut Reading<'_, '_>, kind: BanKind) {
    let mut words = &reading.message.params[..];
    let and_kill = words.first().is_some_and(|word| word.eq_ignore_ascii_case("ANDKILL"));
    words = &words[usize::from(and_kill)..];
    let lasts_ms = words.first().and_then(|word| duration(word)).filter(|_| words.len() > 1);
    words = &words[usize::from(lasts_ms.is_some())..];
    let Some((typed, why)) = words.split_first() else {
        reading.desk.ask(Query::ServerBans(kind));
        let letter = kind.letter().to_string();
        return reading.say(numeric::RPL_ENDOFSTATS, &[&letter], "End of /STATS report");
    };
    let Some(mask) = mask(reading, kind, typed) else { return };
    let why = why.join(" ");
    let (reason, note) = match why.split_once('|') {
        Some((reason, note)) => (reason.trim(), Some(note.trim())),
        None => (why.trim(), None),
    };
    let reason = if reason.is_empty() { "no reason given" } else { reason };
    let reason = bounded(reason, REASON_BYTES_MAX);
    let note = note.map(|note| bounded(note, REASON_BYTES_MAX));
    let ban = Ban { kind, mask, lasts_ms, reason, note, and_kill };
    reading.desk.submit(Command::Ban(Box::new(ban)));
}

fn lift(reading: &mut Reading<'_, '_>, kind: BanKind) {
    if let Some(mask) = mask(reading, kind, reading.message.params[0]) {
        reading.desk.submit(Command::Unban(kind, mask));
    }
}

/// A mask made whole; of what cannot be one, the sender is told.
fn mask(reading: &mut Reading<'_, '_>, kind: BanKind, typed: &str) -> Option<Text> {
    let mask = match kind {
        BanKind::Mask => Some(whole(typed)).filter(|mask| !mask.starts_with('$')),
        BanKind::Network => typed.parse::<Network>().is_ok().then(|| typed.to_ascii_lowercase()),
        // Channels are ChanServ's.
        BanKind::Suspended | BanKind::Purged => None,
        // A space would end the parameter.
        BanKind::RealName => Some(typed.replace("\\s", " ")),
    };
    let mask = mask.filter(|mask| (1..=MASK_BYTES_MAX).contains(&mask.len()));
    if mask.is_none() {
        let command = reading.message.command;
        reading.tell(|replies| {
            replies.fail(command, "INVALID_MASK", &[typed], "This is no mask for such a ban");
        });
    }
    mask.map(Text::from)
}

/// `1d2h30m`, in milliseconds; a number alone is minutes.
fn duration(word: &str) -> Option<Millis> {
    const MINUTE: Millis = 60_000;
    match word.parse::<u32>() {
        Ok(minutes) => Some(Millis::from(minutes) * MINUTE),
        Err(_) => time::duration(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_and_masks_are_none() {
        const HOUR: Millis = 3_600_000;
        for (word, expected) in [
            ("60", Some(HOUR)),
            ("1h", Some(HOUR)),
            ("1d2h", Some(26 * HOUR)),
            ("1w", Some(168 * HOUR)),
            ("90S", Some(90_000)),
            ("1h5", None),
            ("h", None),
            ("10.0.0.1", None),
            ("ada", None),
            ("99999999999999999999d", None),
            ("4294967295y", None),
        ] {
            assert_eq!(duration(word), expected, "{word}");
        }
    }
}
