//! The modes of channels, as both doors read, list and word them: one table, a line a letter.

use parlor_hub::modes::{ChannelFlags, ListKind, Ranks};
use parlor_wire::irc::modes::{self, Changes, Table};
use std::sync::LazyLock;

/// A mode of a channel.
pub(crate) struct Mode {
    pub letter: char,
    pub kind: Kind,
    /// What holds while it is set; for a rank, what its holder is. `{}` is the parameter.
    pub is: &'static str,
    /// What setting it does: "made {} an operator".
    pub set: &'static str,
    /// What taking it away does: "took the voice from {}".
    pub unset: &'static str,
}

/// What a mode is made of, and with it whether it takes a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A rank of a member.
    Rank(Ranks),
    /// A list of masks.
    List(ListKind),
    /// k.
    Key,
    /// l.
    Limit,
    /// f.
    Forward,
    /// J.
    RejoinAfter,
    /// Either so or not.
    Flag(ChannelFlags),
    /// The server's to set.
    Registered,
}

type Words = (&'static str, &'static str, &'static str);

const fn mode(letter: char, kind: Kind, (is, set, unset): Words) -> Mode {
    Mode { letter, kind, is, set, unset }
}

const fn flag(letter: char, flag: ChannelFlags, words: Words) -> Mode {
    mode(letter, Kind::Flag(flag), words)
}

/// All of them: ranks, lists, what takes a parameter, flags.
pub(crate) const ALL: &[Mode] = &[
    mode(
        'q',
        Kind::Rank(Ranks::FOUNDER),
        ("a founder", "made {} a founder", "took the founder's rank from {}"),
    ),
    mode(
        'a',
        Kind::Rank(Ranks::PROTECTED),
        ("protected", "made {} protected", "took the protection from {}"),
    ),
    mode(
        'o',
        Kind::Rank(Ranks::OPERATOR),
        ("an operator", "made {} an operator", "took the operator's rank from {}"),
    ),
    mode(
        'h',
        Kind::Rank(Ranks::HALF_OPERATOR),
        ("a half-operator", "made {} a half-operator", "took the half-operator's rank from {}"),
    ),
    mode('v', Kind::Rank(Ranks::VOICE), ("a speaker", "gave {} a voice", "took the voice from {}")),
    mode(
        'b',
        Kind::List(ListKind::Ban),
        ("may not come in or speak", "banned {}", "lifted the ban on {}"),
    ),
    mode(
        'e',
        Kind::List(ListKind::Exception),
        ("spared from bans", "spared {} from bans", "spares {} from bans no more"),
    ),
    mode(
        'I',
        Kind::List(ListKind::Invitation),
        (
            "needs no invitation",
            "lets {} in without an invitation",
            "lets {} in no more without an invitation",
        ),
    ),
    mode(
        'k',
        Kind::Key,
        ("the key is {}", "set the channel's key to {}", "took the channel's key away"),
    ),
    mode(
        'l',
        Kind::Limit,
        ("{} at most", "limited the channel to {} people", "took the channel's limit away"),
    ),
    mode(
        'J',
        Kind::RejoinAfter,
        (
            "who is put out stays out for {} seconds",
            "keeps those who are put out away for {} seconds (+J)",
            "lets those who are put out come back at once (-J)",
        ),
    ),
    mode(
        'f',
        Kind::Forward,
        (
            "who may not come in is sent on to {}",
            "sends those who may not come in on to {} (+f)",
            "sends nobody on any more (-f)",
        ),
    ),
    flag('C', ChannelFlags::NO_CTCP, ("no CTCP but /me", "forbade CTCP (+C)", "let CTCP be (-C)")),
    flag(
        'E',
        ChannelFlags::ROLEPLAY,
        ("roles are played", "let roles be played (+E)", "let no roles be played (-E)"),
    ),
    flag(
        'K',
        ChannelFlags::NO_KNOCKS,
        ("nobody knocks", "let nobody knock (+K)", "let people knock (-K)"),
    ),
    flag(
        'M',
        ChannelFlags::ACCOUNTS_SPEAK,
        (
            "only those who are logged in speak",
            "let only those who are logged in speak (+M)",
            "let those who are not logged in speak (-M)",
        ),
    ),
    flag(
        'N',
        ChannelFlags::NICKS_STAY,
        (
            "nicks stay as they are",
            "let nobody take another nick here (+N)",
            "let people take other nicks here (-N)",
        ),
    ),
    flag(
        'Q',
        ChannelFlags::NO_KICKS,
        ("nobody is kicked", "let nobody be kicked (+Q)", "let people be kicked (-Q)"),
    ),
    flag(
        'R',
        ChannelFlags::ACCOUNTS_JOIN,
        (
            "only those who are logged in come in",
            "closed the channel to those who are not logged in (+R)",
            "opened the channel to those who are not logged in (-R)",
        ),
    ),
    flag(
        'S',
        ChannelFlags::STRIPPED,
        (
            "messages lose their colours",
            "took the colours from messages (+S)",
            "let messages keep their colours (-S)",
        ),
    ),
    flag(
        'T',
        ChannelFlags::NO_NOTICES,
        ("no notices", "forbade notices (+T)", "let notices be (-T)"),
    ),
    flag(
        'U',
        ChannelFlags::OPERATORS_HEAR,
        (
            "only operators hear those without a voice",
            "let only operators hear those without a voice (+U)",
            "let everyone hear those without a voice (-U)",
        ),
    ),
    flag(
        'V',
        ChannelFlags::NO_INVITATIONS,
        ("nobody is invited", "let nobody be invited (+V)", "let people be invited (-V)"),
    ),
    flag(
        'c',
        ChannelFlags::NO_COLOURS,
        ("no colours", "forbade colours (+c)", "let colours be (-c)"),
    ),
    flag(
        'i',
        ChannelFlags::INVITE_ONLY,
        (
            "only the invited come in",
            "closed the channel to all but the invited (+i)",
            "opened the channel to everyone (-i)",
        ),
    ),
    flag(
        'm',
        ChannelFlags::MODERATED,
        (
            "only those with a voice speak",
            "let only those with a voice speak (+m)",
            "let everyone speak (-m)",
        ),
    ),
    flag(
        'n',
        ChannelFlags::MEMBERS_ONLY,
        (
            "only those inside speak",
            "let only those inside speak (+n)",
            "let those outside speak (-n)",
        ),
    ),
    mode(
        'r',
        Kind::Registered,
        ("kept for ever", "kept the channel for ever (+r)", "keeps the channel no longer (-r)"),
    ),
    flag(
        's',
        ChannelFlags::SECRET,
        ("hidden", "hid the channel (+s)", "made the channel visible (-s)"),
    ),
    flag(
        't',
        ChannelFlags::TOPIC_LOCKED,
        (
            "only operators set the topic",
            "let only operators set the topic (+t)",
            "let everyone set the topic (-t)",
        ),
    ),
    flag(
        'u',
        ChannelFlags::AUDITORIUM,
        (
            "only those with a voice are seen",
            "let only those with a voice be seen (+u)",
            "let everyone be seen (-u)",
        ),
    ),
    flag(
        'z',
        ChannelFlags::SECURE_JOIN,
        (
            "only those with a secure connection come in",
            "closed the channel to those whose connection is not secure (+z)",
            "opened the channel to those whose connection is not secure (-z)",
        ),
    ),
];

/// The mode of a letter.
pub(crate) fn of(letter: char) -> Option<&'static Mode> {
    ALL.iter().find(|mode| mode.letter == letter)
}

/// The letters of the modes of some kinds, in the table's order.
pub(crate) fn letters(of_kind: impl Fn(Kind) -> bool) -> String {
    ALL.iter().filter(|mode| of_kind(mode.kind)).map(|mode| mode.letter).collect()
}

/// The letters that take no rank, by the parameter that they take (CHANMODES): lists; always; when
/// set; never.
static BY_PARAMETER: LazyLock<[String; 4]> = LazyLock::new(|| {
    [
        letters(|kind| matches!(kind, Kind::List(_))),
        letters(|kind| kind == Kind::Key),
        letters(|kind| matches!(kind, Kind::RejoinAfter | Kind::Forward | Kind::Limit)),
        letters(|kind| matches!(kind, Kind::Flag(_) | Kind::Registered)),
    ]
});

/// CHANMODES, as ISUPPORT tells it.
pub(crate) fn chanmodes() -> String {
    BY_PARAMETER.join(",")
}

/// Reads a mode string. Ranks take a parameter both ways.
pub(crate) fn parse<'a>(letters: &'a str, params: &'a [&'a str]) -> Changes<'a> {
    static ALWAYS: LazyLock<String> =
        LazyLock::new(|| self::letters(|kind| matches!(kind, Kind::Rank(_) | Kind::Key)));
    let [lists, _, when_set, never] = &*BY_PARAMETER;
    let table = Table { lists, always: &ALWAYS, when_set, never };
    modes::parse(table, letters, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_the_hub_is_a_line_of_the_table() {
        for (flag, letter) in ChannelFlags::ALL {
            assert_eq!(of(*letter).map(|mode| mode.kind), Some(Kind::Flag(*flag)), "{letter}");
        }
        for (rank, letter) in Ranks::ALL {
            assert_eq!(of(*letter).map(|mode| mode.kind), Some(Kind::Rank(*rank)), "{letter}");
        }
        let lists = [ListKind::Ban, ListKind::Exception, ListKind::Invitation];
        for kind in lists {
            assert_eq!(of(kind.letter()).map(|mode| mode.kind), Some(Kind::List(kind)));
        }
        let settings = ALL
            .iter()
            .filter(|mode| !matches!(mode.kind, Kind::Flag(_) | Kind::Rank(_) | Kind::List(_)));
        let known = ChannelFlags::ALL.len() + Ranks::ALL.len() + lists.len() + settings.count();
        assert_eq!(ALL.len(), known, "a letter is there twice, or is nothing of the hub's");
    }
}
