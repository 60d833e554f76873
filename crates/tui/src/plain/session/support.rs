//! What this server is like (`RPL_ISUPPORT`, 005), as far as it matters to us.

/// With the values that hold until the server says otherwise.
#[derive(Debug)]
pub struct Support {
    casemapping: Casemapping,
    channel_types: String,
    status_marks: String,
    /// The network's name.
    pub network: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Casemapping {
    Ascii,
    Rfc1459,
    Unicode,
}

impl Default for Support {
    fn default() -> Self {
        Self {
            casemapping: Casemapping::Rfc1459,
            channel_types: CHANNEL_TYPES.to_owned(),
            status_marks: String::new(),
            network: None,
        }
    }
}

/// The channel types of a server that does not say.
const CHANNEL_TYPES: &str = "#&";

/// Whether a name is a channel's on a server not yet known.
pub fn is_channel(name: &str) -> bool {
    name.starts_with(|c| CHANNEL_TYPES.contains(c))
}

impl Support {
    /// Takes one token: `NAME` or `NAME=VALUE`.
    pub fn learn(&mut self, token: &str) {
        let (name, value) = token.split_once('=').unwrap_or((token, ""));
        match name {
            "CASEMAPPING" => {
                self.casemapping = match value {
                    "ascii" => Casemapping::Ascii,
                    "precis" | "rfc7613" | "rfc8265" => Casemapping::Unicode,
                    _ => Casemapping::Rfc1459,
                };
            }
            "CHANTYPES" => value.clone_into(&mut self.channel_types),
            "STATUSMSG" => value.clone_into(&mut self.status_marks),
            "NETWORK" if !value.is_empty() => self.network = Some(value.replace("\\x20", " ")),
            _ => {}
        }
    }

    /// Whether two names are one to the server.
    pub fn same(&self, one: &str, other: &str) -> bool {
        self.fold(one) == self.fold(other)
    }

    /// A name in the form that is compared.
    pub fn fold(&self, name: &str) -> String {
        match self.casemapping {
            Casemapping::Ascii => name.to_ascii_lowercase(),
            Casemapping::Unicode => name.to_lowercase(),
            Casemapping::Rfc1459 => name
                .chars()
                .map(|c| match c {
                    '[' => '{',
                    ']' => '}',
                    '\\' => '|',
                    '~' => '^',
                    c => c.to_ascii_lowercase(),
                })
                .collect(),
        }
    }

    /// Whether a name is a channel's.
    pub fn is_channel(&self, name: &str) -> bool {
        name.starts_with(|c| self.channel_types.contains(c))
    }

    /// The channel that a target means: itself, or the one in `@#channel` (STATUSMSG).
    pub fn channel_of<'a>(&self, target: &'a str) -> Option<&'a str> {
        let bare = target.trim_start_matches(|c| self.status_marks.contains(c));
        [target, bare].into_iter().find(|name| self.is_channel(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_as_the_server_does() {
        let mut support = Support::default();
        assert!(support.same("Ada[m]", "ada{M}"));
        support.learn("CASEMAPPING=ascii");
        assert!(!support.same("Ada[m]", "ada{M}"));
        assert!(support.same("ADA", "ada"));
        support.learn("CASEMAPPING=precis");
        assert!(support.same("ÉVA", "éva"));
    }

    #[test]
    fn channels_and_status_messages() {
        let mut support = Support::default();
        support.learn("STATUSMSG=@+");
        support.learn("CHANTYPES=#");
        assert_eq!(support.channel_of("@#ops"), Some("#ops"));
        assert_eq!(support.channel_of("#ops"), Some("#ops"));
        assert_eq!(support.channel_of("&ops"), None);
        assert_eq!(support.channel_of("ada"), None);
    }
}
