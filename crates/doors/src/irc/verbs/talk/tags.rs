//! TAGMSG: tags without words; and the tags that clients put on their messages (message-tags).

use super::recipients::recipients;
use crate::irc::Caps;
use crate::irc::verbs::Reading;
use parlor_hub::change::tags;
use parlor_hub::name::Text;
use parlor_hub::query::TagMessage;
use parlor_hub::{Command, Query};
use parlor_wire::irc::message::Tag;
use parlor_wire::irc::numeric;
use rustc_hash::FxHashSet;

pub(crate) fn tagmsg(reading: &mut Reading<'_, '_>) {
    if !reading.door.caps.has(Caps::MESSAGE_TAGS) {
        return reading.say(numeric::ERR_UNKNOWNCOMMAND, &["TAGMSG"], "Unknown command");
    }
    let Some(list) = reading.list(0) else {
        return reading.say(numeric::ERR_NORECIPIENT, &[], "No recipient given (TAGMSG)");
    };
    let words = reading.targets(list);
    let targets = recipients(reading, words, true);
    // Without a tag of its sender's it would say nothing.
    let Some(tags) = client_only(reading).filter(|_| !targets.is_empty()) else { return };
    let is_kept = tags::about(&tags).is_some();
    let message = Box::new(TagMessage { targets, tags });
    if is_kept {
        reading.desk.submit(Command::Tags(message));
    } else {
        reading.desk.ask(Query::Tags(message));
    }
}

/// The client-only tags of the line that may pass, as they came; of repeated ones the last.
pub(super) fn client_only(reading: &Reading<'_, '_>) -> Option<Text> {
    if !reading.door.caps.has(Caps::MESSAGE_TAGS) {
        return None;
    }
    let denied = &reading.facts().denied_tags;
    let may_pass =
        |tag: &Tag<'_>| tag.is_client_only() && tag.key.len() > 1 && !denied.has(tag.key);
    let sent: Vec<Tag<'_>> = reading.message.tags().filter(may_pass).collect();
    let mut seen = FxHashSet::default();
    let mut kept: Vec<Tag<'_>> =
        sent.into_iter().rev().filter(|tag| seen.insert(tag.key)).collect();
    kept.reverse();
    let words: Vec<String> = kept
        .iter()
        .map(|tag| match tag.escaped {
            "" => tag.key.to_owned(),
            value => format!("{}={value}", tag.key),
        })
        .collect();
    (!words.is_empty()).then(|| words.join(";").into())
}
