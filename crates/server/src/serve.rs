//! Starts all threads, wires them, and stops them.

use crate::banned::Banned;
use crate::clock::Aging;
use crate::config::{Config, Listen, cloak};
use crate::core::{Core, ToCore, WayToCore};
use crate::hashing::Hashers;
use crate::journal::LocalJournal;
use crate::listen::{ListenError, listen};
use crate::near::NearCore;
use crate::readers::{Readers, ReadersError};
use crate::shard::{self, CoreOf, Doorkeeper, Inbox, ShardParts, ToShard, WayToShard};
use crate::signals::{SignalRequest, Signals};
use crate::storing::{Batch, Committed, Storing};
use crate::tls::{Identity, TlsError};
use crate::verifying::Verifiers;
use crate::{bounds, clock, descriptors, searching, tls};
use parlor_doors::hall::{Guests, Node};
use parlor_doors::{Cloaks, Facts, Hall};
use parlor_hub::Command;
use parlor_hub::id::{Millis, Seq, SessionId};
use parlor_store::{Indexer, Keeps, Store, Tail, Upgrade};
use std::error::Error;
use std::io;
use std::net::TcpListener;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tokio::sync::Notify;

/// Why the server could not start, or ended badly.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// An address could not be listened at.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The data could not be opened.
    #[error("cannot open the data in {0}: {1}")]
    Store(String, #[source] parlor_store::Error),
    /// There is no certificate for TLS.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// A thread could not be started, or a signal not be listened for.
    #[error("the system refused what the server needs: {0}")]
    System(#[from] io::Error),
    /// What was said last could not be stored.
    #[error("the last messages could not be saved; nobody was shown them")]
    Unsaved,
}

/// What the threads know of each other.
#[derive(Debug, Default)]
pub(crate) struct Status {
    /// How many people are here.
    pub people: AtomicUsize,
    /// How much is kept.
    kept: Mutex<Keeps>,
    /// Networks that may not come in.
    pub banned: Banned,
    /// The server is stopping.
    pub stopping: AtomicBool,
    /// Something could not be stored, and will not be.
    pub failed: AtomicBool,
    /// An operator asked for the configuration to be read again.
    pub rehash: Notify,
    /// A thread asks for the server to stop.
    pub stop: Notify,
}

impl Status {
    /// From now on, so much is kept.
    pub fn set_kept(&self, kept: Keeps) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = kept;
    }

    /// How much is kept.
    pub fn kept(&self) -> Keeps {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The ways to the shards.
#[derive(Debug, Clone)]
pub(crate) struct Shards(Arc<[WayToShard]>);

impl Shards {
    /// Tells every shard.
    pub fn send_all(&self, message: impl Fn() -> ToShard) {
        for shard in self.0.iter() {
            shard.send(message());
        }
    }

    /// Tells the shard of a session.
    pub fn send_to(&self, session: SessionId, message: ToShard) {
        let shard = session.counter() as usize % self.0.len();
        self.0[shard].send(message);
    }
}

/// Runs the server until SIGTERM or Ctrl+C. `reload` reads the configuration again.
pub fn serve(
    config: &Config,
    reload: impl Fn() -> Result<Config, crate::config::ConfigError>,
) -> Result<(), ServeError> {
    let mut signals = Signals::take_over()?;
    let room = descriptors::raise();
    let listening = |&at: &Listen| listen(at.address).map(|listener| (listener, at));
    let listeners = config.server.listen.iter().map(listening).collect::<Result<Vec<_>, _>>()?;
    let data = config.server.data.display().to_string();
    let in_data = |error| ServeError::Store(data.clone(), error);
    let (mut store, durable) =
        Store::open_telling(&config.server.data, config.store_options(), say_how_far())
            .map_err(in_data)?;
    let cloaks = cloak::by(store.cloak_key(cloak::fresh_key()?).map_err(in_data)?);
    let sync = store.measure_sync().map_err(in_data)?;
    let tail = Tail::open(&config.server.data, config.store_options(), &durable);
    let aging = Aging::after(durable.at, store.doubted_from().map_err(in_data)?);
    let disk = Disk { store, tail: tail.map_err(in_data)?, aging, sync, upto: durable.seq };
    tracing::info!(data, sync_us = sync.as_micros(), "data opened; a sync takes this long");
    warn_of_clock_behind(durable.at);
    let identity = Arc::new(tls::load(config)?);
    let indexer = Indexer::open(&config.server.data).map_err(in_data)?;

    let status = Arc::new(Status::default());
    status.set_kept(config.kept());
    durable.bans.iter().for_each(|ban| status.banned.add(ban));
    let (shards, inboxes) = ways_to_shards(shard_count(config.server.shards))?;
    let (readers, reader_threads) =
        Readers::start(&config.server.data, &shards).map_err(|error| match error {
            ReadersError::Store(error) => in_data(error),
            ReadersError::Thread(error) => ServeError::System(error),
        })?;
    let (hashers, hasher_threads) = Hashers::start(&shards)?;
    let (verifiers, verifying) = Verifiers::start(config.sending())?;
    let limits = config.connection_limits();
    let doorkeeper = Arc::new(Doorkeeper::new(durable.epoch, inboxes.len() as u32, room, limits));
    let threads = Threads { status, shards, doorkeeper, verifiers, cloaks };
    let core = Core::start(durable, config.hub_settings(), Arc::clone(&threads.status));
    let (to_core, cores, core_threads) = threads.start_core(core, disk, &readers)?;
    let searching = threads.start_searching(indexer)?;
    let facts = Arc::new(config.facts(clock::now(), &threads.cloaks));
    let begin = ShardsBegin { listeners: &listeners, facts: &facts, identity: &identity };
    let seats = inboxes.into_iter().zip(cores).collect();
    let shard_threads = threads.start_shards(seats, begin, (&hashers, &readers))?;
    announce(&listeners);

    let reason = loop {
        match signals.next(&threads.status) {
            SignalRequest::Stop(reason) => break reason,
            SignalRequest::Reload => match reload() {
                Err(error) => say_that_stays("configuration", &error, &to_core),
                Ok(read) => threads.replace(config, read, facts.started_at, &to_core),
            },
        }
    };
    threads.status.stopping.store(true, Ordering::Relaxed);
    threads.verifiers.stop();
    // What is on its way is stored and shown first, then everyone is told.
    to_core.send(ToCore::Stop);
    core_threads.into_iter().for_each(join);
    threads.shards.send_all(|| ToShard::Goodbye(reason.into()));
    shard_threads.into_iter().for_each(join);
    searching.thread().unpark();
    drop((hashers, readers, threads.verifiers));
    reader_threads.into_iter().chain(hasher_threads).chain([searching, verifying]).for_each(join);
    if threads.status.failed.load(Ordering::Relaxed) { Err(ServeError::Unsaved) } else { Ok(()) }
}

/// As many shards as are configured, or else as cores leave room for beside core and store.
fn shard_count(configured: usize) -> usize {
    if configured > 0 {
        return configured;
    }
    thread::available_parallelism().map_or(1, |cores| cores.get().saturating_sub(2).max(1))
}

/// So many ways to shards, and where each ends.
pub(crate) fn ways_to_shards(count: usize) -> io::Result<(Shards, Vec<Inbox>)> {
    let shards: Vec<_> = (0..count).map(|_| Inbox::new()).collect::<io::Result<_>>()?;
    let (ways, inboxes): (Vec<_>, Vec<_>) = shards.into_iter().unzip();
    Ok((Shards(ways.into()), inboxes))
}

/// Says so where something was stored at a time that the clock has not come to.
fn warn_of_clock_behind(stored: Millis) {
    let behind_ms = stored.saturating_sub(clock::now());
    if behind_ms > bounds::CLOCK_BEHIND_MS_MAX {
        tracing::warn!(
            seconds_behind = behind_ms / 1000,
            "the clock is behind what was stored last, from which time goes on at half its pace until the clock has \
             caught up; if the clock is wrong, stop the server and put it right; if it was wrong before, read \
             docs/running.md on clocks"
        );
    }
}

fn announce(listeners: &[(TcpListener, Listen)]) {
    for (listener, at) in listeners {
        let Ok(address) = listener.local_addr() else { continue };
        let at = Listen { address, ..*at };
        let who = if at.gate.only.is_none() { EVERYONE } else { "" };
        tracing::info!(address = %at, "listening{who}");
    }
}

const EVERYONE: &str = ": nc, telnet, any IRC or web client, with TLS or without";

/// Says in the log what takes long while an earlier program's data is brought to this one's schema.
fn say_how_far() -> impl FnMut(Upgrade) {
    let mut said: Option<Instant> = None;
    move |Upgrade { step, last, statement, messages }| {
        if said.is_none() {
            tracing::info!(
                "bringing the data to the schema of this version; with a long history that takes minutes. \
                 A start that ends meanwhile loses nothing, and the next one begins the step again"
            );
        } else if said.is_none_or(|at| at.elapsed() < bounds::UPGRADE_SAID_EVERY) {
            return;
        }
        said = Some(Instant::now());
        if let Some((done, all)) = messages {
            tracing::info!(step, last, statement, "{done} of {all} messages");
        } else {
            tracing::info!(step, last, statement, "on the way");
        }
    }
}

/// Has the operators hear, and the log say, what could not be read again.
fn say_that_stays(what: &str, error: &dyn Error, to_core: &WayToCore) {
    let why = format!("the {what} stays as it was: {error}").replace('\n', ", ");
    to_core.send(ToCore::Own(Command::NotConfigured(why.into())));
}

/// And what was changed since the start, and cannot change before the next one.
fn say_what_lasts(changed: &[&str], to_core: &WayToCore) {
    if !changed.is_empty() {
        let names = changed.join(", ");
        let why = format!("the server has to be started again for what was changed: {names}");
        to_core.send(ToCore::Own(Command::NotConfigured(why.into())));
    }
}

fn join(thread: JoinHandle<()>) {
    if thread.join().is_err() {
        tracing::error!("a thread ended with a panic");
    }
}

/// What all shards begin with.
#[derive(Clone, Copy)]
struct ShardsBegin<'s> {
    listeners: &'s [(TcpListener, Listen)],
    facts: &'s Arc<Facts>,
    identity: &'s Arc<Identity>,
}

/// The data directory, as it was opened.
struct Disk {
    store: Store,
    tail: Tail,
    aging: Aging,
    /// How long a sync takes.
    sync: Duration,
    /// The last entry in it.
    upto: Seq,
}

/// What all threads are started with.
struct Threads {
    status: Arc<Status>,
    shards: Shards,
    doorkeeper: Arc<Doorkeeper>,
    verifiers: Verifiers,
    cloaks: Cloaks,
}

impl Threads {
    /// Starts core and store. Each shard is given its way to the core: the only shard the core itself.
    fn start_core(
        &self,
        core: Core<LocalJournal>,
        disk: Disk,
        readers: &Readers,
    ) -> io::Result<(WayToCore, Vec<CoreOf>, Vec<JoinHandle<()>>)> {
        let (to_store, store_inbox) = channel::<Batch>();
        let committed = Committed::new(disk.upto, disk.sync);
        let (to_core, inbox) = channel();
        let way = match &*self.shards.0 {
            [shard] => WayToCore::Shard(shard.clone()),
            _ => WayToCore::Thread(to_core),
        };
        let mut storing = Storing {
            store: disk.store,
            aging: disk.aging,
            committed: Arc::clone(&committed),
            core: way.clone(),
            shards: self.shards.clone(),
            readers: readers.clone(),
            verifiers: self.verifiers.clone(),
            status: Arc::clone(&self.status),
        };
        // Before anything is stored with the time that the clock has now.
        storing.age();
        let run = move || storing.run(&store_inbox);
        let mut threads = vec![thread::Builder::new().name("store".into()).spawn(run)?];
        if let WayToCore::Shard(_) = way {
            let near = NearCore::new(core, disk.tail, committed, to_store);
            return Ok((way, vec![CoreOf::This(Box::new(near))], threads));
        }
        let run = move || core.run(&inbox, &to_store);
        threads.insert(0, thread::Builder::new().name("core".into()).spawn(run)?);
        let all = self.shards.0.iter().map(|_| CoreOf::All(way.clone())).collect();
        Ok((way, all, threads))
    }

    fn start_searching(&self, indexer: Indexer) -> io::Result<JoinHandle<()>> {
        let status = Arc::clone(&self.status);
        let named = thread::Builder::new().name("search".into());
        named.spawn(move || searching::run(indexer, &status))
    }

    fn start_shards(
        &self,
        seats: Vec<(Inbox, CoreOf)>,
        begin: ShardsBegin<'_>,
        (hashers, readers): (&Hashers, &Readers),
    ) -> io::Result<Vec<JoinHandle<()>>> {
        let count = seats.len() as u32;
        let start = |(number, (inbox, core)): (usize, (Inbox, CoreOf))| {
            let number = number as u32;
            let node = Node { number: 0, incarnation: self.doorkeeper.incarnation() };
            let parts = ShardParts {
                number,
                hall: Hall::new(Arc::clone(begin.facts), node, Guests::of(number, count)),
                listeners: begin
                    .listeners
                    .iter()
                    .map(|(listener, at)| Ok((listener.try_clone()?, *at)))
                    .collect::<io::Result<_>>()?,
                inbox,
                core,
                hashers: hashers.clone(),
                readers: readers.clone(),
                status: Arc::clone(&self.status),
                doorkeeper: Arc::clone(&self.doorkeeper),
                identity: Arc::clone(begin.identity),
            };
            let status = Arc::clone(&self.status);
            thread::Builder::new().name(format!("shard-{number}")).spawn(move || {
                if let Err(error) = shard::run(parts) {
                    tracing::error!(%error, "a shard has failed; stopping");
                    status.failed.store(true, Ordering::Relaxed);
                    status.stop.notify_one();
                }
            })
        };
        seats.into_iter().enumerate().map(start).collect()
    }

    /// Puts what was read again into effect, but for what takes another start: that stays, and is said.
    fn replace(&self, running: &Config, mut read: Config, started_at: u64, to_core: &WayToCore) {
        let lasting = read.keep_lasting(running);
        self.apply(&read, started_at, to_core);
        say_what_lasts(&lasting, to_core);
    }

    /// Puts a configuration into effect that was read again. Addresses, data and the folding of
    /// names are what the server was started with.
    fn apply(&self, config: &Config, started_at: u64, to_core: &WayToCore) {
        // The hub first: whom the doors let be an operator by this, it knows by then.
        to_core.send(ToCore::Own(Command::Configured(Box::new(config.hub_settings()))));
        let facts = Arc::new(config.facts(started_at, &self.cloaks));
        self.shards.send_all(|| ToShard::Facts(Arc::clone(&facts)));
        match tls::load(config).map(Arc::new) {
            Ok(identity) => self.shards.send_all(|| ToShard::Identity(Arc::clone(&identity))),
            Err(error) => say_that_stays("certificate", &error, to_core),
        }
        self.doorkeeper.set_limits(config.connection_limits());
        self.verifiers.set(config.sending());
        self.status.set_kept(config.kept());
        tracing::info!("configuration read again");
    }
}
