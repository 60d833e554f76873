//! The hub's own settings. They arrive as an entry, so that every node has the same at the same
//! place in the order.

use crate::change::{HistoryRule, Keep};
use crate::command::Oper;
use crate::name::{ChannelName, Forms, Text};
use serde::{Deserialize, Serialize};

/// What the hub's rules depend on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The server's name, the source of what the server itself says.
    pub server: Text,
    /// The channel that is registered to the server.
    pub lobby: ChannelName,
    /// Who may register an account.
    pub registration: Registration,
    /// A new account needs an address, and the code that is sent there.
    pub verification: bool,
    /// Lines shown on joining to clients that cannot ask for history.
    pub replay: u16,
    /// Who may be a server operator. Whoever is one and is not among these is one no more.
    pub operators: Vec<Oper>,
    /// How much is kept of anything.
    pub keep: Keep,
    /// How it is with the history of channels whose founders decided nothing about it.
    pub channel_history: HistoryRule,
}

impl Default for Settings {
    fn default() -> Self {
        // The same however names are folded.
        let lobby: Text = "#lobby".into();
        Self {
            server: "parlor.local".into(),
            lobby: ChannelName::kept(Forms { shown: lobby.clone(), folded: lobby, skeleton: None }),
            registration: Registration::default(),
            verification: false,
            replay: 0,
            operators: Vec::new(),
            keep: Keep::FOREVER,
            channel_history: HistoryRule::default(),
        }
    }
}

/// Who may register an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Registration {
    /// Anyone.
    #[default]
    Open,
    /// Server operators.
    Operators,
    /// Nobody.
    Closed,
}
