//! Tags of clients that the configuration lets nobody pass on (message-tags, `CLIENTTAGDENY`).

use crate::bounds::DENIED_TAGS_BYTES_MAX;
use parlor_hub::name::Text;

/// Which client-only tags are taken off what clients send; none, unless it is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeniedTags {
    /// All are denied, and those that are named are not.
    but_for: bool,
    /// Their names, without the `+`.
    names: Vec<Text>,
}

impl DeniedTags {
    /// Reads names without the `+`; or first of all a `*`, and then names with a `-` in front. The error
    /// says what is wrong.
    pub fn parse(words: &[String]) -> Result<Self, String> {
        let but_for = words.first().is_some_and(|word| word == "*");
        let mut names: Vec<Text> = Vec::new();
        for word in &words[usize::from(but_for)..] {
            let name = if but_for { word.strip_prefix('-') } else { Some(word.as_str()) };
            let name = name.filter(|name| is_name(name));
            let wrong = || {
                format!(
                    "{word:?} does not name a tag: write typing, without a +; or *, and behind it -typing for those that may pass"
                )
            };
            names.push(name.ok_or_else(wrong)?.into());
        }
        let denied = Self { but_for, names };
        match denied.value() {
            Some(value) if value.len() > DENIED_TAGS_BYTES_MAX => {
                Err(format!("these are more than {DENIED_TAGS_BYTES_MAX} bytes of names"))
            }
            _ => Ok(denied),
        }
    }

    /// Whether a tag is passed on to nobody, by its key with the `+`.
    pub(super) fn has(&self, key: &str) -> bool {
        let name = key.strip_prefix('+').unwrap_or(key);
        self.names.iter().any(|named| **named == *name) != self.but_for
    }

    /// As `CLIENTTAGDENY` tells it; none where all may pass.
    pub(super) fn value(&self) -> Option<String> {
        let sign = if self.but_for { "-" } else { "" };
        let names = self.names.iter().map(|name| format!("{sign}{name}"));
        let words: Vec<String> =
            self.but_for.then(|| "*".to_owned()).into_iter().chain(names).collect();
        (!words.is_empty()).then(|| words.join(","))
    }
}

/// Whether a tag can be called so: a vendor may stand in front (message-tags, "Format").
fn is_name(name: &str) -> bool {
    let (vendor, key) = name.split_once('/').unwrap_or(("vendor", name));
    let holds = |word: &str, more: &str| {
        let begins = word.starts_with(|c: char| c.is_ascii_alphanumeric());
        begins && word.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    holds(vendor, "-.") && holds(key, "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denied(words: &str) -> Result<DeniedTags, String> {
        DeniedTags::parse(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn names_are_denied_or_all_but_names_are() {
        let none = denied("").unwrap();
        assert!(!none.has("+typing") && none.value().is_none());
        let some = denied("typing draft/react").unwrap();
        assert_eq!(some.value().unwrap(), "typing,draft/react");
        assert!(some.has("+typing") && some.has("+draft/react") && !some.has("+react"));
        let most = denied("* -typing -example.org/x").unwrap();
        assert_eq!(most.value().unwrap(), "*,-typing,-example.org/x");
        assert!(!most.has("+typing") && !most.has("+example.org/x") && most.has("+draft/typing"));
    }

    #[test]
    fn what_names_no_tag_is_refused() {
        let long = "a".repeat(DENIED_TAGS_BYTES_MAX + 1);
        for wrong in
            ["+typing", "-typing", "typing *", "* typing", "a,b", "a=b", "/", "a/", "* *", &long]
        {
            assert!(denied(wrong).is_err(), "{wrong}");
        }
    }
}
