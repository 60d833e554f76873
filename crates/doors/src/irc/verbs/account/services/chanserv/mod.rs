//! `ChanServ`: who keeps channels.

mod register;

use super::{Order, Service, order};
use crate::desk::AskedAt;

pub(super) const CHANSERV: Service = Service {
    name: "ChanServ",
    at: AskedAt::ChanServ,
    what: "channels, which are kept for you",
    orders: ORDERS,
};

/// All that it can be told, in the order of HELP.
const ORDERS: &[Order] = &[order(
    ("REGISTER", "<#channel>"),
    "keeps a channel for ever, with you as its founder",
    1,
    register::register,
)];
