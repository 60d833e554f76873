//! Codes for new accounts: a command of the operator's choice sends each to its address, away from
//! core and store, one after the other and within a bounded time. The end of the server waits for none of
//! those that have not begun.

use crate::bounds;
use parlor_hub::name::Text;
use parlor_hub::outcome::Verification;
use rustix::process::{Pid, Signal, kill_process_group};
use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::{self, JoinHandle};

/// How codes are sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sending {
    /// A program and its arguments; nothing where no code is sent.
    pub command: Vec<String>,
    /// In whose name.
    pub network: Text,
    /// The server's own name.
    pub server: Text,
}

/// The way to the thread that sends codes. It ends when the last of these is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Verifiers {
    queue: SyncSender<Verification>,
    orders: Arc<Orders>,
}

/// What the thread looks at between one code and the next.
#[derive(Debug, Default)]
struct Orders {
    sending: RwLock<Sending>,
    is_stopping: AtomicBool,
}

impl Verifiers {
    /// Starts the thread.
    pub fn start(sending: Sending) -> io::Result<(Self, JoinHandle<()>)> {
        let (queue, waiting) = sync_channel(bounds::CODES_WAITING_MAX);
        let orders = Arc::new(Orders { sending: RwLock::new(sending), ..Orders::default() });
        let shared = Arc::clone(&orders);
        let named = thread::Builder::new().name("verifying".into());
        let thread = named.spawn(move || run(&waiting, &shared))?;
        Ok((Self { queue, orders }, thread))
    }

    /// From now on codes are sent so.
    pub fn set(&self, sending: Sending) {
        *self.orders.sending.write().unwrap_or_else(PoisonError::into_inner) = sending;
    }

    /// No more codes are sent, and a command that runs has little time left.
    pub fn stop(&self) {
        self.orders.is_stopping.store(true, Ordering::Relaxed);
    }

    /// Has a code sent. Past the bound it is not, and its account expires.
    pub fn send(&self, verification: Verification) {
        if let Err(error) = self.queue.try_send(verification) {
            tracing::error!(%error, "too many codes wait to be sent; one is not");
        }
    }
}

fn run(waiting: &Receiver<Verification>, orders: &Orders) {
    while let Ok(verification) = waiting.recv() {
        let account = &verification.account;
        if orders.is_stopping.load(Ordering::Relaxed) {
            tracing::error!(%account, "the server ends before a code was sent");
            continue;
        }
        let sending = orders.sending.read().unwrap_or_else(PoisonError::into_inner).clone();
        match send(&sending, &verification, &orders.is_stopping) {
            Ok(status) if status.success() => tracing::info!(%account, "a code was sent"),
            Ok(status) => tracing::error!(%account, %status, "accounts.verify_command failed"),
            Err(error) => tracing::error!(%account, %error, "accounts.verify_command failed"),
        }
    }
}

/// Runs the command: what it needs is in its environment, and a whole mail on its input. No shell is
/// between, so an address is never more than an address.
fn send(
    sending: &Sending,
    verification: &Verification,
    is_stopping: &AtomicBool,
) -> io::Result<ExitStatus> {
    let Some((program, arguments)) = sending.command.split_first() else {
        return Err(io::Error::other("it is not set"));
    };
    let Verification { account, email, code } = verification;
    let mut child = Command::new(program)
        .args(arguments)
        .env("PARLOR_ACCOUNT", &**account)
        .env("PARLOR_EMAIL", &**email)
        .env("PARLOR_CODE", &**code)
        .env("PARLOR_NETWORK", &*sending.network)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // So that what it starts itself can be ended with it.
        .process_group(0)
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // A command that reads nothing has what it needs.
        let _ = input.write_all(mail(sending, verification).as_bytes());
    }
    wait(&mut child, is_stopping)
}

fn mail(sending: &Sending, verification: &Verification) -> String {
    let Sending { network, server, .. } = sending;
    let Verification { account, email, code } = verification;
    format!(
        "To: {email}\r\n\
         Subject: Your account {account} on {network}\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\
         \r\n\
         Somebody registered the account {account} on {server} with this address.\r\n\
         If it was you, say this there within a day:\r\n\
         \r\n    /VERIFY {account} {code}\r\n\r\n\
         If it was not, do nothing: the account will be gone.\r\n"
    )
}

/// Waits for the end of a command, which comes at the bound at the latest, for all that it started.
fn wait(child: &mut Child, is_stopping: &AtomicBool) -> io::Result<ExitStatus> {
    let mut left = bounds::CODE_SENT_WITHIN;
    while !left.is_zero() {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if is_stopping.load(Ordering::Relaxed) {
            left = left.min(bounds::CODE_STOPPED_WITHIN);
        }
        thread::sleep(bounds::CODE_LOOKED_AFTER);
        left = left.saturating_sub(bounds::CODE_LOOKED_AFTER);
    }
    kill_process_group(Pid::from_child(child), Signal::KILL)?;
    child.wait()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn verification() -> Verification {
        let email = "ada@example.org".into();
        Verification { account: "ada".into(), email, code: "c0de".into() }
    }

    #[test]
    fn a_command_gets_address_and_code_and_a_whole_mail() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("mail").display().to_string();
        let script = "{ echo $PARLOR_ACCOUNT $PARLOR_EMAIL $PARLOR_CODE; cat; } > \"$1\"";
        let command = ["sh", "-c", script, "sh", &file].map(str::to_owned).to_vec();
        let sending = Sending { command, network: "Example".into(), server: "irc.example".into() };
        assert!(send(&sending, &verification(), &AtomicBool::new(false)).unwrap().success());
        let sent = fs::read_to_string(file).unwrap();
        assert!(sent.starts_with("ada ada@example.org c0de\nTo: ada@example.org\r\n"), "{sent}");
        assert!(sent.contains("/VERIFY ada c0de\r\n"), "{sent}");
    }

    #[test]
    fn a_command_that_is_not_there_is_an_error() {
        let command = vec!["/nowhere/at/all".to_owned()];
        for command in [command, Vec::new()] {
            let sending = Sending { command, ..Sending::default() };
            assert!(send(&sending, &verification(), &AtomicBool::new(false)).is_err());
        }
    }
}
