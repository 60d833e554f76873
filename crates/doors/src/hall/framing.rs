//! A WebSocket is lines in frames: they are taken out of frames, and put into frames.

use super::Hall;
use crate::door::{Caller, Door};
use crate::irc::IrcDoor;
use crate::queue::Item;
use crate::web::{Framing, closing};
use parlor_hub::id::Millis;
use std::sync::Arc;
use tungstenite::protocol::frame::coding::CloseCode;

impl Hall {
    /// The connection is a WebSocket from now on, and speaks IRC by it.
    pub(super) fn upgrade(&mut self, seat: usize, framing: Framing, now: Millis) {
        let place = &mut self.seats[seat];
        // A browser whose proxy is trusted is not.
        let caller = Caller { is_trusted: false, ..place.caller() };
        place.door = Door::Irc(Box::new(IrcDoor::new(&caller, now)));
        place.framing = framing;
    }

    /// Takes bytes of a WebSocket.
    pub(super) fn unframe(&mut self, seat: usize, bytes: &[u8], now: Millis) {
        let facts = Arc::clone(&self.facts);
        let place = &mut self.seats[seat];
        let mut frames = place.unfinished.take(|it| &mut it.frames);
        let heard = frames.read(bytes);
        if !frames.is_empty() {
            place.unfinished.change(|it| it.frames = frames);
        }
        for pong in heard.pongs {
            place.charge(&facts, now);
            place.queue_framed(Item::Bytes(pong.into()), now);
        }
        Self::touch(&mut self.seats, &mut self.dirty, seat);
        if !heard.lines.is_empty() {
            self.take_in(seat, &heard.lines, now);
        }
        if let Some(code) = heard.end {
            self.close_frames(seat, code, now);
            self.end_of_input(seat, now);
        }
    }

    /// Says that nothing more will be said by this WebSocket, if it is one.
    pub(super) fn close_frames(&mut self, seat: usize, code: CloseCode, now: Millis) {
        let place = &mut self.seats[seat];
        if let Some(closed) = place.framing.closed() {
            place.queue.push(Item::Bytes(closing(code).into()), now);
            place.framing = closed;
            place.unfinished.take(|it| &mut it.frames);
        }
    }
}
