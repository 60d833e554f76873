//! Channels.

mod masks;
mod renamed;
mod rights;
mod words;

pub(crate) use masks::Masks;
pub(crate) use renamed::Renamings;

use crate::bounds;
use crate::change::{ChannelRow, ListEntry, MessageKind, Place};
use crate::event::ChannelRef;
use crate::id::{AccountId, ChannelId, Millis, Seq, UserId};
use crate::modes::{ChannelFlags, Grants, ListKind, Ranks};
use crate::name::Text;
use crate::refusal::MayNotSpeak;
use crate::state::{ById, User};
use serde::{Deserialize, Serialize};

/// A channel: what is kept of it, and who is in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Channel {
    pub row: ChannelRow,
    pub lists: Masks,
    /// The places that accounts have, whether they are here now or not: those of members, and of
    /// those who may come back to theirs.
    pub places: ById<AccountId, Place>,
    /// Members without an account, and the entry with which each came in.
    pub guests: ById<UserId, Seq>,
    /// The ranks that accounts always have here; only registered channels have any.
    pub access: ById<AccountId, Ranks>,
    /// The account that may be its founder, if it wants to.
    pub offered_to: Option<AccountId>,
    pub members: ById<UserId, Ranks>,
    /// After a restart, accounts that had a place may come back to it.
    pub returning: bool,
    /// People who have come back, in their order.
    pub returned: Vec<UserId>,
    /// Who was put out lately, while a delay keeps them out (+J); the oldest first.
    pub put_out: Vec<(PutOut, Millis)>,
    /// When it last got another name.
    pub renamed_at: Option<Millis>,
    /// When somebody last knocked.
    pub knocked_at: Option<Millis>,
}

/// Someone who was put out: an account on whatever connection, or whoever has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum PutOut {
    Account(AccountId),
    User(UserId),
}

impl PutOut {
    pub fn of(user: &User) -> Self {
        user.account.map_or(Self::User(user.id), Self::Account)
    }
}

/// Who hears what someone says in a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeardBy {
    /// Everyone there.
    Everyone,
    /// Half-operators and above, and whoever said it (+U).
    Operators,
}

impl Channel {
    pub fn new(row: ChannelRow) -> Self {
        Self {
            row,
            lists: Masks::default(),
            places: ById::default(),
            guests: ById::default(),
            access: ById::default(),
            offered_to: None,
            members: ById::default(),
            returning: false,
            returned: Vec::new(),
            put_out: Vec::new(),
            renamed_at: None,
            knocked_at: None,
        }
    }

    pub fn id(&self) -> ChannelId {
        self.row.id
    }

    pub fn named(&self) -> ChannelRef {
        ChannelRef { id: self.row.id, name: self.row.name.shown().clone() }
    }

    pub fn is_secret(&self) -> bool {
        self.row.flags.has(ChannelFlags::SECRET)
    }

    pub fn ranks_of(&self, user: UserId) -> Ranks {
        self.members.get(&user).copied().unwrap_or_default()
    }

    /// The ranks that someone's account always has here.
    pub fn lasting_ranks_of(&self, user: &User) -> Ranks {
        let kept = user.account.and_then(|account| self.access.get(&account));
        kept.copied().unwrap_or_default()
    }

    pub fn masks(&self, kind: ListKind) -> impl Iterator<Item = &ListEntry> {
        self.lists.entries().iter().filter(move |(k, _)| *k == kind).map(|(_, entry)| entry)
    }

    /// The ranks with which an account comes in: those of its place, and those that it always has.
    /// None where it has neither.
    pub fn ranks_for(&self, account: AccountId) -> Option<Ranks> {
        let place = self.places.get(&account).map(|place| place.ranks);
        match (place, self.access.get(&account)) {
            (None, None) => None,
            (_, kept) => Some(place.unwrap_or_default() | kept.copied().unwrap_or_default()),
        }
    }

    /// The entry with which a member came in, or their account, if they have one.
    pub fn came_with(&self, user: &User) -> Option<Seq> {
        match user.account {
            Some(account) => self.places.get(&account).map(|place| place.since),
            None => self.guests.get(&user.id).copied(),
        }
    }

    /// Whether the room does not show a member to those without voice.
    pub fn hides(&self, user: UserId) -> bool {
        self.row.flags.has(ChannelFlags::AUDITORIUM) && !self.ranks_of(user).at_least(Ranks::VOICE)
    }

    /// Whether `other`, who is in a channel, may be seen there by someone: in an auditorium (+u) those
    /// without voice are seen by those with it alone.
    pub fn shows(&self, other: UserId, to: &User) -> bool {
        !self.hides(other)
            || other == to.id
            || self.ranks_of(to.id).at_least(Ranks::VOICE)
            || to.may(Grants::SEE)
    }

    /// Notes that somebody was put out, where a delay keeps them out (+J).
    pub fn note_put_out(&mut self, who: PutOut, at: Millis) {
        let Some(delay) = self.delay_ms() else { return };
        self.put_out.retain(|(known, since)| *known != who && at < since + delay);
        if self.put_out.len() == bounds::LIST_ENTRIES_MAX {
            self.put_out.remove(0);
        }
        self.put_out.push((who, at));
    }

    /// How long someone who was put out must wait until they may come back.
    pub fn must_wait_ms(&self, who: PutOut, now: Millis) -> Option<Millis> {
        let delay = self.delay_ms()?;
        let (_, since) = self.put_out.iter().find(|(known, _)| *known == who)?;
        (since + delay).checked_sub(now).filter(|ms| *ms > 0)
    }

    fn delay_ms(&self) -> Option<Millis> {
        self.row.rejoin_s.map(|seconds| Millis::from(seconds) * 1000)
    }

    /// Words as they are said here, if they may be.
    pub fn takes(&self, kind: MessageKind, text: &Text) -> Result<Text, MayNotSpeak> {
        let has = |flag| self.row.flags.has(flag);
        if has(ChannelFlags::NO_NOTICES) && kind == MessageKind::Notice {
            return Err(MayNotSpeak::Notice);
        }
        let minds_colours = has(ChannelFlags::NO_COLOURS) || has(ChannelFlags::STRIPPED);
        let said = match minds_colours && words::has_colours(text) {
            true if has(ChannelFlags::NO_COLOURS) => return Err(MayNotSpeak::Colours),
            true => match words::without_colours(text) {
                plain if words::is_blank(&plain) => return Err(MayNotSpeak::ColoursAlone),
                plain => plain,
            },
            false => text.clone(),
        };
        // Looked for once the colours are gone, which may have hidden it.
        if has(ChannelFlags::NO_CTCP) && words::is_ctcp(&said) {
            return Err(MayNotSpeak::Ctcp);
        }
        Ok(said)
    }
}
