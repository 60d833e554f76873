//! The first words to someone who signed on.

use super::Replies;
use super::server;
use crate::irc::{Caps, isupport};
use crate::modes::{self, Kind};
use crate::time::in_words;
use parlor_hub::answer::Welcome;
use parlor_hub::modes::UserFlags;
use parlor_wire::irc::format::Line;
use parlor_wire::irc::numeric;

pub(super) fn welcome(welcome: &Welcome, replies: &mut Replies<'_>) {
    let facts = replies.facts;
    let words = format!("Welcome to the {} Network, {}", facts.network, welcome.person);
    replies.say(numeric::RPL_WELCOME, &[], &words);
    let words = format!("Your host is {}, running version {}", facts.server, facts.version);
    replies.say(numeric::RPL_YOURHOST, &[], &words);
    let words = format!("This server was created {}", in_words(facts.started_at));
    replies.say(numeric::RPL_CREATED, &[], &words);
    let line = replies.numeric(numeric::RPL_MYINFO).param(&facts.server).param(&facts.version);
    line.param(isupport::USER_MODES)
        .param(&modes::letters(|_| true))
        .param(&modes::letters(|kind| !matches!(kind, Kind::Flag(_) | Kind::Registered)))
        .end();
    isupport::tell(replies);
    if replies.caps.has(Caps::WHOAMI) {
        let line = Line::new(replies.out).source(&welcome.person.to_string());
        line.command("SETNAME").trailing(&welcome.realname).end();
    }
    server::counts(&welcome.counts, replies);
    if replies.caps.has(Caps::METADATA.with(Caps::BATCH, true)) {
        super::metadata::of_oneself(&welcome.metadata, replies);
    }
    server::motd(replies);
    if welcome.flags != UserFlags::none() {
        super::people::user_modes(welcome.flags, replies);
    }
}
