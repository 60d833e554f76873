//! How times are written.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use parlor_hub::id::Millis;

/// `2026-11-22T16:01:10.123Z`, as `IRCv3` server-time has it.
pub(crate) fn server_time(at: Millis) -> String {
    format!("{:.3}", timestamp(at))
}

/// The milliseconds of an `IRCv3` timestamp.
pub(crate) fn parse_server_time(text: &str) -> Option<Millis> {
    let timestamp: Timestamp = text.parse().ok()?;
    timestamp.as_millisecond().try_into().ok()
}

/// `14:02`.
pub(crate) fn clock(at: Millis, zone: &TimeZone) -> String {
    timestamp(at).to_zoned(zone.clone()).strftime("%H:%M").to_string()
}

/// `2026-11-22 14:02`.
pub(crate) fn date_and_clock(at: Millis, zone: &TimeZone) -> String {
    timestamp(at).to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// `Sun Nov 22 2026 at 16:01:10 UTC`, as `RPL_CREATED` and `RPL_TIME` write it.
pub(crate) fn in_words(at: Millis) -> String {
    timestamp(at).strftime("%a %b %d %Y at %H:%M:%S UTC").to_string()
}

/// `1d2h30m`, in milliseconds.
pub(crate) fn duration(word: &str) -> Option<Millis> {
    const MINUTE: Millis = 60_000;
    let mut all: Millis = 0;
    let mut number = String::new();
    for c in word.chars() {
        if c.is_ascii_digit() {
            number.push(c);
            continue;
        }
        let unit = match c.to_ascii_lowercase() {
            's' => 1000,
            'm' => MINUTE,
            'h' => 60 * MINUTE,
            'd' => 24 * 60 * MINUTE,
            'w' => 7 * 24 * 60 * MINUTE,
            'y' => 365 * 24 * 60 * MINUTE,
            _ => return None,
        };
        let count = std::mem::take(&mut number).parse::<u32>().ok()?;
        all = all.checked_add(Millis::from(count).checked_mul(unit)?)?;
    }
    (all > 0 && number.is_empty()).then_some(all)
}

/// `30d`, `1d 12h`, in the units that [`duration`] reads.
pub(crate) fn in_units(ms: Millis) -> String {
    const UNITS: [(Millis, char); 4] =
        [(86_400_000, 'd'), (3_600_000, 'h'), (60_000, 'm'), (1000, 's')];
    let mut rest = ms;
    let mut written = Vec::new();
    for (unit, letter) in UNITS {
        if rest >= unit {
            written.push(format!("{}{letter}", rest / unit));
            rest %= unit;
        }
    }
    written.join(" ")
}

fn timestamp(at: Millis) -> Timestamp {
    i64::try_from(at).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_time_reads_back() {
        let at = 1_795_363_270_123;
        assert_eq!(server_time(at), "2026-11-22T16:01:10.123Z");
        assert_eq!(parse_server_time("2026-11-22T16:01:10.123Z"), Some(at));
        assert_eq!(parse_server_time("yesterday"), None);
    }
}
