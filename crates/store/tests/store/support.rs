//! What the tests say and read.

use parlor_hub::change::{
    Beside, Change, Kept, MessageKind, Page, Point, Search, Sieve, Span, StoredMessage, Target,
};
use parlor_hub::id::{AccountId, ChannelId, MessageId, Millis, Seq};
use parlor_hub::person::Person;
use parlor_store::{Options, Reader, Store, Sync};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

pub const LOBBY: Target = Target::Channel(ChannelId(1));
pub const OPS: Target = Target::Channel(ChannelId(2));
pub const ADA_AND_BOB: Target = Target::Pair(AccountId(1), AccountId(2));

/// The crash tests end no machine: what a sync adds, they cannot see.
pub const QUICK: Options = Options { sync: Sync::Checkpoint, casemapping: "ascii" };

pub fn directory() -> TempDir {
    tempfile::tempdir().unwrap()
}

pub fn open(directory: &Path) -> Store {
    Store::open(directory, QUICK).unwrap().0
}

pub fn message(epoch: u32, seq: Seq, n: u16, at: Millis, to: Target, text: &str) -> StoredMessage {
    StoredMessage {
        id: MessageId { epoch, seq, n },
        target: to,
        at,
        from: Arc::new(Person {
            nick: "ada".into(),
            username: "~ada".into(),
            host: "localhost".into(),
            account: (n.is_multiple_of(2)).then(|| "Ada".into()),
            bot: n.is_multiple_of(5),
            operator: false,
        }),
        author: (n.is_multiple_of(2)).then_some(AccountId(7)),
        to: "#lobby".into(),
        kind: if n.is_multiple_of(3) { MessageKind::Privmsg } else { MessageKind::Notice },
        text: text.into(),
        tags: n.is_multiple_of(5).then(|| "+reply=1-1-0;+x".into()),
        edit: None,
    }
}

/// One entry with one message, committed by itself, at ten times its number.
pub fn say(store: &mut Store, epoch: u32, seq: Seq, to: Target, text: &str) {
    let message = message(epoch, seq, 0, seq * 10, to, text);
    store.commit(seq, seq * 10, &[Change::Message(Arc::new(message))]).unwrap();
}

pub fn everything(target: Target) -> Page {
    let (span, beside) = (Span::Latest(None), Beside::Nothing);
    Page { target, since: 0, upto: Seq::MAX, span, beside, limit: u16::MAX }
}

pub fn texts(messages: &[StoredMessage]) -> Vec<&str> {
    messages.iter().map(|message| &*message.text).collect()
}

/// All that was said there, page by page.
pub fn history(directory: &Path, target: Target) -> Vec<StoredMessage> {
    let reader = Reader::open(directory).unwrap();
    let mut all = messages(&reader, &everything(target));
    while let Some(first) = all.first() {
        let span = Span::Before(Point::Message(first.id));
        let mut earlier = messages(&reader, &Page { span, ..everything(target) });
        if earlier.is_empty() {
            break;
        }
        earlier.append(&mut all);
        all = earlier;
    }
    all
}

/// What a page of messages alone holds.
pub fn messages(reader: &Reader, page: &Page) -> Vec<StoredMessage> {
    let is_message = |kept| match kept {
        Kept::Message(message) => message,
        Kept::Event(event) => panic!("{event:?} is on a page of messages"),
    };
    reader.page(page).unwrap().into_iter().map(is_message).collect()
}

/// The entries of the hits of a search.
pub fn found(directory: &Path, words: &str) -> Vec<Seq> {
    let within = vec![(LOBBY, 0), (ADA_AND_BOB, 0)];
    let search = Search {
        within,
        upto: Seq::MAX,
        account: None,
        words: Some(words.into()),
        sieve: Sieve::default(),
        limit: 50,
    };
    let hits = Reader::open(directory).unwrap().search(&search).unwrap();
    hits.messages.iter().map(|message| message.id.seq).collect()
}

/// Whether the bytes stand in any file of the data directory.
pub fn holds(directory: &Path, bytes: &[u8]) -> bool {
    fs::read_dir(directory).unwrap().any(|file| {
        let file = fs::read(file.unwrap().path()).unwrap();
        file.windows(bytes.len()).any(|window| window == bytes)
    })
}

/// The database as a crash would leave it at this moment.
pub fn copy_as_if_crashed(from: &Path, to: &Path) {
    for name in ["parlor.db", "parlor.db-wal", "parlor.tail"] {
        let _ = fs::remove_file(to.join(name));
        if from.join(name).exists() {
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
    }
    let _ = fs::remove_file(to.join("parlor.db-shm"));
}
