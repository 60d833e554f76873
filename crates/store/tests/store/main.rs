//! The store as the server uses it: only through its public types, on real files.

mod conversations;
mod crash;
mod durable;
mod events;
mod expiring;
mod forgetting;
mod opening;
mod paging;
mod redacting;
mod searching;
mod support;
mod tail;
