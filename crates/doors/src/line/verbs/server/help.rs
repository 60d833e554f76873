//! What there is to type.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{RARE, VERBS, Verb, When, named, unknown};

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "help",
    aliases: &["h", "?"],
    usage: "[COMMAND]",
    help: "this list, or more about one of it",
    more: "",
    when: When::Any,
    run,
};

/// How wide the left column of the list is; a terminal is 80 wide.
const COLUMN: usize = 30;

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
    lines.push(format!("  {:COLUMN$}  say a line that begins with a slash", "//TEXT"));
    let rare: Vec<String> = RARE.iter().map(|verb| format!("/{}", verb.name)).collect();
    let (first, rest) = rare.split_at(rare.len() / 2);
    lines.push(format!("* Rarely needed: {}", first.join(" ")));
    lines.push(format!("  {}.", rest.join(" ")));
    lines.join("\n")
}

fn about(verb: &Verb) -> String {
    let mut lines = vec![format!("* {}: {}.", verb.shown(), verb.help)];
    lines.extend(verb.more.lines().map(|line| format!("  {line}")));
    if !verb.aliases.is_empty() {
        lines.push(format!("  Also: /{}", verb.aliases.join(" /")));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_fits_a_terminal() {
        let (list, rows) = (list(), 24);
        assert!(list.lines().count() <= rows, "{list}");
        for line in list.lines() {
            assert!(line.chars().count() < 80, "{line}");
        }
        for verb in VERBS.iter().chain(RARE) {
            assert!(verb.shown().len() <= COLUMN, "{}", verb.shown());
            assert!(about(verb).lines().all(|line| line.chars().count() < 100), "{}", about(verb));
        }
    }

    #[test]
    fn no_word_means_two_things() {
        let mut words: Vec<&str> = VERBS
            .iter()
            .chain(RARE)
            .flat_map(|verb| std::iter::once(&verb.name).chain(verb.aliases).copied())
            .collect();
        words.sort_unstable();
        let all = words.len();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
