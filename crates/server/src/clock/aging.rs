//! The time by which what is kept grows old.

use crate::bounds;
use parlor_hub::id::Millis;
#[cfg(test)]
use std::time::Duration;
use std::time::Instant;

/// It is the system's, unless that is more than a day ahead at once. Then the server was off, or the clock is
/// wrong, and what is removed by a wrong clock is gone for good. So such a clock is believed only when the server
/// has run for some hours and it was not put right.
#[derive(Debug)]
pub(crate) struct Aging {
    believed: Millis,
    doubted_since: Option<Instant>,
    /// What the store has noted of [`Aging::doubted_from`].
    pub noted: Option<Millis>,
}

impl Aging {
    /// Goes on after what was stored last, 0 for nothing, or from where the clock was doubted before.
    pub fn after(stored: Millis, noted: Option<Millis>) -> Self {
        Self { believed: noted.unwrap_or(stored), doubted_since: None, noted }
    }

    /// The time, where the system has this one.
    pub fn by(&mut self, system: Millis, read: Instant) -> Millis {
        let ahead = system.saturating_sub(self.believed);
        let is_near = self.believed == 0 || ahead <= bounds::CLOCK_AHEAD_MS_MAX;
        let has_stayed = |since| read.saturating_duration_since(since) >= bounds::CLOCK_DOUBTED_FOR;
        if is_near || self.doubted_since.is_some_and(has_stayed) {
            (self.believed, self.doubted_since) = (system, None);
        } else {
            self.doubted_since.get_or_insert(read);
        }
        self.believed
    }

    /// The clock was doubted so much earlier.
    #[cfg(test)]
    pub fn has_run(&mut self, time: Duration) {
        self.doubted_since = self.doubted_since.and_then(|since| since.checked_sub(time));
    }

    /// The last time that was believed, while the clock is not.
    pub fn doubted_from(&self) -> Option<Millis> {
        self.doubted_since.map(|_| self.believed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Millis = 24 * 3600 * 1000;

    #[test]
    fn a_clock_that_is_far_ahead_is_believed_after_some_hours() {
        let begun = Instant::now();
        let hours = |count: u32| begun + count * Duration::from_secs(3600);
        let mut aging = Aging::after(100 * DAY, None);
        assert_eq!(aging.by(101 * DAY, begun), 101 * DAY);
        let week = 108 * DAY;
        assert_eq!(aging.by(week, begun), 101 * DAY);
        assert_eq!(aging.by(week + 1, hours(5)), 101 * DAY);
        assert_eq!(aging.doubted_from(), Some(101 * DAY));
        assert_eq!(aging.by(week + 2, hours(6)), week + 2);
        assert_eq!(aging.doubted_from(), None);
    }

    #[test]
    fn a_clock_that_was_put_right_is_believed_at_once() {
        let begun = Instant::now();
        let mut aging = Aging::after(100 * DAY, None);
        aging.by(4000 * DAY, begun);
        assert_eq!(aging.by(100 * DAY + 5, begun), 100 * DAY + 5);
        assert_eq!(aging.doubted_from(), None);
        assert_eq!(aging.by(99 * DAY, begun), 99 * DAY, "nothing is removed by a time before");
    }

    #[test]
    fn another_start_begins_where_the_clock_was_doubted() {
        let (wrong, begun) = (4000 * DAY, Instant::now());
        let mut aging = Aging::after(wrong, Some(100 * DAY));
        assert_eq!(aging.by(wrong + 1, begun), 100 * DAY);
        assert_eq!(aging.by(100 * DAY + 1, begun), 100 * DAY + 1, "it was put right");
    }

    #[test]
    fn where_nothing_is_stored_any_clock_is_believed() {
        assert_eq!(Aging::after(0, None).by(100 * DAY, Instant::now()), 100 * DAY);
    }
}
