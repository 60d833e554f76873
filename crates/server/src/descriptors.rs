//! The descriptor limit: a server wants as many as the system lets it have.

use crate::bounds;

/// Raises the soft limit to the hard one, and returns how many connections that leaves room for.
pub(crate) fn raise() -> usize {
    let (soft, hard) = rlimit::Resource::NOFILE.get().unwrap_or((1024, 1024));
    let limit = match rlimit::Resource::NOFILE.set(hard, hard) {
        Ok(()) => hard,
        Err(_) => soft,
    };
    let room = limit.saturating_sub(bounds::DESCRIPTORS_RESERVED);
    tracing::info!(limit, "descriptor limit, of which {room} may be connections");
    usize::try_from(room).unwrap_or(usize::MAX)
}
