//! The document that keeps what was found.

use crate::error::Error;
use std::fs;
use std::path::Path;

/// What was found stands between these marks.
const BEGIN: &str = "<!-- measured: written by parlor-bench -->";
const END: &str = "<!-- /measured -->";

/// Puts what was found between the marks of a document.
pub(crate) fn write(document: &Path, found: &str) -> Result<(), Error> {
    let text = fs::read_to_string(document).map_err(Error::io("read the document"))?;
    let marked = replace(&text, found).ok_or_else(|| Error::NoMarks(document.to_owned()))?;
    fs::write(document, marked).map_err(Error::io("write the document"))
}

fn replace(text: &str, found: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", found.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_is_replaced() {
        let text = format!("# Speed\n{BEGIN}\nold\n{END}\nthe log\n");
        let written = replace(&text, "new\n").unwrap();
        assert_eq!(written, format!("# Speed\n{BEGIN}\n\nnew\n\n{END}\nthe log\n"));
        assert_eq!(replace(&written, "new").unwrap(), written);
        assert_eq!(replace("no marks", "new"), None);
    }
}
