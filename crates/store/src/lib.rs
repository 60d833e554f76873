//! SQLite: group commit, history, search, snapshot.
