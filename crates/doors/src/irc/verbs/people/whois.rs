//! WHOIS: all about people.

use crate::irc::verbs::{Reading, ServerIs};
use parlor_hub::Query;
use parlor_hub::name::Nick;
use parlor_wire::irc::numeric;

pub(crate) fn whois(reading: &mut Reading<'_, '_>) {
    let (server, list) = match (reading.list(0), reading.list(1)) {
        (Some(server), Some(list)) => (Some(server), list),
        (Some(list), None) => (None, list),
        _ => return reading.say(numeric::ERR_NONICKNAMEGIVEN, &[], "No nickname given"),
    };
    // `WHOIS ada ada` asks the server that ada is on, which is this one.
    let server = server.filter(|server| !server.eq_ignore_ascii_case(list));
    let server_of = match reading.server(server) {
        ServerIs::Us => None,
        ServerIs::Of(nick) => Some(nick),
        ServerIs::None => return,
    };
    let words = reading.targets(list);
    let nicks: Vec<Nick> = words.into_iter().filter_map(|word| reading.nick(word)).collect();
    if !nicks.is_empty() {
        reading.desk.ask(Query::Whois(server_of, nicks));
    }
    // As it was asked for, with those who are nobody (modern-irc, "`RPL_ENDOFWHOIS`").
    reading.tell(|replies| {
        let line = replies.numeric(numeric::RPL_ENDOFWHOIS).param(list);
        line.trailing("End of /WHOIS list").end();
    });
}
