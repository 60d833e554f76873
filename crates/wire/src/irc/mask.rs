//! Masks: `*` for any number of characters, `?` for one, `\` before either to mean itself (modern-irc, "Wildcard Expressions").

/// Whether `text` matches `mask`, ASCII letters without regard to case. Folding beyond ASCII is the caller's, on both sides.
///
/// Only the last `*` is ever gone back to, so the time is at most the product of the two lengths and never exponential.
pub fn matches(mask: &str, text: &str) -> bool {
    let (mut mask, mut text) = (mask, text);
    // Where to go on after the last star: the mask behind it, and the text that it has not swallowed yet.
    let mut star: Option<(&str, &str)> = None;
    loop {
        let (want, mask_rest) = Want::first(mask);
        match (want, text.chars().next()) {
            (Want::Any, _) => {
                star = Some((mask_rest, text));
                mask = mask_rest;
                continue;
            }
            (Want::End, None) => return true,
            (Want::One, Some(char)) => {
                (mask, text) = (mask_rest, &text[char.len_utf8()..]);
                continue;
            }
            (Want::Exactly(wanted), Some(char)) if wanted.eq_ignore_ascii_case(&char) => {
                (mask, text) = (mask_rest, &text[char.len_utf8()..]);
                continue;
            }
            _ => {}
        }
        let Some((after_star, left)) = star else { return false };
        let Some(swallowed) = left.chars().next() else { return false };
        let left = &left[swallowed.len_utf8()..];
        star = Some((after_star, left));
        (mask, text) = (after_star, left);
    }
}

/// Whether `mask` has a wildcard that is not escaped.
pub fn has_wildcards(mask: &str) -> bool {
    let mut rest = mask;
    loop {
        match Want::first(rest) {
            (Want::End, _) => return false,
            (Want::Any | Want::One, _) => return true,
            (Want::Exactly(_), after) => rest = after,
        }
    }
}

/// Completes what a person typed to `nick!user@host`: `ada` is `ada!*@*`, `u@h` is `*!u@h`, `n!u` is `n!u@*`; an empty part is
/// `*`, and stars in a row are one. An account mask (`~a:ada`, account-extban) is not for this function.
pub fn normalise_mask(mask: &str) -> String {
    let (left, host) = match mask.rsplit_once('@') {
        Some((left, host)) => (left, host),
        None => (mask, ""),
    };
    let (nick, user) = match left.split_once('!') {
        Some((nick, user)) => (nick, user),
        None if mask.contains('@') => ("", left),
        None => (left, ""),
    };
    let mut whole = String::with_capacity(mask.len() + 5);
    for (before, part) in [("", nick), ("!", user), ("@", host)] {
        whole.push_str(before);
        push_part(&mut whole, part);
    }
    whole
}

fn push_part(whole: &mut String, part: &str) {
    if part.is_empty() {
        whole.push('*');
    }
    let (mut escaped, mut after_star) = (false, false);
    for char in part.chars() {
        let star = char == '*' && !escaped;
        if !(star && after_star) {
            whole.push(char);
        }
        after_star = star;
        escaped = char == '\\' && !escaped;
    }
}

/// What a mask's beginning asks of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    Any,
    One,
    Exactly(char),
    End,
}

impl Want {
    /// The first element of `mask`, and the mask behind it. A `\` that escapes nothing stands for itself.
    fn first(mask: &str) -> (Self, &str) {
        let mut chars = mask.chars();
        let want = match chars.next() {
            None => Self::End,
            Some('*') => Self::Any,
            Some('?') => Self::One,
            Some('\\') => match chars.clone().next() {
                Some(escaped @ ('*' | '?' | '\\')) => {
                    chars.next();
                    Self::Exactly(escaped)
                }
                _ => Self::Exactly('\\'),
            },
            Some(other) => Self::Exactly(other),
        };
        (want, chars.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_match_as_specified() {
        let table = [
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("a*c", "ac", true),
            ("a*c", "abbbc", true),
            ("a*c", "abbbd", false),
            ("", "", true),
            ("", "a", false),
            ("*", "", true),
            ("*a*b*", "xxaYYbzz", true),
            ("ADA!*@*.Example.ORG", "ada!a@host.example.org", true),
            (r"a\*", "a*", true),
            (r"a\*", "ab", false),
            (r"a\?", "a?", true),
            (r"a\\b", r"a\b", true),
            (r"a\b", r"a\b", true),
            (r"a\", r"a\", true),
            ("?", "ü", true),
            ("*?", "日本", true),
            ("??", "日", false),
            ("*ab", "aab", true),
        ];
        for (mask, text, expected) in table {
            assert_eq!(matches(mask, text), expected, "{mask:?} on {text:?}");
        }
    }

    #[test]
    fn many_stars_end_in_time() {
        let mask = "*a".repeat(250) + "b";
        assert!(!matches(&mask, &"a".repeat(500)));
    }

    #[test]
    fn masks_are_completed() {
        let table = [
            ("nick", "nick!*@*"),
            ("u@h", "*!u@h"),
            ("n!u", "n!u@*"),
            ("n!u@h", "n!u@h"),
            ("@h", "*!*@h"),
            ("n!@", "n!*@*"),
            ("", "*!*@*"),
            ("**!***@x**", "*!*@x*"),
            (r"\**", r"\**!*@*"),
        ];
        for (typed, whole) in table {
            assert_eq!(normalise_mask(typed), whole, "{typed:?}");
            assert_eq!(normalise_mask(whole), whole, "completing is done once");
        }
    }

    #[test]
    fn escaped_wildcards_are_none() {
        assert!(has_wildcards("a*") && has_wildcards(r"\\*"));
        assert!(!has_wildcards(r"a\*\?") && !has_wildcards(""));
    }
}
