//! `NickServ`: who makes accounts, and sees to them.

mod account;
mod certificates;
mod nicks;
mod operators;
pub(crate) mod results;
mod sessions;
mod wishes;

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
        account::register,
    ),
    order(
        ("VERIFY", "[account] <code>"),
        "says the code that was sent to you, so that your account is good",
        1,
        account::verify,
    ),
    order(("IDENTIFY", "[account] <password>"), "logs you in", 1, account::identify),
    order(("LOGOUT", ""), "logs you out", 0, account::log_out),
    order(("INFO", "[account]"), "tells about an account", 0, account::info),
    order(
        ("PASSWD", "<old password> <new password>"),
        "changes your password",
        2,
        account::password,
    ),
    order(("SET", "[<setting> <value>]"), "says how you want things", 0, wishes::set),
    order(("GET", "[setting]"), "shows how you want things", 0, wishes::get),
    order(
        ("SESSIONS", "LIST | LOGOUT <number|ALL>"),
        "shows your connections, and ends one or all others",
        0,
        sessions::sessions,
    ),
    order(
        ("CERT", "LIST | ADD [fingerprint] | DEL [fingerprint]"),
        "sees to the certificates that log you in",
        0,
        certificates::cert,
    ),
    order(("GHOST", "<nick> [password]"), "puts out who wears a nick of yours", 1, nicks::ghost),
    order(
        ("REGAIN", "<nick> [password]"),
        "puts them out, and gives you the nick",
        1,
        nicks::regain,
    ),
    order(("RECOVER", "<nick> [password]"), "does what REGAIN does", 1, nicks::regain),
    order(
        ("RELEASE", "<nick> [password]"),
        "does what GHOST does: no nick of yours is held back from you",
        1,
        nicks::ghost,
    ),
    order(("GROUP", ""), "makes the nick that you wear belong to your account", 0, nicks::group),
    order(("UNGROUP", "<nick>"), "makes it belong to your account no more", 1, nicks::ungroup),
    order(
        ("DROP", "[code]"),
        "ends your account for ever; the code is told without one",
        0,
        account::end,
    ),
    order(("UNREGISTER", "[code]"), "does what DROP does", 0, account::end),
    order(
        ("FORGET", "[code]"),
        "removes all that you wrote with your account from the history; the code is told without one",
        0,
        account::forget,
    ),
    order(
        ("SAREGISTER", "<account> <password> [email]"),
        "makes an account for someone; for operators",
        2,
        operators::make,
    ),
    order(
        ("SAFORGET", "<account>"),
        "removes all that an account wrote from the history; for operators",
        1,
        operators::forget,
    ),
    order(
        ("SUSPEND", "<account> [reason]"),
        "keeps an account from being used; for operators",
        1,
        operators::suspend,
    ),
    order(
        ("UNSUSPEND", "<account>"),
        "lets an account be used again; for operators",
        1,
        operators::unsuspend,
    ),
    order(
        ("VHOST", "<account> <host>|OFF"),
        "has others see whoever wears an account come from a host; for operators",
        2,
        operators::host,
    ),
    order(("LIST", "[mask]"), "lists accounts; for operators", 0, operators::list),
];
