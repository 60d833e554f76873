//! What somebody said, as one line.

use crate::line::view::is_other_ctcp;
use parlor_hub::change::{MessageKind, StoredMessage};

/// `<ada> hello`, `* ada waves`, `-ada- a notice`; in brackets when it is between two people alone. `to`
/// is where it was sent. None when it is for a program.
pub(super) fn said(message: &StoredMessage, to: &str, is_private: bool) -> Option<String> {
    if is_other_ctcp(message) {
        return None;
    }
    let nick = &message.from.nick;
    let action = message.text.strip_prefix("\x01ACTION ");
    let text = action.map_or(&*message.text, |text| text.strip_suffix('\x01').unwrap_or(text));
    // A sign in front of the channel: only members of that rank hear it.
    let aside = if is_private || to.starts_with('#') { String::new() } else { format!(" to {to}") };
    let is_notice = message.kind == MessageKind::Notice;
    Some(match (action.is_some(), is_notice, is_private) {
        (true, _, false) => format!("* {nick}{aside} {text}"),
        (true, _, true) => format!("[* {nick} {text}]"),
        (false, false, false) => format!("<{nick}{aside}> {text}"),
        (false, false, true) => format!("[{nick}] {text}"),
        (false, true, false) => format!("-{nick}{aside}- {text}"),
        (false, true, true) => format!("[-{nick}-] {text}"),
    })
}
