//! History and search hits.

use super::message::said;
use super::words::count;
use crate::bounds::DRAW_BYTES;
use crate::facts::Facts;
use crate::line::paper::Paper;
use crate::queue::{Found, NotFound};
use crate::time::{clock, date_and_clock};
use parlor_hub::answer::WhyHistory;
use parlor_hub::change::{Kept, Missing, StoredMessage, Target};
use parlor_hub::id::Millis;

/// Draws what a reader found, from the message numbered `from` on.
pub(in crate::line) fn draw(
    found: &Found,
    from: usize,
    (now, facts): (Millis, &Facts),
    paper: &mut Paper<'_>,
) -> Option<usize> {
    let messages: Vec<_> = match &found.rows {
        // What else happened is asked for by nobody here.
        Ok(rows) => rows.iter().filter_map(Kept::message).collect(),
        Err(why) => {
            paper.line(not_found(*why));
            return None;
        }
    };
    if from == 0 {
        paper.line(&header(found, messages.len())?);
    }
    let begun = paper.len();
    for (at, message) in messages.iter().enumerate().skip(from) {
        if paper.len() - begun >= DRAW_BYTES {
            return Some(at);
        }
        for line in lines(found, message, (now, facts)) {
            paper.line(&line);
        }
    }
    for missing in &found.missing {
        paper.line(&not_looked_through(*missing, now, facts));
    }
    if found.with.is_some() && !messages.is_empty() {
        paper.line(&format!("* That was before; it is {} now.", clock(now, &facts.zone)));
    }
    None
}

fn header(found: &Found, messages: usize) -> Option<String> {
    let lines = count(messages, "line", "lines");
    match (&found.with, found.why) {
        (None, _) if messages == 0 => Some("* Nothing found.".to_owned()),
        (None, _) => Some(format!("* Found {lines}:")),
        (Some(_), WhyHistory::Joined | WhyHistory::Missed | WhyHistory::Played)
            if messages == 0 =>
        {
            None
        }
        (Some(with), WhyHistory::Missed) => Some(format!("* While you were gone, {with} wrote:")),
        (Some(with), WhyHistory::Asked) if messages == 0 => {
            Some(format!("* Nothing is kept of {with} yet."))
        }
        (Some(with), _) if messages == 1 => Some(format!("* Earlier in {with}, the last line:")),
        (Some(with), _) => Some(format!("* Earlier in {with}, the last {lines}:")),
    }
}

fn not_looked_through(missing: Missing, now: Millis, facts: &Facts) -> String {
    let time = |at| moment(at, now, facts);
    match missing {
        Missing::Earlier(at) => format!(
            "* That was looked for back to {} only: search one #CHAN or @NICK, or for more words.",
            time(at)
        ),
        Missing::Later(at) => format!("* That was looked for up to {} only.", time(at)),
        Missing::NotIndexed(at) => {
            format!("* What was said after {} cannot be found yet; try again soon.", time(at))
        }
    }
}

fn not_found(why: NotFound) -> &'static str {
    match why {
        NotFound::UnknownMessage => "* That place in the history is not known.",
        NotFound::Unreadable => "* The history cannot be read right now; try again in a while.",
        NotFound::Busy => "* Too much is being looked up for your address; try again in a while.",
    }
}

fn lines(found: &Found, message: &StoredMessage, (now, facts): (Millis, &Facts)) -> Vec<String> {
    let is_private = matches!(message.target, Target::Pair(..));
    let mut said = said(message, &message.to, is_private);
    let time = moment(message.at, now, facts);
    if let Some(first) = said.first_mut() {
        *first = match &found.with {
            Some(_) => format!("[{time}] {first}"),
            None if is_private => format!("[{time}] to {}: {first}", message.to),
            None => format!("[{time}] {} {first}", message.to),
        };
    }
    said
}

/// The time of day, with the date in front when it is not today.
pub(super) fn moment(at: Millis, now: Millis, facts: &Facts) -> String {
    const DATE: usize = "2026-11-22".len();
    let (then, today) = (date_and_clock(at, &facts.zone), date_and_clock(now, &facts.zone));
    if then.get(..DATE) == today.get(..DATE) { clock(at, &facts.zone) } else { then }
}
