//! Other servers, where they are installed: started for a measurement, with no limits on rates, in the
//! foreground, with a configuration of their own and nothing of the system's.

use crate::error::Error;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A server that this program can start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rival {
    Ngircd,
    Inspircd,
    Ergo,
}

/// Where distributions put servers, beside where the caller looks.
const DIRECTORIES: [&str; 4] = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];

impl Rival {
    /// Those that are installed.
    pub fn installed() -> impl Iterator<Item = Self> {
        [Self::Ngircd, Self::Inspircd, Self::Ergo]
            .into_iter()
            .filter(|rival| rival.program().is_some())
    }

    /// What it is called, and its version.
    pub fn name(self) -> String {
        let version = self.program().and_then(|it| Command::new(it).arg("--version").output().ok());
        let said = version.map(|said| String::from_utf8_lossy(&said.stdout).into_owned());
        let first = said.as_deref().and_then(|said| said.lines().next()).unwrap_or_default();
        let words = first.split(['-', ' ']).take(2).collect::<Vec<_>>();
        if words.len() == 2 { words.join(" ") } else { format!("{self:?}") }
    }

    /// Whether its name has this in it.
    pub fn is_called(self, word: &str) -> bool {
        self.command_name().contains(&word.to_lowercase())
    }

    fn program(self) -> Option<PathBuf> {
        let name = self.command_name();
        DIRECTORIES.iter().map(|directory| Path::new(directory).join(name)).find(|it| it.exists())
    }

    fn command_name(self) -> &'static str {
        match self {
            Self::Ngircd => "ngircd",
            Self::Inspircd => "inspircd",
            Self::Ergo => "ergo",
        }
    }

    /// Starts it at an address, with its files in a directory.
    pub fn command(self, at: SocketAddr, directory: &Path) -> Result<Command, Error> {
        let program = self.program().ok_or_else(|| Error::NoServer(format!("{self:?}").into()))?;
        let configuration = directory.join("configuration");
        let text = match self {
            Self::Ngircd => ngircd(at),
            Self::Inspircd => inspircd(at, directory),
            Self::Ergo => ergo(at, directory),
        };
        fs::write(&configuration, text).map_err(Error::io("write a configuration"))?;
        if self == Self::Ergo {
            let mut first = Command::new(&program);
            first.args(["initdb", "--quiet", "--conf"]).arg(&configuration);
            first.output().map_err(Error::io("prepare a rival's data"))?;
        }
        let mut command = Command::new(program);
        match self {
            Self::Ergo => command.args(["run", "--quiet", "--conf"]).arg(configuration),
            Self::Ngircd => command.arg("-n").arg("-f").arg(configuration),
            Self::Inspircd => command
                .args(["--nofork", "--runasroot"])
                .arg(format!("--config={}", configuration.display())),
        };
        Ok(command)
    }
}

fn ngircd(at: SocketAddr) -> String {
    format!(
        "[Global]\nName = rival.local\nInfo = measured\nListen = {}\nPorts = {}\n\
         [Limits]\nMaxConnections = 0\nMaxConnectionsIP = 0\nMaxJoins = 0\nMaxNickLength = 16\n\
         MaxPenaltyTime = 0\nPingTimeout = 3600\n\
         [Options]\nDNS = no\nIdent = no\nPAM = no\n",
        at.ip(),
        at.port(),
    )
}

fn inspircd(at: SocketAddr, directory: &Path) -> String {
    let (ip, port, directory) = (at.ip(), at.port(), directory.display());
    format!(
        r#"<server name="rival.local" description="measured" network="measured" id="0AA">
<admin name="a" nick="a" email="a@rival.local">
<bind address="{ip}" port="{port}" type="clients">
<connect allow="*" name="all" timeout="60" pingfreq="1h" hardsendq="64M" softsendq="16M" recvq="1M"
 threshold="1000000" commandrate="1000000000" fakelag="off" localmax="100000" globalmax="100000"
 limit="100000" maxchans="10000" resolvehostnames="no" useident="no">
<options defaultmodes="">
<performance somaxconn="4096" softlimit="100000" quietbursts="yes">
<log method="file" type="*" level="default" target="{directory}/log">
<pid file="{directory}/pid">
"#
    )
}

fn ergo(at: SocketAddr, directory: &Path) -> String {
    let directory = directory.display();
    format!(
        r#"network: {{ name: measured }}
server:
  name: rival.local
  listeners: {{ "{at}": {{}} }}
  casemapping: ascii
  lookup-hostnames: false
  check-ident: false
  max-sendq: 64M
  ip-limits: {{ count: false, throttle: false }}
  ip-cloaking: {{ enabled: false }}
accounts: {{ registration: {{ enabled: false }} }}
channels: {{ max-channels-per-client: 10000 }}
datastore: {{ path: "{directory}/data", autoupgrade: true }}
lock-file: "{directory}/lock"
limits:
  nicklen: 32
  identlen: 20
  realnamelen: 150
  channellen: 64
  awaylen: 390
  kicklen: 390
  topiclen: 390
  monitor-entries: 100
  whowas-entries: 100
  chan-list-modes: 100
  registration-messages: 1024
fakelag: {{ enabled: false }}
history: {{ enabled: false }}
"#
    )
}
