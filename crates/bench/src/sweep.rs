//! How the cost of a delivery changes with members, channels and connections: one figure each, for the
//! plots.

use crate::bounds;
use crate::error::Error;
use crate::load::talk::{Pace, Plan};
use crate::report::Row;
use crate::scenario::Scenario;
use crate::subject::Subject;
use std::time::{Duration, Instant};

/// One plot.
pub(crate) struct Sweep {
    /// The name of its file.
    pub name: &'static str,
    pub title: &'static str,
    /// What is counted along it.
    pub along: &'static str,
    points: Vec<(usize, Scenario)>,
    /// By which power of its count a point becomes dearer to set up.
    dearer_by: i32,
}

/// What a subject cost along a sweep: how many, and microseconds a delivery.
pub(crate) struct Curve {
    pub name: String,
    pub points: Vec<(usize, f64)>,
}

/// All sweeps, as far as there may be so many connections.
pub(crate) fn all(connections_max: usize) -> [Sweep; 3] {
    let scenario = |channels: usize, members: usize, people: usize, idle: usize| Scenario {
        name: "",
        plan: Plan {
            people,
            channels,
            members,
            senders: members.min(100),
            pace: Pace::UnderWay(64.min(channels * members)),
            warm_up: Duration::from_millis(300),
            measured: Duration::from_secs(1),
        },
        idle,
    };
    let fits =
        |(_, scenario): &(usize, Scenario)| scenario.plan.people + scenario.idle <= connections_max;
    let members = [10, 30, 100, 300, 1000, 3000, 10_000];
    let channels = [1, 10, 100, 1000, 10_000];
    let idle = [0, 1000, 3000, 10_000];
    [
        Sweep {
            name: "members",
            title: "Cost of a delivery by members of the channel",
            along: "members",
            dearer_by: 2,
            points: members.map(|m| (m, scenario(1, m, m, 0))).into_iter().filter(fits).collect(),
        },
        Sweep {
            name: "channels",
            title: "Cost of a delivery by channels of ten",
            along: "channels",
            dearer_by: 1,
            points: channels
                .map(|c| (c, scenario(c, 10, (c * 10).min(1000), 0)))
                .into_iter()
                .filter(fits)
                .collect(),
        },
        Sweep {
            name: "connections",
            title: "Cost of a delivery by connections, a hundred channels of ten among them",
            along: "connections",
            dearer_by: 1,
            points: idle
                .map(|idle| (1000 + idle, scenario(100, 10, 1000, idle)))
                .into_iter()
                .filter(fits)
                .collect(),
        },
    ]
}

impl Curve {
    /// How much dearer its end is than its beginning.
    pub fn told(&self) -> Option<String> {
        let [(few, at_first), .., (many, at_last)] = self.points.as_slice() else { return None };
        let (name, times) = (&self.name, at_last / at_first);
        Some(format!("- {name}: {at_first:.3} µs at {few}, {at_last:.3} at {many}, × {times:.2}"))
    }
}

impl Sweep {
    /// Measures everyone at every point once, in turns. A point that would take a subject too long ends its
    /// curve: where everyone joins one channel, ten times the members are a hundred times the lines.
    pub fn run(&self, subjects: &[Subject]) -> Result<Vec<Curve>, Error> {
        let curve = |subject: &Subject| Curve { name: subject.name(), points: Vec::new() };
        let mut curves: Vec<Curve> = subjects.iter().map(curve).collect();
        let mut lasts: Vec<Option<(usize, Duration)>> = vec![None; subjects.len()];
        for (count, scenario) in &self.points {
            for ((subject, curve), last) in subjects.iter().zip(&mut curves).zip(&mut lasts) {
                let within = if subject.is_ours() {
                    bounds::POINT_WITHIN
                } else {
                    bounds::RIVAL_POINT_WITHIN
                };
                let is_affordable = |(last, took): (usize, Duration)| {
                    let growth = *count as f64 / last as f64;
                    took.mul_f64(growth.powi(self.dearer_by)) <= within
                };
                if !curve.points.is_empty() && !last.is_some_and(is_affordable) {
                    continue;
                }
                eprintln!("{count} {}: {}", self.along, curve.name);
                let begun = Instant::now();
                let talked = scenario.attempt(subject)?;
                *last = talked.is_some().then(|| (*count, begun.elapsed()));
                curve.points.extend(talked.map(|talked| (*count, Row::of(talked).server_us)));
            }
        }
        Ok(curves)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_told_by_its_ends() {
        let curve = |points| Curve { name: "P".to_owned(), points };
        let told = curve(vec![(10, 0.5), (100, 9.0), (1000, 0.6)]).told();
        assert_eq!(told.as_deref(), Some("- P: 0.500 µs at 10, 0.600 at 1000, × 1.20"));
        assert_eq!(curve(vec![(10, 0.5)]).told(), None);
    }
}
