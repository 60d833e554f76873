//! Client-only tags: which of them are kept, and what they say of a message.

use crate::id::MessageId;
use crate::name::Text;

/// A client's tags without those that mean nothing a moment later: who was typing.
pub fn kept(tags: &Text) -> Option<Text> {
    if !tags.split(';').any(is_of_the_moment) {
        return Some(tags.clone());
    }
    let kept: Vec<&str> = tags.split(';').filter(|tag| !is_of_the_moment(tag)).collect();
    (!kept.is_empty()).then(|| kept.join(";").into())
}

/// The message of which a message of tags alone says something that is still so later: a reaction to
/// it, the end of one (react), or whatever else a client has for it. All others are of the moment.
pub fn about(tags: &str) -> Option<MessageId> {
    let lasting = || tags.split(';').filter(|tag| !is_of_the_moment(tag));
    let message = lasting().find_map(|tag| answered(tag)?.parse().ok());
    message.filter(|_| lasting().any(|tag| answered(tag).is_none()))
}

fn is_of_the_moment(tag: &str) -> bool {
    let (key, _) = tag.split_once('=').unwrap_or((tag, ""));
    matches!(key, "+typing" | "+draft/typing")
}

/// The value of the tag that names which message is answered.
fn answered(tag: &str) -> Option<&str> {
    let (key, value) = tag.split_once('=').unwrap_or((tag, ""));
    matches!(key, "+reply" | "+draft/reply").then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_said_of_a_message_lasts() {
        for (tags, expected) in [
            ("+draft/react=x;+reply=1-2-0", Some("1-2-0")),
            ("+draft/reply=1-2-0;+draft/unreact=x", Some("1-2-0")),
            ("+typing=active;+reply=1-2-0;+x", Some("1-2-0")),
            ("+reply;+draft/reply=1-2-0;+x", Some("1-2-0")),
            ("+typing=active;+reply=1-2-0", None),
            ("+reply=1-2-0", None),
            ("+reply=elsewhere;+draft/react=x", None),
            ("+draft/react=x", None),
        ] {
            assert_eq!(about(tags).map(|id| id.to_string()).as_deref(), expected, "{tags}");
        }
    }
}
