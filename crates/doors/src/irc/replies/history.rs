//! Pages of history: what a client asked for, and what is shown on joining to those who cannot ask.
//! And the list of conversations that have one.

use super::Replies;
use crate::bounds::DRAW_BYTES;
use crate::irc::events::{self, Told};
use crate::irc::saying::Saying;
use crate::irc::verbs::talk::history::subcommand;
use crate::irc::verbs::talk::playback;
use crate::irc::{Caps, editing};
use crate::queue::{Found, NotFound};
use crate::time::{clock, date_and_clock, server_time};
use parlor_hub::answer::{ReadMark, WhyHistory};
use parlor_hub::change::{Kept, LastSaid, Missing, StoredEvent, StoredMessage, Target};
use parlor_hub::id::Millis;
use parlor_hub::name::Text;
use parlor_wire::irc::format::Line;
use std::borrow::Cow;

/// Older messages are shown with their date, where their time is part of the text.
const DAY_MS: Millis = 24 * 60 * 60 * 1000;

/// What `*playback` says where the store cannot be read.
const UNPLAYED: &str = "Nothing could be read back; try again in a while";

/// What is said to whom too much waits for already.
const BUSY: &str = "Too much is being looked up for your address; try again in a while";

pub(super) fn found(
    found: &Found,
    from: usize,
    at: Millis,
    replies: &mut Replies<'_>,
) -> Option<usize> {
    let with = found.with.as_deref().unwrap_or("*");
    let rows = match &found.rows {
        Ok(rows) => rows,
        Err(why) => {
            if found.why == WhyHistory::Played {
                replies.notice_of(playback::NAME, UNPLAYED);
            } else if found.span.is_none() && found.why == WhyHistory::Asked {
                let words = match why {
                    NotFound::Busy => BUSY,
                    _ => "The search could not be run",
                };
                replies.fail_always("SEARCH", "INTERNAL_ERROR", &[], words);
            } else if found.why == WhyHistory::Asked {
                let asked = found.span.as_ref().map_or("*", subcommand);
                not_found(*why, [asked, with], replies);
            }
            return None;
        }
    };
    // Nobody waits for what they did not ask for.
    if rows.is_empty() && found.why != WhyHistory::Asked {
        return None;
    }
    let batch = batch(found, replies.caps);
    if let Some(batch) = batch.as_deref().filter(|_| from == 0) {
        let line = Line::new(replies.out).source(&replies.facts.server).command("BATCH");
        let line = line.param(&format!("+{batch}"));
        match (&found.with, found.why) {
            (None, _) => line.param(search_batch(replies.caps)).end(),
            (_, WhyHistory::Played) => line.param("znc.in/playback").param(with).end(),
            _ => line.param("chathistory").param(with).end(),
        }
    }
    let start = replies.out.len();
    for (number, kept) in rows.iter().enumerate().skip(from) {
        if replies.out.len() - start >= DRAW_BYTES {
            return Some(number);
        }
        match kept {
            Kept::Message(message) => {
                row(message, batch.as_deref(), (found.why, at, found.with.as_deref()), replies);
            }
            Kept::Event(event) => happened(event, batch.as_deref(), found.with.as_ref(), replies),
        }
    }
    if let Some(batch) = batch {
        let line = Line::new(replies.out).source(&replies.facts.server).command("BATCH");
        line.param(&format!("-{batch}")).end();
    }
    for missing in &found.missing {
        not_looked_through(*missing, replies);
    }
    None
}

/// What a search did not look through, and the attribute that asks for it.
fn not_looked_through(missing: Missing, replies: &mut Replies<'_>) {
    let (rest, words) = match missing {
        Missing::Earlier(at) => {
            let at = server_time(at);
            (format!("before={at}"), format!("Not all that was said up to {at} was looked at"))
        }
        Missing::Later(at) => {
            let at = server_time(at);
            (format!("after={at}"), format!("Not all that was said from {at} on was looked at"))
        }
        Missing::NotIndexed(at) => {
            let at = server_time(at);
            (format!("after={at}"), format!("What was said after {at} cannot be found yet"))
        }
    };
    replies.note("SEARCH", "INCOMPLETE", &[&rest], &words);
}

/// Conversations and when something was said in them last (CHATHISTORY TARGETS, or what there is to be played).
pub(super) fn targets(
    found: Result<&[LastSaid], &NotFound>,
    (why, number): (WhyHistory, u32),
    from: usize,
    replies: &mut Replies<'_>,
) -> Option<usize> {
    if why == WhyHistory::Played {
        return buffers(found, from, replies);
    }
    let Ok(conversations) = found else {
        let words = "Messages could not be retrieved";
        replies.fail_always("CHATHISTORY", "MESSAGE_ERROR", &["TARGETS"], words);
        return None;
    };
    let batch = replies.caps.has(Caps::BATCH).then(|| format!("h{number}"));
    if let Some(batch) = batch.as_deref().filter(|_| from == 0) {
        let line = Line::new(replies.out).source(&replies.facts.server).command("BATCH");
        line.param(&format!("+{batch}")).param("draft/chathistory-targets").end();
    }
    let next = super::rows(conversations, from, replies, |LastSaid { with, at }, replies| {
        let line = Line::new(replies.out);
        let line = match batch.as_deref() {
            Some(batch) => line.tag("batch", batch),
            None => line,
        };
        let line = line.source(&replies.facts.server).command("CHATHISTORY");
        line.param("TARGETS").param(with).param(&server_time(*at)).end();
    });
    if let Some(batch) = batch.filter(|_| next.is_none()) {
        let line = Line::new(replies.out).source(&replies.facts.server).command("BATCH");
        line.param(&format!("-{batch}")).end();
    }
    next
}

/// The same as `*playback` says it: with whom, from when, and when something was said last, in seconds
/// (znc.in/playback). What is kept of the beginning is played from the first moment on.
fn buffers(
    found: Result<&[LastSaid], &NotFound>,
    from: usize,
    replies: &mut Replies<'_>,
) -> Option<usize> {
    let Ok(conversations) = found else {
        replies.notice_of(playback::NAME, UNPLAYED);
        return None;
    };
    let source = format!("{0}!{0}@{1}", playback::NAME, replies.facts.server);
    super::rows(conversations, from, replies, |LastSaid { with, at }, replies| {
        let line = Line::new(replies.out).source(&source).command("PRIVMSG").param(replies.nick);
        line.trailing(&format!("{with} 0 {}", playback::in_seconds(*at))).end();
    })
}

/// Up to when a conversation was read (draft/read-marker).
pub(super) fn read_mark(mark: &ReadMark, replies: &mut Replies<'_>) {
    let at = mark.at.map_or("*".to_owned(), |at| format!("timestamp={}", server_time(at)));
    let line = Line::new(replies.out).source(&replies.facts.server).command("MARKREAD");
    line.param(&mark.with).param(&at).end();
}

/// The type of a search's batch, under the name by which it was asked for.
fn search_batch(caps: Caps) -> &'static str {
    if caps.has(Caps::SEARCH) { "search" } else { "soju.im/search" }
}

/// The batch of a page, for those who know batches. A page that was not asked for is one only where
/// its lines have their times: else they are told as text, to be read one after another.
fn batch(found: &Found, caps: Caps) -> Option<String> {
    let timed = found.why == WhyHistory::Asked || shows_times(caps);
    (caps.has(Caps::BATCH) && timed).then(|| match found.part {
        0 => format!("h{}", found.number),
        part => format!("h{}-{part}", found.number),
    })
}

/// Whether a person is shown the time that comes as a tag. irssi takes it, but shows the time of
/// arrival unless it is set up otherwise; it is known by asking for nothing else that comes as a tag.
fn shows_times(caps: Caps) -> bool {
    let knows_tags = caps.has(Caps::MESSAGE_TAGS) || caps.has(Caps::ACCOUNT_TAG);
    caps.has(Caps::SERVER_TIME) && knows_tags
}

fn row(
    message: &StoredMessage,
    batch: Option<&str>,
    (why, now, with): (WhyHistory, Millis, Option<&str>),
    replies: &mut Replies<'_>,
) {
    let caps = replies.caps;
    let text = if why != WhyHistory::Asked && !shows_times(caps) {
        Cow::Owned(with_time(message, now, replies))
    } else {
        Cow::Borrowed(&*message.text)
    };
    // A channel may have had another name then.
    let to = match message.target {
        Target::Channel(_) => with.unwrap_or(&*message.to),
        Target::Pair(..) => &*message.to,
    };
    let tags = message.tags.as_deref();
    Saying { caps, message, to, text: &text, tags, operator: false, batch }.write(replies.out);
    editing::write_context(message, caps, batch, replies.out);
}

/// What happened, as those with the same capabilities heard it.
fn happened(
    kept: &StoredEvent,
    batch: Option<&str>,
    with: Option<&Text>,
    replies: &mut Replies<'_>,
) {
    let mut event = kept.event.clone();
    // The channel may have had another name then.
    if let Some(with) = with {
        event.rename_channel(with);
    }
    let (caps, facts) = (replies.caps, replies.facts);
    events::render(
        Told { caps, at: kept.at, id: Some(kept.id), batch, facts },
        &event,
        replies.out,
    );
}

/// `[14:02] hello`. The words of an action stay inside its frame.
fn with_time(message: &StoredMessage, now: Millis, replies: &Replies<'_>) -> String {
    let zone = &replies.facts.zone;
    let time = if now.saturating_sub(message.at) < DAY_MS {
        clock(message.at, zone)
    } else {
        date_and_clock(message.at, zone)
    };
    match message.text.strip_prefix("\x01ACTION ") {
        Some(rest) => format!("\x01ACTION [{time}] {rest}"),
        None => format!("[{time}] {}", message.text),
    }
}

fn not_found(why: NotFound, [subcommand, with]: [&str; 2], replies: &mut Replies<'_>) {
    let words = match why {
        NotFound::UnknownMessage => "No message of this conversation has that id",
        NotFound::Unreadable => "Messages could not be retrieved",
        NotFound::Busy => BUSY,
    };
    replies.fail_always("CHATHISTORY", "MESSAGE_ERROR", &[subcommand, with], words);
}
