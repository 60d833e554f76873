//! Who is given conversations of two accounts to read: sessions that wear one of them. Asked where the answer is
//! made: later the session may wear another.

use crate::Wrong;
use parlor_hub::change::Target;
use parlor_hub::id::{AccountId, SessionId};
use parlor_hub::{Answer, Hub, Outcome, Step};

/// Whoever is given such a conversation wears one of its accounts; whoever is given all those of an account
/// wears that.
pub(crate) fn are_read_by_their_own(outcome: &Outcome, hub: &Hub) -> Result<(), Wrong> {
    for step in &outcome.steps {
        match step {
            Step::Answer(answer) => is_own(answer, outcome.origin.session, hub)?,
            Step::Show(sessions, answer) => {
                for session in sessions {
                    is_own(answer, *session, hub)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn is_own(answer: &Answer, session: SessionId, hub: &Hub) -> Result<(), Wrong> {
    let worn = hub.wearer(session).and_then(|(_, account)| account);
    let wears = |account: AccountId| worn == Some(account);
    let is_readable = |target: Target| match target {
        Target::Channel(_) => true,
        Target::Pair(one, other) => wears(one) || wears(other),
    };
    let is_own = match answer {
        Answer::History(history) => is_readable(history.page.target),
        Answer::Look(look) => is_readable(look.target) || hub.acts_anywhere(session),
        Answer::Targets(asked, _) => asked.account.is_none_or(wears),
        Answer::Playback(asked) => asked.conversations.account.is_none_or(wears),
        Answer::Search(search) => {
            search.within.iter().all(|(target, _)| is_readable(*target))
                && search.account.is_none_or(wears)
        }
        _ => true,
    };
    if is_own {
        return Ok(());
    }
    Err(Wrong(format!("{session:?}, who wears {worn:?}, is to read others' words: {answer:?}")))
}
