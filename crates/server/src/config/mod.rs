//! The configuration: `parlor.toml`, then `PARLOR_…` in the environment, then flags, each over the
//! one before.
//!
//! Every key is a field here; an unknown one is an error that names the nearest. `defaults.toml`
//! beside this file is what `parlor config default` prints, and a test holds it to the defaults of
//! the code.

mod check;
pub(crate) mod cloak;
mod denied;
mod error;
mod history;
mod lasting;
mod listen;
mod merge;
mod pinned;

pub use denied::Denied;
pub use error::ConfigError;
pub use history::History;
pub use listen::Listen;
pub use parlor_hub::mask::Network;
pub use pinned::Pinned;

use crate::bounds;
use crate::shard::Limits;
use crate::verifying::Sending;
use jiff::tz::TimeZone;
use parlor_doors::facts::Sts;
use parlor_doors::names::Casemapping;
use parlor_doors::{Cloaks, Facts};
use parlor_hub::id::Millis;
use parlor_hub::modes::Grants;
use parlor_hub::name::{ChannelName, Text};
use parlor_hub::settings::Registration;
use parlor_hub::{Settings, bounds as hub_bounds};
use parlor_store::{Keeps, Options, Sync};
use serde::Deserialize;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The defaults, as `parlor config default` prints them.
pub const DEFAULTS: &str = include_str!("defaults.toml");

/// A whole configuration.
#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The server itself.
    pub server: Server,
    /// TLS.
    pub tls: Tls,
    /// Accounts.
    pub accounts: Accounts,
    /// Channels.
    pub channels: Channels,
    /// The store.
    pub store: Storage,
    /// History.
    pub history: History,
    /// Limits.
    pub limits: LimitsConfig,
    /// Proxies.
    pub proxy: Proxy,
    /// Web clients.
    pub web: Web,
    /// Server operators.
    pub operator: Vec<Operator>,
}

/// `[server]`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Server {
    /// The server's name: a host name.
    pub name: Text,
    /// The network's name: one word.
    pub network: Text,
    /// What the server says of itself.
    pub description: Text,
    /// Who runs it, for ADMIN.
    pub admin: Text,
    /// A picture of the network, as a URL; empty for none.
    pub icon: Text,
    /// Where clients may upload files, as a URL; empty for nowhere.
    pub filehost: Text,
    /// Where to listen.
    pub listen: Vec<Listen>,
    /// Where the data is.
    pub data: PathBuf,
    /// Others see cloaks instead of addresses.
    pub cloak: bool,
    /// Threads that serve connections; 0 for as many as cores leave room for.
    pub shards: usize,
    /// What everyone must know to come in: a hash from `parlor password`.
    pub password: Text,
    /// The message of the day.
    pub motd: Text,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            name: "parlor.local".into(),
            network: "Parlor".into(),
            description: "a Parlor server".into(),
            admin: "".into(),
            icon: "".into(),
            filehost: "".into(),
            listen: vec![Listen::at(SocketAddr::from(([0u16; 8], 7777)))],
            data: default_data(),
            cloak: true,
            shards: 0,
            password: "".into(),
            motd: "".into(),
        }
    }
}

/// The platform's data directory for this user.
fn default_data() -> PathBuf {
    use etcetera::BaseStrategy;
    match etcetera::choose_base_strategy() {
        Ok(strategy) => strategy.data_dir().join("parlor"),
        Err(_) => PathBuf::from("parlor-data"),
    }
}

/// `[tls]`. Without files of the operator's, a self-signed certificate is made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Tls {
    /// The certificate, and those that lead from it to a known one (PEM).
    pub certificate: PathBuf,
    /// Its key (PEM).
    pub key: PathBuf,
    /// The port with TLS that clients are told to use (STS); 0 to tell them nothing.
    pub sts_port: u16,
    /// For how long they are to use TLS alone, from each time that they do.
    pub sts_duration_s: u64,
    /// The server may be put on preload lists, which clients ship with (STS `preload`).
    pub sts_preload: bool,
}

/// `[accounts]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Accounts {
    /// Who may register one.
    pub registration: Registration,
    /// What sends a code to the address of a new account, which it then needs: a program and its
    /// arguments. It finds `PARLOR_EMAIL`, `PARLOR_CODE`, `PARLOR_ACCOUNT` and `PARLOR_NETWORK` in its
    /// environment, and a whole mail on its input.
    pub verify_command: Vec<String>,
}

/// `[channels]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Channels {
    /// Where line clients start.
    pub lobby: String,
    /// How names are folded; fixed in the data at the first start.
    pub casemapping: Casemapping,
}

impl Default for Channels {
    fn default() -> Self {
        Self { lobby: "#lobby".into(), casemapping: Casemapping::default() }
    }
}

/// `[store]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Storage {
    /// When the disk is waited for.
    pub sync: SyncWhen,
}

/// When the disk is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum SyncWhen {
    /// At each commit: survives power loss.
    #[default]
    Commit,
    /// At checkpoints: survives `kill -9`, not power loss.
    Checkpoint,
}

/// `[limits]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsConfig {
    /// Networks that the limits on connections do not count.
    pub exempt: Vec<Network>,
    /// Commands a second, after the burst; 0 for no limit.
    pub commands_per_second: u32,
    /// Commands that may come at once.
    pub command_burst: u32,
    /// Connections in all.
    pub connections_max: usize,
    /// Connections from one address; 0 for no limit.
    pub connections_per_address: u32,
    /// Tags of clients that are passed on to nobody, without the `+`; or `*` for all, followed by those with a
    /// `-` in front, which may pass.
    pub client_tags_denied: Denied,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            exempt: vec![Network::loopback_v4(), Network::loopback_v6()],
            commands_per_second: 4,
            command_burst: 20,
            connections_max: bounds::CONNECTIONS_MAX,
            connections_per_address: bounds::CONNECTIONS_PER_ADDRESS,
            client_tags_denied: Denied::default(),
        }
    }
}

/// `[proxy]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Proxy {
    /// Networks whose word is taken for whom they speak for.
    pub trusted: Vec<Network>,
    /// What gateways must know for WEBIRC: a hash from `parlor password`. Empty: their address is enough.
    pub webirc: Text,
}

/// `[web]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Web {
    /// Origins whose pages may connect here, besides those of the same host.
    pub origins: Vec<Text>,
}

/// `[[operator]]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// The name for OPER.
    pub name: Text,
    /// A hash from `parlor password`. Empty: their certificate is enough.
    #[serde(default)]
    pub password: Text,
    /// The client certificate that they need as well.
    pub certificate: Option<Pinned>,
    /// What they may do; everything, unless it is said.
    #[serde(default = "Can::all")]
    pub can: Vec<Can>,
}

/// Something that an operator may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Can {
    /// End connections: KILL.
    Kill,
    /// Ban from the server: KLINE, DLINE, XLINE.
    Ban,
    /// Have the configuration read again: REHASH.
    Rehash,
    /// Act for others, whatever the rules: SAJOIN, SAPART, SAMODE, SANICK, CHGHOST.
    Sa,
    /// See what is hidden, and how the server is.
    See,
}

impl Can {
    fn all() -> Vec<Self> {
        vec![Self::Kill, Self::Ban, Self::Rehash, Self::Sa, Self::See]
    }

    fn grant(self) -> Grants {
        match self {
            Self::Kill => Grants::KILL,
            Self::Ban => Grants::BAN,
            Self::Rehash => Grants::REHASH,
            Self::Sa => Grants::SA,
            Self::See => Grants::SEE,
        }
    }
}

impl Config {
    /// What the store is opened with.
    pub fn store_options(&self) -> Options {
        let sync = match self.store.sync {
            SyncWhen::Commit => Sync::Commit,
            SyncWhen::Checkpoint => Sync::Checkpoint,
        };
        Options { sync, casemapping: self.channels.casemapping.token() }
    }

    /// How much the store keeps.
    pub(crate) fn kept(&self) -> Keeps {
        Keeps { all: self.history.keep.0, channels: self.history.channel_keep.0 }
    }

    /// The hub's own settings.
    pub(crate) fn hub_settings(&self) -> Settings {
        Settings {
            server: self.server.name.clone(),
            lobby: self.lobby(),
            registration: self.accounts.registration,
            verification: self.verifies(),
            replay: self.history.replay.min(hub_bounds::HISTORY_PAGE_MAX),
            operators: self.operators().iter().map(parlor_doors::Operator::oper).collect(),
            keep: self.history.keep.0,
            channel_history: self.history.of_channels(),
        }
    }

    fn operators(&self) -> Vec<parlor_doors::Operator> {
        let grants =
            |can: &[Can]| can.iter().fold(Grants::none(), |all, can| all.with(can.grant(), true));
        let known = |operator: &Operator| parlor_doors::Operator {
            name: operator.name.clone(),
            password: said(&operator.password),
            certificate: operator.certificate.map(|pinned| pinned.0),
            grants: grants(&operator.can),
        };
        self.operator.iter().map(known).collect()
    }

    /// What the doors know of the server.
    pub(crate) fn facts(&self, started_at: Millis, cloaks: &Cloaks) -> Facts {
        Facts {
            server: self.server.name.clone(),
            network: self.server.network.clone(),
            description: self.server.description.clone(),
            version: concat!("parlor-", env!("CARGO_PKG_VERSION")).into(),
            started_at,
            motd: self.server.motd.lines().map(Text::from).collect(),
            admin: self.server.admin.clone(),
            icon: said(&self.server.icon),
            filehost: said(&self.server.filehost),
            cloaks: self.server.cloak.then(|| cloaks.clone()),
            casemapping: self.channels.casemapping,
            lobby: self.lobby(),
            zone: TimeZone::system(),
            operators: self.operators(),
            password: said(&self.server.password),
            sts: (self.tls.sts_port != 0).then_some(Sts {
                port: self.tls.sts_port,
                duration_s: self.tls.sts_duration_s,
                preload: self.tls.sts_preload,
            }),
            gateway_password: said(&self.proxy.webirc),
            origins: self.web.origins.clone(),
            verification: self.verifies(),
            denied_tags: self.limits.client_tags_denied.0.clone(),
            commands_per_second: self.limits.commands_per_second,
            command_burst: self.limits.command_burst,
        }
    }

    /// How codes are sent to the owners of new accounts.
    pub(crate) fn sending(&self) -> Sending {
        Sending {
            command: self.accounts.verify_command.clone(),
            network: self.server.network.clone(),
            server: self.server.name.clone(),
        }
    }

    fn verifies(&self) -> bool {
        !self.accounts.verify_command.is_empty()
    }

    /// The limits on connections.
    pub(crate) fn connection_limits(&self) -> Limits {
        Limits {
            connections_max: self.limits.connections_max,
            connections_per_address: self.limits.connections_per_address,
            exempt: self.limits.exempt.clone(),
            proxies: self.proxy.trusted.clone(),
        }
    }

    fn lobby(&self) -> ChannelName {
        ChannelName::parse(&self.channels.lobby, self.channels.casemapping)
            .expect("checked when the configuration was read")
    }
}

/// A setting that is empty was not set.
fn said(text: &Text) -> Option<Text> {
    (!text.is_empty()).then(|| text.clone())
}

/// Where a configuration comes from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// `--config`, which must be there; without it, the usual places are looked at.
    pub file: Option<PathBuf>,
    /// `--listen`.
    pub listen: Vec<Listen>,
    /// `--data`.
    pub data: Option<PathBuf>,
}

impl Sources {
    /// Reads everything, and checks it.
    pub fn read(&self) -> Result<Config, ConfigError> {
        let file = self.file();
        let mut config = merge::read(file.as_deref(), std::env::vars())?;
        if !self.listen.is_empty() {
            config.server.listen.clone_from(&self.listen);
        }
        if let Some(data) = &self.data {
            config.server.data.clone_from(data);
        }
        config.check()?;
        Ok(config)
    }

    /// The file that is read: the one named by `--config` or `PARLOR_CONFIG`, else `parlor.toml` in
    /// the user's configuration directory or in `/etc/parlor`, if one is there.
    pub fn file(&self) -> Option<PathBuf> {
        use etcetera::BaseStrategy;
        let named = self.file.clone().or_else(|| std::env::var_os("PARLOR_CONFIG").map(Into::into));
        named.or_else(|| {
            let user = etcetera::choose_base_strategy().ok().map(|s| s.config_dir().join("parlor"));
            let places = user.into_iter().chain([PathBuf::from("/etc/parlor")]);
            places.map(|place| place.join("parlor.toml")).find(|file| file.is_file())
        })
    }
}
