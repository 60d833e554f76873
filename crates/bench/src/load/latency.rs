//! How long deliveries took.

use std::time::Duration;

/// Latencies, each kept: the paced scenario makes few enough.
#[derive(Debug, Default)]
pub(crate) struct Latencies(Vec<u32>);

impl Latencies {
    pub fn note(&mut self, took: Duration) {
        self.0.push(u32::try_from(took.as_micros()).unwrap_or(u32::MAX));
    }

    /// The latency in milliseconds that so many of a hundred did not exceed.
    pub fn percentile_ms(&mut self, percent: usize) -> Option<f64> {
        let last = self.0.len().checked_sub(1)?;
        let (_, micros, _) = self.0.select_nth_unstable(last * percent.min(100) / 100);
        Some(f64::from(*micros) / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_sorted_list() {
        let mut latencies = Latencies::default();
        assert_eq!(latencies.percentile_ms(50), None);
        for ms in (0..=100).rev() {
            latencies.note(Duration::from_millis(ms));
        }
        assert_eq!(latencies.percentile_ms(50), Some(50.0));
        assert_eq!(latencies.percentile_ms(99), Some(99.0));
    }
}
