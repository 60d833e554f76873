//! Keeps the search index up to date, after the commits. It is derived: it can be slow, or broken,
//! without anyone but those who search waiting for it.

use crate::bounds;
use crate::serve::Status;
use parlor_store::Indexer;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

/// Runs until the server stops.
pub(crate) fn run(mut indexer: Indexer, status: &Arc<Status>) {
    while !status.stopping.load(Ordering::Relaxed) {
        match indexer.step(bounds::INDEX_ROWS_MAX) {
            Ok(progress) if progress.behind > 0 => {}
            Ok(_) => thread::park_timeout(bounds::INDEX_EVERY),
            Err(error) if error.may_pass() => {
                // A full disk says nothing against the index as it is.
                tracing::warn!(%error, "the search index waits");
                thread::park_timeout(bounds::COMMIT_RETRY_MAX);
            }
            Err(error) => {
                tracing::warn!(%error, "the search index is begun again");
                if let Err(error) = indexer.begin_again() {
                    tracing::error!(%error, "the search index cannot be written");
                }
                thread::park_timeout(bounds::COMMIT_RETRY_MAX);
            }
        }
    }
}
