//! Channels.

use crate::change::{ChannelRow, ListEntry, MessageKind};
use crate::event::ChannelRef;
use crate::id::{AccountId, ChannelId, UserId};
use crate::mask;
use crate::modes::{ChannelFlags, ListKind, Ranks};
use crate::name::Text;
use crate::person::Person;
use crate::refusal::MayNotSpeak;
use crate::state::{ById, User, words};
use serde::{Deserialize, Serialize};

/// A channel: what is kept of it, and who is in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Channel {
    pub row: ChannelRow,
    pub lists: Vec<(ListKind, ListEntry)>,
    /// The places that accounts have, whether they are here now or not: those of members, and of
    /// those who may come back to theirs.
    pub places: ById<AccountId, Ranks>,
    pub members: ById<UserId, Ranks>,
    /// After a restart: those who had a place may come back to it.
    pub returning: bool,
    /// Those who did, in their order.
    pub returned: Vec<UserId>,
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
            lists: Vec::new(),
            places: ById::default(),
            members: ById::default(),
            returning: false,
            returned: Vec::new(),
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

    pub fn masks(&self, kind: ListKind) -> impl Iterator<Item = &ListEntry> {
        self.lists.iter().filter(move |(k, _)| *k == kind).map(|(_, entry)| entry)
    }

    pub fn is_banned(&self, person: &Person) -> bool {
        self.has_match(ListKind::Ban, person) && !self.has_match(ListKind::Exception, person)
    }

    pub fn has_match(&self, kind: ListKind, person: &Person) -> bool {
        let mut masks = self.masks(kind).peekable();
        if masks.peek().is_none() {
            return false;
        }
        let whole = person.to_string();
        masks.any(|entry| match mask::of_accounts(&entry.mask) {
            Some(names) => person.account.as_deref().is_some_and(|a| mask::matches(names, a)),
            None => mask::matches(&entry.mask, &whole),
        })
    }

    /// Whether a person may speak here, and who hears it.
    pub fn may_speak(&self, user: &User) -> Result<HeardBy, MayNotSpeak> {
        let ranks = self.members.get(&user.id);
        if ranks.is_some_and(|ranks| ranks.at_least(Ranks::VOICE)) {
            return Ok(HeardBy::Everyone);
        }
        let has = |flag| self.row.flags.has(flag);
        if ranks.is_none() && has(ChannelFlags::MEMBERS_ONLY) {
            return Err(MayNotSpeak::Outside);
        }
        if has(ChannelFlags::MODERATED) {
            return Err(MayNotSpeak::Moderated);
        }
        if has(ChannelFlags::ACCOUNTS_SPEAK) && user.account.is_none() {
            return Err(MayNotSpeak::AccountsOnly);
        }
        if self.is_banned(&user.person) {
            return Err(MayNotSpeak::Banned);
        }
        let everyone = !has(ChannelFlags::OPERATORS_HEAR);
        Ok(if everyone { HeardBy::Everyone } else { HeardBy::Operators })
    }

    /// Words as they are said here, if they may be.
    pub fn takes(&self, kind: MessageKind, text: &Text) -> Result<Text, MayNotSpeak> {
        let has = |flag| self.row.flags.has(flag);
        if has(ChannelFlags::NO_NOTICES) && kind == MessageKind::Notice {
            return Err(MayNotSpeak::Notice);
        }
        if has(ChannelFlags::NO_CTCP) && words::is_ctcp(text) {
            return Err(MayNotSpeak::Ctcp);
        }
        match words::has_colours(text) {
            true if has(ChannelFlags::NO_COLOURS) => Err(MayNotSpeak::Colours),
            true if has(ChannelFlags::STRIPPED) => Ok(words::without_colours(text)),
            _ => Ok(text.clone()),
        }
    }
}
