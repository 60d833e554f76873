//! `[[operator]] certificate`.

use parlor_hub::person::Fingerprint;
use serde::Deserialize;

/// A client certificate that somebody must show, by its SHA-256 in hexadecimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Pinned(pub Fingerprint);

impl TryFrom<String> for Pinned {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong =
            |_| format!("{text:?} is not the SHA-256 of a certificate: 64 digits of 0-9 and a-f");
        text.parse().map(Self).map_err(wrong)
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn operator(keys: &str) -> Result<(), String> {
        let config = toml::from_str::<Config>(&format!("[[operator]]\nname = 'a'\n{keys}"));
        config.map_err(|e| e.to_string())?.check().map_err(|e| e.to_string())
    }

    #[test]
    fn an_operator_has_a_password_or_a_certificate() {
        let certificate = format!("certificate = '{}'", "ab".repeat(32));
        operator(&certificate).unwrap();
        for (keys, told) in [
            ("", "needs a password, a certificate, or both"),
            ("certificate = 'ab'", "\"ab\" is not the SHA-256"),
            (&*format!("{certificate}\npassword = 'x'"), "it is not a hash"),
        ] {
            let error = operator(keys).unwrap_err();
            assert!(error.contains(told), "{keys}: {error}");
        }
    }
}
