//! The program itself against a scripted server: in a pipe, and on a terminal.

mod pipe;
mod support;
#[cfg(unix)]
mod terminal;
