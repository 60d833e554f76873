//! `docs/ircv3.md` says what of IRC is supported, and the sources agree.

use super::documents::is_test;
use super::{none_of, read, root};
use std::collections::BTreeSet;

const TABLES: &str = "docs/ircv3.md";

/// Where a test is that is named without a folder of the root.
const TRANSCRIPTS: &str = "crates/doors/tests/irc/";

const CAPABILITIES: &str = "crates/doors/src/irc/caps.rs";
/// The one that nobody asks for.
const POLICY: &str = "crates/doors/src/irc/sts.rs";
const VERBS: &str = "crates/doors/src/irc/verbs/mod.rs";
/// Each has the table of its service's orders.
const SERVICES: [(&str, &str); 2] = [
    ("CS", "crates/doors/src/irc/verbs/account/services/chanserv/mod.rs"),
    ("NS", "crates/doors/src/irc/verbs/account/services/nickserv/mod.rs"),
];
const ISUPPORT: &str = "crates/doors/src/irc/isupport.rs";
const MASKS: &str = "crates/hub/src/mask.rs";
const MODES: &str = "crates/doors/src/modes.rs";

/// A line of a table: what is supported, and the test that shows it.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    name: String,
    test: String,
}

#[test]
fn every_capability_has_its_row() {
    let mut told = capabilities(&read(CAPABILITIES));
    told.extend(literals(between(&read(POLICY), "const NAME", ";")).map(str::to_owned));
    compare("Capabilities", &told);
}

#[test]
fn every_command_has_its_row() {
    compare("Commands", &commands(&read(VERBS)));
}

#[test]
fn every_order_of_a_service_has_its_row() {
    let named = |(service, path): (&str, &str)| {
        let orders = orders(&read(path));
        assert!(!orders.is_empty(), "{path}: the orders have moved");
        orders.into_iter().map(move |order| format!("{service} {order}")).collect::<Vec<_>>()
    };
    compare("Services", &SERVICES.into_iter().flat_map(named).collect());
}

#[test]
fn every_token_has_its_row() {
    compare("`RPL_ISUPPORT`", &tokens(&read(ISUPPORT)));
}

#[test]
fn every_mode_has_its_row() {
    let source = read(ISUPPORT);
    compare("Modes of people", &letters(&source, "USER_MODES"));
    compare("Modes of channels", &characters(between(&read(MODES), "const ALL:", "\n];")));
}

#[test]
fn every_extended_ban_has_its_row() {
    compare("Extended bans", &letters(&read(MASKS), "LETTERS"));
}

#[test]
fn every_row_names_a_test_that_speaks_of_it() {
    let text = read(TABLES);
    let sections = text.split("\n## ").skip(1).filter(|section| has_tests(section));
    let sections = sections.map(|section| (section.lines().next().unwrap_or_default(), section));
    none_of(
        sections
            .flat_map(|(title, section)| {
                // A mode or a ban is a letter, and what a token promises is shown without naming it.
                let is_letter = title.starts_with("Modes") || title == "Extended bans";
                let is_word = !is_letter && title != "`RPL_ISUPPORT`";
                let rows = rows(section).into_iter();
                let untested = rows.filter(move |row| !is_shown(row, is_word));
                untested.map(move |row| format!("{title}: {} by {}", row.name, row.test))
            })
            .collect(),
    );
}

#[test]
fn what_is_offered_is_not_said_to_be_missing() {
    let text = read(TABLES);
    let missing = text.split("\n## Not supported\n").nth(1).expect("a section");
    let missing = missing.lines().filter(|line| line.starts_with("| `"));
    let missing: Vec<&str> = missing.flat_map(|line| line.split('`').skip(1).step_by(2)).collect();
    let offered = capabilities(&read(CAPABILITIES));
    none_of(offered.into_iter().filter(|name| missing.contains(&name.as_str())).collect());
}

/// Fails unless a section has a row for each of these, in order, and no other.
#[track_caller]
fn compare(section: &str, known: &BTreeSet<String>) {
    let text = read(TABLES);
    assert!(!known.is_empty(), "{section}: the sources have moved");
    let start = format!("\n## {section}\n");
    let rows = rows(text.split(&start).nth(1).expect("a section").split("\n## ").next().unwrap());
    none_of(differences(section, &rows, known));
}

fn differences(section: &str, rows: &[Row], known: &BTreeSet<String>) -> Vec<String> {
    let listed: BTreeSet<String> = rows.iter().map(|row| row.name.clone()).collect();
    let missing = known.difference(&listed).map(|name| format!("{section}: {name} has no row"));
    let gone = listed.difference(known).map(|name| format!("{section}: {name} is not there"));
    let unsorted = rows.windows(2).filter(|pair| pair[0].name >= pair[1].name);
    let unsorted = unsorted.map(|pair| format!("{section}: {} is not in order", pair[1].name));
    missing.chain(gone).chain(unsorted).collect()
}

fn has_tests(section: &str) -> bool {
    section.lines().any(|line| line.starts_with("| ") && line.ends_with(" Test |"))
}

/// The rows of a section: what stands between backticks in the first column and in the last.
fn rows(section: &str) -> Vec<Row> {
    let unquoted = |cell: &str| cell.trim().trim_matches('`').to_owned();
    let lines = section.lines().filter(|line| line.starts_with("| `"));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
            Row { name: unquoted(cells[0]), test: unquoted(cells[cells.len() - 1]) }
        })
        .collect()
}

/// Whether the test of a row exists and, where what it shows is a word, has that word in it.
fn is_shown(row: &Row, is_word: bool) -> bool {
    let Some((file, name)) = row.test.split_once("::") else { return false };
    let is_elsewhere = file.starts_with("crates/") || file.starts_with("tests/");
    let path = if is_elsewhere { file.to_owned() } else { format!("{TRANSCRIPTS}{file}") };
    let source = std::fs::read_to_string(root().join(path)).unwrap_or_default();
    // An order is given to its service by more than one name of that.
    let word = row.name.rsplit(' ').next().unwrap_or_default().trim_end_matches('*');
    is_test(&source, name) && (!is_word || body(&source, name).contains(word))
}

/// A function's text, up to the brace that ends it.
fn body<'s>(source: &'s str, name: &str) -> &'s str {
    let from = source.split_once(&format!("fn {name}(")).map_or("", |(_, rest)| rest);
    from.split("\n}").next().unwrap_or_default()
}

/// The words between quotes that are whole names of capabilities' table.
fn capabilities(source: &str) -> BTreeSet<String> {
    let table = between(source, "\ncapabilities! {\n", "\n}");
    table.lines().filter_map(|line| literals(line).next().map(str::to_owned)).collect()
}

fn commands(source: &str) -> BTreeSet<String> {
    let table = between(source, "const VERBS:", "\n];");
    table.lines().filter_map(|line| literals(line).next().map(str::to_owned)).collect()
}

/// The names of orders: the first word of a pair that stands at the start of a line, or behind `order(`.
fn orders(source: &str) -> BTreeSet<String> {
    let lines = between(source, "const ORDERS:", "\n];").lines().map(str::trim);
    let pairs =
        lines.filter_map(|line| line.strip_prefix("order(").unwrap_or(line).strip_prefix("(\""));
    pairs.filter_map(|pair| pair.split('"').next().map(str::to_owned)).collect()
}

/// The names of tokens: in upper case and, outside the list of them, with a value behind.
fn tokens(source: &str) -> BTreeSet<String> {
    let list = between(source, "fn tokens(", "\n}");
    let source = source.split("#[cfg(test)]").next().unwrap_or_default();
    let others = source.lines().flat_map(literals).filter(|literal| literal.contains('='));
    let listed = list.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    let words = listed.flat_map(literals).chain(others);
    let names = words.map(|word| word.split_once('=').map_or(word, |(name, _)| name));
    let is_name = |name: &&str| {
        let name = name.rsplit('/').next().unwrap_or(name);
        name.len() > 2
            && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
    };
    names.filter(is_name).map(str::to_owned).collect()
}

fn letters(source: &str, constant: &str) -> BTreeSet<String> {
    let value = between(source, &format!("const {constant}: &str ="), ";");
    literals(value).flat_map(str::chars).map(String::from).collect()
}

/// The letters that stand alone between single quotes.
fn characters(source: &str) -> BTreeSet<String> {
    let is_one = |piece: &&str| piece.len() == 1 && piece.chars().all(char::is_alphabetic);
    source.split('\'').filter(is_one).map(str::to_owned).collect()
}

fn between<'s>(source: &'s str, start: &str, end: &str) -> &'s str {
    let rest = source.split_once(start).map_or("", |(_, rest)| rest);
    rest.split(end).next().unwrap_or_default()
}

/// What stands between double quotes in a line.
fn literals(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

#[test]
fn rows_that_differ_are_noticed() {
    let section = "Commands\n\n| Command | Test |\n|---|---|\n| `B` | `a.rs::b` |\n| `A` | `c` |\n";
    let rows = rows(section);
    let row = |name: &str, test: &str| Row { name: name.into(), test: test.into() };
    assert_eq!(rows, [row("B", "a.rs::b"), row("A", "c")]);
    let known = ["B", "C"].map(str::to_owned).into();
    let expected = ["x: C has no row", "x: A is not there", "x: A is not in order"];
    assert_eq!(differences("x", &rows, &known), expected);
    assert!(!is_shown(&row("WHO", "people.rs::gone"), false));
    assert!(!is_shown(&row("NONSENSE", "people.rs::who"), true));
    assert!(is_shown(&row("WHO", "people.rs::who"), true));
}

#[test]
fn what_is_there_is_found_in_the_sources() {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let caps = "\"z\"\ncapabilities! {\n    A \"a\",\n    // Why.\n    B \"b\" = \"v\",\n}\n\"d\"";
    assert_eq!(capabilities(caps), set(&["a", "b"]));
    assert_eq!(commands("const VERBS: &[Verb] = &[\n    here(\"A\", 0, a),\n];\n"), set(&["A"]));
    let two = "const ORDERS: &[Order] = &[\n    order((\"A\", \"<a>\"), \"b\", 1, a),\n    order(\n        \
               (\"B\", \"\"),\n        \"c\",\n    ),\n];\n";
    assert_eq!(orders(two), set(&["A", "B"]));
    let isupport = "fn tokens(\n    number(\"LEN\", 1),\n    \"SAFE\".into(),\n    \"draft/ICON={}\"\n    \
                    \"a b\"\n}\nfn more() {\n    \"KICK\"\n    \"MAX={},JOIN:\"\n}";
    assert_eq!(tokens(isupport), set(&["LEN", "MAX", "SAFE", "draft/ICON"]));
    assert_eq!(characters("('a', x), ('b', \"somebody's\"), 'cd'"), set(&["a", "b"]));
    assert_eq!(letters("const M: &str = \"ab\";", "M"), set(&["a", "b"]));
}
