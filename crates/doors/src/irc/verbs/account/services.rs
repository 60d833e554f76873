//! `NickServ` and `ChanServ`, for clients that know no other way: REGISTER and IDENTIFY, as a command of
//! their own or as a message to the service.

use super::{login, register};
use crate::irc::AskedAt;
use crate::irc::verbs::Reading;
use parlor_hub::Command;

/// Who makes accounts, and logs in to them.
pub(crate) const NICKSERV: &str = "NickServ";

/// Who registers channels.
pub(crate) const CHANSERV: &str = "ChanServ";

pub(crate) fn nickserv(reading: &mut Reading<'_, '_>) {
    let words = reading.message.params.join(" ");
    to_nickserv(reading, &words);
}

pub(crate) fn chanserv(reading: &mut Reading<'_, '_>) {
    let words = reading.message.params.join(" ");
    to_chanserv(reading, &words);
}

/// Takes a message to a service. `false`: it is for someone else.
pub(crate) fn message(reading: &mut Reading<'_, '_>, to: &str, text: &str) -> bool {
    if to.eq_ignore_ascii_case(NICKSERV) {
        to_nickserv(reading, text);
    } else if to.eq_ignore_ascii_case(CHANSERV) {
        to_chanserv(reading, text);
    }
    is_one(to)
}

/// Whether this is the name of a service, which nobody may wear.
pub(crate) fn is_one(name: &str) -> bool {
    [NICKSERV, CHANSERV].iter().any(|service| service.eq_ignore_ascii_case(name))
}

fn to_nickserv(reading: &mut Reading<'_, '_>, text: &str) {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let verb = words.first().map(|verb| verb.to_ascii_uppercase());
    let nick = reading.door.nick().to_owned();
    match (verb.as_deref(), &words[words.len().min(1)..]) {
        // An address may follow: nothing is sent to it.
        (Some("REGISTER"), [password] | [password, _]) => {
            register::begin(reading, AskedAt::Service, &nick, password);
        }
        (Some("IDENTIFY"), [password]) => {
            login::log_in(reading, AskedAt::Service, &nick, password);
        }
        (Some("IDENTIFY"), [account, password]) => {
            login::log_in(reading, AskedAt::Service, account, password);
        }
        _ => {
            let words = "REGISTER <password> makes an account of your nickname; \
                         IDENTIFY [account] <password> logs you in";
            reading.tell(|replies| replies.notice_of(NICKSERV, words));
        }
    }
}

fn to_chanserv(reading: &mut Reading<'_, '_>, text: &str) {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    match words.as_slice() {
        [verb, name] if verb.eq_ignore_ascii_case("REGISTER") => {
            if let Some(channel) = reading.channel(name) {
                reading.desk.submit(Command::RegisterChannel(channel));
            }
        }
        _ => {
            let words = "REGISTER <#channel> keeps a channel for ever, with you as its founder";
            reading.tell(|replies| replies.notice_of(CHANSERV, words));
        }
    }
}
