//! Everything that a person reads, in plain words.

pub(super) mod answer;
pub(super) mod event;
pub(super) mod found;
mod message;
mod mode;
mod people;
pub(super) mod refusal;
mod words;
