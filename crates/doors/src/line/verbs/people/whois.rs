//! All about someone.

use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::Query;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "whois",
    aliases: &["finger"],
    usage: "NICK",
    help: "what there is to know about someone",
    more: "",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (word, _) = argument::needed(text)?;
    let nick = argument::nick(word, desk)?;
    desk.ask(Query::Whois(None, vec![nick]));
    Ok(())
}
