//! Matching agrees with a table of all prefixes against all prefixes, and completing a mask is done once.

use parlor_wire::irc::mask::{has_wildcards, matches, normalise_mask};

/// Enough to be interesting; the table's size is the product of the two lengths.
const LENGTH_MAX: usize = 200;

pub fn mask(data: &[u8]) {
    let data = &data[..data.len().min(LENGTH_MAX)];
    let text = String::from_utf8_lossy(data);
    let (mask, text) = text.split_once('\n').unwrap_or((&text, &text));

    assert_eq!(matches(mask, text), table(mask, text), "{mask:?} on {text:?}");
    let whole = normalise_mask(mask);
    assert_eq!(whole, normalise_mask(&whole));
    assert!(whole.contains('!') && whole.contains('@'));

    let escaped: String = text
        .chars()
        .flat_map(|char| matches!(char, '*' | '?' | '\\').then_some('\\').into_iter().chain([char]))
        .collect();
    assert!(matches(&escaped, text) && !has_wildcards(&escaped));
}

enum Want {
    Any,
    One,
    Exactly(char),
}

fn table(mask: &str, text: &str) -> bool {
    let mut chars = mask.chars().peekable();
    let mut wants = Vec::new();
    while let Some(char) = chars.next() {
        wants.push(match char {
            '*' => Want::Any,
            '?' => Want::One,
            '\\' => Want::Exactly(chars.next_if(|next| "*?\\".contains(*next)).unwrap_or('\\')),
            other => Want::Exactly(other),
        });
    }
    let text: Vec<char> = text.chars().collect();
    // reached[n]: the mask so far matches the first n characters.
    let mut reached = vec![false; text.len() + 1];
    reached[0] = true;
    for want in wants {
        let mut next = vec![false; text.len() + 1];
        for length in 0..=text.len() {
            next[length] = match want {
                Want::Any => reached[length] || (length > 0 && next[length - 1]),
                Want::One => length > 0 && reached[length - 1],
                Want::Exactly(char) => {
                    length > 0
                        && reached[length - 1]
                        && text[length - 1].eq_ignore_ascii_case(&char)
                }
            };
        }
        reached = next;
    }
    reached[text.len()]
}
