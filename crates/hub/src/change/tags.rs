//! Client-only tags: which of them are kept, and what they say of a message.

use crate::bounds::KEPT_TAGS_BYTES_MAX;
use crate::id::MessageId;
use crate::name::Text;

/// A client's tags without those that mean nothing a moment later (who was typing), and those for which there is no
/// room.
pub fn kept(tags: &Text) -> Option<Text> {
    if tags.len() <= KEPT_TAGS_BYTES_MAX && !tags.split(';').any(is_of_the_moment) {
        return Some(tags.clone());
    }
    let kept: Vec<&str> = lasting(tags).collect();
    (!kept.is_empty()).then(|| kept.join(";").into())
}

/// The message of which a message of tags alone says something that is still so later: a reaction to
/// it, the end of one (react), or whatever else a client has for it. All others are of the moment.
pub fn about(tags: &str) -> Option<MessageId> {
    let message = lasting(tags).find_map(|tag| answered(tag)?.parse().ok());
    message.filter(|_| lasting(tags).any(|tag| answered(tag).is_none()))
}

/// Those that are kept. One that is too long is left out whole: a part of it would mean something else.
fn lasting(tags: &str) -> impl Iterator<Item = &str> {
    let mut left = KEPT_TAGS_BYTES_MAX;
    tags.split(';').filter(move |tag| {
        let is_kept = !is_of_the_moment(tag) && tag.len() <= left;
        if is_kept {
            left = left.saturating_sub(tag.len() + 1);
        }
        is_kept
    })
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

    #[test]
    fn what_is_kept_is_bounded_and_a_tag_is_kept_whole_or_not() {
        let long = "x".repeat(KEPT_TAGS_BYTES_MAX);
        let fits = "x".repeat(KEPT_TAGS_BYTES_MAX - "+a=1;".len());
        for (tags, expected) in [
            (format!("+a={long};+reply=1-2-0"), Some("+reply=1-2-0".to_owned())),
            (format!("+a=1;{fits};+b"), Some(format!("+a=1;{fits}"))),
            (format!("+a=1;{fits}x;+b"), Some("+a=1;+b".to_owned())),
            (format!("+typing=active;+{long}"), None),
        ] {
            let given: Text = tags.as_str().into();
            assert_eq!(kept(&given).as_deref(), expected.as_deref(), "{tags}");
        }
        assert_eq!(about(&format!("+reply=1-2-0;+a={long}")), None, "what it said is not kept");
    }
}
