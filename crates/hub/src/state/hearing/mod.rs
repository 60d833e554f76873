//! What sessions asked to hear of: people who come and go, and what is noted of people and channels.

mod metadata;
mod monitors;

pub(crate) use metadata::{Metadata, Owner, Values};
pub(crate) use monitors::{Monitors, Noted};
