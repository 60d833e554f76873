//! Stub, being written.
use crate::desk::{Desk, Hashed};
use crate::door::{Caller, Hearing};
use crate::facts::Facts;
use crate::queue::Content;
use parlor_hub::id::{ChannelId, Millis};
use parlor_hub::name::Text;
use parlor_hub::{Answer, Event, Refusal};

/// Dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct View(pub u32);

/// Door.
#[derive(Debug)]
pub struct LineDoor {}

impl LineDoor {
    /// A caller comes to this door.
    pub fn new(_caller: &Caller) -> Self { Self {} }
    pub fn read(&mut self, bytes: &[u8], _desk: &mut Desk<'_>) -> usize { bytes.len() }
    pub fn hashed(&mut self, _result: Hashed, _desk: &mut Desk<'_>) {}
    pub fn dialect(&self, _hearing: Hearing<'_>) -> Option<View> { None }
    pub fn note(&mut self, _answer: &Answer) -> bool { true }
    pub fn draw(&self, _content: &Content, _from: usize, _at: Millis, _facts: &Facts, _out: &mut Vec<u8>) -> Option<usize> { None }
    pub fn refuse(&mut self, _refusal: &Refusal, _facts: &Facts, _out: &mut Vec<u8>) {}
    pub fn named(&mut self, _nick: &Text) {}
    pub fn moved(&mut self, _channel: ChannelId, _name: Option<&Text>) {}
    pub fn farewell(&self, _reason: &str, _out: &mut Vec<u8>) {}
    pub fn ping(&mut self, _facts: &Facts, _out: &mut Vec<u8>) -> bool { false }
}

pub(crate) fn render(_dialect: View, _event: &Event, _at: Millis, _facts: &Facts, _out: &mut Vec<u8>) {}
