//! The file and the environment, made one.

use super::error::{nearest, with_nearest};
use super::{Config, ConfigError, DEFAULTS};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// Reads a file, if there is one, and lays the environment over it.
pub(super) fn read(
    file: Option<&Path>,
    environment: impl Iterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let mut table = match file {
        None => Table::new(),
        Some(file) => read_file(file)?,
    };
    let mut last = None;
    for (variable, value) in environment {
        let Some(key) = variable.strip_prefix("PARLOR_") else { continue };
        if NO_SETTINGS.contains(&key) {
            continue;
        }
        lay_over(&mut table, &variable, key, &value)?;
        last = Some(variable);
    }
    Config::deserialize(table).map_err(|error| ConfigError::Environment {
        variable: last.unwrap_or_default(),
        what: with_nearest(error.message()),
    })
}

/// Where settings are, what is logged, and what the client reads.
const NO_SETTINGS: &[&str] = &["CONFIG", "LOG", "CHAT_PASSWORD"];

/// A file that is right by itself, so that its errors have their lines.
fn read_file(file: &Path) -> Result<Table, ConfigError> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| ConfigError::Unreadable(file.to_owned(), error))?;
    let in_file = |error: &toml::de::Error| {
        let start = error.span().map_or(0, |span| span.start).min(text.len());
        ConfigError::File {
            file: PathBuf::from(file),
            line: text[..start].matches('\n').count() + 1,
            what: with_nearest(error.message()),
        }
    };
    toml::from_str::<Config>(&text).map_err(|error| in_file(&error))?;
    toml::from_str(&text).map_err(|error| in_file(&error))
}

/// `PARLOR_SERVER_NAME=x` is `name = "x"` under `[server]`; a list is separated by commas.
fn lay_over(table: &mut Table, variable: &str, key: &str, value: &str) -> Result<(), ConfigError> {
    let wrong = |what: String| ConfigError::Environment { variable: variable.to_owned(), what };
    let known = known();
    let lower = key.to_ascii_lowercase();
    let place = lower.split_once('_').and_then(|(section, name)| {
        let default = known.get(section)?.as_table()?.get(name)?;
        Some((section, name, default))
    });
    let Some((section, name, default)) = place else {
        let names = all_names(&known);
        let like = nearest(variable, names.iter().map(String::as_str));
        let hint = like.map_or(String::new(), |name| format!(": did you mean {name}?"));
        return Err(wrong(format!("there is no such setting{hint}")));
    };
    let value = match default {
        Value::Integer(_) => {
            let number =
                value.parse().map_err(|_| wrong(format!("{value:?} is no whole number")))?;
            Value::Integer(number)
        }
        Value::Boolean(_) => {
            let word =
                value.parse().map_err(|_| wrong(format!("{value:?} is not true or false")))?;
            Value::Boolean(word)
        }
        Value::Array(_) => {
            let items = value.split(',').map(str::trim).filter(|item| !item.is_empty());
            Value::Array(items.map(|item| Value::String(item.to_owned())).collect())
        }
        _ => Value::String(value.to_owned()),
    };
    let section = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
    if let Some(section) = section.as_table_mut() {
        section.insert(name.to_owned(), value);
    }
    Ok(())
}

/// All settings there are, with values of their types.
fn known() -> Table {
    toml::from_str(DEFAULTS).expect("the defaults are checked by a test")
}

fn all_names(known: &Table) -> Vec<String> {
    let sections = known.iter().filter_map(|(name, value)| Some((name, value.as_table()?)));
    let names = sections.flat_map(|(section, settings)| {
        settings.keys().map(move |key| format!("PARLOR_{section}_{key}").to_ascii_uppercase())
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> impl Iterator<Item = (String, String)> {
        pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
            .collect::<Vec<_>>()
            .into_iter()
    }

    fn in_file(text: &str) -> Result<Config, String> {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("parlor.toml");
        std::fs::write(&file, text).unwrap();
        let name = directory.path().display().to_string();
        read(Some(&file), environment(&[])).map_err(|e| e.to_string().replace(&name, ""))
    }

    #[test]
    fn the_printed_defaults_are_the_defaults() {
        let mut printed: Config = toml::from_str(DEFAULTS).unwrap();
        printed.server.data = Config::default().server.data;
        assert_eq!(printed, Config::default());
    }

    #[test]
    fn what_is_so_or_not_is_said_in_the_environment_as_well() {
        let cloak = |word| read(None, environment(&[("PARLOR_SERVER_CLOAK", word)]));
        assert!(cloak("true").unwrap().server.cloak && !cloak("false").unwrap().server.cloak);
        let told = cloak("no").unwrap_err().to_string();
        assert_eq!(told, "PARLOR_SERVER_CLOAK: \"no\" is not true or false");
    }

    #[test]
    fn an_unknown_key_is_told_with_its_line_and_the_nearest_name() {
        let told = in_file("[server]\nname = \"a.b\"\nnetwrok = \"x\"\n").unwrap_err();
        assert_eq!(told, "/parlor.toml:3: unknown key `netwrok`: did you mean `network`?");
        let told = in_file("\n[histroy]\nreplay = 5\n").unwrap_err();
        assert_eq!(told, "/parlor.toml:2: unknown key `histroy`: did you mean `history`?");
        let told = in_file("[server]\nlisten = [\"nowhere\"]\n").unwrap_err();
        assert!(told.starts_with("/parlor.toml:2: \"nowhere\" is no address"), "{told}");
    }

    #[test]
    fn the_environment_goes_over_the_file() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("parlor.toml");
        std::fs::write(&file, "[server]\nname = \"in.file\"\nnetwork = \"InFile\"\n").unwrap();
        let over = environment(&[
            ("PARLOR_SERVER_NAME", "in.environment"),
            ("PARLOR_SERVER_LISTEN", "127.0.0.1:1, [::1]:2"),
            ("PARLOR_LIMITS_COMMAND_BURST", "7"),
            ("PATH", "/bin"),
        ]);
        let config = read(Some(&file), over).unwrap();
        assert_eq!((&*config.server.name, &*config.server.network), ("in.environment", "InFile"));
        assert_eq!(config.server.listen.len(), 2);
        assert_eq!(config.limits.command_burst, 7);
        let unknown = read(None, environment(&[("PARLOR_SERVER_NAEM", "x")])).unwrap_err();
        let told = "PARLOR_SERVER_NAEM: there is no such setting: did you mean PARLOR_SERVER_NAME?";
        assert_eq!(unknown.to_string(), told);
    }
}
