//! What somebody said: a line, and below it those that came with it.

use crate::line::view::is_other_ctcp;
use parlor_hub::change::{MessageKind, StoredMessage, lines};

/// What stands in front of a line that belongs to the one above it.
const BELOW: &str = "  | ";

/// `<ada> hello`, `* ada waves`, `-ada- a notice`; in brackets when it is between two people alone. `to`
/// is where it was sent. Nothing when it is for a program.
pub(super) fn said(message: &StoredMessage, to: &str, is_private: bool) -> Vec<String> {
    if is_other_ctcp(message) {
        return Vec::new();
    }
    let action = message.text.strip_prefix("\x01ACTION ");
    let text = action.map_or(&*message.text, |text| text.strip_suffix('\x01').unwrap_or(text));
    let text = lines::whole(text);
    let (first, below) = text.split_once(lines::BREAK).unwrap_or((&text, ""));
    let below = below.split_terminator(lines::BREAK).map(|line| format!("{BELOW}{line}"));
    std::iter::once(framed(message, (action.is_some(), first), to, is_private))
        .chain(below)
        .collect()
}

fn framed(
    message: &StoredMessage,
    (is_action, text): (bool, &str),
    to: &str,
    is_private: bool,
) -> String {
    let nick = &message.from.nick;
    // A sign in front of the channel: only members of that rank hear it.
    let aside = if is_private || to.starts_with('#') { String::new() } else { format!(" to {to}") };
    let is_notice = message.kind == MessageKind::Notice;
    match (is_action, is_notice, is_private) {
        (true, _, false) => format!("* {nick}{aside} {text}"),
        (true, _, true) => format!("[* {nick} {text}]"),
        (false, false, false) => format!("<{nick}{aside}> {text}"),
        (false, false, true) => format!("[{nick}] {text}"),
        (false, true, false) => format!("-{nick}{aside}- {text}"),
        (false, true, true) => format!("[-{nick}-] {text}"),
    }
}
