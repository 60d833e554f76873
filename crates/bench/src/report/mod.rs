//! The tables: medians, and ratios within one run.

pub(crate) mod document;
pub(crate) mod machine;
pub(crate) mod plot;

use crate::floor::Mode;
use crate::load::idle::{Kind, SignOn};
use crate::load::talk::Talked;
use std::fmt::Write;

/// What one run of a scenario gave.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// Microseconds of the server's processor time a delivery, without that for the search index.
    pub server_us: f64,
    /// Of that for the search index, which is filled behind.
    pub search_us: f64,
    /// Microseconds of the load's own processor time a delivery.
    pub own_us: f64,
    pub per_second: f64,
    /// Deliveries that one write of the server brought.
    pub per_write: f64,
    /// Milliseconds: half, and all but a hundredth, arrived within.
    pub latency_ms: Option<(f64, f64)>,
    /// Which threads of the server took what.
    pub shares: String,
}

impl Row {
    pub fn of(mut talked: Talked) -> Self {
        let deliveries = talked.deliveries.max(1) as f64;
        let half = talked.latencies.percentile_ms(50);
        let each_us = |ns: u64| ns as f64 / 1000.0 / deliveries;
        let search_ns = talked.server.of_thread_ns(SEARCH);
        Self {
            server_us: each_us(talked.server.total_ns() - search_ns),
            search_us: each_us(search_ns),
            own_us: each_us(talked.own_ns),
            per_second: deliveries / talked.took.as_secs_f64(),
            per_write: deliveries / talked.writes.max(1) as f64,
            latency_ms: half.zip(talked.latencies.percentile_ms(99)),
            shares: talked.server.shares(),
        }
    }
}

/// Parlor's thread that fills the search index.
const SEARCH: &str = "search";

/// All runs of a scenario: by subject, then by run.
pub(crate) struct Talks<'n> {
    pub scenario: &'n str,
    pub subjects: Vec<(String, Vec<Row>)>,
}

/// How many of the subjects are floors: the last ones.
const FLOORS: usize = Mode::ALL.len();

/// The comparison, as a Markdown table.
pub(crate) fn talks(all: &[Talks<'_>]) -> String {
    let mut out = String::from(
        "| scenario | server | CPU µs a delivery | and indexing | load's own | deliveries/s | a write \
         | × floor, sends | × floor, coalescing | × floor, syncing | p50 ms | p99 ms |\n\
         |---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for talks in all {
        // Who did not bear a scenario has no row in it.
        for (name, rows) in talks.subjects.iter().filter(|(_, rows)| !rows.is_empty()) {
            let median_of = |value: fn(&Row) -> f64| median(rows.iter().map(value));
            let latency = |value: fn((f64, f64)) -> f64| {
                let known: Vec<f64> =
                    rows.iter().filter_map(|row| row.latency_ms).map(value).collect();
                if known.is_empty() { "–".to_owned() } else { format!("{:.2}", median(known)) }
            };
            let [sends, coalescing, syncing] = floors(talks).map(|floor| {
                let ratios = rows.iter().zip(floor).map(|(row, f)| row.server_us / f.server_us);
                median(ratios)
            });
            let _ = writeln!(
                out,
                "| {} | {name} | {:.3} | {:.3} | {:.3} | {:.0} | {:.1} | {sends:.2} | {coalescing:.2} | {syncing:.2} | {} | {} |",
                talks.scenario,
                median_of(|row| row.server_us),
                median_of(|row| row.search_us),
                median_of(|row| row.own_us),
                median_of(|row| row.per_second),
                median_of(|row| row.per_write),
                latency(|(half, _)| half),
                latency(|(_, most)| most),
            );
        }
    }
    out
}

fn floors<'t>(talks: &'t Talks<'_>) -> [&'t [Row]; FLOORS] {
    let first = talks.subjects.len().saturating_sub(FLOORS);
    let floors = &talks.subjects[first..];
    std::array::from_fn(|at| floors.get(at).map(|(_, rows)| rows.as_slice()).unwrap_or_default())
}

/// Which threads of the servers took the time, in the last run of each scenario. A floor has one.
pub(crate) fn shares(all: &[Talks<'_>]) -> String {
    let mut out = String::new();
    for talks in all {
        let servers = talks.subjects.len().saturating_sub(FLOORS);
        for (name, rows) in &talks.subjects[..servers] {
            let shares = rows.last().map_or("", |row| row.shares.as_str());
            let _ = writeln!(out, "- {}, {name}: {shares}", talks.scenario);
        }
    }
    out
}

/// What signing on costs, and what being there costs.
pub(crate) fn connections(
    sign_ons: &[(String, Vec<SignOn>)],
    resident: &[(String, [Option<f64>; Kind::ALL.len()])],
) -> String {
    let mut out = String::from("| server | sign-on, CPU µs each | load's own |");
    for kind in Kind::ALL {
        let _ = write!(out, " resident bytes, {} |", kind.name());
    }
    out.push_str("\n|---|--:|--:|--:|--:|--:|\n");
    let measured = sign_ons.iter().zip(resident).filter(|((_, runs), _)| !runs.is_empty());
    for ((name, runs), (_, bytes)) in measured {
        let server = median(runs.iter().map(|run| run.server_us));
        let own = median(runs.iter().map(|run| run.own_us));
        let _ = write!(out, "| {name} | {server:.1} | {own:.1} |");
        for bytes in bytes {
            let _ = match bytes {
                Some(bytes) => write!(out, " {bytes:.0} |"),
                None => write!(out, " – |"),
            };
        }
        out.push('\n');
    }
    out
}

/// The middle value; of an even number, the mean of the two.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        len if len % 2 == 1 => values[len / 2],
        len => f64::midpoint(values[len / 2 - 1], values[len / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(server_us: f64) -> Row {
        let shares = String::new();
        let (search_us, own_us, per_second, per_write) = (0.5, 1.0, 1000.0, 9.0);
        Row { server_us, search_us, own_us, per_second, per_write, latency_ms: None, shares }
    }

    #[test]
    fn ratios_are_within_a_run_before_they_are_a_median() {
        let subjects = vec![
            ("P".to_owned(), vec![row(1.0), row(4.0), row(9.0)]),
            ("S".to_owned(), vec![row(1.0), row(2.0), row(3.0)]),
            ("C".to_owned(), vec![row(2.0), row(2.0), row(3.0)]),
            ("D".to_owned(), vec![row(4.0), row(4.0), row(6.0)]),
        ];
        let table = talks(&[Talks { scenario: "x", subjects }]);
        let told = table.lines().nth(2);
        assert_eq!(
            told,
            Some("| x | P | 4.000 | 0.500 | 1.000 | 1000 | 9.0 | 2.00 | 2.00 | 1.00 | – | – |")
        );
    }

    #[test]
    fn a_median_of_two_is_between_them() {
        assert!((median([3.0, 1.0]) - 2.0).abs() < 1e-9);
        assert!((median([3.0, 1.0, 9.0]) - 3.0).abs() < 1e-9);
    }
}
