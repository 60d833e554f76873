//! METADATA: what people note of themselves and of their channels (draft/metadata-2), of themselves before the
//! sign-on too.

use crate::irc::replies::metadata;
use crate::irc::verbs::Reading;
use crate::irc::{Caps, registration};
use parlor_hub::bounds::{METADATA_KEY_BYTES_MAX, METADATA_VALUE_BYTES_MAX};
use parlor_hub::command::{About, EarlyMetadata, MetadataChange};
use parlor_hub::name::{ChannelName, Nick, Text};
use parlor_hub::query::MetadataAsked;
use parlor_hub::{Command, Query};
use parlor_wire::irc::numeric;

pub(crate) fn metadata(reading: &mut Reading<'_, '_>) {
    let is_here = reading.door.is_here();
    if !reading.door.caps.has(Caps::METADATA.with(Caps::BATCH, true)) {
        if !is_here {
            return reading.say(numeric::ERR_NOTREGISTERED, &[], "You have not registered");
        }
        return reading.say(numeric::ERR_UNKNOWNCOMMAND, &["METADATA"], "Unknown command");
    }
    let (target, given) = (reading.message.params[0], reading.message.params[1]);
    // Before the sign-on there is nobody else, and no nick to name oneself by.
    let about = about(reading, target).filter(|about| is_here || *about == About::Oneself);
    let Some(about) = about else {
        return fail(reading, "INVALID_TARGET", &[target], "Invalid target");
    };
    let subcommand = given.to_ascii_uppercase();
    let is_own = about == About::Oneself || target.eq_ignore_ascii_case(reading.door.nick());
    match subcommand.as_str() {
        "SUB" | "UNSUB" | "SUBS" if !is_own => {
            fail(reading, "INVALID_TARGET", &[target], "One subscribes for oneself, as *");
        }
        "SUBS" => ask(reading, MetadataAsked::Subscriptions),
        "LIST" => ask(reading, MetadataAsked::List(about)),
        "SYNC" => ask(reading, MetadataAsked::Sync(about)),
        "CLEAR" => change(reading, MetadataChange::Clear(about)),
        "GET" | "SET" | "SUB" | "UNSUB" if reading.message.params.len() < 3 => {
            reading.needs_more("METADATA");
        }
        "GET" => {
            let keys = reading.message.params[2..].iter().map(|word| key(word)).collect();
            ask(reading, MetadataAsked::Get(about, keys));
        }
        "SET" => set(reading, about),
        "SUB" | "UNSUB" => subscribe(reading, subcommand == "SUB"),
        _ => fail(reading, "SUBCOMMAND_INVALID", &[given], "Invalid subcommand"),
    }
}

fn about(reading: &Reading<'_, '_>, target: &str) -> Option<About> {
    let casemapping = reading.facts().casemapping;
    if target == "*" {
        return Some(About::Oneself);
    }
    if target.starts_with('#') {
        return ChannelName::parse(target, casemapping).ok().map(About::Channel);
    }
    Nick::parse(target, casemapping).ok().map(About::Nick)
}

fn set(reading: &mut Reading<'_, '_>, about: About) {
    let key = match key(reading.message.params[2]) {
        Ok(key) => key,
        Err(word) => return fail(reading, "KEY_INVALID", &[&word], "Invalid key"),
    };
    let value = reading.message.param(3);
    if value.is_some_and(|value| value.len() > METADATA_VALUE_BYTES_MAX) {
        return fail(reading, "VALUE_INVALID", &[], "The value is too long");
    }
    change(reading, MetadataChange::Set(about, key, value.map(Into::into)));
}

fn subscribe(reading: &mut Reading<'_, '_>, on: bool) {
    let mut keys = Vec::new();
    for word in &reading.message.params[2..] {
        match key(word) {
            Ok(key) => keys.push(key),
            Err(word) => fail(reading, "KEY_INVALID", &[&word], "Invalid key"),
        }
    }
    if !keys.is_empty() {
        let change_of = if on { MetadataChange::Subscribe } else { MetadataChange::Unsubscribe };
        change(reading, change_of(keys));
    }
}

/// A key; else the word that is none.
fn key(word: &str) -> Result<Text, Text> {
    let may_hold = |byte: u8| {
        byte.is_ascii_lowercase()
            || byte.is_ascii_digit()
            || matches!(byte, b'_' | b'.' | b'/' | b'-')
    };
    let fits = (1..=METADATA_KEY_BYTES_MAX).contains(&word.len());
    if fits && word.bytes().all(may_hold) { Ok(word.into()) } else { Err(word.into()) }
}

fn ask(reading: &mut Reading<'_, '_>, asked: MetadataAsked) {
    if reading.door.is_here() {
        return reading.desk.ask(Query::Metadata(Box::new(asked)));
    }
    let Some(early) = early(reading) else { return };
    let is = registration::metadata::ask(early, asked);
    reading.tell(|replies| metadata::answer(&is, replies));
}

fn change(reading: &mut Reading<'_, '_>, change: MetadataChange) {
    if reading.door.is_here() {
        return reading.desk.submit(Command::Metadata(Box::new(change)));
    }
    let Some(early) = early(reading) else { return };
    let (is, refused) = registration::metadata::change(early, change);
    reading.tell(|replies| {
        if let Some(is) = is {
            metadata::answer(&is, replies);
        }
        if let Some(why) = refused {
            metadata::refused(&why, replies);
        }
    });
}

/// What was noted before the sign-on, which is still to come.
fn early<'a>(reading: &'a mut Reading<'_, '_>) -> Option<&'a mut EarlyMetadata> {
    let registration = reading.door.registration.as_deref_mut()?;
    Some(registration.metadata.get_or_insert_default())
}

fn fail(reading: &mut Reading<'_, '_>, code: &str, context: &[&str], words: &str) {
    reading.tell(|replies| replies.fail_always("METADATA", code, context, words));
}
