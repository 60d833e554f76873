//! Host and away of people.

use crate::answer::{Answer, UserhostIs};
use crate::name::Nick;
use crate::verbs::Asking;
use std::sync::Arc;

/// At most five, as RFC 2812, section 4.8 has it.
const NICKS_MAX: usize = 5;

pub(crate) fn ask(asking: &mut Asking<'_>, nicks: &[Nick]) {
    let present = nicks.iter().take(NICKS_MAX).filter_map(|nick| asking.hub.user_named(nick));
    let rows = present.map(|user| UserhostIs {
        person: Arc::clone(&user.person),
        away: user.away().is_some(),
        operator: user.is_operator(),
    });
    let answer = Answer::Userhost(rows.collect());
    asking.answer(answer);
}
