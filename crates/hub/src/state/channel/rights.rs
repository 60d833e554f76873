//! What someone may do in a channel, and who may see them there.

use super::{Channel, HeardBy};
use crate::change::BanKind;
use crate::id::{ChannelId, SessionId, UserId};
use crate::mask::{self, Of};
use crate::modes::{ChannelFlags, Grants, ListKind, Ranks, UserFlags};
use crate::name::{ChannelName, Text};
use crate::outcome::Audience;
use crate::refusal::{MayNotSpeak, Refusal};
use crate::state::{Hub, User};

impl Hub {
    /// What someone may do in a channel: by their ranks there, and in the lobby, which is nobody's,
    /// as a server operator who may act anywhere.
    pub(crate) fn authority(&self, user: UserId, channel: &Channel) -> Ranks {
        channel.ranks_of(user) | self.rank_of_operator(&self.users[&user], channel)
    }

    fn rank_of_operator(&self, user: &User, channel: &Channel) -> Ranks {
        let is_lobby = channel.row.name.folded() == self.settings.lobby.folded();
        if is_lobby && user.may(Grants::SA) { Ranks::FOUNDER } else { Ranks::none() }
    }

    /// What someone may decide that outlasts a session: a rank of the moment gives none for ever.
    pub(crate) fn lasting_power(&self, user: &User, channel: &Channel) -> Ranks {
        channel.lasting_ranks_of(user) | self.rank_of_operator(user, channel)
    }

    /// What someone may do to a channel, inside or not.
    pub(crate) fn power(&self, user: &User, channel: &Channel) -> Ranks {
        self.authority(user.id, channel) | channel.lasting_ranks_of(user)
    }

    /// A channel that someone may know of.
    pub(crate) fn channel_for(&self, user: &User, name: &ChannelName) -> Result<&Channel, Refusal> {
        let seen = self.channel_named(name).filter(|channel| user.sees(channel));
        seen.ok_or_else(|| Refusal::NoSuchChannel(name.shown().clone()))
    }

    /// Whether operators let nobody into a channel of this name, or make one.
    pub(crate) fn is_open(&self, name: &ChannelName) -> Result<(), Refusal> {
        let bans = BanKind::OF_CHANNELS.iter();
        let mut bans = bans.filter_map(|kind| self.bans.get(*kind, name.folded()));
        match bans.find(|ban| ban.holds(self.at)) {
            None => Ok(()),
            Some(ban) => Err(Refusal::ChannelClosed(name.shown().clone(), ban.reason.clone())),
        }
    }

    /// Whether someone may not come in.
    pub(crate) fn is_banned(&self, user: &User, channel: &Channel) -> bool {
        self.has_match(user, channel, ListKind::Ban, false)
            && !self.has_match(user, channel, ListKind::Exception, false)
    }

    /// Why masks keep someone from speaking, if they do.
    fn is_kept_silent(&self, user: &User, channel: &Channel) -> Option<MayNotSpeak> {
        if channel.lists.clears(user.id) {
            None
        } else if self.is_banned(user, channel) {
            Some(MayNotSpeak::Banned)
        } else {
            self.is_muted(user, channel).then_some(MayNotSpeak::Muted)
        }
    }

    /// Whether someone of whom it is known that no mask keeps them from speaking is a member, and one of whom
    /// it is true.
    pub(crate) fn is_cleared_rightly(&self, user: UserId, channel: &Channel) -> bool {
        let user = self.users.get(&user).filter(|_| channel.members.contains_key(&user));
        user.is_some_and(|user| !self.is_banned(user, channel) && !self.is_muted(user, channel))
    }

    /// Whether someone may come in, and not speak.
    fn is_muted(&self, user: &User, channel: &Channel) -> bool {
        let is_spared = |mutes| self.has_match(user, channel, ListKind::Exception, mutes);
        self.has_match(user, channel, ListKind::Ban, true) && !is_spared(true) && !is_spared(false)
    }

    /// Whether a list has a mask of someone, among those that mute or among all others.
    pub(crate) fn has_match(
        &self,
        user: &User,
        channel: &Channel,
        kind: ListKind,
        mutes: bool,
    ) -> bool {
        let mut masks = channel.masks(kind).peekable();
        if masks.peek().is_none() {
            return false;
        }
        let faces = self.faces(user);
        let mut read = masks.filter_map(|entry| mask::read(&entry.mask));
        read.any(|read| read.mutes == mutes && self.is_of(read, user, &faces))
    }

    /// The masks of someone on a list, whatever they forbid.
    pub(crate) fn matches(&self, user: &User, channel: &Channel, kind: ListKind) -> Vec<Text> {
        let faces = self.faces(user);
        let is_of =
            |mask: &&Text| mask::read(mask).is_some_and(|read| self.is_of(read, user, &faces));
        channel.masks(kind).map(|entry| &entry.mask).filter(is_of).cloned().collect()
    }

    fn is_of(&self, mask: mask::Read<'_>, user: &User, faces: &[String]) -> bool {
        let is = |found: &str| mask::matches(mask.pattern, found);
        match mask.of {
            Of::Person => faces.iter().any(|face| is(face)),
            Of::Account => user.person.account.as_deref().is_some_and(is),
            Of::RealName => is(&user.realname),
            Of::Certificate => self.certificates(user).any(|certificate| is(&certificate)),
        }
    }

    fn certificates(&self, user: &User) -> impl Iterator<Item = String> {
        let transports = user.sessions.iter().map(|session| &self.sessions[session].transport);
        transports.filter_map(|transport| transport.certificate.as_ref()).map(ToString::to_string)
    }

    /// Whether a person may speak in a channel, and who hears it.
    pub(crate) fn may_speak(&self, user: &User, channel: &Channel) -> Result<HeardBy, MayNotSpeak> {
        let ranks = channel.members.get(&user.id);
        if ranks.is_some_and(|ranks| ranks.at_least(Ranks::VOICE)) {
            return Ok(HeardBy::Everyone);
        }
        let has = |flag| channel.row.flags.has(flag);
        if ranks.is_none() && has(ChannelFlags::MEMBERS_ONLY) {
            return Err(MayNotSpeak::Outside);
        }
        if has(ChannelFlags::MODERATED) {
            return Err(MayNotSpeak::Moderated);
        }
        if has(ChannelFlags::ACCOUNTS_SPEAK) && user.account.is_none() {
            return Err(MayNotSpeak::AccountsOnly);
        }
        if let Some(why) = self.is_kept_silent(user, channel) {
            return Err(why);
        }
        let everyone = !has(ChannelFlags::OPERATORS_HEAR);
        Ok(if everyone { HeardBy::Everyone } else { HeardBy::Operators })
    }

    /// As [`Hub::may_speak`], with the refusal: of a secret channel, those outside are not told that
    /// they may not speak in it, but that there is none.
    pub(crate) fn speaks(
        &self,
        user: &User,
        name: &ChannelName,
    ) -> Result<(&Channel, HeardBy), Refusal> {
        let shown = || name.shown().clone();
        let channel = self.channel_named(name).ok_or_else(|| Refusal::NoSuchChannel(shown()))?;
        match self.may_speak(user, channel) {
            Ok(heard_by) => Ok((channel, heard_by)),
            Err(_) if !user.sees(channel) => Err(Refusal::NoSuchChannel(shown())),
            Err(why) => Err(Refusal::MayNotSpeak(shown(), why)),
        }
    }

    /// Whether someone may find another without knowing their nick: those who do not want to be found
    /// (+i) are by whoever sees them in a channel that both are in.
    pub(crate) fn finds(&self, asker: &User, other: &User) -> bool {
        let meet_in = |id: &ChannelId| {
            asker.channels.contains(id) && self.channels[id].shows(other.id, asker)
        };
        asker.id == other.id
            || !other.flags.has(UserFlags::INVISIBLE)
            || asker.may(Grants::SEE)
            || other.channels.iter().any(meet_in)
    }

    /// Everyone in a channel who may see someone there.
    pub(crate) fn room_of(&self, user: UserId, channel: ChannelId) -> Audience {
        let channel = &self.channels[&channel];
        if channel.hides(user) {
            Audience::Sessions(self.ranked_sessions(channel, Ranks::VOICE, user))
        } else {
            Audience::Channel(channel.id())
        }
    }

    /// Everyone who sees someone in a channel, and these sessions.
    pub(crate) fn neighbours(&self, user: &User, sessions: &[SessionId]) -> Audience {
        let channels = user.channels.iter().map(|id| &self.channels[id]);
        let (hiding, open): (Vec<_>, Vec<_>) = channels.partition(|channel| channel.hides(user.id));
        let ranked = hiding.iter().flat_map(|c| self.ranked_sessions(c, Ranks::VOICE, user.id));
        let beside = ranked.filter(|s| !user.sessions.contains(s)).chain(sessions.iter().copied());
        Audience::Neighbours(open.iter().map(|channel| channel.id()).collect(), beside.collect())
    }

    /// The sessions of the members of at least this rank, and those of one more person.
    pub(crate) fn ranked_sessions(
        &self,
        channel: &Channel,
        rank: Ranks,
        and: UserId,
    ) -> Box<[SessionId]> {
        let ranked = channel.members.iter().filter(|(_, ranks)| ranks.at_least(rank));
        let mut users: Vec<UserId> = ranked.map(|(user, _)| *user).collect();
        if !users.contains(&and) {
            users.push(and);
        }
        users.iter().flat_map(|user| self.users[user].sessions.iter().copied()).collect()
    }
}
