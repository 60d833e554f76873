//! What its owner ends for ever, of an account: all of it, or what was written by it.

pub(in crate::verbs) mod drop;
pub(in crate::verbs) mod forget;

use crate::change::AccountRow;
use crate::name::Text;

/// What must be said to end it; `salt` tells one thing that ends from another. It is no secret: it is there so
/// that nobody does it by mistake.
fn confirmation(row: &AccountRow, salt: u64) -> Text {
    let mixed = row.registered_at ^ u64::from(row.id.0) << 40 ^ salt;
    format!("{:08x}", mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32).into()
}
