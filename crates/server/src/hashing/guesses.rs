//! Wrong passwords, counted by the address that they come from: whoever goes on guessing is not listened to.

use crate::bounds;
use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Until when each address that gave a wrong password has something to be forgiven. One is forgiven after another,
/// [`bounds::GUESS_FORGIVEN_AFTER`] each.
#[derive(Debug, Default)]
pub(super) struct Guesses(Mutex<HashMap<IpAddr, Instant>>);

impl Guesses {
    /// Whether another password from there is looked at.
    pub fn may_go_on(&self, address: IpAddr, now: Instant) -> bool {
        let guilty = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let until = guilty.get(&address).copied().unwrap_or(now);
        until.saturating_duration_since(now)
            <= bounds::GUESS_FORGIVEN_AFTER * (bounds::GUESSES_AT_ONCE - 1)
    }

    /// A password from there was wrong. The log says so too: what shuts addresses out reads it there.
    pub fn note(&self, address: IpAddr, now: Instant) {
        tracing::warn!(address = %Shown(address), "a wrong password");
        let mut guilty = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if guilty.len() >= bounds::GUESSERS_MAX && !guilty.contains_key(&address) {
            let soonest = guilty.iter().min_by_key(|(_, until)| **until).map(|(other, _)| *other);
            soonest.map(|other| guilty.remove(&other));
        }
        let until = guilty.entry(address).or_insert(now);
        *until = now.max(*until) + bounds::GUESS_FORGIVEN_AFTER;
    }
}

/// What is counted as one address, as it can be shut out: of IPv6 a network.
struct Shown(IpAddr);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(address) => write!(f, "{address}"),
            IpAddr::V6(network) => write!(f, "{network}/64"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;
    use std::time::Duration;

    const GUESSER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));
    const OTHER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 8));

    #[test]
    fn who_guesses_waits_and_nobody_else_does() {
        let (guesses, begun) = (Guesses::default(), Instant::now());
        let guess_all = |later| {
            let now = begun + later;
            let guess = |_: &u32| {
                guesses.may_go_on(GUESSER, now).then(|| guesses.note(GUESSER, now)).is_some()
            };
            (0..100).filter(guess).count() as u32
        };
        assert_eq!(guess_all(Duration::ZERO), bounds::GUESSES_AT_ONCE);
        assert!(guesses.may_go_on(OTHER, begun));
        let forgiven = bounds::GUESS_FORGIVEN_AFTER;
        assert_eq!(guess_all(forgiven.mul_f32(0.99)), 0);
        assert_eq!(guess_all(forgiven), 1);
        assert_eq!(guess_all(forgiven * (bounds::GUESSES_AT_ONCE + 1)), bounds::GUESSES_AT_ONCE);
    }

    #[test]
    fn the_table_is_bounded_and_who_guessed_most_stays_in_it() {
        let (guesses, now) = (Guesses::default(), Instant::now());
        (0..bounds::GUESSES_AT_ONCE).for_each(|_| guesses.note(GUESSER, now));
        for number in 0..bounds::GUESSERS_MAX as u32 {
            guesses.note(Ipv4Addr::from_bits(number).into(), now);
        }
        assert_eq!(guesses.0.lock().unwrap().len(), bounds::GUESSERS_MAX);
        assert!(!guesses.may_go_on(GUESSER, now));
    }

    #[test]
    fn an_address_is_shown_as_it_can_be_shut_out() {
        let shown = |address: &str| Shown(address.parse().unwrap()).to_string();
        assert_eq!(shown("192.0.2.7"), "192.0.2.7");
        assert_eq!(shown("2001:db8::"), "2001:db8::/64");
    }
}
