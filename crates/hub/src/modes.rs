//! Modes: flags of channels and people, ranks of members, and the lists of masks.

use serde::{Deserialize, Serialize};

/// A set of letters, each a bit.
macro_rules! letters {
    ($(#[$doc:meta])* $name:ident($bits:ty) { $($(#[$bit_doc:meta])* $constant:ident = $bit:literal $letter:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
        pub struct $name(pub $bits);

        impl $name {
            $($(#[$bit_doc])* pub const $constant: Self = Self(1 << $bit);)*

            /// All of them with their letters, in the order in which they are shown.
            pub const ALL: &'static [(Self, char)] = &[$((Self::$constant, $letter)),*];

            /// None set.
            pub const fn none() -> Self {
                Self(0)
            }

            /// The flag of a letter.
            pub fn of(letter: char) -> Option<Self> {
                Self::ALL.iter().find(|(_, l)| *l == letter).map(|(flag, _)| *flag)
            }

            /// Whether all of `other` is set.
            pub const fn has(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// With `other` set or taken away.
            #[must_use]
            pub const fn with(self, other: Self, set: bool) -> Self {
                if set { Self(self.0 | other.0) } else { Self(self.0 & !other.0) }
            }

            /// The letters of those set.
            pub fn letters(self) -> impl Iterator<Item = char> {
                Self::ALL.iter().filter(move |(flag, _)| self.has(*flag)).map(|(_, letter)| *letter)
            }
        }
    };
}

letters! {
    /// What a channel is: CHANMODES type D.
    ChannelFlags(u32) {
        /// Only the invited may join.
        INVITE_ONLY = 0 'i',
        /// Only those with voice or more may speak.
        MODERATED = 1 'm',
        /// Only members may speak.
        MEMBERS_ONLY = 2 'n',
        /// Not told to those outside.
        SECRET = 3 's',
        /// Only half-operators and above set the topic.
        TOPIC_LOCKED = 4 't',
        /// Only those who are logged in may join.
        ACCOUNTS_JOIN = 5 'R',
        /// Only those who are logged in, or have voice or more, may speak.
        ACCOUNTS_SPEAK = 6 'M',
        /// No CTCP but ACTION.
        NO_CTCP = 7 'C',
        /// Messages with colours are refused.
        NO_COLOURS = 8 'c',
        /// Messages lose their colours.
        STRIPPED = 9 'S',
        /// No notices.
        NO_NOTICES = 10 'T',
        /// What is said without voice is heard by half-operators and above alone.
        OPERATORS_HEAR = 11 'U',
        /// Nobody below half-operator takes another nick.
        NICKS_STAY = 12 'N',
        /// Nobody is kicked.
        NO_KICKS = 13 'Q',
        /// Nobody is invited.
        NO_INVITATIONS = 14 'V',
        /// Nobody knocks.
        NO_KNOCKS = 15 'K',
        /// Those without voice are seen by those with it alone: an auditorium.
        AUDITORIUM = 16 'u',
        /// Only those whose every connection is secure may join.
        SECURE_JOIN = 17 'z',
        /// Roles are played.
        ROLEPLAY = 18 'E',
    }
}

letters! {
    /// What a person set on themselves.
    UserFlags(u8) {
        /// Not found by those who share no channel.
        INVISIBLE = 0 'i',
        /// A server operator.
        OPERATOR = 1 'o',
        /// Hears WALLOPS.
        WALLOPS = 2 'w',
        /// A program (bot-mode).
        BOT = 3 'B',
        /// Takes no direct messages of those without an account.
        ACCOUNTS_ONLY = 4 'R',
        /// Every connection of theirs is secure. The server's to say, not theirs.
        SECURE = 5 'Z',
        /// An operator who is told what operators do (server notices).
        NOTICES = 6 's',
    }
}

letters! {
    /// What a server operator may do beyond everyone else, each a word of the configuration.
    Grants(u8) {
        /// End connections.
        KILL = 0 'k',
        /// Ban from the server.
        BAN = 1 'b',
        /// Have the configuration read again.
        REHASH = 2 'r',
        /// Act for others and in channels that they have no rank in.
        SA = 3 'a',
        /// See what is hidden, and how the server is.
        SEE = 4 's',
    }
}

impl Grants {
    /// All of them with their words, as `can` in the configuration has them.
    pub const WORDS: &'static [(Self, &'static str)] = &[
        (Self::KILL, "kill"),
        (Self::BAN, "ban"),
        (Self::REHASH, "rehash"),
        (Self::SA, "sa"),
        (Self::SEE, "see"),
    ];

    /// Every one.
    pub const fn all() -> Self {
        Self(0b1_1111)
    }

    /// The word of the first that is there.
    pub fn word(self) -> &'static str {
        let mut held = Self::WORDS.iter().filter(|(grant, _)| self.has(*grant));
        held.next().map_or("oper", |(_, word)| word)
    }
}

letters! {
    /// A member's ranks, highest first as `PREFIX=(qaohv)~&@%+` shows them.
    Ranks(u8) {
        /// The channel's founder.
        FOUNDER = 4 'q',
        /// Protected from operators.
        PROTECTED = 3 'a',
        /// Channel operator.
        OPERATOR = 2 'o',
        /// Half-operator.
        HALF_OPERATOR = 1 'h',
        /// May speak in a moderated channel.
        VOICE = 0 'v',
    }
}

impl std::ops::BitOr for Ranks {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Ranks {
    /// The signs of the ranks held, highest first.
    pub fn signs(self) -> impl Iterator<Item = char> {
        self.letters().map(Self::sign)
    }

    /// The sign of a rank's letter.
    pub fn sign(letter: char) -> char {
        match letter {
            'q' => '~',
            'a' => '&',
            'o' => '@',
            'h' => '%',
            _ => '+',
        }
    }

    /// The rank that a sign in front of a channel's name means (STATUSMSG).
    pub fn of_sign(sign: char) -> Option<Self> {
        Self::ALL.iter().find(|(_, letter)| Self::sign(*letter) == sign).map(|(rank, _)| *rank)
    }

    /// Whether the highest rank held is `rank` or one above it.
    pub fn at_least(self, rank: Self) -> bool {
        self.0 >= rank.0
    }
}

/// The lists of masks: CHANMODES type A.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ListKind {
    /// b: may not join or speak.
    Ban,
    /// e: may, in spite of a ban.
    Exception,
    /// I: may join an invite-only channel.
    Invitation,
}

impl ListKind {
    /// Its mode letter.
    pub fn letter(self) -> char {
        match self {
            Self::Ban => 'b',
            Self::Exception => 'e',
            Self::Invitation => 'I',
        }
    }

    /// The list of a mode letter.
    pub fn of(letter: char) -> Option<Self> {
        [Self::Ban, Self::Exception, Self::Invitation].into_iter().find(|k| k.letter() == letter)
    }
}
