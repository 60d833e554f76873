//! Labels: what a line caused, told so that its sender can tell (labeled-response).
//!
//! The hall collects everything that one line caused and puts it in the frame that its length asks
//! for: nothing is an `ACK`, one line carries the label itself, more are a batch that carries it.

use parlor_wire::irc::format::Line;
use parlor_wire::irc::message::Message;

/// Adds a tag, written `key=value` with a plain value, to each line that can take it: a line that is
/// in a batch already stays in that one.
pub(crate) fn tag(lines: &[u8], key_value: &str) -> Vec<u8> {
    let (key, value) = key_value.split_once('=').unwrap_or((key_value, ""));
    let mut tagged = Vec::with_capacity(lines.len() + key_value.len() + 16);
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        let (tags, rest) = split_tags(line);
        if key == "batch" && has_tag(tags, b"batch") {
            tagged.extend_from_slice(line);
            continue;
        }
        // A line of one command alone, from which the tag's own part is taken.
        let mut only = Vec::new();
        Line::new(&mut only).tag(key, value).command("X").end();
        let written = only.strip_suffix(b" X\r\n").unwrap_or(b"@");
        tagged.extend_from_slice(written);
        tagged.push(if tags.is_empty() { b' ' } else { b';' });
        if !tags.is_empty() {
            tagged.extend_from_slice(tags);
            tagged.push(b' ');
        }
        tagged.extend_from_slice(rest);
    }
    tagged
}

/// Labels what is one answer by itself, a line or a batch; none for several.
pub(crate) fn tag_one(lines: &[u8], label: &str) -> Option<Vec<u8>> {
    let end = lines.iter().position(|&byte| byte == b'\n')? + 1;
    let (first, rest) = lines.split_at(end);
    if !rest.is_empty() && !is_batch(first, rest) {
        return None;
    }
    let mut labelled = tag(first, &format!("label={label}"));
    labelled.extend_from_slice(rest);
    Some(labelled)
}

/// Whether lines are one batch, from its opening to its end.
fn is_batch(first: &[u8], rest: &[u8]) -> bool {
    let last = rest.strip_suffix(b"\n").unwrap_or(rest);
    let last = &last[last.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1)..];
    let [begun, ended] = [(first, '+'), (last, '-')].map(|(line, sign)| {
        let message = Message::parse(line.trim_ascii_end()).ok()?;
        let name = message.param(0).filter(|_| message.is("BATCH"))?;
        name.strip_prefix(sign).map(str::to_owned)
    });
    begun.is_some() && begun == ended
}

/// Opens the batch that carries a label.
pub(crate) fn open(out: &mut Vec<u8>, batch_id: &str, label: &str, server: &str) {
    let line = Line::new(out).tag("label", label).source(server).command("BATCH");
    line.param(&format!("+{batch_id}")).param("labeled-response").end();
}

/// Closes that batch.
pub(crate) fn close(out: &mut Vec<u8>, batch_id: &str, server: &str) {
    Line::new(out).source(server).command("BATCH").param(&format!("-{batch_id}")).end();
}

/// The answer to a labelled line that has no other.
pub(crate) fn ack(label: &str, server: &str) -> Vec<u8> {
    let mut out = Vec::new();
    Line::new(&mut out).tag("label", label).source(server).command("ACK").end();
    out
}

/// The tags of a line without their `@` and the space after them, and the rest of it.
fn split_tags(line: &[u8]) -> (&[u8], &[u8]) {
    let Some(tagged) = line.strip_prefix(b"@") else { return (b"", line) };
    match tagged.iter().position(|byte| *byte == b' ') {
        Some(space) => (&tagged[..space], &tagged[space + 1..]),
        None => (b"", line),
    }
}

fn has_tag(tags: &[u8], key: &[u8]) -> bool {
    tags.split(|byte| *byte == b';').any(|tag| {
        let end = tag.iter().position(|byte| *byte == b'=').unwrap_or(tag.len());
        &tag[..end] == key
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &str, key_value: &str, expected: &str) {
        let tagged = tag(lines.as_bytes(), key_value);
        assert_eq!(String::from_utf8(tagged).as_deref(), Ok(expected));
    }

    #[test]
    fn every_line_is_tagged_once() {
        check(":s 001 a :b\r\n", "label=x y;z", "@label=x\\sy\\:z :s 001 a :b\r\n");
        check(
            "@time=1 :a PRIVMSG #a :b\r\n:s 2\r\n",
            "batch=l1",
            "@batch=l1;time=1 :a PRIVMSG #a :b\r\n@batch=l1 :s 2\r\n",
        );
        check(
            ":s BATCH +h1 chathistory #a\r\n@batch=h1;time=1 :a PRIVMSG #a :b\r\n",
            "batch=l1",
            "@batch=l1 :s BATCH +h1 chathistory #a\r\n@batch=h1;time=1 :a PRIVMSG #a :b\r\n",
        );
    }

    #[test]
    fn a_batch_carries_the_label() {
        let mut out = Vec::new();
        open(&mut out, "l1", "a;b", "s");
        close(&mut out, "l1", "s");
        out.extend(ack("c", "s"));
        assert_eq!(
            str::from_utf8(&out),
            Ok("@label=a\\:b :s BATCH +l1 labeled-response\r\n:s BATCH -l1\r\n@label=c :s ACK\r\n")
        );
    }
}
