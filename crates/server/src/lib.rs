//! Listeners, shards, the core loop, configuration.
