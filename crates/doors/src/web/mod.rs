//! The door for HTTP/1.1: a page that says how to come in, and the way into the IRC door by WebSocket.
//!
//! - `door`: a connection until its one request is whole, and its answer. `request`: what was asked.
//!   `upgrade`: whether a WebSocket may be opened (RFC 6455, section 4.2; `IRCv3` websocket).
//! - `response`: answers. `frames`: the messages of a WebSocket, each a line of IRC.
//!
//! After the upgrade the IRC door has the connection, and the hall takes lines out of frames and puts them into
//! frames. There is one request a connection: browsers open others for the few things that there are.

mod door;
mod frames;
mod request;
mod response;
mod upgrade;

pub(crate) use door::WebDoor;
pub use frames::Framing;
pub(crate) use frames::{Frames, closing};
