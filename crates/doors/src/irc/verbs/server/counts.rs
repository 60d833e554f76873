//! LUSERS: how many of what there are.

use crate::irc::verbs::Reading;
use parlor_hub::Query;

pub(crate) fn lusers(reading: &mut Reading<'_, '_>) {
    reading.desk.ask(Query::Counts);
}
