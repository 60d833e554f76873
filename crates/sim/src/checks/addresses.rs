//! Where addresses are hidden, nobody is shown one but operators, and each their own.

use crate::Wrong;

/// What everyone's address begins with.
pub(crate) const PREFIX: &str = "10.0.0.";

/// Words of a line that tells somebody of themselves: where their own connections are.
const OF_ONESELF: [[&str; 2]; 2] = [["  really at ", ""], [" from ", " since "]];

/// Numerics that tell operators, and people of themselves.
const TOLD: [&str; 3] = [" 338 ", " 350 ", " 354 "];

/// A line that someone sees who is no operator.
pub(crate) fn are_hidden(line: &str) -> Result<(), Wrong> {
    let is_of_oneself = OF_ONESELF.iter().any(|words| words.iter().all(|word| line.contains(word)));
    if is_of_oneself || TOLD.iter().any(|numeric| line.contains(numeric)) || !shows_one(line) {
        return Ok(());
    }
    Err(Wrong("an address that was to be hidden".into()))
}

/// Whether there is a whole address in it: masks and networks, which people write, are none.
fn shows_one(line: &str) -> bool {
    line.match_indices(PREFIX).any(|(at, _)| {
        let rest = &line[at + PREFIX.len()..];
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        behind.len() < rest.len() && !behind.starts_with(['/', '?', '*'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_wherever_it_stands() {
        assert!(are_hidden(":ada!~ada@10.0.0.7 JOIN #a").is_err());
        assert!(are_hidden(":s 352 bob #a ~ada 10.0.0.7 s ada H :0 Ada").is_err());
        for line in [":s 338 ada ada ~ada@10.0.0.7 10.0.0.7 :x", ":b!b@h MODE #a +b *@10.0.0.?"] {
            assert!(are_hidden(line).is_ok(), "{line}");
        }
    }
}
