//! What a typed line means: a message, or one of the commands of [`HELP`].

use thiserror::Error;

/// What the person at the keyboard wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Text for the current channel.
    Say(String),
    /// `/me`: what the person does, in the current channel.
    Act(String),
    /// `/msg NICK TEXT`.
    Tell { to: String, text: String },
    /// `/nick NAME`.
    Nick(String),
    /// `/join #CHANNEL[,#OTHER] [KEY]`.
    Join { channels: String, key: Option<String> },
    /// `/part [#CHANNEL] [REASON]`.
    Part { channel: Option<String>, reason: Option<String> },
    /// `/who [MASK]`.
    Who(Option<String>),
    /// `/names [#CHANNEL]`.
    Names(Option<String>),
    /// `/topic [#CHANNEL] [TEXT]`.
    Topic { channel: Option<String>, text: Option<String> },
    /// `/list [MASK]`.
    List(Option<String>),
    /// `/whois NICK`.
    Whois(String),
    /// `/away [MESSAGE]`; without a message, back again.
    Away(Option<String>),
    /// `/quit [REASON]`.
    Quit(Option<String>),
    /// `/help`.
    Help,
    /// `/raw LINE`: a line of IRC as it is.
    Raw(String),
}

/// Why a typed line was not understood.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Complaint {
    /// No such command; the nearest real one, where one is near.
    #[error("there is no /{typed}{}", suggestion(*.nearest))]
    Unknown { typed: String, nearest: Option<&'static str> },
    /// A command without what it needs.
    #[error("expected {0}")]
    Expected(&'static str),
}

fn suggestion(nearest: Option<&str>) -> String {
    match nearest {
        Some(name) => {
            format!("; did you mean /{name}?  (// sends a line that starts with a slash)")
        }
        None => "; /help lists the commands  (// sends a line that starts with a slash)".to_owned(),
    }
}

/// Each command as it is written, and what it does.
pub const HELP: &[(&str, &str)] = &[
    ("/nick NAME", "take another name"),
    ("/join #CHANNEL [KEY]", "enter a channel and talk there"),
    ("/part [#CHANNEL] [REASON]", "leave a channel"),
    ("/msg NICK TEXT", "tell one person something"),
    ("/me TEXT", "say what you do"),
    ("/who [#CHANNEL|NICK]", "who is here, in detail"),
    ("/names [#CHANNEL]", "who is here, in short"),
    ("/topic [#CHANNEL] [TEXT]", "show or set the topic"),
    ("/list [MASK]", "list the channels"),
    ("/whois NICK", "what is known of somebody"),
    ("/away [MESSAGE]", "be away; without a message, back"),
    ("/raw LINE", "send a line of IRC as it is"),
    ("/quit [REASON]", "leave (Ctrl+D and Ctrl+C leave too)"),
    ("/help", "this list"),
    ("//TEXT", "send text that starts with a slash"),
];

/// Reads a typed line. `Ok(None)` is a line with nothing in it.
pub fn parse(line: &str) -> Result<Option<Command>, Complaint> {
    if line.trim().is_empty() {
        return Ok(None);
    }
    let Some(rest) = line.strip_prefix('/') else {
        return Ok(Some(Command::Say(line.to_owned())));
    };
    if rest.starts_with('/') {
        return Ok(Some(Command::Say(rest.to_owned())));
    }
    let (name, arguments) = word(rest);
    named(&name.to_ascii_lowercase(), arguments).map(Some)
}

/// The dispatch table: a name and what follows it.
fn named(name: &str, rest: &str) -> Result<Command, Complaint> {
    let command = match name {
        "nick" => Command::Nick(needed(rest, "/nick NAME")?),
        "join" | "j" => {
            let channels = needed(rest, "/join #CHANNEL [KEY]")?;
            Command::Join { channels, key: optional(word(word(rest).1).0) }
        }
        "part" | "leave" => {
            let (channel, reason) = channel_and_rest(rest);
            Command::Part { channel, reason }
        }
        "msg" | "query" | "m" => match word(rest) {
            (to, text) if !text.is_empty() => {
                Command::Tell { to: to.to_owned(), text: text.to_owned() }
            }
            _ => return Err(Complaint::Expected("/msg NICK TEXT")),
        },
        "me" if rest.is_empty() => return Err(Complaint::Expected("/me TEXT")),
        "me" => Command::Act(rest.to_owned()),
        "who" => Command::Who(optional(word(rest).0)),
        "names" => Command::Names(optional(word(rest).0)),
        "topic" => {
            let (channel, text) = channel_and_rest(rest);
            Command::Topic { channel, text }
        }
        "list" => Command::List(optional(word(rest).0)),
        "whois" => Command::Whois(needed(rest, "/whois NICK")?),
        "away" => Command::Away(optional(rest)),
        "quit" | "exit" | "bye" => Command::Quit(optional(rest)),
        "help" | "h" | "?" => Command::Help,
        "raw" | "quote" if rest.is_empty() => return Err(Complaint::Expected("/raw LINE")),
        "raw" | "quote" => Command::Raw(rest.to_owned()),
        _ => return Err(Complaint::Unknown { typed: name.to_owned(), nearest: nearest(name) }),
    };
    Ok(command)
}

/// The first word and, without the spaces between, what follows it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    (first, rest.trim_start())
}

fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn needed(rest: &str, usage: &'static str) -> Result<String, Complaint> {
    optional(word(rest).0).ok_or(Complaint::Expected(usage))
}

/// `[#CHANNEL] [REST]`: the first word counts as a channel only if it looks like one.
fn channel_and_rest(rest: &str) -> (Option<String>, Option<String>) {
    let (first, after) = word(rest);
    if first.starts_with(['#', '&']) {
        (Some(first.to_owned()), optional(after))
    } else {
        (None, optional(rest))
    }
}

/// The command that was probably meant: at most two letters away, and not all of them.
fn nearest(typed: &str) -> Option<&'static str> {
    HELP.iter()
        .filter_map(|(usage, _)| word(usage.strip_prefix('/')?).0.split('/').next())
        .filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()))
        .map(|name| (strsim::damerau_levenshtein(typed, name), name))
        .filter(|(distance, name)| *distance <= 2 && *distance < name.len().min(typed.len()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expect: Command) {
        assert_eq!(parse(line), Ok(Some(expect)), "{line}");
    }

    #[test]
    fn lines_and_commands() {
        check("hello  there ", Command::Say("hello  there ".into()));
        check(" /nick is text", Command::Say(" /nick is text".into()));
        check("//etc/passwd", Command::Say("/etc/passwd".into()));
        check("/me waves  twice", Command::Act("waves  twice".into()));
        check("/MSG ada  hi there", Command::Tell { to: "ada".into(), text: "hi there".into() });
        check(
            "/join #a,#b key",
            Command::Join { channels: "#a,#b".into(), key: Some("key".into()) },
        );
        check("/part so long", Command::Part { channel: None, reason: Some("so long".into()) });
        check("/part #a", Command::Part { channel: Some("#a".into()), reason: None });
        check(
            "/topic #a new",
            Command::Topic { channel: Some("#a".into()), text: Some("new".into()) },
        );
        check("/away", Command::Away(None));
        check("/quit", Command::Quit(None));
        check("/raw VERSION", Command::Raw("VERSION".into()));
        assert_eq!(parse("  "), Ok(None));
    }

    #[test]
    fn what_is_not_a_command_gets_the_nearest_real_one() {
        let complaint = |line: &str| parse(line).unwrap_err().to_string();
        assert!(complaint("/jion #a").contains("did you mean /join?"));
        assert!(complaint("/whosi ada").contains("did you mean /whois?"));
        assert!(complaint("/nikc").contains("did you mean /nick?"));
        assert!(complaint("/frobnicate").contains("/help lists"));
        assert!(complaint("/").contains("/help lists"));
        assert_eq!(complaint("/msg ada"), "expected /msg NICK TEXT");
        assert_eq!(complaint("/join"), "expected /join #CHANNEL [KEY]");
    }
}
