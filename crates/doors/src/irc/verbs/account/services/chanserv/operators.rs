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
        ("ADD", words @ [_, ..]) => close(reading, words, true),
        ("DEL", words @ [_, ..]) => unsuspend(reading, words),
        ("LIST", _) => {
            reading.desk.ask(Query::ServerBans(BanKind::Channel));
            let letter = BanKind::Channel.letter().to_string();
            reading.say(numeric::RPL_ENDOFSTATS, &[&letter], "End of /STATS report");
        }
        _ => say(reading, "PURGE ADD <#channel> [reason] | DEL <#channel> | LIST"),
    }
}

pub(super) fn suspend(reading: &mut Reading<'_, '_>, words: &[&str]) {
    close(reading, words, false);
}

pub(super) fn unsuspend(reading: &mut Reading<'_, '_>, words: &[&str]) {
    if let Some(channel) = reading.channel(words[0]) {
        reading.desk.submit(Command::Unban(BanKind::Channel, channel.folded().clone()));
    }
}

fn close(reading: &mut Reading<'_, '_>, words: &[&str], and_kill: bool) {
    let Some(channel) = reading.channel(words[0]) else { return };
    let why = match words[1..].join(" ") {
        why if why.is_empty() => "no reason given".to_owned(),
        why => why,
    };
    let ban = Ban {
        kind: BanKind::Channel,
        mask: channel.folded().clone(),
        lasts_ms: None,
        reason: bounded(&why, REASON_BYTES_MAX),
        note: None,
        and_kill,
    };
    reading.desk.submit(Command::Ban(Box::new(ban)));
}

pub(super) fn list(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let mask = words.first().copied().unwrap_or("*");
    let mask = reading.facts().casemapping.mask(mask);
    reading.desk.ask(Query::Registered(mask));
}
