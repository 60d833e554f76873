//! The time of what is stored.

use super::now;
use parlor_hub::id::Millis;
use std::time::Instant;

/// It never goes back. While the system's clock is behind it, it goes on at half its pace until the clock has caught
/// up: so what is to end in an hour ends, and what is said does not all have one time.
#[derive(Debug)]
pub(crate) struct Onward {
    at: Millis,
    /// What it was when the clock was first seen behind it, and when that was.
    ahead: Option<(Millis, Instant)>,
}

impl Onward {
    /// Goes on after this time.
    pub fn after(at: Millis) -> Self {
        Self { at, ahead: None }
    }

    /// The time.
    pub fn now(&self) -> Millis {
        self.by(now())
    }

    /// Takes the time for something: what comes next does not lie before it.
    pub fn take(&mut self) -> Millis {
        let system = now();
        self.at = self.by(system);
        if system >= self.at {
            self.ahead = None;
        } else if self.ahead.is_none() {
            self.ahead = Some((self.at, Instant::now()));
        }
        self.at
    }

    fn by(&self, system: Millis) -> Millis {
        let gone_on = self.ahead.map_or(self.at, |(from, since)| {
            from + Millis::try_from(since.elapsed().as_millis() / 2).unwrap_or(0)
        });
        system.max(gone_on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const HOUR: Millis = 3600 * 1000;

    #[test]
    fn a_clock_that_is_behind_is_gone_before_at_half_its_pace() {
        let ahead = now() + 10 * HOUR;
        let mut onward = Onward::after(ahead);
        assert_eq!([onward.now(), onward.take()], [ahead; 2]);
        let earlier = Instant::now().checked_sub(Duration::from_millis(2 * HOUR));
        onward.ahead = earlier.map(|since| (ahead, since));
        let hour_later = onward.take();
        assert!((ahead + HOUR..ahead + HOUR + 1000).contains(&hour_later));
        assert!(onward.now() >= hour_later);
        // The clock has caught up.
        let earlier = Instant::now().checked_sub(Duration::from_millis(HOUR));
        let mut onward = Onward { at: 5, ahead: earlier.map(|since| (5, since)) };
        assert!(onward.take() >= ahead - 10 * HOUR && onward.ahead.is_none());
    }

    #[test]
    fn it_is_the_time_of_the_system_where_that_is_not_behind() {
        let before = now();
        assert!((before..=now()).contains(&Onward::after(before).take()));
    }
}
