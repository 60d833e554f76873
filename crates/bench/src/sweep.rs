//! How the cost of a delivery changes with members, channels and connections: one figure each, for the
//! plots.

use crate::error::Error;
use crate::load::talk::{Pace, Plan};
use crate::report::{Row, median};
use crate::scenario::Scenario;
use crate::subject::Subject;
use std::time::Duration;

/// One plot.
pub(crate) struct Sweep {
    /// The name of its file.
    pub name: &'static str,
    pub title: &'static str,
    /// What is counted along it.
    pub along: &'static str,
    points: Vec<(usize, Scenario)>,
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
            points: members.map(|m| (m, scenario(1, m, m, 0))).into_iter().filter(fits).collect(),
        },
        Sweep {
            name: "channels",
            title: "Cost of a delivery by channels of ten",
            along: "channels",
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
            points: idle
                .map(|idle| (1000 + idle, scenario(100, 10, 1000, idle)))
                .into_iter()
                .filter(fits)
                .collect(),
        },
    ]
}

impl Sweep {
    /// Measures everyone at every point, in turns.
    pub fn run(&self, runs: usize, subjects: &[Subject]) -> Result<Vec<Curve>, Error> {
        let curve = |subject: &Subject| Curve { name: subject.name(), points: Vec::new() };
        let mut curves: Vec<Curve> = subjects.iter().map(curve).collect();
        for (count, scenario) in &self.points {
            let mut costs = vec![Vec::new(); subjects.len()];
            for run in 0..runs {
                eprintln!("run {} of {runs}: {count} {}", run + 1, self.along);
                for (subject, costs) in subjects.iter().zip(&mut costs) {
                    costs.push(Row::of(scenario.run(subject)?).server_us);
                }
            }
            for (curve, costs) in curves.iter_mut().zip(costs) {
                curve.points.push((*count, median(costs)));
            }
        }
        Ok(curves)
    }
}
