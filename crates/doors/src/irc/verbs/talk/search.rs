//! SEARCH: what was said, by its words, who said it, where and when (draft/search, and as it is called by
//! those who had it first, soju.im/search).

use super::recipients::recipient;
use crate::irc::Caps;
use crate::irc::verbs::Reading;
use crate::time::parse_server_time;
use parlor_hub::Query;
use parlor_hub::bounds::SEARCH_HITS_MAX;
use parlor_hub::change::Sieve;
use parlor_hub::name::Text;
use parlor_hub::query::SearchFor;
use parlor_wire::irc::message::Tags;
use parlor_wire::irc::numeric;

pub(crate) fn search(reading: &mut Reading<'_, '_>) {
    let caps = reading.door.caps;
    if !caps.has(Caps::SEARCH) && !caps.has(Caps::SOJU_SEARCH) {
        return reading.say(numeric::ERR_UNKNOWNCOMMAND, &["SEARCH"], "Unknown command");
    }
    let Some(attributes) = reading.param(0) else {
        return fail(reading, &[], "Missing parameters");
    };
    match search_for(reading, attributes) {
        Ok(search) => reading.desk.ask(Query::Search(Box::new(search))),
        Err(attribute) => fail(reading, &[&attribute], "Invalid parameters"),
    }
}

/// What the attributes ask for; else the first that cannot be. One that is not known changes nothing.
fn search_for(reading: &Reading<'_, '_>, attributes: &str) -> Result<SearchFor, String> {
    let folding = reading.facts().casemapping;
    let mut search =
        SearchFor { within: None, words: None, sieve: Sieve::default(), limit: SEARCH_HITS_MAX };
    for attribute in Tags::of(attributes) {
        let value = attribute.value();
        let wrong = || attribute.key.to_owned();
        let moment = || parse_server_time(&value).map(Some).ok_or_else(wrong);
        match attribute.key {
            "in" => search.within = Some(recipient(&value, folding).ok_or_else(wrong)?),
            "from" => search.sieve.from = Some((*value).into()),
            "after" => search.sieve.after = moment()?,
            "before" => search.sieve.before = moment()?,
            "text" => search.words = Some((*value).into()).filter(|text: &Text| !text.is_empty()),
            "limit" => {
                let limit = value.parse::<u32>().ok().filter(|limit| *limit > 0);
                search.limit = limit.ok_or_else(wrong)?.min(SEARCH_HITS_MAX.into()) as u16;
            }
            _ => {}
        }
    }
    Ok(search)
}

fn fail(reading: &mut Reading<'_, '_>, context: &[&str], words: &str) {
    reading.tell(|replies| replies.fail_always("SEARCH", "INVALID_PARAMS", context, words));
}
