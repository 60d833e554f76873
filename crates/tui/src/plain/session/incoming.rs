//! A line of the server's, taken out of its bytes.

use jiff::Timestamp;
use parlor_wire::irc::message::Message;
use parlor_wire::text::decode;

/// A message with what the session needs of its tags. Text is as sent: `view` neutralises it.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// When: the server's `time` tag (server-time), or now.
    pub at: Timestamp,
    /// The batch that it belongs to (batch).
    pub batch: Option<String>,
    /// Which of our lines it answers (labeled-response).
    pub label: Option<String>,
    /// The nickname or server that it comes from.
    pub source: Option<String>,
    /// Bytes of the whole `nick!user@host`.
    pub source_bytes: usize,
    /// In capitals.
    pub command: String,
    /// All parameters.
    pub params: Vec<String>,
}

impl Incoming {
    /// Reads one line without its end. What is no message is nothing.
    pub fn parse(line: &[u8], now: Timestamp) -> Option<Self> {
        // Other servers carry other encodings.
        let line = decode(line);
        let message = Message::parse(line.as_bytes()).ok()?;
        let tag = |key| message.tag(key).map(std::borrow::Cow::into_owned);
        Some(Self {
            at: tag("time").and_then(|time| time.parse().ok()).unwrap_or(now),
            batch: tag("batch"),
            label: tag("label"),
            source: message.source.map(|source| source.name.to_owned()),
            source_bytes: message.source.map_or(0, |source| source.to_string().len()),
            command: message.command.to_ascii_uppercase(),
            params: message.params.iter().map(|&param| param.to_owned()).collect(),
        })
    }

    /// The parameter at `index`, or nothing in it.
    pub fn param(&self, index: usize) -> &str {
        self.params.get(index).map_or("", String::as_str)
    }

    /// The parameter at `index`, if it is there and not empty.
    pub fn param_some(&self, index: usize) -> Option<String> {
        self.params.get(index).filter(|param| !param.is_empty()).cloned()
    }

    /// Whom it comes from; a message without a source comes from the server.
    pub fn name(&self) -> &str {
        self.source.as_deref().unwrap_or("server")
    }
}
