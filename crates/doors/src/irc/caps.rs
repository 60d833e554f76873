//! The capabilities: which there are, and which a session has.

use parlor_wire::irc::format::Line;

/// A set of capabilities. Which of them change the bytes of an event makes its dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Caps(u64);

/// One that can be asked for.
struct Capability {
    cap: Caps,
    name: &'static str,
    /// Shown to those who understand values (version 302).
    value: &'static str,
}

/// Makes a constant of each, and the list of all.
macro_rules! capabilities {
    ($($cap:ident $name:literal $(= $value:literal)?,)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Place { $($cap),* }

        impl Caps {
            $(pub(crate) const $cap: Self = Self(1 << Place::$cap as u64);)*
        }

        const ALL: &[Capability] = &[
            $(Capability { cap: Caps::$cap, name: $name, value: concat!($($value)?) }),*
        ];
    };
}

// In the order of CAP LS. A new one is a line here.
capabilities! {
    ACCOUNT_NOTIFY "account-notify",
    ACCOUNT_TAG "account-tag",
    AWAY_NOTIFY "away-notify",
    BATCH "batch",
    CAP_NOTIFY "cap-notify",
    CHGHOST "chghost",
    ACCOUNT_REGISTRATION "draft/account-registration",
    CHANNEL_RENAME "draft/channel-rename",
    CHATHISTORY "draft/chathistory",
    EVENT_PLAYBACK "draft/event-playback",
    EXTENDED_ISUPPORT "draft/extended-isupport",
    MESSAGE_EDIT "draft/message-edit",
    MESSAGE_REDACTION "draft/message-redaction",
    METADATA "draft/metadata-2" = "before-connect,max-subs=50,max-keys=32,max-value-bytes=256",
    MULTILINE "draft/multiline" = "max-bytes=8192,max-lines=100",
    DRAFT_NO_IMPLICIT_NAMES "draft/no-implicit-names",
    OPER_TAG "draft/oper-tag",
    PERSISTENCE "draft/persistence",
    PRE_AWAY "draft/pre-away",
    READ_MARKER "draft/read-marker",
    // The value is the sign in relayed names (`RelayedNick::SIGN`).
    RELAYMSG "draft/relaymsg" = "/",
    SEARCH "draft/search",
    WHOAMI "draft/whoami",
    ECHO_MESSAGE "echo-message",
    EXTENDED_JOIN "extended-join",
    EXTENDED_MONITOR "extended-monitor",
    INVITE_NOTIFY "invite-notify",
    LABELED_RESPONSE "labeled-response",
    MESSAGE_TAGS "message-tags",
    MULTI_PREFIX "multi-prefix",
    NO_IMPLICIT_NAMES "no-implicit-names",
    SASL "sasl",
    SERVER_TIME "server-time",
    SETNAME "setname",
    SOJU_SEARCH "soju.im/search",
    STANDARD_REPLIES "standard-replies",
    USERHOST_IN_NAMES "userhost-in-names",
    PLAYBACK "znc.in/playback",
    // Changes nothing: what a person says at one connection the others hear in any case. Clients ask for
    // it because of bouncers that tell it only to those who did.
    SELF_MESSAGE "znc.in/self-message",
}

impl Caps {
    /// None.
    pub const fn none() -> Self {
        Self(0)
    }

    /// Whether all of `other` are there.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Those of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// All of both.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// With `other` added or taken away.
    #[must_use]
    pub const fn with(self, other: Self, set: bool) -> Self {
        if set { Self(self.0 | other.0) } else { Self(self.0 & !other.0) }
    }

    /// The set with what a REQ asks for: all of it, or none when a word is no capability or would
    /// take away one that cannot be.
    pub(crate) fn requested(self, words: &str, fixed: Self) -> Option<Self> {
        words.split_ascii_whitespace().try_fold(self, |caps, word| {
            let (name, set) = match word.strip_prefix('-') {
                Some(name) => (name, false),
                None => (word, true),
            };
            let cap = ALL.iter().find(|capability| capability.name == name)?.cap;
            (set || !fixed.has(cap)).then(|| caps.with(cap, set))
        })
    }

    /// What CAP LS lists. Some values are not the same for everyone.
    pub(crate) fn offered(with_values: bool, mechanisms: &str, registration: &str) -> Vec<String> {
        let value = |capability: &Capability| match capability.cap {
            Self::SASL => mechanisms.to_owned(),
            Self::ACCOUNT_REGISTRATION => registration.to_owned(),
            _ => capability.value.to_owned(),
        };
        let word = |capability: &Capability| match value(capability) {
            value if with_values && !value.is_empty() => format!("{}={value}", capability.name),
            _ => capability.name.to_owned(),
        };
        ALL.iter().map(word).collect()
    }

    /// What CAP LIST lists.
    pub(crate) fn names(self) -> Vec<String> {
        let enabled = ALL.iter().filter(|capability| self.has(capability.cap));
        enabled.map(|capability| capability.name.to_owned()).collect()
    }
}

/// Writes a CAP reply, in several lines when it is long: all but the last have a `*` for those who
/// know of it (version 302).
pub(crate) fn list(
    out: &mut Vec<u8>,
    (server, nick): (&str, &str),
    (subcommand, several): (&str, bool),
    words: &[String],
) {
    let mut rest = words;
    loop {
        let start = |more: bool, out: &mut Vec<u8>, text: &str| -> usize {
            let line = Line::new(out).source(server).command("CAP").param(nick).param(subcommand);
            let line = if more && several { line.param("*") } else { line };
            let room = line.room();
            line.trailing(text).end();
            room
        };
        let room = start(true, &mut Vec::new(), "");
        let fitting = fitting(rest, room);
        let text = rest[..fitting].join(" ");
        rest = &rest[fitting..];
        start(!rest.is_empty(), out, &text);
        if rest.is_empty() {
            return;
        }
    }
}

/// How many of the words fit one line, at least one.
fn fitting(words: &[String], room: usize) -> usize {
    let mut length = 0;
    let fits = |word: &&String| {
        length += word.len() + 1;
        length <= room + 1
    };
    words.iter().take_while(fits).count().max(1).min(words.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bounds::{MULTILINE_BYTES_MAX, MULTILINE_LINES_MAX};

    #[test]
    fn a_request_is_granted_whole_or_not_at_all() {
        let none = Caps::none();
        let both = Caps::BATCH.with(Caps::SASL, true);
        assert_eq!(none.requested("batch sasl", none), Some(both));
        assert_eq!(both.requested("-batch", none), Some(Caps::SASL));
        assert_eq!(none.requested("batch nonsense", none), None);
        assert_eq!(none.requested("sasl=PLAIN", none), None);
        assert_eq!(Caps::CAP_NOTIFY.requested("-cap-notify", Caps::CAP_NOTIFY), None);
        assert_eq!(none.requested("", none), Some(none));
    }

    #[test]
    fn what_is_told_of_bounds_is_what_holds() {
        use parlor_hub::bounds::{
            METADATA_KEYS_MAX, METADATA_SUBSCRIPTIONS_MAX, METADATA_VALUE_BYTES_MAX,
        };
        let told = |cap| ALL.iter().find(|known| known.cap == cap).map(|known| known.value);
        let holds = format!("max-bytes={MULTILINE_BYTES_MAX},max-lines={MULTILINE_LINES_MAX}");
        assert_eq!(told(Caps::MULTILINE), Some(&*holds));
        let holds = format!(
            "before-connect,max-subs={METADATA_SUBSCRIPTIONS_MAX},max-keys={METADATA_KEYS_MAX},\
             max-value-bytes={METADATA_VALUE_BYTES_MAX}"
        );
        assert_eq!(told(Caps::METADATA), Some(&*holds));
    }

    #[test]
    fn a_long_list_takes_several_lines() {
        let words: Vec<String> = (0..70).map(|n| format!("vendor/capability-{n}")).collect();
        let mut out = Vec::new();
        list(&mut out, ("s", "*"), ("LS", true), &words);
        let text = String::from_utf8(out).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines[..2].iter().all(|line| line.starts_with(":s CAP * LS * :vendor/")));
        assert!(lines[2].starts_with(":s CAP * LS :vendor/"));
        assert!(lines.iter().all(|line| line.len() <= 510));
        let listed: usize = lines.iter().map(|line| line.matches("vendor/").count()).sum();
        assert_eq!(listed, 70);
    }
}
