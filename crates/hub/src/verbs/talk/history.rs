//! Reading back a conversation. The hub says what may be read; a reader fetches it.

use crate::answer::{Answer, HistoryIs, WhyHistory};
use crate::bounds;
use crate::change::{HistoryRule, Page, Target};
use crate::command::Recipient;
use crate::id::Seq;
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
        let came = channel.came_with(reader).unwrap_or(self.seq);
        let hides = self.history_of(channel).hides_earlier;
        if hides { channel.row.since.max(came) } else { channel.row.since }
    }

    /// How it is with a channel's history.
    pub(crate) fn history_of(&self, channel: &Channel) -> HistoryRule {
        channel.row.history.over(self.settings.channel_history)
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
                Some((name.clone(), Target::pair(asker.account?, with), 0))
            }
        }
    }
}
