//! Marks by which a message is known again, wherever it is shown.

use std::fmt;

/// The `number`th message of a connection, written `~connection.number~`. Nothing else that clients
/// send or that the server says looks like it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Token {
    pub connection: u32,
    pub number: u32,
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "~{}.{}~", self.connection, self.number)
    }
}

impl Token {
    /// The first token in a text.
    pub fn find(text: &str) -> Option<Self> {
        let mut marks = text.match_indices('~').map(|(at, _)| at).peekable();
        while let Some(start) = marks.next() {
            let Some(end) = marks.peek() else { break };
            let parts = text[start + 1..*end].split_once('.');
            let numbers = parts.map(|(a, b)| (a.parse().ok(), b.parse().ok()));
            if let Some((Some(connection), Some(number))) = numbers {
                return Some(Self { connection, number });
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_found_again() {
        let token = Token { connection: 3, number: 40 };
        assert_eq!(Token::find(&format!("<~ada> {token} hello ~")), Some(token));
        assert_eq!(Token::find("<~line@host~> hello ~.~ ~1~"), None);
    }
}
