//! `[limits] client_tags_denied`.

use parlor_doors::irc::DeniedTags;
use serde::Deserialize;

/// Tags that clients put on what they send and nobody else sees.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Denied(pub DeniedTags);

impl TryFrom<Vec<String>> for Denied {
    type Error = String;

    fn try_from(words: Vec<String>) -> Result<Self, String> {
        DeniedTags::parse(&words).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn tags_are_denied_by_their_names_and_nothing_else() {
        let limits =
            |list| toml::from_str::<Config>(&format!("[limits]\nclient_tags_denied = {list}"));
        let denied = limits("['*', '-typing']").unwrap().limits.client_tags_denied.0;
        let same = ["*", "-typing"].map(str::to_owned);
        assert_eq!(denied, parlor_doors::irc::DeniedTags::parse(&same).unwrap());
        let told = limits("['+typing']").unwrap_err().to_string();
        assert!(told.contains("\"+typing\" does not name a tag: write typing"), "{told}");
    }
}
