//! `NickServ` and `ChanServ`: services that look like people, for those whose clients know no other way.
//!
//! Each has a folder, with a table of its orders and a file for each or for a few that belong together. They are given
//! as a command (`NS`, `NICKSERV`) or as a message to the service, and answered in its notices
//! ([`AskedAt`]). What a service is told is told to nobody else.

mod chanserv;
mod nickserv;

pub(crate) use nickserv::results as orders;

use crate::bounds::ECHO_BYTES_MAX;
use crate::desk::AskedAt;
use crate::irc::verbs::Reading;
use parlor_wire::text::truncate;

pub(crate) fn nickserv(reading: &mut Reading<'_, '_>) {
    let words = reading.message.params.join(" ");
    take(reading, &nickserv::NICKSERV, &words);
}

pub(crate) fn chanserv(reading: &mut Reading<'_, '_>) {
    let words = reading.message.params.join(" ");
    take(reading, &chanserv::CHANSERV, &words);
}

/// Takes a message to a service. `false`: it is for someone else.
pub(crate) fn message(reading: &mut Reading<'_, '_>, to: &str, text: &str) -> bool {
    let service = named(to);
    if let Some(service) = service {
        take(reading, service, text);
    }
    service.is_some()
}

/// Whether this is the name of a service, which nobody may wear.
pub(crate) fn is_one(name: &str) -> bool {
    named(name).is_some()
}

/// A service.
struct Service {
    name: &'static str,
    /// Where its orders are asked for.
    at: AskedAt,
    /// What it is for.
    what: &'static str,
    orders: &'static [Order],
}

/// What a service can be told to do.
struct Order {
    name: &'static str,
    /// What follows the name, as HELP shows it.
    usage: &'static str,
    /// A sentence.
    what: &'static str,
    /// Words after the name that it needs.
    least: usize,
    give: fn(&mut Reading<'_, '_>, &[&str]),
}

const fn order(
    (name, usage): (&'static str, &'static str),
    what: &'static str,
    least: usize,
    give: fn(&mut Reading<'_, '_>, &[&str]),
) -> Order {
    Order { name, usage, what, least, give }
}

fn named(name: &str) -> Option<&'static Service> {
    let mut services = [&nickserv::NICKSERV, &chanserv::CHANSERV].into_iter();
    services.find(|service| service.name.eq_ignore_ascii_case(name))
}

/// Does what a service is told.
fn take(reading: &mut Reading<'_, '_>, service: &Service, text: &str) {
    reading.desk.asked_at = service.at;
    if let Some(framed) = text.strip_prefix('\x01') {
        return answer_program(reading, framed.trim_end_matches('\x01'));
    }
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let (verb, words) = words.split_first().map_or(("HELP", &[][..]), |(verb, rest)| (verb, rest));
    if verb.eq_ignore_ascii_case("HELP") {
        return help(reading, service, words);
    }
    match service.order(verb) {
        None => say(reading, &there_is_no(verb)),
        Some(order) if words.len() < order.least => say(reading, &order.written()),
        Some(order) => (order.give)(reading, words),
    }
}

/// A question of a program (CTCP), whose answer has its form. All but the two are left alone.
fn answer_program(reading: &mut Reading<'_, '_>, question: &str) {
    let answer = match question.split(' ').next() {
        Some("VERSION") => format!("VERSION {}", reading.facts().version),
        Some("PING") => question.to_owned(),
        _ => return,
    };
    say(reading, &format!("\x01{answer}\x01"));
}

/// Tells a person something in the words of the service that they asked.
fn say(reading: &mut Reading<'_, '_>, words: &str) {
    let at = reading.desk.asked_at;
    reading.tell(|replies| replies.notice_at(at, words));
}

fn help(reading: &mut Reading<'_, '_>, service: &Service, words: &[&str]) {
    let Some(verb) = words.first() else {
        say(reading, &format!("{}: {}", service.name, service.what));
        for order in service.orders {
            say(reading, &format!("{} - {}", order.written(), order.what));
        }
        return;
    };
    match service.order(verb) {
        None => say(reading, &there_is_no(verb)),
        Some(order) => {
            say(reading, &order.written());
            say(reading, order.what);
        }
    }
}

fn there_is_no(verb: &str) -> String {
    let verb = truncate(verb, ECHO_BYTES_MAX).to_uppercase();
    format!("There is no {verb}: HELP tells what there is")
}

impl Service {
    fn order(&self, name: &str) -> Option<&'static Order> {
        self.orders.iter().find(|order| order.name.eq_ignore_ascii_case(name))
    }
}

impl Order {
    /// How it is written.
    fn written(&self) -> String {
        format!("{} {}", self.name, self.usage).trim_end().to_owned()
    }
}
