//! Passwords: a small bounded pool, so that they never delay a loop.

mod argon;
mod guesses;
mod scram;

use crate::bounds;
use crate::serve::Shards;
use crate::shard::ToShard;
use argon::Memory;
use guesses::Guesses;
use parlor_doors::hall::{NewKeys, PasswordDone, PasswordWork};
use parlor_hub::change::Keys;
use parlor_hub::id::SessionId;
use parlor_hub::name::Text;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Instant;

type Job = (SessionId, PasswordWork, Option<Share>);

/// The pool. It ends when the last of its handles is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Hashers {
    jobs: SyncSender<Job>,
    shards: Shards,
    shares: Shares,
    guesses: Arc<Guesses>,
}

/// How many passwords of each address are in the pool.
type Shares = Arc<Mutex<HashMap<IpAddr, usize>>>;

impl Hashers {
    /// Starts the threads.
    pub fn start(shards: &Shards) -> std::io::Result<(Self, Vec<JoinHandle<()>>)> {
        let (jobs, waiting) = sync_channel::<Job>(bounds::HASHES_WAITING_MAX);
        let waiting = Arc::new(Mutex::new(waiting));
        let verified = Arc::new(Mutex::new(Verified::default()));
        let guesses = Arc::new(Guesses::default());
        let threads = (0..bounds::HASHERS).map(|number| {
            let (waiting, verified) = (Arc::clone(&waiting), Arc::clone(&verified));
            let guesses = Arc::clone(&guesses);
            let shards = shards.clone();
            let name = format!("hashing-{number}");
            let run = move || work(&waiting, &verified, &guesses, &shards);
            thread::Builder::new().name(name).spawn(run)
        });
        let threads = threads.collect::<Result<_, _>>()?;
        let (shards, shares) = (shards.clone(), Shares::default());
        Ok((Self { jobs, shards, shares, guesses }, threads))
    }

    /// Takes work in, or says that the pool is full, or has enough from that address.
    pub fn submit(&self, session: SessionId, from: Option<IpAddr>, work: PasswordWork) {
        let is_new = matches!(work, PasswordWork::New { .. });
        let may_go_on = |address| self.guesses.may_go_on(address, Instant::now());
        if !is_new && !from.is_none_or(may_go_on) {
            return self.give_back(session, PasswordDone::TooManyWrong);
        }
        let share = from.map(|address| Share::take(&self.shares, address));
        let is_taken = match share {
            Some(None) => false,
            share => self.jobs.try_send((session, work, share.flatten())).is_ok(),
        };
        if !is_taken {
            self.give_back(session, PasswordDone::Busy);
        }
    }

    fn give_back(&self, session: SessionId, done: PasswordDone) {
        self.shards.send_to(session, ToShard::Hashed(session, done));
    }
}

/// A place of an address in the pool, given back when it is dropped.
#[derive(Debug)]
struct Share {
    shares: Shares,
    address: IpAddr,
}

impl Share {
    /// None when the address has all that it may have.
    fn take(shares: &Shares, address: IpAddr) -> Option<Self> {
        let mut taken = shares.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(address).or_insert(0);
        if *count >= bounds::HASHES_PER_ADDRESS_MAX {
            return None;
        }
        *count += 1;
        Some(Self { shares: Arc::clone(shares), address })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.address);
            }
        }
    }
}

/// The PHC string of a password.
pub fn hash_password(password: &str) -> Result<String, argon2::password_hash::Error> {
    Memory::default().hash(password)
}

/// What is kept of a new password, and a code that nobody can guess.
fn new_keys(memory: &mut Memory, password: &str) -> Result<NewKeys, argon2::password_hash::Error> {
    let scram = scram::keys(password).map(Text::from);
    let keys = Keys { password: memory.hash(password)?.into(), scram };
    Ok(NewKeys { keys, code: scram::code().into() })
}

fn work(
    waiting: &Mutex<Receiver<Job>>,
    verified: &Mutex<Verified>,
    guesses: &Guesses,
    shards: &Shards,
) {
    let mut memory = Memory::default();
    loop {
        let job = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((session, work, share)) = job else { return };
        let done = match work {
            PasswordWork::New { password } => match new_keys(&mut memory, &password) {
                Ok(keys) => PasswordDone::New(keys),
                Err(error) => {
                    tracing::error!(%error, "could not hash a password");
                    PasswordDone::Busy
                }
            },
            PasswordWork::Verify { phc, password } => {
                PasswordDone::Verified(verify(&mut memory, verified, &phc, &password))
            }
            PasswordWork::Unknown => PasswordDone::Verified(false),
            PasswordWork::ScramFirst { keys, message } => {
                PasswordDone::Begun(scram::begin(keys, message))
            }
            PasswordWork::ScramFinal { scram, message } => {
                PasswordDone::Proven(scram::conclude(&scram, &message))
            }
        };
        if let (PasswordDone::Verified(false) | PasswordDone::Proven(None), Some(share)) =
            (&done, &share)
        {
            guesses.note(share.address, Instant::now());
        }
        shards.send_to(session, ToShard::Hashed(session, done));
    }
}

fn verify(memory: &mut Memory, verified: &Mutex<Verified>, phc: &str, password: &str) -> bool {
    let lock = || verified.lock().unwrap_or_else(PoisonError::into_inner);
    if lock().knows(phc, password) {
        return true;
    }
    let is_right = memory.verify(phc, password).unwrap_or(false);
    if is_right {
        lock().note(phc, password);
    }
    is_right
}

/// Keyed digests of passwords that were verified lately, so that those who all reconnect at once
/// need not wait for each other's hashes. The key lives and dies with the process.
#[derive(Debug, Default)]
struct Verified {
    keys: [RandomState; 2],
    known: HashSet<u128>,
    order: VecDeque<u128>,
}

impl Verified {
    fn knows(&self, phc: &str, password: &str) -> bool {
        self.known.contains(&self.digest(phc, password))
    }

    fn note(&mut self, phc: &str, password: &str) {
        let digest = self.digest(phc, password);
        if !self.known.insert(digest) {
            return;
        }
        self.order.push_back(digest);
        if self.order.len() > bounds::VERIFIED_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }

    /// 128 bits by two keyed hashes: `SipHash` is a keyed pseudo-random function, which is all that
    /// is asked of it here.
    fn digest(&self, phc: &str, password: &str) -> u128 {
        let [one, other] = &self.keys;
        u128::from(one.hash_one((phc, password))) << 64
            | u128::from(other.hash_one((phc, password)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_share_and_no_more_until_it_gives_back() {
        let shares = Shares::default();
        let take = |address: &str| Share::take(&shares, address.parse().unwrap());
        let mut taken: Vec<Share> =
            (0..bounds::HASHES_PER_ADDRESS_MAX).filter_map(|_| take("10.0.0.1")).collect();
        assert_eq!(taken.len(), bounds::HASHES_PER_ADDRESS_MAX);
        assert!(take("10.0.0.1").is_none());
        assert!(take("10.0.0.2").is_some());
        taken.pop();
        assert!(take("10.0.0.1").is_some());
        taken.clear();
        assert!(shares.lock().unwrap().is_empty());
    }

    #[test]
    fn a_password_is_verified_and_another_is_not() {
        let (memory, verified) = (&mut Memory::default(), Mutex::new(Verified::default()));
        let phc = hash_password("correct horse").unwrap();
        assert!(phc.starts_with("$argon2id$"));
        for _ in 0..2 {
            assert!(verify(memory, &verified, &phc, "correct horse"));
            assert!(!verify(memory, &verified, &phc, "battery staple"));
        }
        assert!(!verify(memory, &verified, "not a hash", "correct horse"));
    }
}
