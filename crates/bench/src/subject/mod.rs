//! What is measured: Parlor, the floors beside it, or another server that runs already.

pub(crate) mod guard;
pub(crate) mod rivals;

use crate::bounds;
use crate::disks::Disk;
use crate::error::Error;
use crate::floor::Mode;
use crate::load::Load;
use crate::socket;
use clap::ValueEnum;
use guard::Guard;
use rivals::Rival;
use rustix::process::{Pid, Signal, kill_process};
use std::fs::{self, File};
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::time::Instant;
use tempfile::TempDir;

/// A server to be measured.
#[derive(Debug, Clone)]
pub(crate) enum Subject {
    /// `parlor serve` of this binary, with an empty data directory below the other path.
    Parlor(PathBuf, PathBuf),
    /// The same on a disk of a kind.
    OnDisk(PathBuf, PathBuf, Disk),
    /// A bare loop. The one that stores does it below the other path.
    Floor(Mode, PathBuf),
    /// Another server that is installed here.
    Rival(Rival),
    /// Another server that runs already.
    Other(Other),
}

/// A server that runs already.
#[derive(Debug, Clone)]
pub(crate) struct Other {
    pub name: String,
    pub address: SocketAddr,
    pub pid: u32,
}

impl FromStr for Other {
    type Err = String;

    /// `NAME=HOST:PORT,PID`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not NAME=HOST:PORT,PID");
        let (name, rest) = text.split_once('=').ok_or_else(wrong)?;
        let (address, pid) = rest.split_once(',').ok_or_else(wrong)?;
        let (address, pid) = address.parse().ok().zip(pid.parse().ok()).ok_or_else(wrong)?;
        Ok(Self { name: name.to_owned(), address, pid })
    }
}

/// A server that runs. It ends with this, if it was started for it.
pub(crate) struct Running {
    pub address: SocketAddr,
    pub pid: u32,
    started: Option<Started>,
    /// What it has is gone with it.
    directory: Option<TempDir>,
}

/// A server that was started by this program.
struct Started {
    child: Child,
    _guard: Guard,
}

/// Where Parlor's data is while it is started again and again.
pub(crate) struct Home {
    binary: PathBuf,
    directory: PathBuf,
    /// Gone with this, unless it is kept.
    _temporary: Option<TempDir>,
}

impl Subject {
    pub fn name(&self) -> String {
        match self {
            Self::Parlor(binary, _) | Self::OnDisk(binary, ..) => binary.display().to_string(),
            Self::Floor(mode, _) => format!("floor, {}", mode.name()),
            Self::Rival(rival) => rival.name(),
            Self::Other(other) => other.name.clone(),
        }
    }

    /// Whether it is Parlor or a floor, and not somebody else's.
    pub fn is_ours(&self) -> bool {
        matches!(self, Self::Parlor(..) | Self::OnDisk(..) | Self::Floor(..))
    }

    /// The load for it. That of a rival ends after a while.
    pub fn load(&self, running: &Running) -> Result<Load, Error> {
        let mut load = Load::new(running.address)?;
        if !self.is_ours() {
            load.end_within(bounds::SCENARIO_WITHIN);
        }
        Ok(load)
    }

    /// What was found. Nothing where a rival did not bear it: then the others are still compared.
    pub fn borne<T>(&self, found: Result<T, Error>) -> Result<Option<T>, Error> {
        match found {
            Err(error) if !self.is_ours() => {
                eprintln!("{} is left out here: {error}", self.name());
                Ok(None)
            }
            found => found.map(Some),
        }
    }

    /// Starts it with nothing in it, and waits until it listens.
    pub fn start(&self) -> Result<Running, Error> {
        let address = socket::unused_address().map_err(Error::io("find a port"))?;
        let temporary = || tempfile::tempdir().map_err(Error::io("make a directory"));
        let (mut command, directory) = match self {
            Self::Other(other) => {
                let (address, pid) = (other.address, other.pid);
                return Ok(Running { address, pid, started: None, directory: None });
            }
            Self::Rival(rival) => {
                let directory = temporary()?;
                (rival.command(address, directory.path())?, directory)
            }
            Self::Parlor(binary, below) => {
                let directory = TempDir::new_in(below).map_err(Error::io("make a directory"))?;
                (serve(binary, address, directory.path())?, directory)
            }
            Self::OnDisk(binary, below, disk) => {
                let directory = TempDir::new_in(below).map_err(Error::io("make a directory"))?;
                (disk.put_under(&serve(binary, address, directory.path())?), directory)
            }
            Self::Floor(mode, below) => {
                let directory = TempDir::new_in(below).map_err(Error::io("make a directory"))?;
                (floor(*mode, address, &directory.path().join("log"))?, directory)
            }
        };
        let said = directory.path().join("said");
        let mut running = spawn(&mut command, address, &said)?;
        running.directory = Some(directory);
        running.wait_until_listening(self.name(), &said)?;
        Ok(running)
    }
}

impl Home {
    /// A new one below this directory.
    pub fn new(binary: &Path, below: &Path) -> Result<Self, Error> {
        let temporary = TempDir::new_in(below).map_err(Error::io("make a directory"))?;
        let directory = temporary.path().to_owned();
        Ok(Self { binary: binary.to_owned(), directory, _temporary: Some(temporary) })
    }

    /// This directory, with what is in it, and it stays.
    pub fn kept(binary: &Path, directory: &Path) -> Result<Self, Error> {
        fs::create_dir_all(directory).map_err(Error::io("make a directory"))?;
        Ok(Self { binary: binary.to_owned(), directory: directory.to_owned(), _temporary: None })
    }

    pub fn path(&self) -> &Path {
        &self.directory
    }

    /// Starts Parlor with what is there, and waits until it listens.
    pub fn start(&self) -> Result<Running, Error> {
        let address = socket::unused_address().map_err(Error::io("find a port"))?;
        let said = self.directory.join("said");
        let mut command = serve(&self.binary, address, &self.directory)?;
        let running = spawn(&mut command, address, &said)?;
        running.wait_until_listening(self.binary.display().to_string(), &said)?;
        Ok(running)
    }

    /// How large the data is.
    pub fn bytes(&self) -> Result<u64, Error> {
        let files = fs::read_dir(self.directory.join("data"));
        let files = files.map_err(Error::io("look at the data"))?.flatten();
        Ok(files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum())
    }
}

/// Starts a server that will listen there.
fn spawn(command: &mut Command, address: SocketAddr, said: &Path) -> Result<Running, Error> {
    let log = File::create(said).map_err(Error::io("make a log"))?;
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    let mut child = command.spawn().map_err(Error::io("start a server"))?;
    let guard = Guard::of(&child).inspect_err(|_| drop(child.kill()))?;
    let pid = child.id();
    Ok(Running { address, pid, started: Some(Started { child, _guard: guard }), directory: None })
}

/// Parlor with what a comparison needs: no rate, and nothing replayed on joining. It stores and
/// syncs as always.
fn serve(binary: &Path, address: SocketAddr, data: &Path) -> Result<Command, Error> {
    // A name without a directory would be looked up among the installed programs.
    let binary = binary.canonicalize().map_err(|_| Error::NoServer(binary.to_owned()))?;
    let mut command = Command::new(binary);
    command.arg("serve").arg("--listen").arg(address.to_string());
    command.arg("--data").arg(data.join("data"));
    command.env("PARLOR_LIMITS_COMMANDS_PER_SECOND", "0").env("PARLOR_HISTORY_REPLAY", "0");
    Ok(command)
}

fn floor(mode: Mode, address: SocketAddr, log: &Path) -> Result<Command, Error> {
    let binary = std::env::current_exe().map_err(Error::io("find this program"))?;
    let mut command = Command::new(binary);
    let mode = mode.to_possible_value().map(|value| value.get_name().to_owned());
    command.args(["floor", "--mode"]).args(mode).arg("--listen").arg(address.to_string());
    command.arg("--log").arg(log);
    Ok(command)
}

impl Running {
    /// Ends it as its administrator would, and waits until it has.
    pub fn end(mut self) -> Result<(), Error> {
        let Some(Started { child, .. }) = &mut self.started else { return Ok(()) };
        let pid = Pid::from_child(child);
        kill_process(pid, Signal::TERM)
            .map_err(io::Error::from)
            .map_err(Error::io("end a server"))?;
        let until = Instant::now() + bounds::END;
        while child.try_wait().map_err(Error::io("wait for a server's end"))?.is_none() {
            if Instant::now() >= until {
                return Err(Error::Stalled { doing: "ending", what: "it runs on".into() });
            }
            std::thread::sleep(bounds::START_PAUSE);
        }
        Ok(())
    }

    /// Where the certificate is that Parlor has made for itself.
    pub fn certificate(&self) -> PathBuf {
        let directory = self.directory.as_ref().map(|it| it.path().join("data/tls.pem"));
        directory.unwrap_or_default()
    }

    fn wait_until_listening(&self, name: String, said: &Path) -> Result<(), Error> {
        let until = Instant::now() + bounds::START;
        while TcpStream::connect(self.address).is_err() {
            if Instant::now() >= until {
                let said = fs::read_to_string(said).unwrap_or_default();
                return Err(Error::NotListening { name, said });
            }
            std::thread::sleep(bounds::START_PAUSE);
        }
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(Started { child, .. }) = &mut self.started {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
