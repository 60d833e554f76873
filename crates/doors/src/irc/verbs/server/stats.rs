//! STATS: `u` since when the server runs, `o` its operators, `k` `d` `x` its bans; for operators.

use crate::irc::verbs::Reading;
use parlor_hub::Query;
use parlor_hub::change::BanKind;
use parlor_wire::irc::numeric;

pub(crate) fn stats(reading: &mut Reading<'_, '_>) {
    if !reading.is_for_us(reading.param(1)) {
        return;
    }
    let letter = reading.param(0).and_then(|word| word.chars().next()).unwrap_or('*');
    if matches!(letter, 'u' | 'o') {
        reading.desk.ask(Query::Operator(letter));
    }
    for kind in BanKind::ALL.into_iter().filter(|kind| kind.letter() == letter) {
        reading.desk.ask(Query::ServerBans(kind));
    }
    let shown = letter.to_string();
    reading.say(numeric::RPL_ENDOFSTATS, &[&shown], "End of /STATS report");
}
