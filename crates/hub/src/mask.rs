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

/// A mask as it was typed, made whole: `ada` is `ada!*@*`, `u@h` is `*!u@h`, `*.org` is `*!*@*.org`.
pub fn whole(typed: &str) -> String {
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
    }
}
