//! What there is to type.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{VERBS, Verb, When, named, unknown};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "help",
    aliases: &["h", "?"],
    usage: "[COMMAND]",
    help: "this list, or more about one of it",
    more: "",
    when: When::Any,
    run,
};

/// How wide the left column of the list is: most commands with what stands behind them.
const COLUMN: usize = 22;

fn run(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (word, _) = argument::first_word(text);
    let word = word.strip_prefix('/').unwrap_or(word);
    let words = match named(word) {
        _ if word.is_empty() => list(),
        Some(verb) => about(verb),
        None => unknown(word),
    };
    door.say(desk, &words);
    Ok(())
}

fn list() -> String {
    let mut lines =
        vec!["* What you type is said in the channel, unless it begins with a slash:".to_owned()];
    lines.extend(VERBS.iter().map(|verb| format!("  {:COLUMN$}  {}", verb.shown(), verb.help)));
    lines.push(format!("  {:COLUMN$}  say TEXT with one slash in front", "//TEXT"));
    lines.join("\n")
}

fn about(verb: &Verb) -> String {
    let also = match verb.aliases {
        [] => String::new(),
        aliases => format!(" Also: /{}", aliases.join(", /")),
    };
    let mut lines = vec![format!("* {}: {}.{also}", verb.shown(), verb.help)];
    lines.extend(verb.more.lines().map(|line| format!("  {line}")));
    lines.join("\n")
}
