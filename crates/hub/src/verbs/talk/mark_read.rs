//! Up to when an account has read its conversations: for all its connections to know, and for nobody
//! else.

use crate::answer::{Answer, ReadMark};
use crate::bounds;
use crate::change::Change;
use crate::command::Recipient;
use crate::id::{AccountId, ChannelId, Millis, SessionId, UserId};
use crate::name::Text;
use crate::refusal::Refusal;
use crate::state::Hub;
use crate::turn::Turn;
use crate::verbs::Asking;

pub(crate) fn apply(turn: &mut Turn<'_>, with: &Recipient, at: Millis) {
    let Some(actor) = turn.actor() else { return };
    let Some(account) = actor.account else {
        return turn.refuse(Refusal::NoReadMark(with.shown().clone()));
    };
    let key = (account, key(turn.hub, with));
    let known = turn.hub.read.get(&key).copied();
    // Nothing was read that is not said yet.
    let at = at.min(turn.hub.at);
    let is_news = known.is_none_or(|known| known < at);
    let at = if is_news { at } else { known.unwrap_or(at) };
    let mark = |is_asked| {
        Answer::ReadMark(Box::new(ReadMark { with: with.shown().clone(), at: Some(at), is_asked }))
    };
    if is_news {
        if known.is_none() {
            make_room(turn, account);
        }
        turn.hub.read.insert(key.clone(), at);
        turn.store(Change::Read(account, key.1, Some(at)));
        let others = others(turn, account);
        turn.show(others, mark(false));
    }
    turn.answer(mark(true));
}

pub(crate) fn ask(asking: &mut Asking<'_>, with: &Recipient) {
    let Some(asker) = asking.asker() else { return };
    let at = asker
        .account
        .and_then(|account| asking.hub.read.get(&(account, key(asking.hub, with))).copied());
    let mark = ReadMark { with: with.shown().clone(), at, is_asked: true };
    asking.answer(Answer::ReadMark(Box::new(mark)));
}

/// What someone is told of a channel that they come into.
pub(in crate::verbs) fn of_channel(turn: &Turn<'_>, user: UserId, id: ChannelId) -> Answer {
    let name = &turn.channel(id).row.name;
    let account = turn.hub.users[&user].account;
    let at = account.and_then(|account| turn.hub.read.get(&(account, name.folded().clone())));
    let mark = ReadMark { with: name.shown().clone(), at: at.copied(), is_asked: false };
    Answer::ReadMark(Box::new(mark))
}

/// The name under which it is noted: for a person that of their account, whatever they wear.
fn key(hub: &Hub, with: &Recipient) -> Text {
    match with {
        Recipient::Channel(name, _) => name.folded().clone(),
        Recipient::Nick(nick) => {
            let account = hub.user_named(nick).and_then(|user| user.account);
            let account = account.and_then(|account| hub.accounts.get(&account));
            account.map_or(nick.folded(), |account| account.name.folded()).clone()
        }
    }
}

/// Forgets what was read the longest ago, at the bound.
fn make_room(turn: &mut Turn<'_>, account: AccountId) {
    let next = AccountId(account.0 + 1);
    let own = turn.hub.read.range((account, "".into())..(next, "".into()));
    if own.clone().count() < bounds::READ_MARKS_PER_ACCOUNT_MAX {
        return;
    }
    if let Some((key, _)) = own.min_by_key(|(_, at)| **at) {
        let key = key.clone();
        turn.hub.read.remove(&key);
        turn.store(Change::Read(account, key.1, None));
    }
}

/// The other sessions of everyone who is logged in to the account.
fn others(turn: &Turn<'_>, account: AccountId) -> Box<[SessionId]> {
    let own = turn.session();
    let people = turn.hub.people_of(account);
    let sessions = people.flat_map(|user| user.sessions.iter().copied());
    sessions.filter(|session| *session != own).collect()
}
