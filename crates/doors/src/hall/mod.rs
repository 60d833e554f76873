//! The hall.
/// Hall.
#[derive(Debug)]
pub struct Hall {}
