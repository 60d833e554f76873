//! What doors know of the server: facts that a reload may replace as a whole.

use crate::cloak::Cloaks;
use crate::door::host_of;
use crate::irc::DeniedTags;
use crate::names::Casemapping;
use jiff::tz::TimeZone;
use parlor_hub::command::Oper;
use parlor_hub::id::Millis;
use parlor_hub::modes::Grants;
use parlor_hub::name::{ChannelName, Text};
use parlor_hub::person::{Fingerprint, Peer};
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::net::IpAddr;

/// The server, as its clients are told of it.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The server's name, the source of its numerics.
    pub server: Text,
    /// The network's name.
    pub network: Text,
    /// What the server says of itself.
    pub description: Text,
    /// `parlor-0.1.0`.
    pub version: Text,
    /// When this process started.
    pub started_at: Millis,
    /// The message of the day; none when there is none.
    pub motd: Vec<Text>,
    /// Who runs it (ADMIN).
    pub admin: Text,
    /// Where a picture of the network is; none when there is none.
    pub icon: Option<Text>,
    /// Where clients may upload files; none when there is no such place.
    pub filehost: Option<Text>,
    /// What others see instead of addresses; none when they see those.
    pub cloaks: Option<Cloaks>,
    /// How names are folded.
    pub casemapping: Casemapping,
    /// Where line clients start.
    pub lobby: ChannelName,
    /// The time zone in which line clients are told times.
    pub zone: TimeZone,
    /// Those who may OPER.
    pub operators: Vec<Operator>,
    /// What everyone must know to come in, as a PHC string.
    pub password: Option<Text>,
    /// What gateways must know to be believed (WEBIRC), as a PHC string; none: their address is enough.
    pub gateway_password: Option<Text>,
    /// That clients are to come by TLS; none to leave it to them.
    pub sts: Option<Sts>,
    /// Web pages that may connect, besides those of the same host: `https://chat.example.org`, or `*` for all.
    pub origins: Vec<Text>,
    /// A new account needs an address, and the code that is sent there.
    pub verification: bool,
    /// Tags of clients that are passed on to nobody.
    pub denied_tags: DeniedTags,
    /// Commands a second after the burst; 0 for no limit.
    pub commands_per_second: u32,
    /// Commands that may come at once.
    pub command_burst: u32,
}

impl Facts {
    /// The other end of a connection from this address, for which a gateway may have a name.
    pub fn peer(&self, address: IpAddr, name: Option<Text>) -> Peer {
        let host = name.unwrap_or_else(|| host_of(address));
        // The machine's own address is everybody's, and tells of nobody.
        let cloaks = self.cloaks.as_ref().filter(|_| !address.is_loopback());
        let shown = cloaks.map_or_else(|| host.clone(), |cloaks| cloaks.of(address));
        Peer { address, host, shown, gateway: None }
    }
}

/// Someone who may OPER.
#[derive(Debug, Clone)]
pub struct Operator {
    /// The name for it.
    pub name: Text,
    /// A PHC string; none where the certificate is enough.
    pub password: Option<Text>,
    /// The certificate that they need.
    pub certificate: Option<Fingerprint>,
    /// What they may do then.
    pub grants: Grants,
}

impl Operator {
    /// Who they are to the hub, once that is verified.
    pub fn oper(&self) -> Oper {
        let mut digest = FxHasher::default();
        (&self.password, &self.certificate).hash(&mut digest);
        Oper { name: self.name.clone(), grants: self.grants, credentials: digest.finish() }
    }

    /// Whether a connection that showed this certificate, or none, can be theirs; a password is
    /// verified afterwards, where they have one.
    pub(crate) fn may_be_behind(&self, shown: Option<&Fingerprint>) -> bool {
        match &self.certificate {
            Some(needed) => shown == Some(needed),
            None => self.password.is_some(),
        }
    }
}

/// A policy of strict transport security.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sts {
    /// Where TLS is spoken.
    pub port: u16,
    /// For how long clients are to come by TLS alone, from each time that they do. 0 ends it.
    pub duration_s: u64,
    /// The server may be put on preload lists, which clients ship with.
    pub preload: bool,
}

/// A server of which nobody has said anything.
impl Default for Facts {
    fn default() -> Self {
        let casemapping = Casemapping::default();
        Self {
            server: "parlor.local".into(),
            network: "Parlor".into(),
            description: "a Parlor server".into(),
            version: "parlor".into(),
            started_at: 0,
            motd: Vec::new(),
            admin: "".into(),
            icon: None,
            filehost: None,
            cloaks: None,
            casemapping,
            lobby: ChannelName::parse("#lobby", casemapping).expect("a name"),
            zone: TimeZone::UTC,
            operators: Vec::new(),
            password: None,
            gateway_password: None,
            sts: None,
            origins: Vec::new(),
            verification: false,
            denied_tags: DeniedTags::default(),
            commands_per_second: 0,
            command_burst: 0,
        }
    }
}
