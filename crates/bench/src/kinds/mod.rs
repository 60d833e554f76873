//! What connections of each kind cost that do nothing: plain ones, by TLS, by WebSocket.
//!
//! The server's share are its resident bytes. The kernel's is what its slab allocator holds more than before:
//! sockets, files, and what watches them. Both ends of every connection are on this machine and are alike,
//! so that half of it is the server's.
//!
//! - `caller`: somebody who comes by a connection of any kind.

mod caller;

use crate::bounds;
use crate::error::Error;
use crate::process::{resident_bytes, slab_bytes};
use crate::scenario::Scale;
use crate::subject::Subject;
use caller::{Callers, Kind};
use std::fmt::Write;
use std::net::TcpStream;
use std::thread::sleep;

/// Those before the first that counts: a server touches once what it touches only once.
const FIRST: usize = 50;

/// How far callers come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    /// The connection is what it is to be: a handshake is done, a WebSocket is open.
    Connected,
    SignedOn,
}

/// What one connection takes.
struct Taken {
    server: f64,
    kernel: f64,
}

/// Measures connections of each kind, of every Parlor.
pub(crate) fn compare(scale: &Scale, subjects: &[Subject]) -> Result<String, Error> {
    let mut out = format!(
        "What each of {} connections takes that does nothing, by its kind: resident bytes of the server, and the \
         kernel's for the server's end (half of what the Slab of /proc/meminfo grows by, since both ends are here).\n\n\
         | server | kind | resident bytes, connected | resident bytes, signed on | the kernel's |\n\
         |---|---|--:|--:|--:|\n",
        scale.kinds,
    );
    for subject in subjects.iter().filter(|subject| matches!(subject, Subject::Parlor(..))) {
        for kind in Kind::ALL {
            let name = subject.name();
            eprintln!("{} connections, {}: {name}", scale.kinds, kind.name());
            let connected = measure(subject, kind, Until::Connected, scale.kinds)?;
            let signed_on = measure(subject, kind, Until::SignedOn, scale.kinds)?;
            let _ = writeln!(
                out,
                "| {name} | {} | {:.0} | {:.0} | {:.0} |",
                kind.name(),
                connected.server,
                signed_on.server,
                signed_on.kernel,
            );
        }
    }
    Ok(out)
}

fn measure(subject: &Subject, kind: Kind, until: Until, count: usize) -> Result<Taken, Error> {
    let running = subject.start()?;
    // Who is welcomed knows that the server's certificate is made.
    let mut first = subject.load(&running)?;
    first.sign_on(FIRST, "f")?;
    let mut callers = Callers::of(&running)?;
    let mut sockets = Vec::with_capacity(FIRST + count);
    come(&mut callers, (kind, Until::SignedOn), FIRST, &mut sockets)?;
    sleep(bounds::SETTLED);
    let (server, kernel) = (resident_bytes(running.pid)?, slab_bytes()?);
    come(&mut callers, (kind, until), count, &mut sockets)?;
    sleep(bounds::SETTLED);
    let each = |after: u64, before: u64| (after as f64 - before as f64) / count as f64;
    Ok(Taken {
        server: each(resident_bytes(running.pid)?, server),
        kernel: each(slab_bytes()?, kernel) / 2.0,
    })
}

/// Has so many come, and keeps their sockets, which is all that the server sees of them.
fn come(
    callers: &mut Callers,
    (kind, until): (Kind, Until),
    count: usize,
    sockets: &mut Vec<TcpStream>,
) -> Result<(), Error> {
    for _ in 0..count {
        let mut caller = callers.connect(kind)?;
        if until == Until::SignedOn {
            caller.sign_on(&format!("k{:05}", sockets.len()))?;
        }
        sockets.push(caller.into_socket());
    }
    Ok(())
}
