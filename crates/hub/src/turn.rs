//! One entry being applied: the state, and the outcome as it grows.

use crate::answer::{AccountAnswer, Answer, KeepingAnswer};
use crate::bounds;
use crate::change::{AccountRow, Change, Place, StoredEvent, StoredMessage, Target, tags};
use crate::command::Oper;
use crate::entry::Origin;
use crate::event::Event;
use crate::id::{AccountId, ChannelId, MessageId, SessionId, UserId};
use crate::modes::{Grants, Ranks, UserFlags};
use crate::name::Text;
use crate::outcome::{Asked, Audience, Few, Outcome, Route, Step};
use crate::person::Person;
use crate::refusal::{AccountRefusal, Refusal};
use crate::state::{Channel, Hub, User};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The hub during one entry. Verbs change the state through it, and tell and store what they did.
pub(crate) struct Turn<'h> {
    pub hub: &'h mut Hub,
    pub origin: Origin,
    steps: Few<Step>,
    changes: Few<Change>,
    asked: Option<Asked>,
    /// Ids that were given.
    ids: u16,
    /// Events that are stored, each time they are.
    events: usize,
}

impl<'h> Turn<'h> {
    pub fn new(hub: &'h mut Hub, origin: Origin) -> Self {
        let (steps, changes) = (Few::new(), Few::new());
        Self { hub, origin, steps, changes, asked: None, ids: 0, events: 0 }
    }

    pub fn end(self) -> Outcome {
        Outcome {
            origin: self.origin,
            at: self.hub.at,
            steps: self.steps,
            changes: self.changes,
            asked: self.asked,
            repeated: false,
        }
    }

    pub fn session(&self) -> SessionId {
        self.origin.session
    }

    /// Who sent the entry; none when the session never signed on or is over, which makes it void.
    pub fn actor(&self) -> Option<&User> {
        self.hub.user_of(self.origin.session)
    }

    /// As [`Turn::actor`], to be changed.
    pub fn actor_mut(&mut self) -> Option<&mut User> {
        let session = self.hub.sessions.get(&self.origin.session)?;
        self.hub.users.get_mut(&session.user)
    }

    pub fn route(&mut self, route: Route) {
        self.steps.push(Step::Route(route));
    }

    pub fn tell(&mut self, audience: Audience, event: Event) {
        self.steps.push(Step::Tell(audience, event));
    }

    pub fn answer(&mut self, answer: Answer) {
        self.steps.push(Step::Answer(answer));
    }

    /// Answers the session about accounts.
    pub fn tell_of(&mut self, answer: AccountAnswer) {
        self.answer(Answer::Account(Box::new(answer)));
    }

    /// Answers the session about a channel that is kept.
    pub fn tell_keeping(&mut self, answer: KeepingAnswer) {
        self.answer(Answer::Keeping(Box::new(answer)));
    }

    /// Says why something was not done with an account.
    pub fn refuse_account(&mut self, refusal: AccountRefusal) {
        self.refuse(Refusal::Account(refusal));
    }

    /// Answers the session, and shows the same to the other sessions of its person.
    pub fn answer_all(&mut self, answer: Answer) {
        if let Some(actor) = self.actor().map(|user| user.id) {
            self.answer_person(actor, answer);
        }
    }

    /// Shows all sessions of a person what they are answered, whoever caused it.
    pub fn answer_person(&mut self, user: UserId, answer: Answer) {
        let own = self.session();
        let sessions = &self.hub.users[&user].sessions;
        let is_own = sessions.contains(&own);
        let others: Box<[SessionId]> = sessions.iter().copied().filter(|s| *s != own).collect();
        self.show(others, answer.clone());
        if is_own {
            self.answer(answer);
        }
    }

    /// Shows sessions what the session is answered.
    pub fn show(&mut self, sessions: Box<[SessionId]>, answer: Answer) {
        if !sessions.is_empty() {
            self.steps.push(Step::Show(sessions, answer));
        }
    }

    pub fn refuse(&mut self, refusal: Refusal) {
        self.steps.push(Step::Refuse(refusal));
    }

    pub fn store(&mut self, change: Change) {
        self.changes.push(change);
    }

    pub fn ask_of_the_process(&mut self, asked: Asked) {
        self.asked = Some(asked);
    }

    /// The id of the next message of this entry.
    pub fn next_message_id(&mut self) -> MessageId {
        let id = MessageId { epoch: self.hub.epoch, seq: self.hub.seq, n: self.ids };
        self.ids += 1;
        id
    }

    /// Tells what someone did, or the server, and keeps it in the history of each channel that hears of it
    /// as a whole.
    pub fn happen(&mut self, by: Option<UserId>, audience: Audience, event: Event) {
        let targets: Vec<_> = audience.channels().iter().copied().map(Target::Channel).collect();
        match self.keep_event(by, &targets, &event) {
            Some(id) => self.tell_kept(id, audience, event),
            None => self.tell(audience, event),
        }
    }

    /// Stores an event for each of these conversations, and gives its id. It has none where there is no
    /// conversation, or where the entry causes too many events for all to be kept.
    pub fn keep_event(
        &mut self,
        by: Option<UserId>,
        targets: &[Target],
        event: &Event,
    ) -> Option<MessageId> {
        let is_kept = |target: &&Target| self.hub.keeps(**target);
        let targets: Vec<Target> = targets.iter().filter(is_kept).copied().collect();
        self.events += targets.len();
        if targets.is_empty() || self.events > bounds::EVENTS_KEPT_PER_ENTRY_MAX {
            return None;
        }
        let about = match event {
            Event::Tags { tags, .. } => tags::about(tags),
            _ => None,
        };
        let kept = Arc::new(StoredEvent {
            id: self.next_message_id(),
            at: self.hub.at,
            author: by.and_then(|by| self.hub.users[&by].account),
            about,
            event: event.as_kept(),
        });
        for target in targets {
            self.store(Change::Happened(target, Arc::clone(&kept)));
        }
        Some(kept.id)
    }

    pub fn tell_kept(&mut self, id: MessageId, audience: Audience, event: Event) {
        self.steps.push(Step::TellKept(id, audience, event));
    }

    /// Stores a message that is of a kind that is kept, where anything is.
    pub fn keep(&mut self, message: &Arc<StoredMessage>) {
        if self.hub.keeps(message.target) {
            self.store(Change::Message(Arc::clone(message)));
        }
    }

    pub fn user_mut(&mut self, id: UserId) -> &mut User {
        self.hub.users.get_mut(&id).expect("a user id that was just looked up")
    }

    pub fn channel(&self, id: ChannelId) -> &Channel {
        &self.hub.channels[&id]
    }

    pub fn channel_mut(&mut self, id: ChannelId) -> &mut Channel {
        self.hub.channels.get_mut(&id).expect("a channel id that was just looked up")
    }

    /// Stores a channel's row as it is now.
    pub fn store_row(&mut self, id: ChannelId) {
        let row = Box::new(self.channel(id).row.clone());
        self.store(Change::Channel(row));
    }

    /// Changes what is kept of an account, and stores it.
    pub fn change_account(&mut self, id: AccountId, change: impl FnOnce(&mut AccountRow)) {
        let mut row = AccountRow::clone(&self.hub.accounts[&id]);
        change(&mut row);
        self.put_account(row);
    }

    /// An account is there, new or changed.
    pub fn put_account(&mut self, row: AccountRow) {
        let row = Arc::new(row);
        self.hub.put_account(Arc::clone(&row));
        self.store(Change::Account(row));
    }

    /// Notes and stores the ranks of an account's place in a channel. One that is new begins now.
    pub fn set_place(&mut self, channel: ChannelId, account: AccountId, ranks: Option<Ranks>) {
        let (now, known) = (self.hub.seq, self.channel(channel).places.get(&account));
        let since = known.map_or(now, |place| place.since);
        self.put_place(channel, account, ranks.map(|ranks| Place { ranks, since }));
    }

    /// As [`Turn::set_place`], for an account that someone logs in to who is there since an entry: so is
    /// the account, if it did not come before.
    pub fn take_place_of_guest(&mut self, channel: ChannelId, user: UserId, account: AccountId) {
        let guest = self.channel_mut(channel).guests.swap_remove(&user);
        let Some(place) = self.channel(channel).places.get(&account).copied() else { return };
        let since = place.since.min(guest.unwrap_or(place.since));
        self.put_place(channel, account, Some(Place { since, ..place }));
    }

    fn put_place(&mut self, channel: ChannelId, account: AccountId, place: Option<Place>) {
        let places = &mut self.channel_mut(channel).places;
        let before = match place {
            Some(place) => places.insert(account, place),
            None => places.swap_remove(&account),
        };
        if before != place {
            self.store(Change::Member(channel, account, place));
        }
    }

    /// Notes and stores the ranks that an account has in a channel whenever it comes.
    pub fn set_access(&mut self, channel: ChannelId, account: AccountId, ranks: Option<Ranks>) {
        let access = &mut self.channel_mut(channel).access;
        let before = match ranks {
            Some(ranks) => access.insert(account, ranks),
            None => access.swap_remove(&account),
        };
        if before == ranks {
            return;
        }
        let founds = |ranks: Option<Ranks>| ranks.is_some_and(|ranks| ranks.has(Ranks::FOUNDER));
        let founded = self.hub.founded.entry(account).or_default();
        *founded = *founded + u32::from(founds(ranks)) - u32::from(founds(before));
        if *founded == 0 {
            self.hub.founded.swap_remove(&account);
        }
        self.store(Change::Access(channel, account, ranks));
    }

    /// Notes and stores to whom a channel is offered.
    pub fn set_offer(&mut self, channel: ChannelId, to: Option<AccountId>) {
        if std::mem::replace(&mut self.channel_mut(channel).offered_to, to) != to {
            self.store(Change::Offered(channel, to));
        }
    }

    /// Notes and stores where a person is who stays without a connection: called after everything
    /// that may change it.
    pub fn note_presence(&mut self, account: AccountId) {
        let nick = self.hub.accounts[&account].name.folded();
        let wearer = self.hub.nicks.get(nick).map(|id| &self.hub.users[id]);
        let staying = wearer.filter(|user| self.hub.stays(user));
        let is: BTreeSet<_> =
            staying.into_iter().flat_map(|user| &user.channels).map(|c| (account, *c)).collect();
        let all = (account, ChannelId(0))..=(account, ChannelId(u32::MAX));
        let was: BTreeSet<_> = self.hub.present.range(all).copied().collect();
        for &(account, channel) in was.difference(&is) {
            self.hub.present.remove(&(account, channel));
            self.store(Change::Present(account, channel, false));
        }
        for &(account, channel) in is.difference(&was) {
            self.hub.present.insert((account, channel));
            self.store(Change::Present(account, channel, true));
        }
    }

    /// Gives a member other ranks, which their account keeps if they have one.
    pub fn set_ranks(&mut self, channel: ChannelId, user: UserId, ranks: Ranks) {
        self.channel_mut(channel).members.insert(user, ranks);
        if let Some(account) = self.hub.users[&user].account {
            self.set_place(channel, account, Some(ranks));
        }
    }

    pub fn set_flag(&mut self, user: UserId, flag: UserFlags, set: bool) {
        let flags = &mut self.user_mut(user).flags;
        if flags.has(flag) == set {
            return;
        }
        *flags = flags.with(flag, set);
        let count = match flag {
            UserFlags::INVISIBLE => &mut self.hub.invisible,
            UserFlags::OPERATOR => &mut self.hub.operators,
            _ => return,
        };
        if set {
            *count += 1;
        } else {
            *count -= 1;
        }
    }

    /// Makes someone a server operator.
    pub fn make_operator(&mut self, user: UserId, operator: Oper) {
        self.user_mut(user).particulars.change(|it| it.operator = Some(operator));
        self.set_flag(user, UserFlags::OPERATOR, true);
        self.set_flag(user, UserFlags::NOTICES, true);
        self.set_person(user, |person| person.operator = true);
    }

    /// Makes someone a server operator no more.
    pub fn unmake_operator(&mut self, user: UserId) {
        if self.user_mut(user).particulars.take(|it| &mut it.operator).is_some() {
            self.set_flag(user, UserFlags::OPERATOR, false);
            self.set_flag(user, UserFlags::NOTICES, false);
            self.set_person(user, |person| person.operator = false);
        }
    }

    /// Who sent the entry, if they may do this as a server operator; if not, they are told.
    pub fn operator(&mut self, grant: Grants) -> Option<UserId> {
        let actor = self.actor()?;
        let (id, may, is_operator) = (actor.id, actor.may(grant), actor.is_operator());
        if may {
            return Some(id);
        }
        self.refuse(if is_operator { Refusal::NotGranted(grant) } else { Refusal::NotOperator });
        None
    }

    /// Tells the operators who want to know, and the log, what one of them did.
    pub fn notice(&mut self, text: impl Into<Text>) {
        let listening = self.hub.users.values().filter(|user| user.flags.has(UserFlags::NOTICES));
        let sessions = listening.flat_map(|user| user.sessions.iter().copied()).collect();
        self.tell(Audience::Sessions(sessions), Event::Notice { text: text.into() });
    }

    /// Changes how others see a person.
    pub fn set_person(&mut self, id: UserId, change: impl FnOnce(&mut Person)) {
        let user = self.user_mut(id);
        let mut person = Person::clone(&user.person);
        change(&mut person);
        user.person = Arc::new(person);
        self.look_again_at(id);
    }

    /// Something about a person is another that masks are compared with.
    pub fn look_again_at(&mut self, user: UserId) {
        for channel in &self.hub.users[&user].channels {
            if let Some(channel) = self.hub.channels.get_mut(channel) {
                channel.lists.look_again_at(user);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::Durable;
    use crate::settings::Settings;

    #[test]
    fn what_one_entry_stores_of_events_is_bounded() {
        let mut hub = Hub::start(Durable::default(), Settings::default());
        let session = SessionId::SERVER;
        let mut turn = Turn::new(&mut hub, Origin { node: 0, incarnation: 1, session, line: 1 });
        let channels =
            |count: u32| Audience::Neighbours((1..=count).map(ChannelId).collect(), [].into());
        let notice = |text: &str| Event::Notice { text: text.into() };
        turn.happen(None, Audience::Sessions([session].into()), notice("for some"));
        turn.happen(None, channels(bounds::EVENTS_KEPT_PER_ENTRY_MAX as u32), notice("kept"));
        turn.happen(None, channels(1), notice("one too many"));
        let outcome = turn.end();
        assert_eq!(outcome.changes.len(), bounds::EVENTS_KEPT_PER_ENTRY_MAX);
        let kept: Vec<bool> =
            outcome.steps.iter().map(|step| matches!(step, Step::TellKept(..))).collect();
        assert_eq!(kept, [false, true, false], "all are told");
    }
}
