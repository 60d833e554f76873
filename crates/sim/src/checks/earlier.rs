//! Who heard what was said in a channel: where a channel hides what was before someone came, they are given
//! nothing else to read. Kept without the hub's account of when they came.

use crate::Wrong;
use parlor_hub::change::{Change, Conversations, Target};
use parlor_hub::id::{AccountId, ChannelId, Seq, SessionId, UserId};
use parlor_hub::{Answer, Hub, Outcome, Step};
use std::collections::{BTreeMap, BTreeSet};

/// An account that has a place in a channel, or someone who is there without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Holder {
    Account(AccountId),
    Guest(UserId),
}

/// What was said since the start, and who was there and has not left.
#[derive(Debug, Default)]
pub(crate) struct Earlier {
    here: BTreeSet<(ChannelId, Holder)>,
    heard: BTreeMap<ChannelId, BTreeMap<Seq, BTreeSet<Holder>>>,
}

impl Earlier {
    /// Takes in what an entry changed, and checks what it gives to read.
    pub fn note(&mut self, outcome: &Outcome, hub: &Hub) -> Result<(), Wrong> {
        let here: BTreeSet<_> = hub
            .places()
            .map(|(channel, account)| (channel, Holder::Account(account)))
            .chain(hub.guests().map(|(channel, user)| (channel, Holder::Guest(user))))
            .collect();
        let gone: Vec<_> = self.here.difference(&here).copied().collect();
        for (channel, holder) in gone {
            self.forget(channel, holder, hub);
        }
        self.here = here;
        for change in &outcome.changes {
            let (target, id) = match change {
                Change::Message(message) => (message.target, message.id),
                Change::Happened(target, event) => (*target, event.id),
                _ => continue,
            };
            if let Target::Channel(channel) = target {
                let here = self.here.iter().filter(|(place, _)| *place == channel);
                let heard = here.map(|(_, holder)| *holder).collect();
                self.heard.entry(channel).or_default().insert(id.seq, heard);
            }
        }
        self.check(outcome, hub)
    }

    /// Who left has heard nothing, as far as is known when they come again. Who logged in is their
    /// account from then on.
    fn forget(&mut self, channel: ChannelId, holder: Holder, hub: &Hub) {
        let became = match holder {
            Holder::Guest(user) => hub.account_in(user, channel).map(Holder::Account),
            Holder::Account(_) => None,
        };
        for heard in self.heard.entry(channel).or_default().values_mut() {
            if heard.remove(&holder) {
                heard.extend(became);
            }
        }
    }

    /// Nobody is given something to read in a channel that hides it from them.
    pub fn check(&self, outcome: &Outcome, hub: &Hub) -> Result<(), Wrong> {
        for step in &outcome.steps {
            match step {
                Step::Answer(answer) => self.answered(outcome.origin.session, answer, hub)?,
                Step::Show(sessions, answer) => {
                    for session in sessions {
                        self.answered(*session, answer, hub)?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn answered(&self, session: SessionId, answer: &Answer, hub: &Hub) -> Result<(), Wrong> {
        let given: Vec<(Target, Seq)> = match answer {
            Answer::History(history) => vec![(history.page.target, history.page.since)],
            Answer::Search(search) => search.within.clone(),
            Answer::Targets(asked, _) => channels_of(asked),
            Answer::Playback(playback) => channels_of(&playback.conversations),
            Answer::Look(look) if !hub.acts_anywhere(session) => vec![(look.target, look.since)],
            _ => return Ok(()),
        };
        for (target, since) in given {
            let Target::Channel(channel) = target else { continue };
            let reader = match hub.wearer(session) {
                Some((_, Some(account))) => Holder::Account(account),
                Some((user, None)) => Holder::Guest(user),
                None => continue,
            };
            let said = self.heard.get(&channel).filter(|_| hub.hides_earlier(channel));
            let mut said = said.into_iter().flat_map(|said| said.range(since + 1..));
            if let Some((seq, _)) = said.find(|(_, heard)| !heard.contains(&reader)) {
                return Err(Wrong(format!(
                    "{session:?} may read of entry {seq} in channel {}, before they came",
                    channel.0
                )));
            }
        }
        Ok(())
    }
}

fn channels_of(asked: &Conversations) -> Vec<(Target, Seq)> {
    let channels = asked.channels.iter();
    channels.map(|(channel, _, since)| (Target::Channel(*channel), *since)).collect()
}
