//! What was parsed, written and parsed again is the same; what is written is one line, whatever went in; and text for a
//! terminal has no control left.

use parlor_wire::bounds::{MESSAGE_CONTENT_MAX, SERVER_TAGS_MAX};
use parlor_wire::irc::format::Line;
use parlor_wire::irc::message::{Message, Tag};
use parlor_wire::text;

pub fn message(data: &[u8]) {
    if let Ok(message) = Message::parse(data) {
        again(&message);
    }
    let hostile = String::from_utf8_lossy(data);
    inject(&hostile);
    terminal(data);
}

fn again(message: &Message<'_>) {
    let source = message.source.map(|source| source.to_string());
    let mut out = Vec::new();
    let line = message
        .tags()
        .fold(Line::new(&mut out), |line, tag| line.tag(tag.key, &tag.value()))
        .source(source.as_deref().unwrap_or_default())
        .command(message.command);
    message.params.iter().fold(line, |line, param| line.param(param)).end();

    let (tags, content) = one_line(&out);
    // Cut lines differ, and a command that looks like a section is made a word.
    if tags.len() > SERVER_TAGS_MAX / 2
        || perhaps_cut(content)
        || message.command.starts_with(['@', ':'])
    {
        return;
    }
    let second = Message::parse(&out[..out.len() - 2]).expect("what was written can be read");
    assert_eq!(values(&second), values(message));
    assert_eq!(second.source, message.source.filter(|source| !source.to_string().is_empty()));
    assert_eq!((second.command, &second.params), (message.command, &message.params));
}

fn values(message: &Message<'_>) -> Vec<(String, String)> {
    message.tags().map(|tag| (tag.key.to_owned(), Tag::value(tag).into_owned())).collect()
}

/// Puts the same hostile text everywhere.
fn inject(hostile: &str) {
    let mut out = Vec::new();
    let line = Line::new(&mut out).tag(hostile, hostile).tag("time", hostile).source(hostile);
    line.command(hostile).param(hostile).param("middle").param(hostile).trailing(hostile).end();
    one_line(&out);

    out.clear();
    Line::new(&mut out).numeric(1).param(hostile).trailing("end").end();
    // Unless the line was cut before it, no parameter moves its neighbour.
    if !perhaps_cut(one_line(&out).1) {
        let message = Message::parse(&out[..out.len() - 2]).expect("a numeric can be read");
        assert_eq!((message.command, message.params.len()), ("001", 2));
        assert_eq!(message.param(1), Some("end"));
    }
}

/// Whether a line may have been cut: up to three bytes before the limit, where a character of four would begin.
fn perhaps_cut(content: &[u8]) -> bool {
    content.len() + 3 >= MESSAGE_CONTENT_MAX
}

/// Checks the limits of one written line and returns its tags section and the rest.
fn one_line(out: &[u8]) -> (&[u8], &[u8]) {
    let line = out.strip_suffix(b"\r\n").expect("a line ends with CR LF");
    assert!(!line.iter().any(|byte| matches!(byte, 0 | b'\r' | b'\n')), "one line only");
    assert!(str::from_utf8(line).is_ok(), "cut between characters");
    let tags = match line.first() {
        Some(b'@') => line.iter().position(|&byte| byte == b' ').expect("tags end") + 1,
        _ => 0,
    };
    let (tags, content) = line.split_at(tags);
    assert!(tags.len() <= SERVER_TAGS_MAX && content.len() <= MESSAGE_CONTENT_MAX);
    (tags, content)
}

fn terminal(data: &[u8]) {
    let decoded = text::decode(data);
    let plain = text::strip_formatting(&decoded);
    let safe = text::neutralise(&plain);
    let is_bad = |char: char| {
        char.is_control() || matches!(char, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!safe.contains(is_bad), "{safe:?}");
    assert_eq!(text::neutralise(&safe), safe);
    assert!(!text::neutralise(&decoded).contains(is_bad));
    for max in 0..safe.len().min(8) {
        let cut = text::truncate(&safe, max);
        assert!(cut.len() <= max && safe.starts_with(cut));
    }
}
