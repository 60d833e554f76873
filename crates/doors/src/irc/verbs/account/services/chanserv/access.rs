//! AMODE: the ranks that accounts have whenever they come.

use super::super::say;
use crate::irc::verbs::Reading;
use parlor_hub::command::SetAccess;
use parlor_hub::modes::Ranks;
use parlor_hub::{Command, Query};
use parlor_wire::irc::modes::{Table, parse};

/// One rank at a time, as `+o` or `-o`.
const TABLE: Table<'_> = Table { lists: "", always: "qaohv", when_set: "", never: "" };

pub(super) fn amode(reading: &mut Reading<'_, '_>, words: &[&str]) {
    let Some(channel) = reading.channel(words[0]) else { return };
    let [letters, accounts @ ..] = &words[1..] else {
        return reading.desk.ask(Query::Access(channel));
    };
    for change in parse(TABLE, letters, accounts).take(accounts.len().max(1)) {
        let (Some(rank), Some(account)) = (Ranks::of(change.letter), change.param) else {
            return say(reading, "A rank is one of +q +a +o +h +v, with an account behind it");
        };
        let Some(account) = reading.nick(account) else { return };
        let asked = SetAccess { channel: channel.clone(), account, rank, set: change.adding };
        reading.desk.submit(Command::SetAccess(asked));
    }
}
