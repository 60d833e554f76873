//! The connections of those who wear an account, for its owner to see and to end.

use super::own;
use crate::answer::{AccountAnswer, Answer, SessionIs};
use crate::id::{AccountId, SessionId};
use crate::refusal::{AccountRefusal, Refusal};
use crate::state::Hub;
use crate::turn::Turn;
use crate::verbs::Asking;
use crate::verbs::session::quit;

pub(crate) fn apply(turn: &mut Turn<'_>, number: Option<u32>) {
    let Some(account) = own(turn) else { return };
    let this = turn.session();
    let is_meant = |id: &SessionId| match number {
        Some(number) => id.counter() == number,
        None => *id != this,
    };
    let meant: Vec<SessionId> = all(turn.hub, account).filter(is_meant).collect();
    if meant.is_empty() && number.is_some() {
        return turn.refuse_account(AccountRefusal::NoSuchSession);
    }
    turn.tell_of(AccountAnswer::SessionsEnded(meant.len()));
    for session in meant {
        quit::end_session(turn, session, &"Ended by another connection of yours".into());
    }
}

pub(crate) fn ask(asking: &mut Asking<'_>) {
    let Some(asker) = asking.asker() else { return };
    let Some(account) = asker.account else { return asking.refuse(Refusal::AccountNeeded) };
    let hub = asking.hub;
    let mut sessions: Vec<SessionIs> = all(hub, account)
        .map(|id| {
            let session = &hub.sessions[&id];
            SessionIs {
                number: id.counter(),
                nick: hub.users[&session.user].nick().clone(),
                host: session.peer.host.clone(),
                secure: session.transport.secure,
                since: session.since,
                is_this: id == asking.origin.session,
            }
        })
        .collect();
    sessions.sort_by_key(|session| (session.since, session.number));
    asking.answer(Answer::Account(Box::new(AccountAnswer::Sessions(sessions))));
}

fn all(hub: &Hub, account: AccountId) -> impl Iterator<Item = SessionId> {
    hub.people_of(account).flat_map(|user| user.sessions.iter().copied())
}
