//! PRIVMSG and NOTICE.

use super::recipients::recipients;
use super::{playback, tags};
use crate::irc::Caps;
use crate::irc::verbs::Reading;
use crate::irc::verbs::account::services;
use parlor_hub::change::MessageKind;
use parlor_hub::{Command, Few, command};
use parlor_wire::irc::numeric;

pub(crate) fn privmsg(reading: &mut Reading<'_, '_>) {
    let Some(list) = reading.list(0) else {
        return reading.say(numeric::ERR_NORECIPIENT, &[], "No recipient given (PRIVMSG)");
    };
    let Some(text) = reading.param(1) else {
        return reading.say(numeric::ERR_NOTEXTTOSEND, &[], "No text to send");
    };
    let words = reading.targets(list);
    let plays_back = reading.door.caps.has(Caps::PLAYBACK);
    if plays_back && words.iter().all(|word| word.eq_ignore_ascii_case(playback::NAME)) {
        return playback::take(reading, text);
    }
    if words.iter().any(|word| services::is_one(word)) {
        return to_services(reading, &words, text);
    }
    message(reading, MessageKind::Privmsg, words, text);
}

/// What is said to a service may be a password: nobody else is told it.
fn to_services(reading: &mut Reading<'_, '_>, words: &[&str], text: &str) {
    for word in words {
        if !services::message(reading, word, text) {
            let why = "What a service is told is for nobody else";
            reading.say(numeric::ERR_TOOMANYTARGETS, &[word], why);
        }
    }
}

/// A notice is never answered, not even when it goes nowhere (RFC 2812, section 3.3.2).
pub(crate) fn notice(reading: &mut Reading<'_, '_>) {
    if let (Some(list), Some(text)) = (reading.param(0), reading.param(1)) {
        let words = list.split(',').filter(|word| !word.is_empty());
        let words = words.take(parlor_hub::bounds::TARGETS_PER_COMMAND_MAX).collect();
        message(reading, MessageKind::Notice, words, text);
    }
}

fn message(reading: &mut Reading<'_, '_>, kind: MessageKind, words: Few<&str>, text: &str) {
    let targets = recipients(reading, words, kind == MessageKind::Privmsg);
    if targets.is_empty() {
        return;
    }
    let tags = tags::client_only(reading);
    let message = command::Message { kind, targets, text: text.into(), tags };
    reading.desk.submit(Command::Message(message));
}
