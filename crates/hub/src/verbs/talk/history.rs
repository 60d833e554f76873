//! Reading back a conversation. The hub says what may be read; a reader fetches it.

use crate::answer::{Answer, HistoryIs, WhyHistory};
use crate::bounds;
use crate::change::{HistoryRule, Keep, Page, Target};
use crate::command::Recipient;
use crate::id::{AccountId, Seq};
use crate::name::Text;
use crate::query::History;
use crate::refusal::Refusal;
use crate::state::{Channel, Hub, User};
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>, history: History) {
    let Some(asker) = asking.asker() else { return };
    let Some((with, target, since)) = asking.hub.readable(asker, &history.with) else {
        let with = history.with.shown().clone();
        return asking.refuse(Refusal::NotYourHistory(with, Some(history.span)));
    };
    let page = Page {
        target,
        since,
        upto: asking.hub.seq(),
        span: history.span,
        beside: history.beside,
        limit: history.limit.min(bounds::HISTORY_PAGE_MAX),
    };
    asking.answer(Answer::History(Box::new(HistoryIs { with, page, why: WhyHistory::Asked })));
}

impl Hub {
    /// After which entry someone who is in a channel may read what was said there: since its life began,
    /// or since they came, where it hides from them what was before.
    pub(crate) fn readable_since(&self, reader: &User, channel: &Channel) -> Seq {
        let HistoryRule { keep, hides_earlier } = self.history_of(channel);
        let came = channel.came_with(reader).unwrap_or(self.seq);
        match channel.row.since {
            // What was kept until now may not be gone yet.
            _ if keep.is_nothing() => self.seq,
            began if hides_earlier => began.max(came),
            began => began,
        }
    }

    /// The account whose conversations with others someone may read.
    pub(crate) fn reads_as(&self, reader: &User) -> Option<AccountId> {
        reader.account.filter(|_| !self.settings.keep.is_nothing())
    }

    /// How it is with a channel's history.
    pub(crate) fn history_of(&self, channel: &Channel) -> HistoryRule {
        let rule = channel.row.history.over(self.settings.channel_history);
        HistoryRule { keep: rule.keep.and(self.settings.keep), ..rule }
    }

    /// How much is kept of a conversation.
    pub(crate) fn keep_of(&self, target: Target) -> Keep {
        match target {
            Target::Channel(id) => {
                let channel = self.channels.get(&id);
                channel.map_or(self.settings.keep, |channel| self.history_of(channel).keep)
            }
            Target::Pair(..) => self.settings.keep,
        }
    }

    /// The conversation with a channel or person, if it is someone's to read: how it is shown,
    /// what it is, and after which entry it may be read.
    pub(crate) fn readable(&self, asker: &User, with: &Recipient) -> Option<(Text, Target, Seq)> {
        match with {
            Recipient::Channel(name, _) => {
                let channel = self.channel_named(name)?;
                channel.members.contains_key(&asker.id).then(|| {
                    let target = Target::Channel(channel.id());
                    let since = self.readable_since(asker, channel);
                    (channel.row.name.shown().clone(), target, since)
                })
            }
            Recipient::Nick(nick) => {
                let user = self.user_named(nick);
                let owner = self.owner_of(nick.folded());
                let with = owner.or_else(|| user?.account)?;
                // As they are called, however it was typed.
                let name = user.map_or(self.accounts[&with].name.shown(), |user| user.nick());
                let since = if self.settings.keep.is_nothing() { self.seq } else { 0 };
                Some((name.clone(), Target::pair(asker.account?, with), since))
            }
        }
    }
}
