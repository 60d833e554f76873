//! `[history]`.

use jiff::{Span, SpanRelativeTo};
use parlor_store::Keep;
use serde::Deserialize;
use std::time::Duration;

/// `[history]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct History {
    /// Lines shown on joining to clients that cannot ask.
    pub replay: u16,
    /// For how long messages are kept.
    pub keep: KeepFor,
    /// Channels hide from those who come what was said before, unless their founders decided.
    pub hide_earlier: bool,
}

impl Default for History {
    fn default() -> Self {
        Self { replay: 50, keep: KeepFor::default(), hide_earlier: false }
    }
}

/// `forever`, `none`, or a time such as `30d`, `2w` or `12h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct KeepFor(pub Keep);

impl TryFrom<String> for KeepFor {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let keep = match text.as_str() {
            "forever" => Keep::Forever,
            "none" => Keep::Nothing,
            time => Keep::For(duration(time).ok_or_else(|| {
                format!("{time:?} is no time to keep messages for: write forever, none, or a time such as 30d")
            })?),
        };
        Ok(Self(keep))
    }
}

/// Above nothing, and of units that are always as long.
fn duration(text: &str) -> Option<Duration> {
    let span: Span = text.parse().ok()?;
    let time = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
    Duration::try_from(time).ok().filter(|time| !time.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn messages_are_kept_for_ever_for_a_time_or_not_at_all() {
        let keep = |text: &str| KeepFor::try_from(text.to_owned()).map(|keep| keep.0);
        for (text, expected) in [
            ("forever", Keep::Forever),
            ("none", Keep::Nothing),
            ("12h", Keep::For(12 * HOUR)),
            ("30d", Keep::For(30 * 24 * HOUR)),
            ("2w", Keep::For(14 * 24 * HOUR)),
            ("1d 12h", Keep::For(36 * HOUR)),
        ] {
            assert_eq!(keep(text), Ok(expected), "{text}");
        }
        for text in ["", "30", "0d", "-1d", "1mo", "always", "99999999999999w"] {
            let told = keep(text).unwrap_err();
            assert!(told.starts_with(&format!("{text:?} is no time")), "{told}");
        }
    }
}
