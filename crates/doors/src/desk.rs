//! What a door asks for while it reads a line.

use crate::facts::Facts;
use crate::hall::{NewKeys, Scram};
use crate::names::Lately;
use crate::web::Framing;
use parlor_hub::change::Looked;
use parlor_hub::command::{Credential, EditMessage, Recipient, Redact};
use parlor_hub::id::{MessageId, Millis};
use parlor_hub::name::{ChannelName, NotAName, Text};
use parlor_hub::person::{Fingerprint, Peer, Transport};
use parlor_hub::query::{Amending, LookFor};
use parlor_hub::{Command, Few, Query, Refusal};
use std::net::IpAddr;
use std::sync::Arc;

/// The desk at which a door puts down what a line asks for. Everything takes its turn after the
/// session's earlier commands.
#[derive(Debug)]
pub struct Desk<'f> {
    /// The server's facts.
    pub facts: &'f Facts,
    /// Where the session's connection comes from.
    pub peer: &'f Arc<Peer>,
    /// The way by which the session's connection came.
    pub transport: &'f Transport,
    /// The address of the session, where limits count what is done from it.
    pub counted: Option<IpAddr>,
    /// Names of channels that were read lately, where such are remembered.
    pub(crate) lately: Option<&'f mut Lately>,
    /// How many people are here, about.
    pub people: usize,
    /// How many connections there are.
    pub connections: usize,
    /// The time.
    pub now: Millis,
    /// Where what the line asks for is asked for, and so is answered.
    pub(crate) asked_at: AskedAt,
    pub(crate) asked: Few<Asked>,
    /// The label of the line, for the answer to carry.
    pub(crate) label: Option<Text>,
}

/// One thing that was asked for.
#[derive(Debug)]
pub(crate) enum Asked {
    Say(Vec<u8>),
    Command(Command, AskedAt),
    Query(Query, AskedAt),
    Hash(HashWork),
    Amend(Amend),
    Vouch(Box<Voucher>),
    Upgrade(Framing),
    Close(Text),
}

/// What a trusted proxy or gateway says of whom it speaks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    /// Where they are.
    pub peer: Peer,
    /// Whether their way to the gateway is secure; none where it does not say, and that of its own connection counts.
    pub secure: Option<bool>,
    /// The fingerprint of the certificate that they showed there.
    pub certificate: Option<Fingerprint>,
}

impl<'f> Desk<'f> {
    pub(crate) fn new(
        facts: &'f Facts,
        (peer, transport): (&'f Arc<Peer>, &'f Transport),
        (people, connections): (usize, usize),
        now: Millis,
    ) -> Self {
        let asked_at = AskedAt::Command;
        let (counted, asked) = (None, Few::new());
        Self {
            facts,
            peer,
            transport,
            counted,
            lately: None,
            people,
            connections,
            now,
            asked_at,
            asked,
            label: None,
        }
    }

    /// Reads the name of a channel.
    pub(crate) fn channel(&mut self, word: &str) -> Result<ChannelName, NotAName> {
        let casemapping = self.facts.casemapping;
        match &mut self.lately {
            Some(lately) => lately.channel(word, casemapping),
            None => ChannelName::parse(word, casemapping),
        }
    }

    /// Tells the session something, in its own door's bytes.
    pub fn say(&mut self, bytes: Vec<u8>) {
        if !bytes.is_empty() {
            self.asked.push(Asked::Say(bytes));
        }
    }

    /// Submits a command to the journal.
    pub fn submit(&mut self, command: Command) {
        self.asked.push(Asked::Command(command, self.asked_at));
    }

    /// Asks the hub.
    pub fn ask(&mut self, query: Query) {
        self.asked.push(Asked::Query(query, self.asked_at));
    }

    /// Has a password worked on away from the loop. The door's `hashed` gets the result; until
    /// then the session's later lines wait.
    pub fn hash(&mut self, work: HashWork) {
        self.asked.push(Asked::Hash(work));
    }

    /// Has a message looked up and something done with it. Until it is known whose it is, the
    /// session's later lines wait.
    pub fn amend(&mut self, amend: Amend) {
        self.asked.push(Asked::Amend(amend));
    }

    /// A trusted proxy or gateway says for whom it speaks.
    pub fn vouch(&mut self, voucher: Voucher) {
        self.asked.push(Asked::Vouch(Box::new(voucher)));
    }

    /// After what was said, the connection is a WebSocket that speaks IRC.
    pub fn upgrade(&mut self, framing: Framing) {
        self.asked.push(Asked::Upgrade(framing));
    }

    /// Ends the connection after what was said, and the person with it.
    pub fn close(&mut self, reason: &str) {
        self.asked.push(Asked::Close(reason.into()));
    }

    /// Gives everything that this line causes to be told the label of its sender.
    pub fn label(&mut self, label: &str) {
        self.label = Some(label.into());
    }
}

/// Where something was asked for: the answer is in the words of that place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AskedAt {
    /// In the protocol itself.
    Command,
    /// At the service for accounts.
    NickServ,
    /// At the service for channels.
    ChanServ,
    /// By another session of the person: this one is only shown what came of it.
    Elsewhere,
}

impl AskedAt {
    /// The service that answers, if one does.
    pub fn service(self) -> Option<&'static str> {
        match self {
            Self::NickServ => Some("NickServ"),
            Self::ChanServ => Some("ChanServ"),
            Self::Command | Self::Elsewhere => None,
        }
    }
}

/// Something to do with a message that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amend {
    /// In which conversation.
    pub with: Recipient,
    /// Which message.
    pub id: MessageId,
    /// What.
    pub change: Amendment,
}

/// What is done with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amendment {
    /// It is to say this.
    Edit(Text),
    /// It is taken back, perhaps for a reason.
    Redact(Option<Text>),
}

impl Amend {
    /// What the hub is asked to look up.
    pub(crate) fn look(&self) -> Query {
        let (with, id, to) = (self.with.clone(), self.id, self.change.kind());
        Query::Look(Box::new(LookFor { with, id, to }))
    }

    /// What is to be done with the message that was found; else why not.
    pub(crate) fn command(self, found: Option<Looked>) -> Result<Command, Refusal> {
        let Self { with, id, change } = self;
        let Some(message) = found else {
            return Err(Refusal::NoSuchMessage(change.kind(), with.shown().clone(), id));
        };
        Ok(match change {
            Amendment::Edit(text) => Command::Edit(Box::new(EditMessage { with, message, text })),
            Amendment::Redact(reason) => {
                Command::Redact(Box::new(Redact { with, message, reason }))
            }
        })
    }
}

impl Amendment {
    fn kind(&self) -> Amending {
        match self {
            Self::Edit(_) => Amending::Edit,
            Self::Redact(_) => Amending::Redact,
        }
    }
}

/// Work on a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HashWork {
    /// Verify it against the account of this folded name.
    Account {
        /// The account's name, folded.
        name: Text,
        /// What was given.
        password: String,
    },
    /// Verify it against this PHC string.
    Verify {
        /// `$argon2id$…`.
        phc: Text,
        /// What was given.
        password: String,
    },
    /// Make the keys of a new one.
    New {
        /// What was given.
        password: String,
    },
    /// Begin a SCRAM exchange with the account of this folded name.
    ScramFirst {
        /// The account's name, folded.
        name: Text,
        /// What the client said first.
        message: String,
    },
    /// Conclude it.
    ScramFinal {
        /// What was begun.
        begun: Box<Begun>,
        /// What the client said last.
        message: String,
    },
    /// No password at all: whose certificate it is.
    Certificate(Arc<Fingerprint>),
}

/// A SCRAM exchange that has begun, and with whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Its first half.
    pub scram: Scram,
    /// The account.
    pub account: Known,
}

/// An account that somebody wants to log in to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Which, and which of its passwords.
    pub credential: Credential,
    /// As shown.
    pub name: Text,
    /// Why it cannot be logged in to, if it cannot.
    pub barred: Option<Refusal>,
}

/// The result of work on a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hashed {
    /// It is the account's password: whose (with the name as shown).
    Account(Credential, Text),
    /// It is the password of the PHC string.
    Verified,
    /// It is not, or there is no such account.
    Wrong,
    /// It is, and the account cannot be logged in to.
    Barred(Refusal),
    /// The keys of a new password.
    New(NewKeys),
    /// A SCRAM exchange has begun.
    Begun(Box<Begun>),
    /// Its end, which the client is still to be sent: the account is theirs.
    Proven(Credential, Text, String),
    /// Too many passwords are being worked on; try again.
    Busy,
    /// Too many were wrong that came from this address; try again later.
    TooManyWrong,
}
