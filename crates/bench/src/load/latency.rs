//! How long deliveries took.

use std::time::{Duration, Instant};

/// Latencies, each kept with the time from which it counts: the paced scenario makes few enough.
#[derive(Debug, Default)]
pub(crate) struct Latencies(Vec<(Instant, Duration)>);

impl Latencies {
    /// What was due then has come.
    pub fn note(&mut self, due: Instant) {
        self.0.push((due, due.elapsed()));
    }

    /// Those of what was due from one time to another.
    pub fn between(&self, from: Instant, to: Instant) -> Self {
        let is_between = |(due, _): &&(Instant, Duration)| (from..to).contains(due);
        Self(self.0.iter().filter(is_between).copied().collect())
    }

    /// The latency in milliseconds that so many of a hundred did not exceed.
    pub fn percentile_ms(&mut self, percent: usize) -> Option<f64> {
        let last = self.0.len().checked_sub(1)?;
        let nth = last * percent.min(100) / 100;
        let (_, (_, took), _) = self.0.select_nth_unstable_by_key(nth, |(_, took)| *took);
        Some(took.as_secs_f64() * 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_sorted_list() {
        let mut latencies = Latencies::default();
        assert_eq!(latencies.percentile_ms(50), None);
        let start = Instant::now();
        for ms in (0..=100).rev() {
            latencies.0.push((start + Duration::from_secs(ms), Duration::from_millis(ms)));
        }
        assert_eq!(latencies.percentile_ms(50), Some(50.0));
        assert_eq!(latencies.percentile_ms(99), Some(99.0));
        let mut some = latencies.between(start, start + Duration::from_secs(11));
        assert_eq!(some.percentile_ms(100), Some(10.0));
    }
}
