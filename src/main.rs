//! Parlor: a self-hosted chat server and client in one binary.

fn main() {}
