//! MONITOR: watching for people to come and go (monitor).

use crate::irc::verbs::Reading;
use parlor_hub::command::Monitor;
use parlor_hub::name::Nick;
use parlor_hub::{Command, Query};

pub(crate) fn monitor(reading: &mut Reading<'_, '_>) {
    let modifier = reading.message.params[0];
    match modifier {
        "+" | "-" => {
            let Some(list) = reading.list(1) else { return reading.needs_more("MONITOR") };
            let nicks = nicks(reading, list);
            let add = modifier == "+";
            let monitor = if add { Monitor::Add(nicks) } else { Monitor::Remove(nicks) };
            reading.desk.submit(Command::Monitor(monitor));
        }
        "C" | "c" => reading.desk.submit(Command::Monitor(Monitor::Clear)),
        "L" | "l" => reading.desk.ask(Query::MonitorList),
        "S" | "s" => reading.desk.ask(Query::MonitorStatus),
        _ => reading.tell(|replies| {
            let words = "It is one of + - C L S";
            replies.fail("MONITOR", "INVALID_PARAMS", &[modifier], words);
        }),
    }
}

/// Those that can be somebody's: nobody is watched by a mask (monitor).
fn nicks(reading: &Reading<'_, '_>, list: &str) -> Vec<Nick> {
    let casemapping = reading.facts().casemapping;
    list.split(',').filter_map(|word| Nick::parse(word, casemapping).ok()).collect()
}
