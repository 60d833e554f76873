//! What each kind of client speaks, with no I/O.
