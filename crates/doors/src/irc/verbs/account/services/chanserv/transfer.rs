//! TRANSFER: another founder.

use super::super::say;
use super::keep;
use crate::irc::verbs::Reading;
use parlor_hub::command::Keeping;
use parlor_hub::name::{ChannelName, Nick};

pub(super) fn transfer(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let (verb, rest) = (words[0].to_ascii_uppercase(), &words[1..]);
    match (verb.as_str(), rest) {
        ("ACCEPT", [channel]) => keep(reading, channel, Keeping::Accept),
        ("CANCEL", [channel]) => keep(reading, channel, Keeping::Withdraw),
        ("FORCE", [channel, account]) => give(reading, (channel, account), Keeping::Give),
        (_, [account]) => give(reading, (words[0], account), Keeping::Offer),
        _ => say(reading, "TRANSFER <#channel> <account> | ACCEPT <#channel> | CANCEL <#channel>"),
    }
}

fn give(
    reading: &mut Reading<'_, '_>,
    (channel, account): (&str, &str),
    order: fn(ChannelName, Nick) -> Keeping,
) {
    if let Some(account) = reading.nick(account) {
        keep(reading, channel, |channel| order(channel, account));
    }
}
