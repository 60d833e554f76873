//! A file for each verb: how a line of it is read, and what it asks for.
//!
//! The table here holds no logic. The hub has a file of the same name for what it decides.

pub(super) mod account;
mod channel;
pub(super) mod hashing;
mod people;
mod reading;
mod server;
mod session;
pub(super) mod talk;

pub(super) use reading::{Reading, ServerIs, read, too_long};

/// A verb, when it may be sent, and how it is read.
#[derive(Debug)]
pub struct Verb {
    /// In upper case.
    pub name: &'static str,
    /// When it may be sent.
    pub when: When,
    /// Parameters without which the answer is 461.
    pub least: usize,
    read: fn(&mut Reading<'_, '_>),
}

/// When a verb may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before and after the sign-on.
    Always,
    /// Until the sign-on; afterwards the answer is 462.
    Before,
    /// From the sign-on; before it the answer is 451.
    Here,
}

const fn always(name: &'static str, least: usize, read: fn(&mut Reading<'_, '_>)) -> Verb {
    Verb { name, when: When::Always, least, read }
}

const fn before(name: &'static str, least: usize, read: fn(&mut Reading<'_, '_>)) -> Verb {
    Verb { name, when: When::Before, least, read }
}

const fn here(name: &'static str, least: usize, read: fn(&mut Reading<'_, '_>)) -> Verb {
    Verb { name, when: When::Here, least, read }
}

/// Every verb, the frequent ones first.
pub const VERBS: &[Verb] = &[
    here("PRIVMSG", 0, talk::message::privmsg),
    always("PING", 1, session::ping::ping),
    always("PONG", 0, session::ping::pong),
    here("TAGMSG", 0, talk::tags::tagmsg),
    here("NOTICE", 0, talk::message::notice),
    here("BATCH", 1, talk::batch::batch),
    here("JOIN", 1, channel::join::join),
    here("PART", 1, channel::part::part),
    here("MODE", 1, channel::mode::mode),
    here("WHO", 0, people::who::who),
    here("NAMES", 0, channel::names::names),
    here("WHOIS", 0, people::whois::whois),
    here("CHATHISTORY", 0, talk::history::chathistory),
    here("EDIT", 0, talk::edit::edit),
    here("REDACT", 0, talk::redact::redact),
    here("ZNC", 0, talk::playback::znc),
    here("SEARCH", 0, talk::search::search),
    here("MARKREAD", 0, talk::mark_read::markread),
    always("CAP", 1, session::cap::cap),
    always("NICK", 0, session::nick::nick),
    before("USER", 4, session::sign_on::user),
    before("PASS", 1, session::sign_on::pass),
    before("WEBIRC", 4, session::webirc::webirc),
    always("AUTHENTICATE", 1, account::sasl::authenticate),
    always("QUIT", 0, session::quit::quit),
    always("ERROR", 0, session::quit::error),
    always("STARTTLS", 0, session::sign_on::starttls),
    always("AWAY", 0, session::away::away),
    here("PERSISTENCE", 1, session::persistence::persistence),
    here("SETNAME", 1, session::setname::setname),
    here("OPER", 1, session::oper::oper),
    here("KICK", 2, channel::kick::kick),
    here("INVITE", 0, channel::invite::invite),
    here("RENAME", 2, channel::rename::rename),
    here("RELAYMSG", 3, talk::relay::relaymsg),
    here("NPC", 3, talk::relay::npc),
    here("NPCA", 3, talk::relay::npca),
    here("SCENE", 2, talk::relay::scene),
    here("KNOCK", 1, channel::knock::knock),
    here("TOPIC", 1, channel::topic::topic),
    here("LIST", 0, channel::list::list),
    here("WHOWAS", 0, people::whowas::whowas),
    here("USERHOST", 1, people::userhost::userhost),
    always("METADATA", 2, people::metadata::metadata),
    here("MONITOR", 1, people::monitor::monitor),
    here("ISON", 1, people::ison::ison),
    here("WALLOPS", 1, server::wallops::wallops),
    here("KILL", 1, server::kill::kill),
    here("REHASH", 0, server::rehash::rehash),
    here("KLINE", 0, server::ban::kline),
    here("DLINE", 0, server::ban::dline),
    here("XLINE", 0, server::ban::xline),
    here("UNKLINE", 1, server::ban::unkline),
    here("UNDLINE", 1, server::ban::undline),
    here("UNXLINE", 1, server::ban::unxline),
    here("CHGHOST", 2, server::chghost::chghost),
    here("SAJOIN", 2, server::force::sajoin),
    here("SAMODE", 2, server::force::samode),
    here("SANICK", 2, server::force::sanick),
    here("SAPART", 2, server::force::sapart),
    here("STATS", 1, server::stats::stats),
    here("DEBUG", 0, server::debug::debug),
    here("VERSION", 0, server::about::version),
    always("ISUPPORT", 0, server::about::isupport),
    here("TIME", 0, server::about::time),
    here("INFO", 0, server::about::info),
    here("ADMIN", 0, server::about::admin),
    here("MOTD", 0, server::about::motd),
    here("LINKS", 0, server::about::links),
    here("LUSERS", 0, server::counts::lusers),
    here("MAP", 0, server::counts::map),
    here("USERS", 0, server::counts::users),
    here("SUMMON", 0, server::counts::summon),
    here("HELP", 0, server::help::help),
    here("HELPOP", 0, server::help::help),
    always("REGISTER", 3, account::register::register),
    always("VERIFY", 2, account::verify::verify),
    here("NS", 1, account::services::nickserv),
    here("NICKSERV", 1, account::services::nickserv),
    here("CS", 1, account::services::chanserv),
    here("CHANSERV", 1, account::services::chanserv),
];
