//! The house rules that a program can hold: who imports whom, how large things are, and that what the
//! documents name is there.
//!
//! - `manifests`: the walls between the crates, and the budget of dependencies.
//! - `sources`: files, functions and folders, and what must not be left behind in them.
//! - `documents`: paths and tests that ARCHITECTURE.md and its neighbours name.
//! - `ircv3`: the tables of what of IRC is supported.
//!
//! A rule returns what it finds wrong, so that its own tests can show that it is able to fail.

mod documents;
mod ircv3;
mod manifests;
mod sources;

use std::fs;
use std::path::{Path, PathBuf};

/// Fails with everything that is wrong, a line each.
#[track_caller]
fn none_of(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "\n  {}\n", wrong.join("\n  "));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository.
fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file that people wrote, in a fixed order, relative to the root.
fn files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    gather(root(), &mut found);
    found.sort();
    found
}

fn gather(directory: &Path, found: &mut Vec<PathBuf>) {
    /// Folders that programs fill.
    const MADE: [&str; 6] = ["target", ".git", "corpus", "artifacts", "coverage", "node_modules"];
    for entry in fs::read_dir(directory).expect("a folder of the repository") {
        let path = entry.expect("an entry of a folder").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !path.is_dir() {
            found.push(path.strip_prefix(root()).expect("below the root").to_owned());
        } else if !MADE.contains(&name) {
            gather(&path, found);
        }
    }
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    path.extension().is_some_and(|found| extensions.iter().any(|known| found == *known))
}
