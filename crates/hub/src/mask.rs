//! Masks: `*` is any run of characters, `?` any one; case does not count.

/// Whether `text` matches `mask`. Linear in practice and quadratic at worst: on a mismatch only the
/// last `*` is tried again.
pub fn matches(mask: &str, text: &str) -> bool {
    let (mask, text) = (mask.as_bytes(), text.as_bytes());
    let (mut m, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        if mask.get(m) == Some(&b'*') {
            m += 1;
            retry = Some((m, t));
            continue;
        }
        if let Some(width) = one(mask, m, text, t) {
            m += 1;
            t += width;
            continue;
        }
        let Some((star, from)) = retry else { return false };
        m = star;
        t = from + 1;
        retry = Some((star, t));
    }
    mask[m..].iter().all(|&b| b == b'*')
}

/// How many bytes of `text` the mask's character at `m` takes: one, or a whole character for `?`.
fn one(mask: &[u8], m: usize, text: &[u8], t: usize) -> Option<usize> {
    match *mask.get(m)? {
        b'?' => {
            let continuation = text[t + 1..].iter().take_while(|&&b| b & 0xc0 == 0x80).count();
            Some(1 + continuation)
        }
        b if b.eq_ignore_ascii_case(&text[t]) => Some(1),
        _ => None,
    }
}

/// What begins a mask of something else than `nick!user@host` (`EXTBAN` in ISUPPORT).
pub const EXTENDED: char = '$';

/// A mask of accounts: `$a:ada` is the account ada, `$a` anyone who is logged in. Gives the mask of
/// their names; none where it is no mask of accounts.
pub fn of_accounts(mask: &str) -> Option<&str> {
    match mask.strip_prefix("$a")? {
        "" => Some("*"),
        named => named.strip_prefix(':').filter(|names| !names.is_empty()),
    }
}

/// Whether a mask that was made whole is of a kind that there is.
pub fn is_known(mask: &str) -> bool {
    !mask.starts_with(EXTENDED) || of_accounts(mask).is_some()
}

/// A mask as it was typed, made whole: `ada` is `ada!*@*`, `u@h` is `*!u@h`, `*.org` is `*!*@*.org`.
pub fn whole(typed: &str) -> String {
    if typed.starts_with(EXTENDED) {
        return typed.to_owned();
    }
    match (typed.find('!'), typed.find('@')) {
        (Some(_), Some(_)) => typed.to_owned(),
        (Some(_), None) => format!("{typed}@*"),
        (None, Some(_)) => format!("*!{typed}"),
        (None, None) if typed.contains(['.', ':']) => format!("*!*@{typed}"),
        (None, None) => format!("{typed}!*@*"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        for (mask, text, expected) in [
            ("*", "", true),
            ("a*c", "ABBBC", true),
            ("a*c", "abcd", false),
            ("a?c", "aéc", true),
            ("a?c", "ac", false),
            ("*a*b*c*", "xxaxxbxxcxx", true),
            ("", "", true),
            ("", "a", false),
            ("*!*@10.0.*", "ada!~a@10.0.0.1", true),
            ("**a", "a", true),
        ] {
            assert_eq!(matches(mask, text), expected, "{mask} on {text}");
        }
    }

    /// What a mask means, without any cleverness.
    fn means(mask: &[char], text: &[char]) -> bool {
        match (mask.split_first(), text.split_first()) {
            (None, None) => true,
            (Some(('*', rest)), _) => {
                means(rest, text) || text.split_first().is_some_and(|(_, t)| means(mask, t))
            }
            (Some((wanted, mask)), Some((found, text))) => {
                (*wanted == '?' || wanted.eq_ignore_ascii_case(found)) && means(mask, text)
            }
            _ => false,
        }
    }

    /// All words of up to so many of these letters.
    fn words(letters: &[char], most: usize) -> Vec<Vec<char>> {
        let mut words = vec![Vec::new()];
        let mut last = words.clone();
        for _ in 0..most {
            let longer = |word: &Vec<char>| {
                letters.iter().map(|l| [word, &[*l][..]].concat()).collect::<Vec<_>>()
            };
            last = last.iter().flat_map(longer).collect();
            words.extend(last.clone());
        }
        words
    }

    #[test]
    fn every_short_mask_means_what_it_says() {
        let texts = words(&['a', 'B', 'é', 'ê'], 4);
        for mask in words(&['*', '?', 'a', 'é'], 5) {
            let written: String = mask.iter().collect();
            for text in &texts {
                let read: String = text.iter().collect();
                assert_eq!(matches(&written, &read), means(&mask, text), "{written} on {read}");
            }
        }
    }

    #[test]
    fn many_stars_end_soon() {
        assert!(!matches(&"a*".repeat(100), &"a".repeat(99)));
    }

    #[test]
    fn typed_masks_are_made_whole() {
        assert_eq!(whole("ada"), "ada!*@*");
        assert_eq!(whole("u@h"), "*!u@h");
        assert_eq!(whole("ada!u"), "ada!u@*");
        assert_eq!(whole("*.example.org"), "*!*@*.example.org");
        assert_eq!(whole("a!b@c"), "a!b@c");
        assert_eq!(whole("$a:ada"), "$a:ada");
    }

    #[test]
    fn masks_of_accounts() {
        assert_eq!(of_accounts("$a:ada"), Some("ada"));
        assert_eq!(of_accounts("$a"), Some("*"));
        for none in ["$a:", "$ab", "$z:x", "$", "ada!*@*", "$A"] {
            assert_eq!(of_accounts(none), None, "{none}");
        }
        assert!(is_known("ada!*@*") && is_known("$a") && !is_known("$z:x"));
    }
}
