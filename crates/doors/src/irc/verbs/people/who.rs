//! WHO and WHOX: people by channel, nick or mask.

use crate::irc::verbs::Reading;
use parlor_hub::Query;
use parlor_hub::name::{ChannelName, Text};
use parlor_hub::query::{Who, Whom};

/// Characters of a WHOX token (whox).
const TOKEN_MAX: usize = 3;

pub(crate) fn who(reading: &mut Reading<'_, '_>) {
    let asked = reading.param(0).unwrap_or("*");
    let (flags, fields) = match reading.param(1) {
        None => ("", None),
        Some(flags) => match flags.split_once('%') {
            None => (flags, None),
            Some((flags, fields)) => (flags, Some(whox(fields))),
        },
    };
    let casemapping = reading.facts().casemapping;
    let channel = ChannelName::parse(asked, casemapping);
    let whom = match (channel, asked) {
        (Ok(channel), _) => Whom::Channel(channel),
        // As RFC 1459, section 4.5.1 has it.
        (Err(_), "0") => Whom::Matching("*".into(), "*".into()),
        (Err(_), mask) => Whom::Matching(casemapping.mask(mask), casemapping.fold(mask)),
    };
    let operators_only = flags.contains('o');
    let who = Who { asked: asked.into(), whom, operators_only, fields };
    reading.desk.ask(Query::Who(Box::new(who)));
}

/// `tcuihsnfdlaor,42`: the fields and the token.
fn whox(fields: &str) -> (Text, Text) {
    let (fields, token) = fields.split_once(',').unwrap_or((fields, ""));
    let token: String = token.chars().filter(char::is_ascii_digit).take(TOKEN_MAX).collect();
    let token = if token.is_empty() { "0".into() } else { token.into() };
    (fields.into(), token)
}
