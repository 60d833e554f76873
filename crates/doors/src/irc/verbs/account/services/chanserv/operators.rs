//! PURGE, SUSPEND, UNSUSPEND and LIST, for server operators.

use super::super::say;
use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::bounds::REASON_BYTES_MAX;
use parlor_hub::change::BanKind;
use parlor_hub::command::Ban;
use parlor_hub::{Command, Query};
use parlor_wire::irc::numeric;

pub(super) fn purge(reading: &mut Reading<'_, '_>, words: &[&str]) {
    match (words[0].to_ascii_uppercase().as_str(), &words[1..]) {
        ("ADD", words @ [_, ..]) => close(reading, words, BanKind::Purged),
        ("DEL", words @ [_, ..]) => open(reading, words, BanKind::Purged),
        ("LIST", _) => {
            reading.desk.ask(Query::ServerBans(BanKind::Purged));
            let letter = BanKind::Purged.letter().to_string();
            reading.say(numeric::RPL_ENDOFSTATS, &[&letter], "End of /STATS report");
        }
        _ => say(reading, "PURGE ADD <#channel> [reason] | DEL <#channel> | LIST"),
    }
}

pub(super) fn suspend(reading: &mut Reading<'_, '_>, words: &[&str]) {
    close(reading, words, BanKind::Suspended);
}

pub(super) fn unsuspend(reading: &mut Reading<'_, '_>, words: &[&str]) {
    open(reading, words, BanKind::Suspended);
}

fn open(reading: &mut Reading<'_, '_>, words: &[&str], kind: BanKind) {
    if let Some(channel) = reading.channel(words[0]) {
        reading.desk.submit(Command::Unban(kind, channel.folded().clone()));
    }
}

fn close(reading: &mut Reading<'_, '_>, words: &[&str], kind: BanKind) {
    let Some(channel) = reading.channel(words[0]) else { return };
    let why = match words[1..].join(" ") {
        why if why.is_empty() => "no reason given".to_owned(),
        why => why,
    };
    let ban = Ban {
        kind,
        mask: channel.folded().clone(),
        lasts_ms: None,
        reason: bounded(&why, REASON_BYTES_MAX),
        note: None,
        and_kill: kind == BanKind::Purged,
    };
    reading.desk.submit(Command::Ban(Box::new(ban)));
}

pub(super) fn list(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let mask = words.first().copied().unwrap_or("*");
    let mask = reading.facts().casemapping.mask(mask);
    reading.desk.ask(Query::Registered(mask));
}
