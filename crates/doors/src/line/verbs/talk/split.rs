//! Long lines in pieces that an IRC line can carry, so that everyone sees all of them.

use crate::bounds;
use parlor_wire::text::truncate;

/// The pieces of a text, cut where words end if they are short enough.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let most = truncate(rest, bounds::LINE_MESSAGE_BYTES_MAX);
        let cut =
            if most.len() == rest.len() { None } else { most.rfind(' ').filter(|&at| at > 0) };
        let piece = &most[..cut.unwrap_or(most.len())];
        rest = &rest[piece.len()..];
        if cut.is_some() {
            rest = rest.trim_start_matches(' ');
        }
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_one_piece() {
        assert_eq!(pieces("hello  there").collect::<Vec<_>>(), ["hello  there"]);
        assert_eq!(pieces("").count(), 0);
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let text = "word ".repeat(200);
        let text = text.trim_end();
        let cut: Vec<&str> = pieces(text).collect();
        assert!(cut.len() > 2);
        for piece in &cut {
            assert!(piece.len() <= bounds::LINE_MESSAGE_BYTES_MAX);
            assert!(piece.starts_with("word") && piece.ends_with("word"));
        }
        assert_eq!(cut.join(" "), text);
    }

    #[test]
    fn a_word_without_end_is_cut_between_characters() {
        let text = "ü".repeat(400);
        let cut: Vec<&str> = pieces(&text).collect();
        assert_eq!((cut.len(), cut.concat()), (3, text.clone()));
    }
}
