//! What is always true of a hub. The simulator asks after every step.

use super::{Hub, User};
use crate::change::Certificate;
use crate::id::AccountId;
use crate::modes::{Ranks, UserFlags};
use crate::name::Text;
use std::collections::BTreeSet;

impl Hub {
    /// Checks every index against what it indexes. The error names the first thing that is wrong.
    pub fn check(&self) -> Result<(), String> {
        self.check_people()?;
        self.check_channels()?;
        self.check_founders()?;
        self.check_accounts()?;
        self.check_read()?;
        self.bans.check()?;
        self.check_monitors()?;
        self.metadata.check(self)
    }

    fn check_read(&self) -> Result<(), String> {
        let strays = |(account, _): &&(AccountId, Text)| !self.accounts.contains_key(account);
        match self.read.keys().find(strays) {
            Some((account, with)) => Err(format!("{account:?}, who is not, has read {with}")),
            None => Ok(()),
        }
    }

    fn check_monitors(&self) -> Result<(), String> {
        if let Some((session, _)) =
            self.monitors.all().find(|(id, _)| !self.sessions.contains_key(id))
        {
            return Err(format!("{session:?} is over, and watches on"));
        }
        self.monitors.check()
    }

    fn check_people(&self) -> Result<(), String> {
        if self.nicks.len() != self.users.len() {
            return Err(format!("{} nicks for {} people", self.nicks.len(), self.users.len()));
        }
        for (id, user) in &self.users {
            let nick = user.nick();
            if user.id != *id || self.nicks.get(&user.folded) != Some(id) {
                return Err(format!("{nick} is not found by nick"));
            }
            if user.sessions.is_empty() && !self.stays(user) {
                return Err(format!("{nick} has no session"));
            }
            let unattended = user.sessions.iter().filter(|id| self.sessions[*id].is_unattended);
            if unattended.count() != usize::from(user.unattended) {
                return Err(format!("{nick}'s sessions are not as attended as is counted"));
            }
            for session in &user.sessions {
                if self.sessions.get(session).is_none_or(|s| s.user != *id) {
                    return Err(format!("{nick} has a session that is not theirs"));
                }
            }
            if user.flags.has(UserFlags::SECURE) != self.is_secure(user) {
                return Err(format!("{nick} is secure, or not, without its being said"));
            }
            for channel in &user.channels {
                let channel = self.channels.get(channel);
                if channel.is_none_or(|c| !c.members.contains_key(id)) {
                    return Err(format!("{nick} is in a channel that does not know"));
                }
            }
            if user.is_operator() != user.particulars.operator.is_some() {
                return Err(format!("{nick} is an operator of no name, or none with one"));
            }
            let operator = user.particulars.operator.as_ref();
            if operator.is_some_and(|operator| !self.settings.operators.contains(operator)) {
                return Err(format!(
                    "{nick} is an operator of whom the configuration says nothing"
                ));
            }
            if user.flags.has(UserFlags::NOTICES) && !user.is_operator() {
                return Err(format!("{nick} is told what operators are told"));
            }
            let account = user.account.and_then(|a| self.accounts.get(&a));
            if account.map(|a| a.name.shown()) != user.person.account.as_ref() {
                return Err(format!("{nick} shows another account than they have"));
            }
            if let Some(owner) = self.owner_of(&user.folded)
                && user.account != Some(owner)
            {
                return Err(format!("{nick} has a nick of another's account"));
            }
        }
        self.check_presence()?;
        let sessions: usize = self.users.values().map(|u| u.sessions.len()).sum();
        if sessions != self.sessions.len() {
            return Err(format!("{sessions} sessions of {}", self.sessions.len()));
        }
        let with = |flag| self.users.values().filter(|u| u.flags.has(flag)).count();
        if with(UserFlags::INVISIBLE) != self.invisible
            || with(UserFlags::OPERATOR) != self.operators
        {
            return Err("the invisible or the operators are counted wrongly".into());
        }
        Ok(())
    }

    /// What is stored of those who stay is where they are.
    fn check_presence(&self) -> Result<(), String> {
        let staying = self.users.values().filter(|user| self.stays(user));
        let present: BTreeSet<_> = staying
            .flat_map(|user| {
                let account = user.account;
                user.channels.iter().filter_map(move |channel| Some((account?, *channel)))
            })
            .collect();
        if present == self.present {
            return Ok(());
        }
        Err(format!("those who stay are in {present:?}, not in {:?}", self.present))
    }

    fn check_channels(&self) -> Result<(), String> {
        if self.channel_names.len() != self.channels.len() {
            return Err("a channel without a name, or two with one".into());
        }
        for (id, channel) in &self.channels {
            let name = channel.row.name.shown();
            if channel.id() != *id || self.channel_names.get(channel.row.name.folded()) != Some(id)
            {
                return Err(format!("{name} is not found by name"));
            }
            if id.0 > self.channels_made {
                return Err(format!("{name} has an id from the future"));
            }
            for member in channel.members.keys() {
                let Some(user) = self.users.get(member) else {
                    return Err(format!("{name} has a member who is not here"));
                };
                if !user.channels.contains(id) {
                    return Err(format!("{name} has {} without their knowing", user.nick()));
                }
                if let Some(account) = user.account
                    && !channel.places.contains_key(&account)
                {
                    return Err(format!("{name} keeps no place for {}", user.nick()));
                }
            }
            let guests = channel.members.keys().filter(|user| self.users[*user].account.is_none());
            let known = guests.clone().filter(|user| channel.guests.contains_key(*user)).count();
            if known != guests.count() || known != channel.guests.len() {
                return Err(format!("{name} does not know since when its guests are there"));
            }
            if channel.lists.all_cleared().any(|user| !self.is_cleared_rightly(user, channel)) {
                return Err(format!("{name} lets somebody speak whom a mask forbids it"));
            }
            let lives = !channel.members.is_empty() || channel.row.registered || channel.returning;
            if !lives {
                return Err(format!("{name} lives with nobody in it"));
            }
        }
        let is_wrong = |(folded, channel): &(&Text, _)| {
            !self.channels.contains_key(channel) || self.channel_names.contains_key(*folded)
        };
        match self.renamed.all().find(is_wrong) {
            Some((folded, _)) => Err(format!("{folded} leads to a channel, and should not")),
            None => Ok(()),
        }
    }

    fn check_founders(&self) -> Result<(), String> {
        let mut founded = std::collections::BTreeMap::<AccountId, u32>::new();
        for channel in self.channels.values() {
            if !channel.row.registered && !channel.access.is_empty() {
                return Err(format!("{} keeps ranks for nobody", channel.row.name.shown()));
            }
            if channel.offered_to.is_some_and(|to| !self.accounts.contains_key(&to))
                || channel.offered_to.is_some() && !channel.row.registered
            {
                return Err(format!("{} is offered to nobody", channel.row.name.shown()));
            }
            let founders = channel.access.iter().filter(|(_, ranks)| ranks.has(Ranks::FOUNDER));
            founders.for_each(|(account, _)| *founded.entry(*account).or_default() += 1);
        }
        let counted = self.founded.iter().map(|(account, count)| (*account, *count)).collect();
        if founded == counted { Ok(()) } else { Err("founders are counted wrongly".into()) }
    }

    fn check_accounts(&self) -> Result<(), String> {
        let (mut nicks, mut certificates, mut unverified) = (0, 0, 0);
        for (id, account) in &self.accounts {
            let name = account.name.shown();
            if account.all_nicks().any(|nick| self.account_names.get(nick.folded()) != Some(id)) {
                return Err(format!("account {name} is not found"));
            }
            let found = |known: &Certificate| self.certificates.get(&known.fingerprint);
            if account.certificates.iter().any(|known| found(known) != Some(id)) {
                return Err(format!("account {name} is not found by its certificate"));
            }
            if id.0 > self.accounts_made {
                return Err(format!("account {name} has an id from the future"));
            }
            nicks += 1 + account.nicks.len();
            certificates += account.certificates.len();
            unverified += usize::from(!account.is_verified());
        }
        let counted = (nicks, certificates, unverified);
        if counted != (self.account_names.len(), self.certificates.len(), self.unverified.len()) {
            return Err("something is found that belongs to no account".into());
        }
        if let Some((gone, _)) = self.missed.keys().find(|(of, _)| !self.accounts.contains_key(of))
        {
            return Err(format!("{gone:?}, which is no more, has missed something"));
        }
        self.check_wearers()
    }

    fn check_wearers(&self) -> Result<(), String> {
        let wearing = |user: &&User| user.account.is_some();
        let noted: usize = self.wearers.values().map(Vec::len).sum();
        for user in self.users.values().filter(wearing) {
            let account = user.account.unwrap_or(AccountId(0));
            if !self.people_of(account).any(|wearer| wearer.id == user.id) {
                return Err(format!("{} is not found by their account", user.nick()));
            }
        }
        if noted != self.users.values().filter(wearing).count() {
            return Err("somebody is found by an account that they do not wear".into());
        }
        Ok(())
    }
}
