//! A server that is measured ends with this program, even where this is killed. The kernel would see to it if a
//! server asked (`PR_SET_PDEATHSIG`), but forgets it of one that gives up its rights, as some do: so a process
//! beside each waits for the end of a pipe that this program holds.

use crate::error::Error;
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use std::env::current_exe;
use std::io::{self, Read, stdin};
use std::process::{Child, Command, Stdio};

/// What ends a server when this is dropped, or this program gone.
pub(crate) struct Guard(Child);

impl Guard {
    /// Begins to watch a server.
    pub fn of(server: &Child) -> Result<Self, Error> {
        let mut guard = Command::new(current_exe().map_err(Error::io("find this program"))?);
        guard.args(["guard", "--pid"]).arg(server.id().to_string()).stdin(Stdio::piped());
        guard.spawn().map(Self).map_err(Error::io("start a guard"))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        // It ends when its pipe does.
        let _ = self.0.wait();
    }
}

/// Waits until nobody holds the other end of the pipe, and ends the server if it is still there. Its number
/// may be another's by then: the descriptor is not.
pub(crate) fn stand(pid: i32) -> Result<(), Error> {
    let wrong = || io::Error::from(io::ErrorKind::InvalidInput);
    let watched = Pid::from_raw(pid).ok_or_else(wrong);
    let server = watched.and_then(|pid| Ok(pidfd_open(pid, PidfdFlags::empty())?));
    let server = server.map_err(Error::io("watch a server"))?;
    stdin().read_to_end(&mut Vec::new()).map_err(Error::io("watch a server"))?;
    // One that has ended cannot be told to.
    let _ = pidfd_send_signal(&server, Signal::KILL);
    Ok(())
}
