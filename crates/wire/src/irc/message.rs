//! One IRC line as a message: borrowed, never copied (modern-irc, "Message Format"; message-tags, "Format").

use crate::bounds::PARAMS_MAX;
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// A parsed line. Everything borrows from the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    /// The tags section as sent, without `@`; see [`Message::tags`].
    pub raw_tags: Option<&'a str>,
    /// Where the message says that it comes from. A server ignores what a client says here.
    pub source: Option<Source<'a>>,
    /// The command as sent: compare it without regard to case. Never empty.
    pub command: &'a str,
    /// The parameters, the trailing one among them without its `:`.
    pub params: Params<'a>,
}

/// Why a line is no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error<'a> {
    /// Nothing, or nothing but spaces: ignored silently (modern-irc, "Message Format").
    Empty,
    /// There are tags or a source, or a space, but no command.
    NoCommand,
    /// A NUL, CR or LF inside.
    Forbidden,
    /// The line is not UTF-8; what the answer needs is here (utf8-only, `FAIL <command> INVALID_UTF8`).
    NotUtf8 {
        /// The tags section, if that is UTF-8: a `label` in it belongs on the answer.
        raw_tags: Option<&'a str>,
        /// The command, if that is UTF-8.
        command: Option<&'a str>,
    },
}

impl<'a> Message<'a> {
    /// Parses one line without its end.
    pub fn parse(line: &'a [u8]) -> Result<Self, Error<'a>> {
        if line.iter().all(|&byte| byte == b' ') {
            return Err(Error::Empty);
        }
        if memchr::memchr3(0, b'\r', b'\n', line).is_some() {
            return Err(Error::Forbidden);
        }
        let (raw_tags, rest) = section(b'@', line);
        let (source, rest) = section(b':', rest);
        let (command, rest) = word(rest);
        if command.is_empty() {
            return Err(Error::NoCommand);
        }
        let not_utf8 = || Error::NotUtf8 {
            raw_tags: raw_tags.and_then(|tags| str::from_utf8(tags).ok()),
            command: str::from_utf8(command).ok(),
        };
        let utf8 = |bytes: &'a [u8]| str::from_utf8(bytes).map_err(|_| not_utf8());
        Ok(Self {
            raw_tags: raw_tags.map(utf8).transpose()?,
            source: source.map(utf8).transpose()?.map(Source::parse),
            command: utf8(command)?,
            params: Params::parse(utf8(rest)?),
        })
    }

    /// Whether the command is `name`, whatever its case.
    pub fn is(&self, name: &str) -> bool {
        // Most programs send it in the case in which it is asked for.
        self.command == name || self.command.eq_ignore_ascii_case(name)
    }

    /// The parameter at `index`, if there is one.
    pub fn param(&self, index: usize) -> Option<&'a str> {
        self.params.get(index).copied()
    }

    /// The tags in the order sent, repeated keys and all.
    pub fn tags(&self) -> Tags<'a> {
        Tags::of(self.raw_tags.unwrap_or_default())
    }

    /// The unescaped value of a tag: of its last occurrence, and empty if it has none (message-tags, "Format").
    pub fn tag(&self, key: &str) -> Option<Cow<'a, str>> {
        Tags::of(self.raw_tags?).filter(|tag| tag.key == key).last().map(Tag::value)
    }
}

/// Who a message comes from: a server's name, or `nick!user@host` (modern-irc, "Source").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    /// The nickname or the server's name.
    pub name: &'a str,
    /// What follows `!`.
    pub user: Option<&'a str>,
    /// What follows the last `@`.
    pub host: Option<&'a str>,
}

impl<'a> Source<'a> {
    /// Splits a source without its `:`. Every string is one.
    pub fn parse(source: &'a str) -> Self {
        let (rest, host) = match source.rsplit_once('@') {
            Some((rest, host)) => (rest, Some(host)),
            None => (source, None),
        };
        let (name, user) = match rest.split_once('!') {
            Some((name, user)) => (name, Some(user)),
            None => (rest, None),
        };
        Self { name, user, host }
    }
}

impl fmt::Display for Source<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name)?;
        self.user.map_or(Ok(()), |user| write!(out, "!{user}"))?;
        self.host.map_or(Ok(()), |host| write!(out, "@{host}"))
    }
}

/// At most [`PARAMS_MAX`] parameters, read as a slice.
#[derive(Clone)]
pub struct Params<'a> {
    items: [&'a str; PARAMS_MAX],
    len: usize,
}

impl<'a> Params<'a> {
    /// Splits what follows the command. A line with too many has the remaining ones, spaces and all, in its last.
    fn parse(mut rest: &'a str) -> Self {
        let mut params = Self { items: [""; PARAMS_MAX], len: 0 };
        while !rest.is_empty() {
            let last = params.len == PARAMS_MAX - 1;
            let (param, after) = match rest.strip_prefix(':') {
                Some(trailing) => (trailing, ""),
                None if last => (rest.trim_end_matches(' '), ""),
                None => match memchr::memchr(b' ', rest.as_bytes()) {
                    Some(end) => (&rest[..end], &rest[end + 1..]),
                    None => (rest, ""),
                },
            };
            params.items[params.len] = param;
            params.len += 1;
            rest = after.trim_start_matches(' ');
        }
        params
    }
}

impl<'a> Deref for Params<'a> {
    type Target = [&'a str];

    fn deref(&self) -> &Self::Target {
        &self.items[..self.len]
    }
}

impl fmt::Debug for Params<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.deref().fmt(out)
    }
}

impl PartialEq for Params<'_> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Params<'_> {}

/// One tag (message-tags, "Format").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The key, case-sensitive and opaque, with the `+` of a client-only tag. Never empty.
    pub key: &'a str,
    /// The value as sent. A missing value is an empty one.
    pub escaped: &'a str,
}

impl<'a> Tag<'a> {
    /// The value, unescaped.
    pub fn value(self) -> Cow<'a, str> {
        unescape(self.escaped)
    }

    /// Whether it is a client-only tag.
    pub fn is_client_only(self) -> bool {
        self.key.starts_with('+')
    }
}

/// The tags of a message, one after another.
#[derive(Debug, Clone)]
pub struct Tags<'a> {
    rest: &'a str,
}

impl<'a> Tags<'a> {
    /// The tags of a section without its `@`, such as [`Message::raw_tags`] or [`Error::NotUtf8`] hold.
    pub fn of(raw_tags: &'a str) -> Self {
        Self { rest: raw_tags }
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        while !self.rest.is_empty() {
            let (tag, rest) = self.rest.split_once(';').unwrap_or((self.rest, ""));
            self.rest = rest;
            let (key, escaped) = tag.split_once('=').unwrap_or((tag, ""));
            if !key.is_empty() {
                return Some(Tag { key, escaped });
            }
        }
        None
    }
}

/// Undoes the escaping of a tag value (message-tags, "Escaping values").
pub fn unescape(escaped: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', escaped.as_bytes()).is_none() {
        return Cow::Borrowed(escaped);
    }
    let mut value = String::with_capacity(escaped.len());
    let mut chars = escaped.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            value.push(char);
            continue;
        }
        // An escape that means nothing loses its backslash, and so does a line's last one.
        value.extend(chars.next().map(|escape| match escape {
            ':' => ';',
            's' => ' ',
            'r' => '\r',
            'n' => '\n',
            other => other,
        }));
    }
    Cow::Owned(value)
}

/// Takes off a section that `mark` begins and a space ends.
fn section(mark: u8, line: &[u8]) -> (Option<&[u8]>, &[u8]) {
    match line.strip_prefix(&[mark]) {
        None => (None, line),
        Some(line) => {
            let (section, rest) = word(line);
            (Some(section), rest)
        }
    }
}

/// Takes off what stands before the first space, and the spaces.
fn word(line: &[u8]) -> (&[u8], &[u8]) {
    let end = memchr::memchr(b' ', line).unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    let spaces = rest.iter().take_while(|&&byte| byte == b' ').count();
    (word, &rest[spaces..])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes a message as its parts, with a bar between them.
    #[track_caller]
    fn check(line: &str, expected: &str) {
        let message = Message::parse(line.as_bytes()).expect("a message");
        let tags: Vec<String> =
            message.tags().map(|tag| format!("{}={}", tag.key, tag.value())).collect();
        let source = message.source.map(|source| source.to_string()).unwrap_or_default();
        let params = message.params.join("|");
        assert_eq!(
            format!("{} / {source} / {} / {params}", tags.join(" "), message.command),
            expected
        );
    }

    #[test]
    fn the_specifications_examples() {
        check(":irc.example.com CAP * LIST :", " / irc.example.com / CAP / *|LIST|");
        check("CAP * LS :multi-prefix sasl", " /  / CAP / *|LS|multi-prefix sasl");
        check(":dan!d@localhost PRIVMSG #chan :Hey!", " / dan!d@localhost / PRIVMSG / #chan|Hey!");
        check(":dan!d@localhost PRIVMSG #chan Hey!", " / dan!d@localhost / PRIVMSG / #chan|Hey!");
        check(":dan!d@localhost PRIVMSG #chan ::-)", " / dan!d@localhost / PRIVMSG / #chan|:-)");
        check("@id=123AB;rose X", "id=123AB rose= /  / X / ");
        check("@url=;netsplit=tur,ty X", "url= netsplit=tur,ty /  / X / ");
    }

    #[test]
    fn spaces_are_one_or_more() {
        check("@a  :s  PING  a   b  ", "a= / s / PING / a|b");
        check("PING  :", " /  / PING / ");
        check("PING : a ", " /  / PING /  a ");
        check("PING a:b :c d", " /  / PING / a:b|c d");
    }

    #[test]
    fn the_fifteenth_parameter_swallows_the_rest() {
        check(
            "X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
            " /  / X / 1|2|3|4|5|6|7|8|9|10|11|12|13|14|15",
        );
        check(
            "X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 ",
            " /  / X / 1|2|3|4|5|6|7|8|9|10|11|12|13|14|15 16",
        );
        check(
            "X 1 2 3 4 5 6 7 8 9 10 11 12 13 14 :15 16 ",
            " /  / X / 1|2|3|4|5|6|7|8|9|10|11|12|13|14|15 16 ",
        );
    }

    #[test]
    fn tag_values_are_unescaped() {
        check(r"@a=\:\s\\\r\n;b=\b;c=x\;+d/e=f=g;; X", "a=; \\\r\n b=b c=x +d/e=f=g /  / X / ");
        let message = Message::parse(b"@a=1;+b;a=2 TAGMSG x").expect("a message");
        assert_eq!(
            (message.tag("a").as_deref(), message.tag("+b").as_deref()),
            (Some("2"), Some(""))
        );
        assert_eq!(message.tag("A"), None);
        assert!(message.tags().nth(1).is_some_and(Tag::is_client_only));
    }

    #[test]
    fn what_is_no_message_says_why() {
        let table: &[(&[u8], Error<'_>)] = &[
            (b"", Error::Empty),
            (b"   ", Error::Empty),
            (b" PING", Error::NoCommand),
            (b"@a", Error::NoCommand),
            (b":a", Error::NoCommand),
            (b"@a :b ", Error::NoCommand),
            (b"PING a\0", Error::Forbidden),
            (b"PING a\rQUIT", Error::Forbidden),
            (b"PING a\nQUIT", Error::Forbidden),
            (
                b"@label=7 PRIVMSG #a :gr\xfc\xdfe",
                Error::NotUtf8 { raw_tags: Some("label=7"), command: Some("PRIVMSG") },
            ),
            (b"@\xff P\xff", Error::NotUtf8 { raw_tags: None, command: None }),
        ];
        for &(line, expected) in table {
            assert_eq!(Message::parse(line), Err(expected), "{}", line.escape_ascii());
        }
    }

    #[test]
    fn sources_are_split() {
        let table = [
            ("irc.example.com", ("irc.example.com", None, None)),
            ("ada!a@host", ("ada", Some("a"), Some("host"))),
            ("ada@host", ("ada", None, Some("host"))),
            ("ada!a", ("ada", Some("a"), None)),
            ("", ("", None, None)),
        ];
        for (source, (name, user, host)) in table {
            assert_eq!(Source::parse(source), Source { name, user, host });
        }
    }
}
