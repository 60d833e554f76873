//! Looks through all that there is (LIST, WHO by a mask): a piece at a time, because each is looked at on the
//! core's thread, where everybody else's commands wait meanwhile.

use super::{ChannelFilter, Who};
use crate::answer::{Answer, ChannelLine, KeepingAnswer, WhoAre, WhoRow};
use crate::name::Text;
use std::sync::Arc;

/// A look through everything of a kind, as far as it has not gone yet. It goes from the last to the first:
/// who leaves gives their place to the last, so that nobody is missed who stays; somebody may be seen twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// For what.
    pub wanted: Wanted,
    /// How many, from the first on, are not looked at yet.
    pub left: usize,
    /// How many more rows may be told.
    pub room: usize,
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Channels (LIST).
    Channels(Arc<ChannelFilter>),
    /// Registered channels whose names match a mask, for operators.
    Registered(Text),
    /// People (WHO).
    People(Arc<Who>),
}

/// What a piece of a scan found, the last first.
#[derive(Debug, Clone, PartialEq)]
pub enum Rows {
    /// Channels.
    Channels(Vec<ChannelLine>),
    /// People.
    People(Vec<WhoRow>),
}

impl Rows {
    /// Appends what the next piece found.
    pub fn extend(&mut self, more: Self) {
        match (self, more) {
            (Self::Channels(rows), Self::Channels(more)) => rows.extend(more),
            (Self::People(rows), Self::People(more)) => rows.extend(more),
            _ => {}
        }
    }

    /// How many.
    pub fn len(&self) -> usize {
        match self {
            Self::Channels(rows) => rows.len(),
            Self::People(rows) => rows.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Wanted {
    /// Nothing found yet.
    pub fn nothing(&self) -> Rows {
        match self {
            Self::Channels(_) | Self::Registered(_) => Rows::Channels(Vec::new()),
            Self::People(_) => Rows::People(Vec::new()),
        }
    }

    /// The answer, now that all was looked at.
    pub fn answer(&self, rows: Rows) -> Answer {
        match (self, rows) {
            (Self::People(who), Rows::People(mut rows)) => {
                rows.reverse();
                let Who { asked, fields, .. } = (**who).clone();
                Answer::Who(Arc::new(WhoAre { asked, fields, rows }))
            }
            (Self::Registered(_), Rows::Channels(mut lines)) => {
                lines.reverse();
                Answer::Keeping(Box::new(KeepingAnswer::List(lines)))
            }
            (_, Rows::Channels(mut lines)) => {
                lines.reverse();
                Answer::Channels(lines)
            }
            (_, Rows::People(_)) => Answer::Channels(Vec::new()),
        }
    }
}
