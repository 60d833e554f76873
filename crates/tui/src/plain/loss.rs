//! Why a connection ended, as a sentence, and what follows from it.

use std::io;

use super::session::Ended;
use super::{Address, Outcome};

/// The end of a connection, or of the attempt to make one.
#[derive(Debug)]
pub enum Loss {
    /// It was never made.
    Unreachable(io::Error),
    /// The protocol ended it.
    Ended(Ended),
    /// The socket ended it.
    Broken(io::Error),
}

impl Loss {
    /// What happened, without a full stop.
    pub fn sentence(&self, address: &Address) -> String {
        match self {
            Self::Unreachable(error) if error.kind() == io::ErrorKind::TimedOut => {
                format!("could not connect to {address}: no answer")
            }
            Self::Unreachable(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                format!("could not connect to {address}: nobody is listening there")
            }
            Self::Unreachable(error) => format!("could not connect to {address}: {error}"),
            Self::Ended(Ended::Closed(why)) if why.is_empty() => {
                format!("the server at {address} closed the connection")
            }
            Self::Ended(Ended::Closed(why)) => {
                format!("the server at {address} closed the connection: {why}")
            }
            Self::Ended(Ended::Refused(why) | Ended::NickTaken(why)) => {
                format!("the server at {address} refused us: {why}")
            }
            Self::Ended(Ended::Silent) => format!("the server at {address} stopped answering"),
            Self::Ended(Ended::NeverWelcomed) => {
                format!("the server at {address} did not let us in; is it a chat server?")
            }
            Self::Broken(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                format!("the server at {address} went away")
            }
            Self::Broken(error) => format!("the connection to {address} broke: {error}"),
        }
    }

    /// The outcome, if this is the last of it.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Unreachable(_) => Outcome::Unreachable,
            Self::Ended(Ended::Refused(_) | Ended::NickTaken(_)) => Outcome::Refused,
            Self::Ended(_) | Self::Broken(_) => Outcome::Lost,
        }
    }

    /// Whether another attempt could end differently.
    pub fn is_worth_retrying(&self) -> bool {
        !matches!(self, Self::Ended(Ended::Refused(_)))
    }
}
