//! The time.

mod aging;
mod onward;

pub(crate) use aging::Aging;
pub(crate) use onward::Onward;

use parlor_hub::id::Millis;
use std::cell::Cell;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Milliseconds since the Unix epoch, as the system has them. Its clock may be set, either way.
pub(crate) fn now() -> Millis {
    Millis::try_from(since_epoch().as_millis()).unwrap_or(Millis::MAX)
}

/// The time by which a shard measures waits, rates and silence. It begins as the system's and goes
/// after it at between half and double its pace, so that nobody was silent for an hour, or has to
/// wait for one, because a clock was set.
pub(crate) fn steady() -> Millis {
    thread_local!(static STEADY: Cell<Option<Steady>> = const { Cell::new(None) });
    let system_ns = nanoseconds(since_epoch());
    let read = Instant::now();
    let ns = STEADY.get().map_or(system_ns, |last| {
        last.ns_after(nanoseconds(read.saturating_duration_since(last.read)), system_ns)
    });
    STEADY.set(Some(Steady { ns, read }));
    ns / NS_PER_MS
}

/// What the steady time was, and when it was read.
#[derive(Clone, Copy)]
struct Steady {
    ns: u64,
    read: Instant,
}

impl Steady {
    /// The time when so much has passed, and the system has this time.
    fn ns_after(self, passed_ns: u64, system_ns: u64) -> u64 {
        self.ns + system_ns.saturating_sub(self.ns).clamp(passed_ns / 2, passed_ns * 2)
    }
}

const NS_PER_MS: u64 = 1_000_000;

fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// They last until the year 2554.
fn nanoseconds(duration: Duration) -> u64 {
    duration.as_nanos().try_into().unwrap_or(u64::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 3600 * 1000 * NS_PER_MS;

    #[test]
    fn time_goes_on_when_the_clock_is_set_back_and_does_not_jump_when_it_is_set_forward() {
        let steady = Steady { ns: 10 * HOUR, read: Instant::now() };
        assert_eq!(steady.ns_after(1000, 10 * HOUR + 1000), 10 * HOUR + 1000, "they agree");
        assert_eq!(steady.ns_after(1000, 9 * HOUR), 10 * HOUR + 500, "set back");
        assert_eq!(steady.ns_after(1000, 11 * HOUR), 10 * HOUR + 2000, "set forward");
    }

    #[test]
    fn the_steady_time_is_that_of_the_system() {
        assert!(steady().abs_diff(now()) <= 1000);
    }
}
