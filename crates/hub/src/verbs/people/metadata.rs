//! What people note of themselves and of their channels, by keys (METADATA, draft/metadata-2).

use super::noted;
use crate::answer::{Answer, MetadataIs, MetadataRow};
use crate::bounds;
use crate::change::Change;
use crate::command::{About, EarlyMetadata, MetadataChange};
use crate::id::UserId;
use crate::modes::Ranks;
use crate::name::Text;
use crate::query::MetadataAsked;
use crate::refusal::{MetadataRefused, Refusal};
use crate::state::{Hub, Owner, User};
use crate::turn::Turn;
use crate::verbs::Asking;
use std::collections::BTreeSet;

pub(crate) fn apply(turn: &mut Turn<'_>, change: MetadataChange) {
    let Some(actor) = turn.actor().map(|user| user.id) else { return };
    let done = match change {
        MetadataChange::Set(about, key, value) => set(turn, actor, &about, &key, value),
        MetadataChange::Clear(about) => clear(turn, actor, &about),
        MetadataChange::Subscribe(keys) => subscribe(turn, keys),
        MetadataChange::Unsubscribe(keys) => {
            let session = turn.session();
            for key in &keys {
                turn.hub.metadata.unsubscribe(session, key);
            }
            answer(turn, MetadataIs::Unsubscribed(keys));
            Ok(())
        }
    };
    if let Err(why) = done {
        turn.refuse(Refusal::Metadata(Box::new(why)));
    }
}

/// What somebody noted before their sign-on is noted now, as far as there is room. Those who hear of a
/// newcomer are told by their coming.
pub(in crate::verbs) fn take_up(
    turn: &mut Turn<'_>,
    id: UserId,
    early: EarlyMetadata,
    is_newcomer: bool,
) -> Result<(), MetadataRefused> {
    let session = turn.session();
    for key in &early.keys {
        turn.hub.metadata.subscribe(session, key);
    }
    let untold = is_newcomer.then_some(id);
    early
        .values
        .iter()
        .try_for_each(|(key, value)| note(turn, (id, untold), &About::Oneself, key, Some(value)))
}

/// Another connection of somebody who is here is told all that it hears of.
pub(in crate::verbs) fn show_within_reach(turn: &mut Turn<'_>) {
    let session = turn.session();
    let keys = turn.hub.metadata.keys(session).cloned().collect();
    let values = noted::within_reach(turn.hub, session, &keys);
    if !values.is_empty() {
        answer(turn, MetadataIs::Told(None, values));
    }
}

pub(crate) fn ask(asking: &mut Asking<'_>, asked: MetadataAsked) {
    let Some(asker) = asking.asker() else { return };
    let hub = asking.hub;
    let about = match &asked {
        MetadataAsked::Get(about, _) | MetadataAsked::List(about) | MetadataAsked::Sync(about) => {
            about
        }
        MetadataAsked::Subscriptions => {
            let keys = hub.metadata.keys(asking.origin.session).cloned().collect();
            return asking.answer(Answer::Metadata(Box::new(MetadataIs::Subscriptions(keys))));
        }
    };
    let Some((shown, owner)) = visible(hub, asker, about) else {
        let why = MetadataRefused::InvalidTarget(about.shown());
        return asking.refuse(Refusal::Metadata(Box::new(why)));
    };
    let values = hub.metadata.of(owner);
    let is = match asked {
        MetadataAsked::Get(_, keys) => {
            let row = |key| match key {
                Ok(key) => match values.get(&key) {
                    Some(value) => MetadataRow::Value(key, value.clone()),
                    None => MetadataRow::NotSet(key),
                },
                Err(word) => MetadataRow::Invalid(word),
            };
            MetadataIs::Values(shown, keys.into_iter().map(row).collect())
        }
        MetadataAsked::Sync(_) => {
            let keys = hub.metadata.keys(asking.origin.session).cloned().collect();
            let told = noted::all_of(hub, asker, (&shown, owner), &keys);
            MetadataIs::Told(Some(shown), told)
        }
        MetadataAsked::List(_) | MetadataAsked::Subscriptions => {
            let row = |(key, value): (&Text, &Text)| MetadataRow::Value(key.clone(), value.clone());
            MetadataIs::Values(shown, values.iter().map(row).collect())
        }
    };
    asking.answer(Answer::Metadata(Box::new(is)));
}

fn answer(turn: &mut Turn<'_>, is: MetadataIs) {
    turn.answer(Answer::Metadata(Box::new(is)));
}

/// Whom or what it is about, if the asker may know of them: how they are shown, and whose it is. Someone
/// who does not want to be found is not there for those who share no channel with them.
fn visible(hub: &Hub, asker: &User, about: &About) -> Option<(Text, Owner)> {
    match about {
        About::Oneself => Some((asker.nick().clone(), Owner::of(asker))),
        About::Nick(nick) => {
            let user = hub.user_named(nick).filter(|user| hub.finds(asker, user))?;
            Some((user.nick().clone(), Owner::of(user)))
        }
        About::Channel(name) => {
            let channel = hub.channel_named(name).filter(|channel| asker.sees(channel))?;
            Some((channel.row.name.shown().clone(), Owner::Channel(channel.id())))
        }
    }
}

/// As [`visible`], if it is the actor's to change: their own, and that of channels in which they are
/// operators.
fn changeable(
    hub: &Hub,
    actor: UserId,
    about: &About,
    key: &str,
) -> Result<(Text, Owner), MetadataRefused> {
    let shown = about.shown();
    let user = &hub.users[&actor];
    let found = visible(hub, user, about);
    let (name, owner) = found.ok_or_else(|| MetadataRefused::InvalidTarget(shown.clone()))?;
    let is_allowed = match about {
        About::Oneself => true,
        About::Nick(nick) => *nick.folded() == user.folded,
        About::Channel(channel) => hub
            .channel_named(channel)
            .is_some_and(|channel| hub.authority(actor, channel).at_least(Ranks::OPERATOR)),
    };
    if is_allowed { Ok((name, owner)) } else { Err(MetadataRefused::NotAllowed(shown, key.into())) }
}

fn set(
    turn: &mut Turn<'_>,
    actor: UserId,
    about: &About,
    key: &Text,
    value: Option<Text>,
) -> Result<(), MetadataRefused> {
    note(turn, (actor, None), about, key, value.as_ref())?;
    // As it was named: `*` for oneself.
    answer(turn, MetadataIs::Now(about.shown(), key.clone(), value));
    Ok(())
}

/// Notes something, and tells it to all but those who would hear of one newcomer.
fn note(
    turn: &mut Turn<'_>,
    (actor, untold): (UserId, Option<UserId>),
    about: &About,
    key: &Text,
    value: Option<&Text>,
) -> Result<(), MetadataRefused> {
    let (_, owner) = changeable(turn.hub, actor, about, key)?;
    let shown = about.shown();
    let known = turn.hub.metadata.of(owner);
    if !known.contains_key(key) {
        if value.is_none() {
            return Err(MetadataRefused::NotSet(shown, key.clone()));
        }
        if known.len() >= bounds::METADATA_KEYS_MAX {
            return Err(MetadataRefused::LimitReached(shown));
        }
    }
    charge(turn, actor, &shown, key)?;
    put(turn, (owner, untold), key, value);
    Ok(())
}

fn clear(turn: &mut Turn<'_>, actor: UserId, about: &About) -> Result<(), MetadataRefused> {
    let (shown, owner) = changeable(turn.hub, actor, about, "*")?;
    charge(turn, actor, &about.shown(), "*")?;
    let was = turn.hub.metadata.of(owner).clone();
    for key in was.keys() {
        put(turn, (owner, None), key, None);
    }
    let rows = was.into_iter().map(|(key, value)| MetadataRow::Value(key, value));
    answer(turn, MetadataIs::Values(shown, rows.collect()));
    Ok(())
}

fn charge(
    turn: &mut Turn<'_>,
    actor: UserId,
    shown: &Text,
    key: &str,
) -> Result<(), MetadataRefused> {
    let at = turn.hub.at;
    let refused = |seconds| MetadataRefused::TooFast(shown.clone(), key.into(), seconds);
    turn.hub.metadata.charge(actor, at).map_err(refused)
}

fn put(
    turn: &mut Turn<'_>,
    (owner, untold): (Owner, Option<UserId>),
    key: &Text,
    value: Option<&Text>,
) {
    turn.hub.metadata.put(owner, key, value.cloned());
    if let Some(of) = owner.stored() {
        turn.store(Change::Metadata(of, key.clone(), value.cloned()));
    }
    let people = match owner {
        Owner::Channel(id) => return noted::of_channel(turn, id, key, value.cloned()),
        Owner::Guest(id) => vec![id],
        Owner::Account(account) => turn.hub.people_of(account).map(|user| user.id).collect(),
    };
    for id in people.into_iter().filter(|id| Some(*id) != untold) {
        noted::of_person(turn, id, key, value.cloned());
    }
}

/// In the order of the keys: the first for which there is no room is the last that is looked at.
fn subscribe(turn: &mut Turn<'_>, keys: Vec<Text>) -> Result<(), MetadataRefused> {
    let session = turn.session();
    let before: BTreeSet<Text> = turn.hub.metadata.keys(session).cloned().collect();
    let (mut told, mut beyond) = (Vec::new(), None);
    for key in keys {
        if !turn.hub.metadata.subscribe(session, &key) {
            beyond = Some(key);
            break;
        }
        told.push(key);
    }
    let fresh: BTreeSet<Text> = told.iter().filter(|key| !before.contains(*key)).cloned().collect();
    if !told.is_empty() {
        answer(turn, MetadataIs::Subscribed(told));
    }
    let values = noted::within_reach(turn.hub, session, &fresh);
    if !values.is_empty() {
        answer(turn, MetadataIs::Told(None, values));
    }
    beyond.map_or(Ok(()), |key| Err(MetadataRefused::TooManySubscriptions(key)))
}
