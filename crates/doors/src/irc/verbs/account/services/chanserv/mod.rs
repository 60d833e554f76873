//! `ChanServ`: who keeps channels.

mod access;
mod members;
mod operators;
mod register;
mod set;
mod transfer;

use super::{Order, Service, order};
use crate::desk::AskedAt;
use crate::irc::verbs::Reading;
use parlor_hub::Command;
use parlor_hub::command::Keeping;
use parlor_hub::name::ChannelName;

pub(super) const CHANSERV: Service = Service {
    name: "ChanServ",
    at: AskedAt::ChanServ,
    what: "channels, which are kept for you",
    orders: ORDERS,
};

/// All that it can be told, in the order of HELP.
const ORDERS: &[Order] = &[
    order(("ACCESS", "<#channel> [+|-rank <account>]"), "does what AMODE does", 1, access::amode),
    order(
        ("AMODE", "<#channel> [+|-rank <account>]"),
        "ranks that accounts have whenever they come: q a o h v",
        1,
        access::amode,
    ),
    order(("BAN", "<#channel> <mask>"), "keeps people out", 2, members::ban),
    order(
        ("CLEAR", "<#channel> USERS [reason] | ACCESS | BANS"),
        "puts everyone else out, takes all lasting ranks but yours, or lifts all bans",
        2,
        members::clear,
    ),
    order(("DEHALFOP", "<#channel> [nick]…"), "takes a half-operator's rank", 1, members::dehalfop),
    order(("DEOP", "<#channel> [nick]…"), "takes an operator's rank", 1, members::deop),
    order(("DEVOICE", "<#channel> [nick]…"), "takes a voice", 1, members::devoice),
    order(("DROP", "<#channel> [code]"), "the same as UNREGISTER", 1, register::unregister),
    order(("GET", "<#channel>"), "shows how a channel is wanted", 1, set::get),
    order(("GETKEY", "<#channel>"), "tells the key", 1, members::key),
    order(("HALFOP", "<#channel> [nick]…"), "makes people half-operators", 1, members::halfop),
    order(("INFO", "<#channel>"), "tells about a channel", 1, register::info),
    order(
        ("INVITE", "<#channel> [nick]"),
        "lets someone in, or yourself if you have a lasting rank",
        1,
        members::invite,
    ),
    order(("KICK", "<#channel> <nick> [reason]"), "puts someone out", 2, members::kick),
    order(("LIST", "[mask]"), "lists registered channels; for operators", 0, operators::list),
    order(("OP", "<#channel> [nick]…"), "makes people operators", 1, members::op),
    order(
        ("PURGE", "ADD <#channel> [reason] | DEL <#channel> | LIST"),
        "ends a channel and forbids its name; for operators",
        1,
        operators::purge,
    ),
    order(
        ("REGISTER", "<#channel>"),
        "keeps a channel for ever, with you as its founder",
        1,
        register::register,
    ),
    order(
        ("SET", "<#channel> [<setting> <value>]"),
        "says how you want a channel of yours: HISTORY, EARLIER",
        1,
        set::set,
    ),
    order(
        ("SUSPEND", "<#channel> [reason]"),
        "lets nobody into a channel; for operators",
        1,
        operators::suspend,
    ),
    order(("TOPIC", "<#channel> [topic]"), "sets or clears the topic", 1, members::topic),
    order(
        ("TRANSFER", "<#channel> <account> | ACCEPT <#channel> | CANCEL <#channel>"),
        "offers a channel of yours to another account; operators give it away with FORCE in front",
        2,
        transfer::transfer,
    ),
    order(
        ("UNBAN", "<#channel> [mask]"),
        "lets people in again, or yourself if you have a lasting rank",
        1,
        members::unban,
    ),
    order(
        ("UNREGISTER", "<#channel> [code]"),
        "keeps a channel no longer: first asks you for a code",
        1,
        register::unregister,
    ),
    order(
        ("UNSUSPEND", "<#channel>"),
        "lets people into a channel again; for operators",
        1,
        operators::unsuspend,
    ),
    order(("VOICE", "<#channel> [nick]…"), "gives people a voice", 1, members::voice),
];

/// Has those who keep a channel do something with it.
fn keep(reading: &mut Reading<'_, '_>, channel: &str, order: impl FnOnce(ChannelName) -> Keeping) {
    if let Some(channel) = reading.channel(channel) {
        submit(reading, order(channel));
    }
}

fn submit(reading: &mut Reading<'_, '_>, order: Keeping) {
    reading.desk.submit(Command::Keep(Box::new(order)));
}
