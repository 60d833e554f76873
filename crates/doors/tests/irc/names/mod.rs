//! How names are compared, a file each way that is not the usual one.

mod precis;
mod rfc1459;
