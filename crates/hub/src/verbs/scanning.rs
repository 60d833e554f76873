//! Looking through all that there is, a piece at a time.

use super::Asking;
use super::channel::list;
use super::people::who;
use crate::answer::{Answer, Piece};
use crate::bounds;
use crate::query::{Rows, Scan, Wanted};
use std::ops::Range;

impl Asking<'_> {
    /// Looks through everything of a kind: at once, if it is no more than a piece.
    pub fn scan(&mut self, wanted: Wanted) {
        let (all, room) = match wanted {
            Wanted::Channels(_) => (self.hub.channels.len(), bounds::CHANNELS_MAX),
            Wanted::Registered(_) => (self.hub.channels.len(), bounds::REGISTERED_LISTED_MAX),
            Wanted::People(_) => (self.hub.users.len(), bounds::WHO_ROWS_MAX),
        };
        let scan = Scan { wanted, left: all, room };
        if all > bounds::SCANNED_AT_ONCE {
            return self.answer(Answer::Scan(Box::new(scan)));
        }
        if let Some((rows, _)) = look(self, &scan) {
            self.answer(scan.wanted.answer(rows));
        }
    }
}

/// Looks at the next piece.
pub(crate) fn ask(asking: &mut Asking<'_>, scan: Scan) {
    let Some((rows, left)) = look(asking, &scan) else { return };
    let room = scan.room - rows.len();
    let rest = (left > 0 && room > 0).then_some(Scan { left, room, ..scan });
    asking.answer(Answer::Piece(Box::new(Piece { rows, rest })));
}

/// What is found in the next piece, and how much is left after it.
fn look(asking: &Asking<'_>, scan: &Scan) -> Option<(Rows, usize)> {
    let asker = asking.asker()?;
    let within = |all: usize| -> Range<usize> {
        let end = scan.left.min(all);
        end.saturating_sub(bounds::SCANNED_AT_ONCE)..end
    };
    let (channels, people) = (within(asking.hub.channels.len()), within(asking.hub.users.len()));
    let room = scan.room;
    Some(match &scan.wanted {
        Wanted::Channels(filter) => {
            let lines = list::lines(asking, asker, filter, channels.clone()).take(room);
            (Rows::Channels(lines.collect()), channels.start)
        }
        Wanted::Registered(mask) => {
            let lines = list::registered(asking, mask, channels.clone()).take(room);
            (Rows::Channels(lines.collect()), channels.start)
        }
        Wanted::People(who) => {
            let rows = who::rows(asking, asker, who, people.clone()).take(room);
            (Rows::People(rows.collect()), people.start)
        }
    })
}
