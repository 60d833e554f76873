//! What people are told about channels that are kept, in sentences that all doors share.

use crate::facts::Facts;
use crate::time;
use parlor_hub::KeepingRefusal;
use parlor_hub::answer::{ChannelIs, ChannelLine, KeepingAnswer};
use parlor_hub::bounds::KEPT_LAST_MAX;
use parlor_hub::change::{HistoryRule, Keep};
use parlor_hub::command::{ChannelSetting, Clearing};
use parlor_hub::id::Millis;
use parlor_hub::modes::Ranks;

/// An answer, a sentence a line.
pub(crate) fn told(answer: &KeepingAnswer, facts: &Facts) -> Vec<String> {
    let one = |sentence: String| vec![sentence];
    match answer {
        KeepingAnswer::Registered(channel) => {
            one(format!("{channel} is registered, and you are its founder"))
        }
        KeepingAnswer::Unregistered(channel) => one(format!("{channel} is registered no longer")),
        KeepingAnswer::Confirm(channel, code) => {
            one(format!("That cannot be undone. To confirm it: CS UNREGISTER {channel} {code}"))
        }
        KeepingAnswer::Access(channel, accounts) if accounts.is_empty() => {
            one(format!("Nobody has a rank of their own in {channel}"))
        }
        KeepingAnswer::Access(channel, accounts) => {
            accounts.iter().map(|(account, held)| ranks(channel, account, *held)).collect()
        }
        KeepingAnswer::Offered { channel, account, by } => one(format!(
            "{by} offers {channel} to {account}, who takes it with CS TRANSFER ACCEPT {channel}"
        )),
        KeepingAnswer::Withdrawn(channel) => one(format!("{channel} is offered to nobody")),
        KeepingAnswer::Given(channel, account) => {
            one(format!("The founder of {channel} is {account}"))
        }
        KeepingAnswer::Cleared(channel, what, count) => one(cleared(channel, what, *count)),
        KeepingAnswer::Unbanned(channel, 0) => one(format!("No ban of {channel} is about you")),
        KeepingAnswer::Unbanned(channel, count) => {
            let were =
                if *count == 1 { "was about you, and is" } else { "were about you, and are" };
            one(format!("{} of {channel} {were} lifted", counted(*count, "ban")))
        }
        KeepingAnswer::Key(channel, Some(key)) => one(format!("The key of {channel} is {key}")),
        KeepingAnswer::Key(channel, None) => one(format!("{channel} has no key")),
        KeepingAnswer::Settings(channel, rule) => one(format!("{channel}: {}", history(*rule))),
        KeepingAnswer::Info(info) => about(info, facts),
        KeepingAnswer::List(lines) if lines.is_empty() => {
            one("No registered channel is called so".to_owned())
        }
        KeepingAnswer::List(lines) => {
            let row = |line: &ChannelLine| {
                format!("{}, {} inside", line.name, counted(line.members, "member"))
            };
            lines.iter().map(row).collect()
        }
    }
}

/// The ranks that an account always has.
fn ranks(channel: &str, account: &str, held: Ranks) -> String {
    let letters: String = held.letters().collect();
    match letters.as_str() {
        "" => format!("{account} has no rank of their own in {channel}"),
        letters => format!("{account} always has +{letters} in {channel}"),
    }
}

fn cleared(channel: &str, what: &Clearing, count: usize) -> String {
    match what {
        Clearing::Users(_) => format!("{} put out of {channel}", counted(count, "member")),
        Clearing::Access => format!("{} lost a rank in {channel}", counted(count, "account")),
        Clearing::Bans => format!("{} of {channel} lifted", counted(count, "ban")),
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

fn about(info: &ChannelIs, facts: &Facts) -> Vec<String> {
    let ChannelIs { name, founders, made_at, members, offered_to, closed } = info;
    let kept = match founders {
        None => format!("{name} is not registered"),
        Some(founders) if founders.is_empty() => format!("{name} is the server's"),
        Some(founders) => format!("{name} is registered to {}", founders.join(", ")),
    };
    let made = made_at.map(|at| {
        let since = time::date_and_clock(at, &facts.zone);
        format!("Made {since}, {} inside", counted(*members, "member"))
    });
    let offered = offered_to.as_ref().map(|account| format!("Offered to {account}"));
    let closed = closed.as_ref().map(|why| format!("Operators let nobody in: {why}"));
    [Some(kept), made, offered, closed].into_iter().flatten().collect()
}

/// Why not.
pub(crate) fn refused(refusal: &KeepingRefusal) -> String {
    match refusal {
        KeepingRefusal::NotOffered(channel) => format!("{channel} is not offered to you"),
        KeepingRefusal::IsFounder(channel, account) => {
            format!("{account} is the founder of {channel} already")
        }
        KeepingRefusal::LobbyStaysOpen(channel) => {
            format!("{channel} is where everyone comes in: it stays open")
        }
        KeepingRefusal::FounderIsAsked(channel) => {
            format!("Who is to be a founder is asked first: CS TRANSFER {channel} <account>")
        }
    }
}

/// What is so of a channel's history.
pub(crate) fn history(rule: HistoryRule) -> String {
    let earlier = if rule.hides_earlier {
        "whoever comes sees nothing of what was said before"
    } else {
        "whoever comes may read what was said before"
    };
    let kept = match rule.keep {
        Keep { last: Some(0), .. } => return "nothing that is said here is kept".to_owned(),
        Keep { for_ms: None, last: None } => "messages are kept for ever".to_owned(),
        Keep { for_ms: Some(ms), last: None } => {
            format!("messages are kept for {}", time::in_units(ms))
        }
        Keep { for_ms: None, last: Some(count) } => format!("the last {count} messages are kept"),
        Keep { for_ms: Some(ms), last: Some(count) } => {
            format!("the last {count} messages are kept, for {}", time::in_units(ms))
        }
    };
    format!("{kept}; {earlier}")
}

/// What can be set, and to what.
pub(crate) const SETTINGS: &str =
    "HISTORY <FOREVER|NONE|DEFAULT|time such as 30d|LAST number>, EARLIER <SHOWN|HIDDEN|DEFAULT>";

/// How a founder writes a setting.
pub(crate) fn setting(name: &str, value: &str) -> Option<ChannelSetting> {
    let value = value.to_ascii_uppercase();
    match (name.to_ascii_uppercase().as_str(), value.as_str()) {
        ("HISTORY", "DEFAULT") => Some(ChannelSetting::Keep(None)),
        ("HISTORY", value) => keep(value).map(|keep| ChannelSetting::Keep(Some(keep))),
        ("EARLIER", "SHOWN") => Some(ChannelSetting::HidesEarlier(Some(false))),
        ("EARLIER", "HIDDEN") => Some(ChannelSetting::HidesEarlier(Some(true))),
        ("EARLIER", "DEFAULT") => Some(ChannelSetting::HidesEarlier(None)),
        _ => None,
    }
}

/// `FOREVER`, `NONE`, `30d`, `LAST 500`, or a time and a number: `30d LAST 500`. The configuration writes it so
/// as well.
pub fn keep(value: &str) -> Option<Keep> {
    let words: Vec<String> = value.split_whitespace().map(str::to_ascii_uppercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (times, last) = match words.as_slice() {
        ["FOREVER"] => return Some(Keep::FOREVER),
        ["NONE"] => return Some(Keep::NOTHING),
        [times @ .., "LAST", count] => (times, Some(count.parse::<u32>().ok()?)),
        times => (times, None),
    };
    let is_kept = |count: &u32| (1..=KEPT_LAST_MAX).contains(count);
    if last.is_some_and(|last| !is_kept(&last)) {
        return None;
    }
    let for_ms = times.iter().try_fold(0, |sum: Millis, time| {
        sum.checked_add(time::duration(time)?).filter(|ms| i64::try_from(*ms).is_ok())
    })?;
    let for_ms = (for_ms > 0).then_some(for_ms);
    (for_ms.is_some() || last.is_some()).then_some(Keep { for_ms, last })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_much_is_kept_is_read_as_it_is_written() {
        const HOUR: Millis = 3_600_000;
        let of = |for_ms, last| Some(Keep { for_ms, last });
        for (text, expected) in [
            ("forever", of(None, None)),
            ("none", of(None, Some(0))),
            ("12h", of(Some(12 * HOUR), None)),
            ("30d", of(Some(30 * 24 * HOUR), None)),
            ("2W", of(Some(14 * 24 * HOUR), None)),
            ("1d 12h", of(Some(36 * HOUR), None)),
            ("1d12h", of(Some(36 * HOUR), None)),
            ("last 500", of(None, Some(500))),
            ("30d last 500", of(Some(30 * 24 * HOUR), Some(500))),
            ("", None),
            ("30", None),
            ("0d", None),
            ("-1d", None),
            ("last", None),
            ("last 0", None),
            ("last 100001", None),
            ("last x", None),
            ("always", None),
            ("forever 1d", None),
            ("99999999999999999999w", None),
            ("4000000000y 4000000000y", None),
        ] {
            assert_eq!(keep(text), expected, "{text:?}");
        }
    }
}
