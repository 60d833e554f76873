//! The end of an account: its nicks are free, its places are given up, and what nobody else can keep
//! ends with it.

use super::confirmation;
use crate::answer::{AccountAnswer, Answer};
use crate::change::{Change, MetadataOf};
use crate::id::{AccountId, ChannelId, UserId};
use crate::modes::Ranks;
use crate::name::Text;
use crate::refusal::AccountRefusal;
use crate::state::{Channel, Owner};
use crate::turn::Turn;
use crate::verbs::account::{login, own};
use crate::verbs::channel;
use crate::verbs::session::quit;

pub(crate) fn apply(turn: &mut Turn<'_>, code: Option<&str>) {
    let Some(account) = own(turn) else { return };
    let row = &turn.hub.accounts[&account];
    let (name, wanted) = (row.name.shown().clone(), confirmation(row, 0));
    match code {
        None => turn.tell_of(AccountAnswer::DropCode(name, wanted)),
        Some(code) if *code == *wanted => {
            end(turn, account);
            turn.answer_all(Answer::LoggedOut);
            turn.tell_of(AccountAnswer::Dropped(name));
        }
        Some(_) => turn.refuse_account(AccountRefusal::WrongCode(name)),
    }
}

/// Ends an account, whoever wears it and wherever it has a place.
pub(in crate::verbs::account) fn end(turn: &mut Turn<'_>, account: AccountId) {
    if turn.hub.always_on.remove(&account) {
        turn.store(Change::AlwaysOn(account, false));
    }
    let people: Vec<UserId> = turn.hub.people_of(account).map(|user| user.id).collect();
    for id in people {
        if turn.hub.users[&id].sessions.is_empty() {
            quit::end(turn, id, &"The account is no more".into());
        } else {
            login::log_out(turn, id);
        }
    }
    turn.note_presence(account);
    let has_place = |channel: &&Channel| {
        channel.ranks_for(account).is_some() || channel.offered_to == Some(account)
    };
    let channels = turn.hub.channels.values().filter(has_place).map(Channel::id);
    for id in channels.collect::<Vec<_>>() {
        give_up(turn, id, account);
    }
    let next = AccountId(account.0 + 1);
    let read = turn.hub.read.range((account, Text::from(""))..(next, Text::from("")));
    for (account, with) in read.map(|(key, _)| key.clone()).collect::<Vec<_>>() {
        turn.hub.read.remove(&(account, with.clone()));
        turn.store(Change::Read(account, with, None));
    }
    for key in turn.hub.metadata.forget(Owner::Account(account)).into_keys() {
        turn.store(Change::Metadata(MetadataOf::Account(account), key, None));
    }
    let missed = turn.hub.missed.range((account, AccountId(0))..(next, AccountId(0)));
    for (account, with) in missed.map(|(key, _)| *key).collect::<Vec<_>>() {
        turn.hub.missed.remove(&(account, with));
        turn.store(Change::Missed(account, with, None));
    }
    turn.hub.remove_account(account);
    turn.store(Change::AccountEnded(account));
}

/// Gives up a place. A channel whose only founder it was goes to who has the most say there after them;
/// one where nobody has any is registered to nobody.
fn give_up(turn: &mut Turn<'_>, id: ChannelId, account: AccountId) {
    let kept = turn.channel(id).access.get(&account).copied().unwrap_or_default();
    turn.set_place(id, account, None);
    turn.set_access(id, account, None);
    if turn.channel(id).offered_to == Some(account) {
        turn.set_offer(id, None);
    }
    let channel = turn.channel(id);
    let has_founder = channel.access.values().any(|ranks| ranks.has(Ranks::FOUNDER));
    if !channel.row.registered || !kept.has(Ranks::FOUNDER) || has_founder {
        return;
    }
    let accounts = channel.access.keys().chain(channel.places.keys()).copied();
    let ranked = accounts.filter_map(|account| Some((channel.ranks_for(account)?, account)));
    let ranked = ranked.filter(|(ranks, _)| *ranks != Ranks::none());
    let heir = ranked.max_by_key(|(ranks, account)| (ranks.0, std::cmp::Reverse(account.0)));
    match heir {
        Some((_, heir)) => channel::bequeath(turn, id, heir),
        None => channel::let_go(turn, id),
    }
}
