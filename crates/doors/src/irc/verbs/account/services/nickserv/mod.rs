//! `NickServ`: who makes accounts, and logs in to them.

mod log_in;

use super::{Order, Service, order};
use crate::desk::AskedAt;

pub(super) const NICKSERV: Service = Service {
    name: "NickServ",
    at: AskedAt::NickServ,
    what: "accounts, which keep your nickname for you",
    orders: ORDERS,
};

/// All that it can be told, in the order of HELP.
const ORDERS: &[Order] = &[
    order(
        ("REGISTER", "<password> [email]"),
        "makes an account of your nickname",
        1,
        log_in::register,
    ),
    order(("IDENTIFY", "[account] <password>"), "logs you in", 1, log_in::identify),
];
