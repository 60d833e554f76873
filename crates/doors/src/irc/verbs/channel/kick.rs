//! KICK: people out of one channel, or as many channels as people.

use crate::irc::verbs::Reading;
use crate::irc::verbs::reading::bounded;
use parlor_hub::bounds::REASON_BYTES_MAX;
use parlor_hub::command;
use parlor_hub::name::Nick;
use parlor_hub::{Command, Few};

pub(crate) fn kick(reading: &mut Reading<'_, '_>) {
    let channels = reading.targets(reading.message.params[0]);
    let words = reading.targets(reading.message.params[1]);
    let reason = reading.param(2).map(|reason| bounded(reason, REASON_BYTES_MAX));
    let pairs: Vec<(&str, Few<&str>)> = match channels.as_slice() {
        [channel] if !words.is_empty() => vec![(channel, words)],
        several if several.len() == words.len() && !words.is_empty() => {
            several.iter().copied().zip(words.into_iter().map(|word| Few::from([word]))).collect()
        }
        _ => return reading.needs_more("KICK"),
    };
    for (channel, words) in pairs {
        let Some(channel) = reading.channel(channel) else { continue };
        let nicks: Vec<Nick> = words.into_iter().filter_map(|word| reading.nick(word)).collect();
        if !nicks.is_empty() {
            let kick = command::Kick { channel, nicks, reason: reason.clone() };
            reading.desk.submit(Command::Kick(kick));
        }
    }
}
