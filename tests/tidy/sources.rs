//! How large files, functions and folders are, and what must not be left behind in them.

use super::{files, has_extension, none_of, read, root};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const FILE_LINES_MAX: usize = 500;

const FUNCTION_LINES_MAX: usize = 70;

const FOLDER_FILES_MAX: usize = 14;

/// Folders that hold more, with as many as they may: no more may come.
const LARGE_FOLDERS: &[(&str, usize)] = &[
    // The words that everyone else speaks of the hub: a file each, without a line of logic.
    ("crates/hub/src", 17),
    ("crates/tui/src/plain", 15),
];

/// What nobody comes back to. In pieces, so that this file does not find itself.
const LEFT_BEHIND: &[&str] = &[
    concat!("#[", "ignore"),
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("dbg", "!("),
];

/// Files of the IRC door's verbs that have none of their name in the hub: what a door decides alone.
const DOOR_ALONE: &[&str] = &[
    "account/sasl",
    "hashing",
    "reading",
    "server/about",
    "server/help",
    "server/stats",
    "session/cap",
    "session/ping",
    "session/webirc",
    "talk/batch",
    "talk/recipients",
];

/// Files of the hub's verbs that have none of their name in the IRC door: the server's own entries,
/// rules that several verbs share, and what IRC has no command for.
const HUB_ALONE: &[&str] = &[
    "account/certificate",
    "account/ending/drop",
    "account/ending/forget",
    "account/host",
    "account/info",
    "account/nicks",
    "account/password",
    "account/prefer",
    "account/regain",
    "account/sessions",
    "account/suspend",
    "asking",
    "channel/life",
    "keeping/access",
    "keeping/clear",
    "keeping/info",
    "keeping/lasting",
    "keeping/register",
    "keeping/transfer",
    "keeping/set",
    "people/noted",
    "scanning",
    "server/configured",
    "server/elapsed",
    "server/started",
    "session/attach",
    "talk/amending",
    "talk/look",
    "talk/missed",
];

#[test]
fn files_functions_and_folders_stay_small() {
    let mut wrong = Vec::new();
    let mut folders = BTreeMap::<String, usize>::new();
    for path in sources() {
        let text = read(&path);
        let lines = text.lines().count();
        if lines > FILE_LINES_MAX && !says_why(text.lines().next()) {
            wrong.push(format!("{path} has {lines} lines, {FILE_LINES_MAX} may be"));
        }
        if has_extension(Path::new(&path), &["rs"]) {
            wrong.extend(long_functions(&text).into_iter().map(|what| format!("{path}: {what}")));
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        *folders.entry(folder.to_owned()).or_default() += 1;
    }
    wrong.extend(large_folders(&folders));
    none_of(wrong);
}

#[test]
fn nothing_is_left_behind() {
    let found = sources().into_iter().flat_map(|path| {
        let found = left_behind(&read(&path));
        found.into_iter().map(move |what| format!("{path}:{what}"))
    });
    none_of(found.collect());
}

#[test]
fn every_file_is_compiled() {
    let known = written_in(&["rs"]).into_iter();
    let attributes = path_attributes();
    let is_elsewhere =
        |path: &str| attributes.iter().any(|named| path.ends_with(&format!("/{named}")));
    let lost = known.filter(|path| !is_compiled(path, neighbours) && !is_elsewhere(path));
    none_of(lost.map(|path| format!("{path}: no `mod` names it")).collect());
}

#[test]
fn a_verb_has_the_same_file_name_in_hub_and_door() {
    let hub = verbs("crates/hub/src/verbs");
    let door = verbs("crates/doors/src/irc/verbs");
    assert!(hub.len() > 20 && door.len() > 20, "the verbs have moved");
    none_of(unlike(&hub, &door, HUB_ALONE, DOOR_ALONE));
}

fn sources() -> Vec<String> {
    written_in(&["rs", "js"])
}

fn written_in(extensions: &[&str]) -> Vec<String> {
    let known = files().into_iter().filter(|path| has_extension(path, extensions));
    known.map(|path| path.display().to_string()).collect()
}

/// Whether a comment says that what follows is long because it is one table (STYLE, rule 18).
fn says_why(comment: Option<&str>) -> bool {
    comment.is_some_and(|line| line.trim().starts_with("//") && line.contains("ne table"))
}

/// Functions that are too long, in code that rustfmt formatted: a function ends with the first brace
/// that stands as far in as its `fn`.
fn long_functions(text: &str) -> Vec<String> {
    let lines = text.lines().collect::<Vec<_>>();
    let starts = lines.iter().enumerate().filter(|(_, line)| is_function(line));
    let above = |start: usize| lines[..start].iter().rev();
    let comment = |start| above(start).find(|line| !line.trim().starts_with("#[")).copied();
    let starts = starts.filter(|(start, _)| !says_why(comment(*start)));
    let measured = starts.map(|(start, line)| (line.trim(), length(&lines[start..])));
    let long = measured.filter(|(_, length)| *length > FUNCTION_LINES_MAX);
    long.map(|(line, length)| format!("{length} lines, {FUNCTION_LINES_MAX} may be: {line}"))
        .collect()
}

fn is_function(line: &str) -> bool {
    const BEFORE: [&str; 5] = ["const", "async", "unsafe", "extern", "\"C\""];
    let mut words = line.split_whitespace().skip_while(|word| {
        BEFORE.contains(word) || word.starts_with("pub") || word.ends_with(')') && *word != "fn"
    });
    words.next() == Some("fn") && words.next().is_some_and(|name| name.contains(['(', '<']))
}

/// Lines of the function that starts with the first of these.
fn length(lines: &[&str]) -> usize {
    let indent = lines[0].len() - lines[0].trim_start().len();
    let is_end = |line: &str| {
        let depth = line.len() - line.trim_start().len();
        let inner = line.trim();
        depth == indent && (inner.starts_with('}') || inner.ends_with(';') && !inner.is_empty())
    };
    if lines[0].ends_with(['}', ';']) {
        return 1;
    }
    lines.iter().skip(1).position(|line| is_end(line)).map_or(lines.len(), |end| end + 2)
}

fn large_folders(folders: &BTreeMap<String, usize>) -> Vec<String> {
    let allowed = |folder: &str| {
        let large = LARGE_FOLDERS.iter().find(|(name, _)| *name == folder);
        large.map_or(FOLDER_FILES_MAX, |(_, most)| *most)
    };
    let large = folders.iter().filter(|(folder, count)| **count > allowed(folder));
    large
        .map(|(folder, count)| format!("{folder} has {count} files, {} may be", allowed(folder)))
        .collect()
}

fn left_behind(text: &str) -> Vec<String> {
    let lines = text.lines().enumerate();
    let found = lines.flat_map(|(number, line)| {
        let here = LEFT_BEHIND.iter().filter(|what| line.contains(**what));
        here.map(move |what| format!("{}: {what} was left behind", number + 1))
    });
    found.collect()
}

/// Whether a file is the root of a target, or a `mod` beside or above it names it.
fn is_compiled(path: &str, neighbours: impl Fn(&str) -> Vec<String>) -> bool {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = file.trim_end_matches(".rs");
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    let is_root = match stem {
        "main" | "lib" => true,
        _ => ["tests", "examples", "benches", "fuzz_targets", "bin"]
            .iter()
            .any(|root| folder == *root || folder.ends_with(&format!("/{root}"))),
    };
    let named = |name: &str, texts: Vec<String>| {
        let (plain, public) = (format!("mod {name};"), format!(" mod {name};"));
        texts.iter().flat_map(|text| text.lines()).any(|line| {
            let line = line.trim();
            line == plain || line.starts_with("pub") && line.ends_with(&public)
        })
    };
    let folder_name = folder.rsplit('/').next().unwrap_or_default();
    is_root
        || (stem == "mod" && named(folder_name, neighbours(above)))
        || (stem != "mod" && (named(stem, neighbours(folder)) || named(stem, neighbours(above))))
}

/// The ends of the paths that `#[path = "…"]` names.
fn path_attributes() -> Vec<String> {
    let rust = written_in(&["rs"]).into_iter();
    let named = rust.flat_map(|path| {
        let text = read(&path);
        let lines = text.lines().filter_map(|line| line.trim().strip_prefix("#[path = \""));
        lines.map(|rest| rest.trim_end_matches("\"]").replace("../", "")).collect::<Vec<_>>()
    });
    named.collect()
}

/// The texts of the Rust files in a folder.
fn neighbours(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder of sources");
    let paths = entries.map(|entry| entry.expect("an entry of a folder").path());
    let rust = paths.filter(|path| has_extension(path, &["rs"]));
    rust.map(|path| fs::read_to_string(path).expect("a source")).collect()
}

/// The files of a folder of verbs, as `group/name`. The orders of services are none: they ask for what
/// verbs do.
fn verbs(folder: &str) -> BTreeSet<String> {
    let below = files().into_iter().filter_map(|path| {
        let inner = path.strip_prefix(folder).ok()?.with_extension("");
        let is_order = inner.starts_with("account/services");
        (inner.file_name()? != "mod" && !is_order).then(|| inner.display().to_string())
    });
    below.filter(|name| Path::new(name).extension().is_none()).collect()
}

fn unlike(
    hub: &BTreeSet<String>,
    door: &BTreeSet<String>,
    hub_alone: &[&str],
    door_alone: &[&str],
) -> Vec<String> {
    let one_sided =
        |here: &BTreeSet<String>, there: &BTreeSet<String>, alone: &[&str], side: &str| {
            let new = here.difference(there).filter(|name| !alone.contains(&name.as_str()));
            let new = new.map(|name| format!("{name} is a verb of the {side} alone"));
            let gone = alone.iter().filter(|name| !here.contains(**name) || there.contains(**name));
            let gone = gone.map(|name| format!("{name} is no verb of the {side} alone any more"));
            new.chain(gone).collect::<Vec<_>>()
        };
    let mut wrong = one_sided(hub, door, hub_alone, "hub");
    wrong.extend(one_sided(door, hub, door_alone, "door"));
    wrong
}

#[test]
fn functions_are_measured() {
    let body = "        step();\n".repeat(FUNCTION_LINES_MAX - 2);
    let fits = format!("impl X {{\n    pub fn fits(&self) {{\n{body}    }}\n}}\n");
    assert_eq!(long_functions(&fits), Vec::<String>::new());
    let long = format!("impl X {{\n    pub(crate) async fn long() {{\n{body}{body}    }}\n}}\n");
    let expected = format!("{} lines", 2 * (FUNCTION_LINES_MAX - 2) + 2);
    assert!(long_functions(&long)[0].starts_with(&expected), "{:?}", long_functions(&long));
    let table = long.replace("    pub(crate)", "    // One table.\n    #[test]\n    pub(crate)");
    assert_eq!(long_functions(&table), Vec::<String>::new());
    assert_eq!(length(&["fn one() -> u8 { 1 }", "fn two() {", "}"]), 1);
    assert_eq!(length(&["    fn declared(", "        &self,", "    ) -> u8;", "}"]), 3);
    assert!(is_function("const fn f<T>() {") && !is_function("/// a fn (of sorts)"));
    assert!(!is_function("    run: fn(&mut Desk),") && is_function("pub(in a::b) fn x() {"));
}

#[test]
fn what_is_left_behind_is_found() {
    for what in LEFT_BEHIND {
        assert_eq!(left_behind(&format!("a();\n    {what}")).len(), 1, "{what}");
    }
    assert!(left_behind("nothing to do, nothing to fix").is_empty());
}

#[test]
fn a_folder_that_grows_is_noticed() {
    let folders = |count| BTreeMap::from([("src".to_owned(), count)]);
    assert!(large_folders(&folders(FOLDER_FILES_MAX)).is_empty());
    assert_eq!(large_folders(&folders(FOLDER_FILES_MAX + 1)).len(), 1);
}

#[test]
fn a_file_that_no_one_names_is_noticed() {
    let texts = |_: &str| vec!["mod known;\npub(crate) mod open;\n// mod gone;\n".to_owned()];
    for path in ["src/known.rs", "src/open.rs", "src/known/mod.rs", "src/main.rs", "tests/any.rs"] {
        assert!(is_compiled(path, texts), "{path}");
    }
    for path in ["src/gone.rs", "src/new/mod.rs", "src/unknown.rs"] {
        assert!(!is_compiled(path, texts), "{path}");
    }
}

#[test]
fn verbs_that_differ_are_noticed() {
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let (hub, door) = (set(&["talk/a", "talk/b"]), set(&["talk/a", "talk/c"]));
    assert_eq!(unlike(&hub, &door, &["talk/b"], &["talk/c"]), Vec::<String>::new());
    assert_eq!(unlike(&hub, &door, &[], &[]).len(), 2);
    assert_eq!(unlike(&hub, &door, &["talk/a", "talk/b"], &["talk/c"]).len(), 1);
}
