//! The tail: what was stored last, in a file of its own, until the database has it too.
//!
//! A transaction costs many writes at many places, and a sync. For a single message that is more than all
//! else that it costs. So what comes is appended to `parlor.tail`, one write and one sync
//! for what comes together, and reaches the database later, in large transactions. A start gives the database
//! first what only the tail has ([`replay`]), so nothing that was stored is ever missed.
//!
//! The file has its full length from the beginning, so that a sync is one of data alone, and two halves: while
//! one is written, the database takes what is in the other. A record is
//!
//! ```text
//! length: u32 LE | CRC-32 of the rest: u32 LE | head and changes, as postcard writes them
//! ```
//!
//! and a half ends with the first that is not whole. What is left behind there from earlier is told from what
//! counts by [`Head`]: a record follows the one that it names, of the same epoch, and nothing else.

use crate::commit::medium::Medium;
use crate::error::Error;
use crate::store::{Options, Store, Sync};
use crate::{bounds, directory};
use parlor_hub::change::{Change, Durable};
use parlor_hub::id::{Millis, Seq};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// How records are written. Another number for every change of that, of [`Change`] and of what is in one:
/// `tests::a_record_is_written_as_ever` says when.
const FORMAT: u8 = 1;

/// The length and the checksum.
const PREFIX_BYTES: usize = 8;

/// No record is longer than its half.
const BYTES_MAX: u32 = bounds::TAIL_HALF_BYTES as u32;

/// What a record begins with.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Head {
    format: u8,
    epoch: u32,
    /// The last entry before it of which something was stored. Without that, this does not count.
    after: Seq,
    /// The last entry that is in it, and when that was.
    seq: Seq,
    at: Millis,
}

/// The file, while a server writes it.
#[derive(Debug)]
pub struct Tail<M = File> {
    path: PathBuf,
    medium: M,
    is_synced: bool,
    epoch: u32,
    /// The last entry of which something was stored, here or in the database.
    stored: Seq,
    halves: [Half; 2],
    /// Which of them is written.
    current: usize,
    /// A record is put together here: kept for its memory.
    record: Vec<u8>,
}

/// Half of the file.
#[derive(Debug, Clone, Copy, Default)]
struct Half {
    written: usize,
    /// The last entry in it.
    last: Seq,
}

impl Tail {
    /// Takes the tail of a store that was just opened, and has all that was in it.
    pub fn open(data: &Path, options: Options, durable: &Durable) -> Result<Self, Error> {
        Self::open_on(|file, _| file, data, options, durable)
    }
}

impl<M: Medium> Tail<M> {
    /// [`Tail::open`] on what such a medium makes of the file of this path.
    pub fn open_on(
        medium: impl FnOnce(File, &Path) -> M,
        data: &Path,
        options: Options,
        durable: &Durable,
    ) -> Result<Self, Error> {
        let path = data.join(directory::TAIL);
        let tail = Self {
            medium: medium(directory::private_file(&path)?, &path),
            path,
            is_synced: options.sync == Sync::Commit,
            epoch: durable.epoch,
            stored: durable.seq,
            halves: [Half::default(); 2],
            current: 0,
            record: Vec::new(),
        };
        empty(&tail.medium, data).map_err(Error::file(&tail.path))?;
        Ok(tail)
    }

    /// Stores the changes of the entries up to this one. `in_database` is the last of which the database has all, on
    /// the disk. `false`: there is no room before it has more of what is here, and nothing was stored.
    pub fn append<'a>(
        &mut self,
        (seq, at): (Seq, Millis),
        changes: impl IntoIterator<Item = &'a Change>,
        in_database: Seq,
    ) -> Result<bool, Error> {
        self.put_together((seq, at), changes);
        if self.halves[self.current].room() < self.record.len() {
            let other = 1 - self.current;
            if self.halves[other].last > in_database || bounds::TAIL_HALF_BYTES < self.record.len()
            {
                return Ok(false);
            }
            self.halves[other] = Half::default();
            self.current = other;
        }
        let at = self.current * bounds::TAIL_HALF_BYTES + self.halves[self.current].written;
        self.write(at as u64).map_err(Error::file(&self.path))?;
        let half = &mut self.halves[self.current];
        half.written += self.record.len();
        half.last = seq;
        self.stored = seq;
        Ok(true)
    }

    /// The database was given something that is not here.
    pub fn note_stored(&mut self, seq: Seq) {
        self.stored = seq;
    }

    fn put_together<'a>(
        &mut self,
        (seq, at): (Seq, Millis),
        changes: impl IntoIterator<Item = &'a Change>,
    ) {
        let (format, epoch, after) = (FORMAT, self.epoch, self.stored);
        let head = Head { format, epoch, after, seq, at };
        let mut record = std::mem::take(&mut self.record);
        record.clear();
        record.extend_from_slice(&[0; PREFIX_BYTES]);
        let mut record = written(record, &head);
        for change in changes {
            record = written(record, change);
        }
        let length = (record.len() - PREFIX_BYTES) as u32;
        let sum = crc32fast::hash(&record[PREFIX_BYTES..]);
        record[..4].copy_from_slice(&length.to_le_bytes());
        record[4..PREFIX_BYTES].copy_from_slice(&sum.to_le_bytes());
        self.record = record;
    }

    fn write(&self, at: u64) -> io::Result<()> {
        self.medium.write(&self.record, at)?;
        if self.is_synced { self.medium.sync() } else { Ok(()) }
    }
}

impl Half {
    fn room(self) -> usize {
        bounds::TAIL_HALF_BYTES - self.written
    }
}

/// Gives the file its length, on the disk too, and its name in the directory. What was written to it is in the
/// database, from which it may be taken back: nothing of it stays here.
///
/// In pieces: a large allocation that is given back has malloc keep large ones in its heap from then on, where
/// tables that grow leave holes (120 bytes of a connection).
fn empty(medium: &impl Medium, data: &Path) -> io::Result<()> {
    const PIECE: usize = 16 * 1024;
    let length = 2 * bounds::TAIL_HALF_BYTES;
    let file = medium.file();
    let has_length = file.metadata()?.len() == length as u64;
    let mut found = [0; PIECE];
    for at in (0..length as u64).step_by(PIECE) {
        if has_length {
            file.read_exact_at(&mut found, at)?;
        }
        if !has_length || found != [0; PIECE] {
            medium.write(&[0; PIECE], at)?;
        }
    }
    medium.sync_with_name(data)
}

impl Store {
    /// The last thing at a shutdown, when nobody writes the tail any more and the database has all that is in it:
    /// [`Store::checkpoint`], and if that got through, the tail is emptied, so that a version which writes it in
    /// another way can start from what is left.
    pub fn finish(&mut self) -> Result<(), Error> {
        self.finish_on(|file, _| file)
    }

    /// [`Store::finish`] on what such a medium makes of the file of this path.
    pub fn finish_on<M: Medium>(
        &mut self,
        medium: impl FnOnce(File, &Path) -> M,
    ) -> Result<(), Error> {
        if self.checkpoint()? {
            let path = self.directory.join(directory::TAIL);
            let medium = medium(directory::private_file(&path)?, &path);
            empty(&medium, &self.directory).map_err(Error::file(&path))?;
        }
        Ok(())
    }
}

fn written(record: Vec<u8>, value: &impl Serialize) -> Vec<u8> {
    postcard::to_extend(value, record).expect("memory takes all that is plain data")
}

/// What the process before this one left in the tail, in order.
#[derive(Debug, Default)]
pub(crate) struct Left(Vec<(Head, Vec<Change>)>);

/// Reads it. That comes before anything is changed: whoever cannot read it leaves the data to the version that can.
pub(crate) fn left(data: &Path) -> Result<Left, Error> {
    let path = data.join(directory::TAIL);
    let file = match File::open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Left::default()),
        opened => opened.map_err(Error::file(&path))?,
    };
    let starts = [0, bounds::TAIL_HALF_BYTES as u64];
    let halves = starts.into_iter().flat_map(|at| Records { file: &file, at });
    let mut records = halves.collect::<Result<Vec<_>, _>>()?;
    records.sort_by_key(|(head, _)| head.seq);
    Ok(Left(records))
}

/// Gives the database what only the tail has: the last the process before this one stored.
pub(crate) fn replay(store: &mut Store, epoch: u32, Left(records): Left) -> Result<(), Error> {
    let (mut upto, mut changes) = ((store.seq, store.at), Vec::new());
    for (head, of_it) in records {
        let follows = head.epoch == epoch && head.after <= upto.0 && head.seq > upto.0;
        if follows {
            upto = (head.seq, head.at);
            changes.extend(of_it);
        }
    }
    if changes.is_empty() { Ok(()) } else { store.commit(upto.0, upto.1, &changes) }
}

/// The records from a place on that are whole.
struct Records<'a> {
    file: &'a File,
    at: u64,
}

impl Records<'_> {
    /// The bytes of the next. None: it is not whole, or there is none.
    fn bytes(&mut self) -> Option<Vec<u8>> {
        let mut prefix = [0; PREFIX_BYTES];
        self.file.read_exact_at(&mut prefix, self.at).ok()?;
        let [l0, l1, l2, l3, sum @ ..] = prefix;
        let (length, sum) = (u32::from_le_bytes([l0, l1, l2, l3]), u32::from_le_bytes(sum));
        if !(1..BYTES_MAX).contains(&length) {
            return None;
        }
        let mut record = vec![0; length as usize];
        self.file.read_exact_at(&mut record, self.at + PREFIX_BYTES as u64).ok()?;
        self.at += PREFIX_BYTES as u64 + u64::from(length);
        (crc32fast::hash(&record) == sum).then_some(record)
    }
}

impl Iterator for Records<'_> {
    type Item = Result<(Head, Vec<Change>), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.bytes().map(|record| read(&record).ok_or(Error::TailOfAnotherVersion))
    }
}

fn read(record: &[u8]) -> Option<(Head, Vec<Change>)> {
    if record.first() != Some(&FORMAT) {
        return None;
    }
    let (head, mut rest) = postcard::take_from_bytes::<Head>(record).ok()?;
    let mut changes = Vec::new();
    while !rest.is_empty() {
        let (change, behind) = postcard::take_from_bytes(rest).ok()?;
        changes.push(change);
        rest = behind;
    }
    Some((head, changes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reader;
    use parlor_hub::change::{MessageKind, StoredMessage, Target};
    use parlor_hub::id::{AccountId, ChannelId, MessageId};
    use parlor_hub::person::Person;
    use std::sync::Arc;
    use std::time::Duration;

    /// A change of how records are written is one of [`FORMAT`]: what another version wrote is told from what
    /// can be read.
    #[test]
    fn a_record_is_written_as_ever() {
        let directory = tempfile::tempdir().unwrap();
        let durable = Durable { epoch: 3, seq: 300, ..Durable::default() };
        let mut tail = Tail::open(directory.path(), Options::default(), &durable).unwrap();
        let said = Change::Message(Arc::new(StoredMessage {
            id: MessageId { epoch: 3, seq: 301, n: 1 },
            target: Target::Channel(ChannelId(9)),
            at: 1000,
            from: Arc::new(Person {
                nick: "ada".into(),
                username: "~a".into(),
                host: "h".into(),
                account: Some("Ada".into()),
                bot: true,
                operator: false,
            }),
            author: Some(AccountId(7)),
            to: "#c".into(),
            kind: MessageKind::Notice,
            text: "hi".into(),
            tags: Some("+x".into()),
            edit: None,
        }));
        let read = Change::Read(AccountId(7), "#c".into(), Some(1000));
        tail.append((302, 2000), [&said, &read], 300).unwrap();
        let (prefix, record) = tail.record.split_at(PREFIX_BYTES);
        assert_eq!(prefix.escape_ascii().to_string(), "7\\x00\\x00\\x00\\xe5?\\xc0Q");
        assert_eq!(
            record.escape_ascii().to_string(),
            "\\x01\\x03\\xac\\x02\\xae\\x02\\xd0\\x0f\\x00\\x03\\xad\\x02\\x01\\x00\\t\\xe8\\x07\\x03ada\\x02~a\\x01h\\x01\\x03Ada\\x01\\x00\\x01\\x07\
            \\x02#c\\x01\\x02hi\\x01\\x02+x\\x00\\x0c\\x07\\x02#c\\x01\\xe8\\x07"
        );
        let read_back = Records { file: &tail.medium, at: 0 }.next().unwrap().unwrap();
        assert_eq!(read_back.1, [said, read]);
    }

    #[test]
    fn where_a_reader_holds_the_log_the_tail_stays() {
        let directory = tempfile::tempdir().unwrap();
        let (mut store, durable) = Store::open(directory.path(), Options::default()).unwrap();
        let mut tail = Tail::open(directory.path(), Options::default(), &durable).unwrap();
        let read = Change::Read(AccountId(7), "#c".into(), Some(1000));
        tail.append((1, 1), [&read], 0).unwrap();
        let is_empty = || Records { file: &tail.medium, at: 0 }.next().is_none();

        let reader = Reader::open(directory.path()).unwrap();
        reader.connection.execute_batch("BEGIN; SELECT * FROM meta;").unwrap();
        store.connection.busy_timeout(Duration::ZERO).unwrap();
        store.commit_unsynced(1, 1, [&read]).unwrap();
        store.finish().unwrap();
        assert!(!is_empty(), "the database's log may not be on the disk");

        reader.connection.execute_batch("COMMIT").unwrap();
        store.finish().unwrap();
        assert!(is_empty());
    }
}
