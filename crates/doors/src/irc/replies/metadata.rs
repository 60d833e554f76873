//! Answers about what is noted of people and channels (draft/metadata-2).

use super::Replies;
use parlor_hub::answer::{MetadataIs, MetadataRow, MetadataValue};
use parlor_hub::name::Text;
use parlor_hub::refusal::MetadataRefused;
use parlor_wire::irc::format::{Line, Sourced};
use parlor_wire::irc::numeric;

/// The batches of this answer. One is over before another begins, so they all have this name.
const BATCH: &str = "metadata";

/// Who may see a value: there are none yet that not everyone may.
const EVERYONE: &str = "*";

/// An answer, whole.
pub(in crate::irc) fn answer(is: &MetadataIs, replies: &mut Replies<'_>) {
    let mut from = Some(0);
    while let Some(next) = from {
        from = metadata(is, next, replies);
    }
}

pub(super) fn metadata(is: &MetadataIs, from: usize, replies: &mut Replies<'_>) -> Option<usize> {
    match is {
        MetadataIs::Now(target, key, value) => {
            one(target, key, value.as_ref(), None, replies);
            None
        }
        MetadataIs::Values(target, rows) => {
            batch(&["metadata", target], (rows, from), replies, |row, replies| match row {
                MetadataRow::Value(key, value) => {
                    one(target, key, Some(value), Some(BATCH), replies);
                }
                MetadataRow::NotSet(key) => one(target, key, None, Some(BATCH), replies),
                MetadataRow::Invalid(word) => {
                    let line = Line::new(replies.out).tag("batch", BATCH);
                    let line = line.source(&replies.facts.server).command("FAIL");
                    let line = line.param("METADATA").param("KEY_INVALID").param(word);
                    line.trailing("Invalid key").end();
                }
            })
        }
        MetadataIs::Told(Some(target), values) => {
            batch(&["metadata", target], (values, from), replies, |value, replies| {
                told(value, Some(BATCH), replies);
            })
        }
        MetadataIs::Told(None, values) => {
            super::rows(values, from, replies, |value, replies| told(value, None, replies))
        }
        MetadataIs::Subscribed(keys) => list(numeric::RPL_METADATASUBOK, keys, None, replies),
        MetadataIs::Unsubscribed(keys) => list(numeric::RPL_METADATAUNSUBOK, keys, None, replies),
        MetadataIs::Subscriptions(keys) => {
            begin(&["metadata-subs"], replies);
            list(numeric::RPL_METADATASUBS, keys, Some(BATCH), replies);
            end(replies)
        }
    }
}

/// What is noted of someone, as they are welcomed.
pub(super) fn of_oneself(values: &[(Text, Text)], replies: &mut Replies<'_>) {
    begin(&["metadata", replies.nick], replies);
    for (key, value) in values {
        let (of, key, value) = (replies.nick.into(), key.clone(), value.clone());
        told(&MetadataValue { of, key, value }, Some(BATCH), replies);
    }
    end(replies);
}

pub(in crate::irc) fn refused(why: &MetadataRefused, replies: &mut Replies<'_>) {
    let mut fail = |code, context: &[&str], words| {
        replies.fail_always("METADATA", code, context, words);
    };
    match why {
        MetadataRefused::InvalidTarget(target) => {
            fail("INVALID_TARGET", &[target], "Invalid target");
        }
        MetadataRefused::NotAllowed(target, key) => {
            fail("KEY_NO_PERMISSION", &[target, key], "You do not have permission to do that");
        }
        MetadataRefused::NotSet(target, key) => {
            fail("KEY_NOT_SET", &[target, key], "Key not set");
        }
        MetadataRefused::LimitReached(target) => {
            fail("LIMIT_REACHED", &[target], "Metadata limit reached");
        }
        MetadataRefused::TooFast(target, key, seconds) => {
            fail("RATE_LIMITED", &[target, key, &seconds.to_string()], "Too many changes");
        }
        MetadataRefused::TooManySubscriptions(key) => {
            fail("TOO_MANY_SUBS", &[key], "Too many subscriptions");
        }
    }
}

fn begin(words: &[&str], replies: &mut Replies<'_>) {
    let line = Line::new(replies.out).source(&replies.facts.server).command("BATCH");
    let line = line.param(&format!("+{BATCH}"));
    words.iter().fold(line, |line, word| line.param(word)).end();
}

fn end(replies: &mut Replies<'_>) -> Option<usize> {
    let line = Line::new(replies.out).source(&replies.facts.server).command("BATCH");
    line.param(&format!("-{BATCH}")).end();
    None
}

fn batch<T>(
    words: &[&str],
    (rows, from): (&[T], usize),
    replies: &mut Replies<'_>,
    row: impl FnMut(&T, &mut Replies<'_>),
) -> Option<usize> {
    if from == 0 {
        begin(words, replies);
    }
    super::rows(rows, from, replies, row).or_else(|| end(replies))
}

fn in_batch<'o>(batch: Option<&str>, replies: &'o mut Replies<'_>) -> Line<'o> {
    let line = Line::new(replies.out);
    batch.into_iter().fold(line, |line, batch| line.tag("batch", batch))
}

/// A value, or that there is none.
fn one(
    target: &str,
    key: &str,
    value: Option<&Text>,
    batch: Option<&str>,
    replies: &mut Replies<'_>,
) {
    let (server, nick) = (&*replies.facts.server, replies.nick);
    let line = in_batch(batch, replies).source(server);
    let code = if value.is_some() { numeric::RPL_KEYVALUE } else { numeric::RPL_KEYNOTSET };
    let line = line.numeric(code).param(nick).param(target).param(key);
    if let Some(value) = value {
        line.param(EVERYONE).trailing(value).end();
    } else {
        line.trailing("key not set").end();
    }
}

fn told(value: &MetadataValue, batch: Option<&str>, replies: &mut Replies<'_>) {
    let server = &*replies.facts.server;
    let line = in_batch(batch, replies).source(server).command("METADATA");
    line.param(&value.of).param(&value.key).param(EVERYONE).trailing(&value.value).end();
}

/// A value that is another now, or that there is none any more.
pub(in crate::irc) fn changed(line: Sourced<'_>, of: &str, key: &str, value: Option<&str>) {
    let line = line.command("METADATA").param(of).param(key).param(EVERYONE);
    match value {
        Some(value) => line.trailing(value).end(),
        None => line.end(),
    }
}

/// Keys, in as many lines as it takes.
fn list(code: u16, keys: &[Text], batch: Option<&str>, replies: &mut Replies<'_>) -> Option<usize> {
    /// The nick is a parameter too.
    const KEYS_A_LINE: usize = parlor_wire::bounds::PARAMS_MAX - 1;
    let (server, nick) = (&*replies.facts.server, replies.nick);
    let mut rest = keys;
    while !rest.is_empty() {
        let line = in_batch(batch, replies).source(server).numeric(code).param(nick);
        let room = line.room();
        let mut length = 0;
        let fits = |key: &&Text| {
            length += key.len() + 1;
            length <= room
        };
        let count = rest.iter().take(KEYS_A_LINE).take_while(fits).count().max(1);
        let (now, later) = rest.split_at(count);
        now.iter().fold(line, |line, key| line.param(key)).end();
        rest = later;
    }
    None
}
