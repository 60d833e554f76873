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

/// All of them, in the order of CAP LS. A new one is a line here and a constant below.
const ALL: &[Capability] = &[
    plain(Caps::ACCOUNT_NOTIFY, "account-notify"),
    plain(Caps::ACCOUNT_TAG, "account-tag"),
    plain(Caps::AWAY_NOTIFY, "away-notify"),
    plain(Caps::BATCH, "batch"),
    plain(Caps::CAP_NOTIFY, "cap-notify"),
    plain(Caps::CHGHOST, "chghost"),
    plain(Caps::ACCOUNT_REGISTRATION, "draft/account-registration"),
    plain(Caps::CHANNEL_RENAME, "draft/channel-rename"),
    plain(Caps::CHATHISTORY, "draft/chathistory"),
    plain(Caps::EXTENDED_ISUPPORT, "draft/extended-isupport"),
    plain(Caps::MESSAGE_EDIT, "draft/message-edit"),
    plain(Caps::MESSAGE_REDACTION, "draft/message-redaction"),
    Capability {
        cap: Caps::METADATA,
        name: "draft/metadata-2",
        value: "max-subs=50,max-keys=32,max-value-bytes=256",
    },
    Capability {
        cap: Caps::MULTILINE,
        name: "draft/multiline",
        value: "max-bytes=8192,max-lines=100",
    },
    plain(Caps::DRAFT_NO_IMPLICIT_NAMES, "draft/no-implicit-names"),
    plain(Caps::OPER_TAG, "draft/oper-tag"),
    plain(Caps::PERSISTENCE, "draft/persistence"),
    plain(Caps::PRE_AWAY, "draft/pre-away"),
    plain(Caps::READ_MARKER, "draft/read-marker"),
    // The value is the sign in relayed names (`RelayedNick::SIGN`).
    Capability { cap: Caps::RELAYMSG, name: "draft/relaymsg", value: "/" },
    plain(Caps::SEARCH, "draft/search"),
    plain(Caps::WHOAMI, "draft/whoami"),
    plain(Caps::ECHO_MESSAGE, "echo-message"),
    plain(Caps::EXTENDED_JOIN, "extended-join"),
    plain(Caps::EXTENDED_MONITOR, "extended-monitor"),
    plain(Caps::INVITE_NOTIFY, "invite-notify"),
    plain(Caps::LABELED_RESPONSE, "labeled-response"),
    plain(Caps::MESSAGE_TAGS, "message-tags"),
    plain(Caps::MULTI_PREFIX, "multi-prefix"),
    plain(Caps::NO_IMPLICIT_NAMES, "no-implicit-names"),
    plain(Caps::SASL, "sasl"),
    plain(Caps::SERVER_TIME, "server-time"),
    plain(Caps::SETNAME, "setname"),
    plain(Caps::SOJU_SEARCH, "soju.im/search"),
    plain(Caps::STANDARD_REPLIES, "standard-replies"),
    plain(Caps::USERHOST_IN_NAMES, "userhost-in-names"),
    plain(Caps::PLAYBACK, "znc.in/playback"),
    // Changes nothing: what a person says at one connection the others hear in any case. Clients ask for
    // it because of bouncers that tell it only to those who did.
    plain(Caps::SELF_MESSAGE, "znc.in/self-message"),
];

const fn plain(cap: Caps, name: &'static str) -> Capability {
    Capability { cap, name, value: "" }
}

impl Caps {
    pub(crate) const CAP_NOTIFY: Self = Self(1);
    pub(crate) const SERVER_TIME: Self = Self(1 << 1);
    pub(crate) const MESSAGE_TAGS: Self = Self(1 << 2);
    pub(crate) const ECHO_MESSAGE: Self = Self(1 << 3);
    pub(crate) const BATCH: Self = Self(1 << 4);
    pub(crate) const LABELED_RESPONSE: Self = Self(1 << 5);
    pub(crate) const CHATHISTORY: Self = Self(1 << 6);
    pub(crate) const SASL: Self = Self(1 << 7);
    pub(crate) const ACCOUNT_TAG: Self = Self(1 << 8);
    pub(crate) const MULTI_PREFIX: Self = Self(1 << 9);
    pub(crate) const USERHOST_IN_NAMES: Self = Self(1 << 10);
    pub(crate) const STANDARD_REPLIES: Self = Self(1 << 11);
    pub(crate) const ACCOUNT_REGISTRATION: Self = Self(1 << 12);
    pub(crate) const EXTENDED_JOIN: Self = Self(1 << 13);
    pub(crate) const NO_IMPLICIT_NAMES: Self = Self(1 << 19);
    pub(crate) const DRAFT_NO_IMPLICIT_NAMES: Self = Self(1 << 20);
    pub(crate) const EXTENDED_MONITOR: Self = Self(1 << 18);
    pub(crate) const INVITE_NOTIFY: Self = Self(1 << 17);
    pub(crate) const AWAY_NOTIFY: Self = Self(1 << 14);
    pub(crate) const ACCOUNT_NOTIFY: Self = Self(1 << 15);
    pub(crate) const EXTENDED_ISUPPORT: Self = Self(1 << 21);
    pub(crate) const SEARCH: Self = Self(1 << 50);
    pub(crate) const SOJU_SEARCH: Self = Self(1 << 42);
    pub(crate) const MESSAGE_EDIT: Self = Self(1 << 43);
    pub(crate) const MESSAGE_REDACTION: Self = Self(1 << 40);
    pub(crate) const OPER_TAG: Self = Self(1 << 22);
    pub(crate) const CHANNEL_RENAME: Self = Self(1 << 26);
    pub(crate) const RELAYMSG: Self = Self(1 << 25);
    pub(crate) const READ_MARKER: Self = Self(1 << 30);
    pub(crate) const PLAYBACK: Self = Self(1 << 44);
    pub(crate) const SELF_MESSAGE: Self = Self(1 << 45);
    pub(crate) const WHOAMI: Self = Self(1 << 46);
    pub(crate) const METADATA: Self = Self(1 << 28);
    pub(crate) const PRE_AWAY: Self = Self(1 << 41);
    pub(crate) const MULTILINE: Self = Self(1 << 29);
    pub(crate) const PERSISTENCE: Self = Self(1 << 31);
    pub(crate) const SETNAME: Self = Self(1 << 16);
    pub(crate) const CHGHOST: Self = Self(1 << 47);

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
            "max-subs={METADATA_SUBSCRIPTIONS_MAX},max-keys={METADATA_KEYS_MAX},\
             max-value-bytes={METADATA_VALUE_BYTES_MAX}"
        );
        assert_eq!(told(Caps::METADATA), Some(&*holds));
    }

    #[test]
    fn every_capability_is_another() {
        for (place, one) in ALL.iter().enumerate() {
            let others = ALL[..place].iter().filter(|other| one.cap.has(other.cap));
            assert_eq!(others.map(|other| other.name).next(), None, "{} is", one.name);
        }
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
