//! What we send, in order and never faster than the server takes it.
//!
//! Lines wait in a queue; at most a window of them is on its way unconfirmed. A
//! PING behind the window's lines (a *fence*) is answered when the server has
//! processed everything before it, whatever kind of server it is. Echoes confirm
//! messages one by one where the server offers them.

use std::collections::VecDeque;
use std::time::Instant;

use super::bounds;

/// A message of ours, small enough for one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Say {
    /// A channel or a nickname.
    pub target: String,
    /// The text, as it will be shown.
    pub text: String,
    /// Whether it is a CTCP ACTION.
    pub action: bool,
}

/// One thing to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A message, which is confirmed or refused.
    Say(Say),
    /// Any other line, without its end.
    Line(String),
}

/// An item that may now be written.
#[derive(Debug)]
pub struct Departure {
    /// Identifies it in a `label` tag.
    pub label: u64,
    /// What to write.
    pub item: Item,
}

/// A message that was confirmed or refused.
#[derive(Debug, PartialEq, Eq)]
pub struct Sent {
    /// The message.
    pub say: Say,
    /// How it was to be confirmed, and so whether it was shown when it was sent.
    pub confirm: Confirm,
}

/// What became of messages whose time to be confirmed is over.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was said against it.
    Accepted(Say),
    /// The server should have repeated it to us and did not.
    Silent(Say),
}

/// How messages are confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirm {
    /// Each is echoed (echo-message).
    ByEcho,
    /// What is not refused before the fence is accepted.
    ByFence,
}

/// The queue and the window.
#[derive(Debug, Default)]
pub struct Outbox {
    queue: VecDeque<Item>,
    flying: VecDeque<Flying>,
    flying_bytes: usize,
    serial: u64,
    /// The last serial that the outstanding fence covers.
    fence: Option<u64>,
}

#[derive(Debug)]
struct Flying {
    label: u64,
    item: Item,
    /// As it was when it was sent: capabilities may come and go.
    confirm: Confirm,
    /// When the fence behind it was answered.
    fenced: Option<Instant>,
}

impl Outbox {
    /// Queues an item; gives it back if the queue is full.
    pub fn push(&mut self, item: Item) -> Result<(), Item> {
        if self.queue.len() >= bounds::QUEUE_LINES_MAX {
            return Err(item);
        }
        self.queue.push_back(item);
        Ok(())
    }

    /// Whether everything was sent and confirmed, one way or the other.
    pub fn is_settled(&self) -> bool {
        self.queue.is_empty() && self.flying.is_empty()
    }

    /// Whether nothing waits: the moment to read more of a pipe.
    pub fn wants_more(&self) -> bool {
        self.queue.is_empty()
    }

    /// The next item that the window has room for.
    pub fn depart(&mut self, confirm: Confirm) -> Option<Departure> {
        if self.window_is_full() {
            return None;
        }
        let item = self.queue.pop_front()?;
        self.serial += 1;
        self.flying_bytes += item.bytes();
        let flying = Flying { label: self.serial, item: item.clone(), confirm, fenced: None };
        self.flying.push_back(flying);
        Some(Departure { label: self.serial, item })
    }

    /// Whether a PING should follow now. Calling this raises the fence.
    pub fn raise_fence(&mut self) -> Option<u64> {
        let waiting = self.flying.back().is_some_and(|last| last.fenced.is_none());
        let due = self.queue.is_empty() || self.window_is_full();
        if self.fence.is_some() || !waiting || !due {
            return None;
        }
        self.fence = Some(self.serial);
        self.fence
    }

    /// The fence was answered: everything before it is processed.
    pub fn fence_answered(&mut self, token: u64, now: Instant) {
        if self.fence != Some(token) {
            return;
        }
        self.fence = None;
        for flying in self.flying.iter_mut().filter(|flying| flying.label <= token) {
            flying.fenced.get_or_insert(now);
        }
        // Only messages are confirmed otherwise than by the fence.
        self.retain(|flying| flying.fenced.is_none() || matches!(flying.item, Item::Say(_)));
    }

    /// The messages that are decided now without an echo.
    pub fn verdicts(&mut self, now: Instant) -> Vec<Verdict> {
        let mut verdicts = Vec::new();
        self.retain(|flying| {
            let (Some(fenced), Item::Say(say)) = (flying.fenced, &flying.item) else { return true };
            match flying.confirm {
                Confirm::ByFence => verdicts.push(Verdict::Accepted(say.clone())),
                Confirm::ByEcho if now < fenced + bounds::ECHO_GRACE => return true,
                Confirm::ByEcho => verdicts.push(Verdict::Silent(say.clone())),
            }
            false
        });
        verdicts
    }

    /// When [`Outbox::verdicts`] will next have something to say of messages that wait for an echo.
    pub fn deadline(&self) -> Option<Instant> {
        let fenced = self.flying.iter().filter_map(|flying| flying.fenced).min()?;
        Some(fenced + bounds::ECHO_GRACE)
    }

    /// Takes the message with this label off the window.
    pub fn take_labelled(&mut self, label: &str) -> Option<Sent> {
        let label: u64 = label.parse().ok()?;
        self.take(|flying, _| flying.label == label)
    }

    /// Takes the first message for which `matches` holds off the window.
    pub fn take_matching(&mut self, matches: impl Fn(&Say) -> bool) -> Option<Sent> {
        self.take(|_, say| matches(say))
    }

    /// Everything that was not confirmed: what was sent, and what never was.
    pub fn abandon(self) -> (Vec<Say>, Vec<Say>) {
        let say = |item| match item {
            Item::Say(say) => Some(say),
            Item::Line(_) => None,
        };
        let sent = self.flying.into_iter().filter_map(|flying| say(flying.item)).collect();
        (sent, self.queue.into_iter().filter_map(say).collect())
    }

    fn window_is_full(&self) -> bool {
        self.flying.len() >= bounds::WINDOW_LINES || self.flying_bytes >= bounds::WINDOW_BYTES
    }

    fn take(&mut self, matches: impl Fn(&Flying, &Say) -> bool) -> Option<Sent> {
        let at = self.flying.iter().position(|flying| match &flying.item {
            Item::Say(say) => matches(flying, say),
            Item::Line(_) => false,
        })?;
        let flying = self.flying.remove(at)?;
        self.flying_bytes -= flying.item.bytes();
        match flying.item {
            Item::Say(say) => Some(Sent { say, confirm: flying.confirm }),
            Item::Line(_) => None,
        }
    }

    fn retain(&mut self, keep: impl FnMut(&Flying) -> bool) {
        self.flying.retain(keep);
        self.flying_bytes = self.flying.iter().map(|flying| flying.item.bytes()).sum();
    }
}

impl Item {
    /// About what it costs on the wire.
    fn bytes(&self) -> usize {
        match self {
            Self::Say(say) => "PRIVMSG  :\r\n".len() + say.target.len() + say.text.len(),
            Self::Line(line) => line.len() + 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(text: &str) -> Item {
        Item::Say(Say { target: "#a".into(), text: text.into(), action: false })
    }

    fn depart_all(outbox: &mut Outbox, confirm: Confirm) -> usize {
        std::iter::from_fn(|| outbox.depart(confirm)).count()
    }

    #[test]
    fn a_window_goes_then_a_fence_then_the_next_window() {
        let now = Instant::now();
        let mut outbox = Outbox::default();
        for number in 0..=bounds::WINDOW_LINES {
            outbox.push(say(&number.to_string())).expect("room");
        }
        assert_eq!(depart_all(&mut outbox, Confirm::ByFence), bounds::WINDOW_LINES);
        let token = outbox.raise_fence().expect("the window is full");
        assert_eq!(outbox.raise_fence(), None, "one fence at a time");
        outbox.fence_answered(token + 1, now);
        assert_eq!(outbox.verdicts(now), [], "another's answer");
        outbox.fence_answered(token, now);
        assert_eq!(outbox.verdicts(now).len(), bounds::WINDOW_LINES);
        assert_eq!(depart_all(&mut outbox, Confirm::ByFence), 1);
        assert!(!outbox.is_settled());
    }

    #[test]
    fn bytes_fill_the_window_too() {
        let mut outbox = Outbox::default();
        for _ in 0..bounds::WINDOW_LINES {
            outbox.push(say(&"x".repeat(bounds::WINDOW_BYTES / 2))).expect("room");
        }
        assert_eq!(depart_all(&mut outbox, Confirm::ByFence), 2);
    }

    #[test]
    fn an_echo_that_does_not_come_is_missed_after_its_grace() {
        let now = Instant::now();
        let mut outbox = Outbox::default();
        outbox.push(say("a")).expect("room");
        outbox.push(say("b")).expect("room");
        outbox.push(Item::Line("WHO #a".into())).expect("room");
        depart_all(&mut outbox, Confirm::ByEcho);
        let token = outbox.raise_fence().expect("nothing waits");
        assert!(outbox.take_matching(|say| say.text == "b").is_some());
        outbox.fence_answered(token, now);
        assert_eq!(outbox.verdicts(now), []);
        let late = outbox.deadline().expect("one is missing");
        let verdicts = outbox.verdicts(late);
        assert!(matches!(&verdicts[..], [Verdict::Silent(say)] if say.text == "a"));
        assert!(outbox.is_settled());
    }

    #[test]
    fn the_queue_is_bounded_and_what_is_left_is_given_back() {
        let mut outbox = Outbox::default();
        for _ in 0..bounds::QUEUE_LINES_MAX {
            outbox.push(say("x")).expect("room");
        }
        assert_eq!(outbox.push(say("one too many")), Err(say("one too many")));
        depart_all(&mut outbox, Confirm::ByFence);
        let (sent, unsent) = outbox.abandon();
        assert_eq!(sent.len(), bounds::WINDOW_LINES);
        assert_eq!(unsent.len(), bounds::QUEUE_LINES_MAX - bounds::WINDOW_LINES);
    }
}
