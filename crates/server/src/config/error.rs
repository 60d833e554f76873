//! What is wrong with a configuration, in words that say where and what would be right.

use std::fmt;
use std::path::PathBuf;

/// What is wrong.
#[derive(Debug)]
pub enum ConfigError {
    /// The file cannot be read.
    Unreadable(PathBuf, std::io::Error),
    /// The file is wrong at a line.
    File {
        /// Which file.
        file: PathBuf,
        /// Where; the first line is 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// A variable of the environment is wrong.
    Environment {
        /// Which one.
        variable: String,
        /// What is wrong.
        what: String,
    },
    /// A value is of the right type and wrong all the same.
    Value {
        /// Which setting.
        key: &'static str,
        /// What is wrong.
        why: String,
    },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(file, error) => write!(f, "cannot read {}: {error}", file.display()),
            Self::File { file, line, what } => write!(f, "{}:{line}: {what}", file.display()),
            Self::Environment { variable, what } => write!(f, "{variable}: {what}"),
            Self::Value { key, why } => write!(f, "{key}: {why}"),
        }
    }
}

impl std::error::Error for ConfigError {}

/// The message of a decoder, with the nearest valid name where a name is unknown.
///
/// serde lists the valid names in back-ticks after the unknown one.
pub(super) fn with_nearest(message: &str) -> String {
    let Some(rest) = message.strip_prefix("unknown field `") else { return message.to_owned() };
    let mut names = rest.split('`').step_by(2);
    let unknown = names.next().unwrap_or_default();
    match nearest(unknown, names.filter(|name| !name.is_empty())) {
        Some(name) => format!("unknown key `{unknown}`: did you mean `{name}`?"),
        None => format!("unknown key `{unknown}`: {}", rest.split_once(", ").map_or("", |r| r.1)),
    }
}

/// The name most like `unknown`, if one is like it at all.
pub(super) fn nearest<'n>(unknown: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    const LIKE: f64 = 0.6;
    names
        .map(|name| (strsim::jaro_winkler(unknown, name), name))
        .filter(|(likeness, _)| *likeness >= LIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}
