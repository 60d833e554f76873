//! The state machine: everything that people do, applied in order.
//!
//! [`Hub::apply`] is the only function that changes anything. It takes an [`Entry`] of the journal
//! and gives an [`Outcome`]: what everyone is told ([`Step`]) and what must be stored ([`Change`]).
//! [`Hub::ask`] answers questions from the state and changes nothing.
//!
//! - `entry`, `command`, `query`: what comes in. `outcome`, `event`, `answer`, `refusal`, `change`:
//!   what goes out. All are plain values.
//! - `state/`: users, channels, accounts, and the indexes over them.
//! - `verbs/`: a file for each thing that a person can do or ask; a new one goes there, with its
//!   variant in [`Command`] or [`Query`] and its line in `verbs::apply` or `verbs::ask`.
//! - `bounds`: every limit, with its reason.
//!
//! Absent on purpose: sockets, clocks, threads, async, SQL, randomness, passwords. The same entries
//! give the same state and the same outcomes on every machine, which the simulator checks.

pub mod answer;
pub mod bounds;
pub mod change;
pub mod command;
pub mod entry;
pub mod event;
pub mod id;
pub mod mask;
pub mod modes;
pub mod name;
pub mod outcome;
pub mod person;
pub mod query;
pub mod refusal;
pub mod settings;
mod state;
mod turn;
mod verbs;

pub use answer::Answer;
pub use change::{Change, Durable};
pub use command::Command;
pub use entry::{Entry, Origin};
pub use event::Event;
pub use outcome::{Audience, Few, Outcome, Route, Step};
pub use query::Query;
pub use refusal::{AccountRefusal, KeepingRefusal, Refusal};
pub use settings::Settings;
pub use state::{Hub, NotASave, Nothing, Rare};
