//! A file for each verb: how it is applied, and what it answers when it is asked.
//!
//! The two tables here hold no logic. The doors have a file of the same name for each verb that
//! their clients know.

mod account;
mod asking;
mod channel;
mod keeping;
mod people;
mod scanning;
mod server;
mod session;
mod talk;

pub(crate) use asking::Asking;

use crate::command::Command;
use crate::query::Query;
use crate::turn::Turn;

/// Applies a command of the entry that `turn` is about.
pub(crate) fn apply(turn: &mut Turn<'_>, command: Command) {
    match command {
        Command::SignOn(sign_on) => session::sign_on::apply(turn, *sign_on),
        Command::Quit(reason) => session::quit::apply(turn, &reason),
        Command::Nick(nick) => session::nick::apply(turn, &nick),
        Command::Away(message) => session::away::apply(turn, message),
        Command::Unattended => session::away::apply_unattended(turn),
        Command::SetName(realname) => session::setname::apply(turn, realname),
        Command::UserMode(changes) => session::user_mode::apply(turn, changes),
        Command::Oper(oper) => session::oper::apply(turn, oper),
        Command::NotOper(name) => session::oper::apply_wrong(turn, &name),
        Command::LogIn(credential) => account::login::apply(turn, credential),
        Command::LogOut => account::login::apply_log_out(turn),
        Command::Monitor(monitor) => people::monitor::apply(turn, monitor),
        Command::Metadata(change) => people::metadata::apply(turn, *change),
        Command::Register(register) => account::register::apply(turn, *register),
        Command::Account(command) => account::apply(turn, *command),
        Command::Join(joining) => channel::join::apply(turn, joining),
        Command::Part(part) => channel::part::apply(turn, part),
        Command::PartAll => channel::part::apply_all(turn),
        Command::Kick(kick) => channel::kick::apply(turn, kick),
        Command::Invite(nick, channel) => channel::invite::apply(turn, &nick, &channel),
        Command::UnregisterChannel(channel, code) => {
            keeping::register::apply_end(turn, &channel, code.as_ref());
        }
        Command::SetAccess(asked) => keeping::access::apply(turn, &asked),
        Command::Keep(keeping) => keeping::apply(turn, *keeping),
        Command::Rename(rename) => channel::rename::apply(turn, *rename),
        Command::Relay(relay) => talk::relay::apply(turn, *relay),
        Command::Knock(channel) => channel::knock::apply(turn, &channel),
        Command::Topic(channel, text) => channel::topic::apply(turn, &channel, text),
        Command::Mode(channel, changes) => channel::mode::apply(turn, &channel, changes),
        Command::Persistence(stays) => session::persistence::apply(turn, stays),
        Command::RegisterChannel(channel) => keeping::register::apply(turn, &channel),
        Command::Message(message) => talk::message::apply(turn, message),
        Command::Tags(tags) => talk::tags::apply(turn, *tags),
        Command::Edit(edit) => talk::edit::apply(turn, *edit),
        Command::Redact(redact) => talk::redact::apply(turn, *redact),
        Command::MarkRead(with, at) => talk::mark_read::apply(turn, &with, at),
        Command::Kill(nick, reason) => server::kill::apply(turn, &nick, &reason),
        Command::Wallops(text) => server::wallops::apply(turn, text),
        Command::Ban(ban) => server::ban::apply(turn, *ban),
        Command::Unban(kind, mask) => server::ban::lift(turn, kind, mask),
        Command::Force(force) => server::force::apply(turn, *force),
        Command::Rehash => server::rehash::apply(turn),
        Command::Started => server::started::apply(turn),
        Command::Configured(settings) => server::configured::apply(turn, *settings),
        Command::NotConfigured(why) => server::configured::stays(turn, why),
        Command::Elapsed => server::elapsed::apply(turn),
        Command::Rules(version) => server::configured::apply_rules(version),
    }
}

/// Answers a query.
pub(crate) fn ask(asking: &mut Asking<'_>, query: Query) {
    match query {
        Query::Credential(name) => account::login::ask(asking, &name),
        Query::Certificate(fingerprint) => account::login::ask_certificate(asking, &fingerprint),
        Query::Account(name) => account::info::ask(asking, name.as_ref()),
        Query::Accounts(mask) => account::info::ask_list(asking, &mask),
        Query::Sessions => account::sessions::ask(asking),
        Query::Certificates => account::certificate::ask(asking),
        Query::Preferences => account::prefer::ask(asking),
        Query::Names(channels) => channel::names::ask(asking, channels),
        Query::Channels(filter) => channel::list::ask(asking, *filter),
        Query::Registered(mask) => channel::list::ask_registered(asking, mask),
        Query::Scan(scan) => scanning::ask(asking, *scan),
        Query::Access(channel) => keeping::access::ask(asking, &channel),
        Query::ChannelInfo(channel) => keeping::info::ask(asking, &channel),
        Query::Key(channel) => keeping::info::ask_key(asking, &channel),
        Query::ChannelSettings(channel) => keeping::set::ask(asking, &channel),
        Query::Invitations => channel::invite::ask(asking),
        Query::Topic(channel) => channel::topic::ask(asking, &channel),
        Query::Modes(channel) => channel::mode::ask(asking, &channel),
        Query::Masks(channel, kind) => channel::mode::ask_masks(asking, &channel, kind),
        Query::UserModes(nick) => session::user_mode::ask(asking, &nick),
        Query::Persistence => session::persistence::ask(asking),
        Query::Who(who) => people::who::ask(asking, *who),
        Query::Whois(server_of, nicks) => people::whois::ask(asking, server_of.as_ref(), &nicks),
        Query::Whowas(nicks, most) => people::whowas::ask(asking, &nicks, most),
        Query::Userhost(nicks) => people::userhost::ask(asking, &nicks),
        Query::Ison(nicks) => people::ison::ask(asking, &nicks),
        Query::MonitorList => people::monitor::ask_list(asking),
        Query::MonitorStatus => people::monitor::ask_status(asking),
        Query::Metadata(asked) => people::metadata::ask(asking, *asked),
        Query::ServerBans(kind) => server::ban::ask(asking, kind),
        Query::Counts(connections) => server::counts::ask(asking, connections),
        Query::OfServer(nick, what) => server::counts::ask_about(asking, &nick, what),
        Query::Debug(view) => server::debug::ask(asking, view),
        Query::Operator(what) => server::counts::ask_operator(asking, what),
        Query::Tags(tags) => talk::tags::ask(asking, *tags),
        Query::Look(look) => talk::look::ask(asking, &look),
        Query::History(history) => talk::history::ask(asking, *history),
        Query::Playback(playback) => talk::playback::ask(asking, &playback),
        Query::ReadMark(with) => talk::mark_read::ask(asking, &with),
        Query::Targets(targets) => talk::targets::ask(asking, targets),
        Query::Search(search) => talk::search::ask(asking, *search),
    }
}
