//! Channels: coming and going, and what is so in one.

mod access;
mod closed;
mod coming_and_going;
mod keeping;
mod masks;
mod modes;
mod relay;
mod rename;
mod rules;
mod settings;
