//! What can be asked for on the command line.

use crate::bounds;
use crate::floor::Mode;
use crate::subject::Other;
use clap::Parser;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Measures what a delivery and a connection cost, beside bare loops that bear the same load.
#[derive(Debug, Parser)]
#[command(name = "parlor-bench", version, args_conflicts_with_subcommands = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub command: Option<Subcommand>,
    /// Everything small, once: does it work?
    #[arg(long)]
    pub smoke: bool,
    /// The binary to measure: a release build. Given several times, they are compared in one run
    #[arg(long, value_name = "PATH", default_value = "target/release/parlor")]
    pub server: Vec<PathBuf>,
    /// Measure another IRC server too, which runs already. Its resident bytes count only when it has
    /// just been started, with `--only connections`
    #[arg(long, value_name = "NAME=HOST:PORT,PID")]
    pub rival: Vec<Other>,
    /// Leave out other servers that are installed here (`ngircd`, `inspircd`, `ergo`)
    #[arg(long)]
    pub alone: bool,
    /// Leave out those of them whose name has this in it: ngIRCd takes as long as all others together
    #[arg(long, value_name = "NAME")]
    pub without: Vec<String>,
    /// Write what was found between the marks of this document, and plots beside it
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// How often everything is run, interleaved [default: 3, with --smoke 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=bounds::RUNS_MAX))]
    pub runs: Option<u8>,
    /// Where the server's data is: the disk decides what a commit costs [default: the system's
    /// directory for temporary files]
    #[arg(long, value_name = "DIRECTORY")]
    pub data: Option<PathBuf>,
    /// Only scenarios whose name has this in it; `connections` names what idle ones and sign-on cost, `kinds` idle ones
    /// by TLS and WebSocket too, `slow disks` the paced scenario on those (it takes a C compiler, `cc`), `storms` what
    /// bystanders feel when thousands do something at once
    #[arg(long, value_name = "WORD")]
    pub only: Option<String>,
}

/// What else there is.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Subcommand {
    /// Measure what a long history costs: writing it, starting with it, reading and searching it
    History {
        /// The binary to measure: a release build
        #[arg(long, value_name = "PATH", default_value = "target/release/parlor")]
        server: PathBuf,
        /// Where the server's data is [default: the system's directory for temporary files]
        #[arg(long, value_name = "DIRECTORY")]
        data: Option<PathBuf>,
        /// Keep the history in this directory, and use the one that is there instead of filling another
        #[arg(long, value_name = "DIRECTORY", conflicts_with = "data")]
        keep: Option<PathBuf>,
        /// How many messages there are
        #[arg(long, value_name = "N", default_value_t = 1_000_000)]
        messages: u64,
        /// How many pages, and how many searches, are asked for
        #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..))]
        asked: u32,
    },
    /// Be a floor: a bare loop that speaks just enough IRC to bear the load
    Floor {
        /// How deliveries leave
        #[arg(long)]
        mode: Mode,
        /// Where to listen
        #[arg(long, value_name = "ADDRESS")]
        listen: SocketAddr,
        /// Where to store what is said, in the mode that does
        #[arg(long, value_name = "FILE", required_if_eq("mode", "sync"))]
        log: Option<PathBuf>,
    },
    /// End a server when the standard input ends
    #[command(hide = true)]
    Guard {
        #[arg(long)]
        pid: i32,
    },
}

impl Cli {
    /// How often everything is run.
    pub fn runs(&self) -> usize {
        usize::from(self.runs.unwrap_or(if self.smoke { 1 } else { 3 }))
    }

    /// Whether a scenario was asked for.
    pub fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|word| name.contains(word.as_str()))
    }
}
