//! The history of a channel, as an IRC client asks for it: page after page, back to its beginning.

use super::{Person, Server};

/// What a client must know to ask for history and to tell messages apart.
pub const CAPABILITIES: &str =
    "message-tags server-time batch echo-message draft/chathistory labeled-response";

/// Rows that are asked for at a time.
const PAGE: usize = 1000;

/// A message, as an IRC client sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Message {
    pub id: String,
    pub from: String,
    pub text: String,
}

impl Message {
    /// The message of a line, if it is one that was said in `channel`.
    pub fn read(line: &str, channel: &str) -> Option<Self> {
        let (tags, rest) = line.strip_prefix('@')?.split_once(' ')?;
        let (from, said) = rest.strip_prefix(':')?.split_once(' ')?;
        let text = said.strip_prefix(&format!("PRIVMSG {channel} :"))?;
        let id = tag(tags, "msgid")?;
        let from = from.split('!').next().unwrap_or(from);
        Some(Self { id: id.into(), from: from.into(), text: text.into() })
    }
}

/// The value of a tag.
pub fn tag<'l>(tags: &'l str, name: &str) -> Option<&'l str> {
    tags.split(';').find_map(|tag| tag.strip_prefix(name)?.strip_prefix('='))
}

/// All that was ever said in a channel, oldest first, asked for by someone who comes in for it.
pub fn history(server: &Server, channel: &str) -> Vec<Message> {
    let mut reader = server.irc_with("archivist", CAPABILITIES);
    reader.say(&format!("JOIN {channel}"));
    reader.sees(" 366 ");
    let mut pages = vec![page(&mut reader, channel, "LATEST", "*")];
    while let Some(oldest) = pages.last().and_then(|page| page.first()) {
        let selector = format!("msgid={}", oldest.id);
        pages.push(page(&mut reader, channel, "BEFORE", &selector));
    }
    reader.say("QUIT");
    reader.rest();
    pages.into_iter().rev().flatten().collect()
}

fn page(reader: &mut Person, channel: &str, subcommand: &str, selector: &str) -> Vec<Message> {
    reader.say(&format!("CHATHISTORY {subcommand} {channel} {selector} {PAGE}"));
    reader.sees(&format!(" chathistory {channel}"));
    let mut messages = Vec::new();
    loop {
        let line = reader.next_line().expect("the rest of a page");
        if line.contains(" BATCH -") {
            return messages;
        }
        if line.contains("batch=") {
            messages.push(Message::read(&line, channel).expect("a row of a page"));
        }
    }
}
