//! The walls between the crates, as `cargo metadata` sees them.

use super::{none_of, read, root};
use serde_json::Value;
use std::process::Command;

/// The crates of the workspace that each crate may import. A wall that moves is moved here, and in
/// ARCHITECTURE.md.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("parlor-hub", &[]),
    ("parlor-wire", &[]),
    ("parlor-doors", &["parlor-hub", "parlor-wire"]),
    ("parlor-store", &["parlor-hub"]),
    ("parlor-server", &["parlor-hub", "parlor-wire", "parlor-doors", "parlor-store"]),
    ("parlor-tui", &["parlor-wire"]),
    ("parlor-sim", &["parlor-hub", "parlor-wire", "parlor-doors", "parlor-store"]),
    ("parlor-bench", &["parlor-wire"]),
    ("parlor", &["parlor-server", "parlor-tui"]),
];

/// What the pure crates may use of others, besides the standard library: plain data and bytes.
const MAY_USE: &[(&str, &[&str])] = &[
    ("parlor-hub", &["indexmap", "postcard", "rustc-hash", "serde", "smallvec"]),
    ("parlor-wire", &["memchr"]),
    (
        "parlor-doors",
        // Of httparse and tungstenite, the grammars alone: neither does I/O here.
        &[
            "base64ct",
            "bytes",
            "httparse",
            "indexmap",
            "jiff",
            "precis-core",
            "precis-profiles",
            "rustc-hash",
            "serde",
            "slab",
            "smallvec",
            "strsim",
            "tungstenite",
            "unicode-security",
        ],
    ),
];

/// Crates that `Cargo.lock` may name: each is code that someone must trust.
const LOCKED_MAX: usize = 350;

/// A dependency as a manifest states it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Dependency {
    of: String,
    on: String,
    is_ours: bool,
    /// Only for tests and examples.
    is_dev: bool,
}

#[test]
fn every_wall_between_crates_stands() {
    none_of(breaches(&dependencies(&metadata())));
}

#[test]
fn every_crate_has_its_place_among_the_walls() {
    let metadata = metadata();
    let names = packages(&metadata).map(name).collect::<Vec<_>>();
    let known = MAY_IMPORT.iter().map(|(name, _)| *name);
    none_of(missing(&names, &known.clone().collect::<Vec<_>>(), "is not in MAY_IMPORT"));
    none_of(missing(&known.collect::<Vec<_>>(), &names, "is in MAY_IMPORT and is no crate"));
}

#[test]
fn pure_crates_use_plain_data_only() {
    none_of(impurities(&dependencies(&metadata())));
}

#[test]
fn unsafe_code_is_forbidden_and_every_crate_agrees() {
    assert!(read("Cargo.toml").contains("unsafe_code = \"forbid\""));
    let metadata = metadata();
    let deaf = packages(&metadata).filter_map(|package| {
        let manifest = std::fs::read_to_string(text(&package["manifest_path"])).expect("manifest");
        (!manifest.contains("[lints]\nworkspace = true"))
            .then(|| format!("{} does not take the workspace's lints", name(package)))
    });
    none_of(deaf.collect());
}

#[test]
fn locked_crates_stay_within_the_budget() {
    let locked = locked(&read("Cargo.lock"));
    assert!(locked <= LOCKED_MAX, "{locked} crates are locked, {LOCKED_MAX} may be");
}

fn breaches(dependencies: &[Dependency]) -> Vec<String> {
    let ours = dependencies.iter().filter(|dependency| dependency.is_ours);
    let outside = ours.filter(|Dependency { of, on, .. }| {
        let allowed = MAY_IMPORT.iter().find(|(name, _)| name == of);
        !allowed.is_some_and(|(_, allowed)| allowed.contains(&on.as_str()))
    });
    // The tests of the real binary speak its protocol.
    let by_tests = |d: &&Dependency| d.is_dev && d.of == "parlor" && d.on == "parlor-wire";
    let outside = outside.filter(|dependency| !by_tests(dependency));
    outside.map(|Dependency { of, on, .. }| format!("{of} must not know {on}")).collect()
}

fn impurities(dependencies: &[Dependency]) -> Vec<String> {
    let theirs = dependencies.iter().filter(|dependency| !dependency.is_ours && !dependency.is_dev);
    let outside = theirs.filter(|Dependency { of, on, .. }| {
        let allowed = MAY_USE.iter().find(|(name, _)| name == of);
        allowed.is_some_and(|(_, allowed)| !allowed.contains(&on.as_str()))
    });
    outside.map(|Dependency { of, on, .. }| format!("{of} must not use {on}")).collect()
}

fn missing(wanted: &[&str], known: &[&str], what: &str) -> Vec<String> {
    wanted
        .iter()
        .filter(|name| !known.contains(name))
        .map(|name| format!("{name} {what}"))
        .collect()
}

fn locked(lock: &str) -> usize {
    lock.lines().filter(|line| *line == "[[package]]").count()
}

fn metadata() -> Value {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--no-deps", "--offline"]);
    let output = cargo.current_dir(root()).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("cargo's JSON")
}

fn packages(metadata: &Value) -> impl Iterator<Item = &Value> {
    metadata["packages"].as_array().into_iter().flatten()
}

fn dependencies(metadata: &Value) -> Vec<Dependency> {
    packages(metadata).flat_map(stated).collect()
}

/// The dependencies that a package states.
fn stated(package: &Value) -> impl Iterator<Item = Dependency> {
    let dependencies = package["dependencies"].as_array().into_iter().flatten();
    dependencies.map(|dependency| Dependency {
        of: name(package).to_owned(),
        on: name(dependency).to_owned(),
        is_ours: dependency["path"].is_string(),
        is_dev: dependency["kind"] == "dev",
    })
}

fn name(value: &Value) -> &str {
    text(&value["name"])
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string in cargo's JSON")
}

/// Two crates as `cargo metadata` tells of them.
const TWO: &str = r#"{ "packages": [
    { "name": "parlor-hub", "dependencies": [
        { "name": "serde", "kind": null },
        { "name": "tokio", "kind": null },
        { "name": "proptest", "kind": "dev" },
        { "name": "parlor-store", "kind": "dev", "path": "/crates/store" } ] },
    { "name": "parlor-store", "dependencies": [
        { "name": "rusqlite", "kind": null },
        { "name": "parlor-hub", "kind": null, "path": "/crates/hub" } ] } ] }"#;

#[test]
fn a_wall_that_is_broken_is_noticed() {
    let found = dependencies(&serde_json::from_str(TWO).unwrap());
    assert_eq!(breaches(&found), ["parlor-hub must not know parlor-store"]);
    assert_eq!(impurities(&found), ["parlor-hub must not use tokio"]);
    assert_eq!(missing(&["a", "b"], &["a"], "is new"), ["b is new"]);
}

#[test]
fn locked_crates_are_counted() {
    assert_eq!(
        locked("version = 4\n\n[[package]]\nname = \"a\"\n\n[[package]]\nname = \"b\"\n"),
        2
    );
}
