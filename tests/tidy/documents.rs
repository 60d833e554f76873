//! What the documents name is there.

use super::{has_extension, none_of, read, root};
use std::path::Path;

/// The documents that lead people through the sources.
const GUIDES: &[&str] = &[
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "docs/decisions.md",
    "docs/running.md",
];

/// Rules in ARCHITECTURE.md, each a numbered heading under [`RULES`].
const RULES_COUNT: usize = 8;

/// The heading under which they stand.
const RULES: &str = "## The eight rules";

#[test]
fn every_path_that_a_guide_names_exists() {
    let missing = GUIDES.iter().flat_map(|guide| {
        let text = read(guide);
        let missing = missing_paths(&text, |path| root().join(path).exists());
        missing.into_iter().map(move |path| format!("{guide} names {path}"))
    });
    none_of(missing.collect());
}

#[test]
fn every_rule_names_tests_that_exist() {
    none_of(unheld_rules(&read("ARCHITECTURE.md")));
    let missing = GUIDES.iter().flat_map(|guide| {
        let text = read(guide);
        let missing = missing_tests(&text, |path| std::fs::read_to_string(root().join(path)).ok());
        missing.into_iter().map(move |test| format!("{guide} names the test {test}"))
    });
    none_of(missing.collect());
}

/// The words between backticks, outside of fenced blocks.
fn quoted(text: &str) -> Vec<&str> {
    let mut is_fenced = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_fenced = !is_fenced;
        } else if !is_fenced {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

/// The path that a quoted word is or begins with; none when it looks like none.
fn path_of(word: &str) -> Option<&str> {
    let (path, _) = word.split_once("::").unwrap_or((word, ""));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./".contains(c);
    // A slash in front is a command, and capabilities of IRC have slashes too. A file's name
    // without its folder says what kind of file is meant.
    let is_other = path.starts_with('/') || path.starts_with("draft/");
    let is_path = path.chars().all(is_plain)
        && (path.contains('/') || has_extension(Path::new(path), &["md"]))
        && !is_other;
    is_path.then_some(path)
}

fn missing_paths(text: &str, exists: impl Fn(&str) -> bool) -> Vec<String> {
    let paths = quoted(text).into_iter().filter_map(path_of);
    paths.filter(|path| !exists(path)).map(str::to_owned).collect()
}

/// Tests are named as `path/of/file.rs::name_of_the_test`.
fn tests_in(text: &str) -> Vec<(&str, &str)> {
    let words = quoted(text).into_iter();
    words.filter_map(|word| word.split_once(".rs::")).collect()
}

fn missing_tests(text: &str, source: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let named = tests_in(text).into_iter();
    let missing = named.filter(|(path, name)| {
        let source = source(&format!("{path}.rs")).unwrap_or_default();
        !is_test(&source, name)
    });
    missing.map(|(path, name)| format!("{path}.rs::{name}")).collect()
}

pub(super) fn is_test(source: &str, name: &str) -> bool {
    let lines = source.lines().map(str::trim).collect::<Vec<_>>();
    let at = lines.iter().position(|line| line.starts_with(&format!("fn {name}(")));
    at.is_some_and(|at| {
        let before = lines[..at].iter().rev();
        let mut attributes = before.take_while(|line| line.starts_with("#["));
        attributes.any(|line| *line == "#[test]" || line.starts_with("#[test_"))
    })
}

/// Rules that name no test. Each is a numbered heading.
fn unheld_rules(text: &str) -> Vec<String> {
    let rules = text.split_once(RULES).map_or("", |(_, rest)| rest);
    let rules = rules.split("\n## ").next().unwrap_or_default();
    let rules = rules.split("\n### ").skip(1).collect::<Vec<_>>();
    let mut wrong = Vec::new();
    if rules.len() != RULES_COUNT {
        wrong.push(format!("there are {} rules, not {RULES_COUNT}", rules.len()));
    }
    for rule in rules {
        let title = rule.lines().next().unwrap_or_default();
        if tests_in(rule).is_empty() {
            wrong.push(format!("no test is named for rule {title}"));
        }
    }
    wrong
}

#[test]
fn paths_that_are_missing_are_noticed() {
    let text = "See `src/gone.rs`, `src/here.rs::a_test`, `/who`, `draft/chathistory`, `a b/c`.\n\
                ```\nnot `in/a/fence`\n```\nand `docs/`";
    assert_eq!(missing_paths(text, |path| path == "src/here.rs"), ["src/gone.rs", "docs/"]);
}

#[test]
fn tests_that_are_missing_are_noticed() {
    let source = "#[test]\nfn there() {}\nfn helper() {}\n// fn gone() {}\n";
    let text = "`a.rs::there`, `a.rs::helper`, `a.rs::gone`, `b.rs::there`";
    let found = missing_tests(text, |path| (path == "a.rs").then(|| source.to_owned()));
    assert_eq!(found, ["a.rs::helper", "a.rs::gone", "b.rs::there"]);
}

#[test]
fn a_rule_without_a_test_is_noticed() {
    let rule = |number: usize| format!("\n### {number}. A rule\n\nHeld by `a.rs::b`.\n");
    let rules: String = (1..=RULES_COUNT).map(rule).collect();
    assert_eq!(unheld_rules(&format!("{RULES}\n{rules}\n## More\n")), Vec::<String>::new());
    assert_eq!(unheld_rules(&format!("{RULES}\n{}\n## More\n", rule(1))).len(), 1);
    let bare = rules.replacen("`a.rs::b`", "nobody", 1);
    assert_eq!(unheld_rules(&format!("{RULES}\n{bare}")), ["no test is named for rule 1. A rule"]);
}
