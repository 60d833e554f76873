//! Saying something: in the channel that is looked at, in another, or to one person.

use super::split::pieces;
use crate::desk::Desk;
use crate::line::door::LineDoor;
use crate::line::verbs::argument::{self, Wrong};
use crate::line::verbs::{Verb, When};
use parlor_hub::Command;
use parlor_hub::change::MessageKind;
use parlor_hub::command::{Message, Recipient};
use parlor_hub::name::Text;

pub(in crate::line::verbs) const VERB: Verb = Verb {
    name: "msg",
    aliases: &["m", "tell", "query", "privmsg"],
    usage: "NICK|#CHANNEL TEXT",
    help: "say TEXT to one alone, or in another channel",
    more: "",
    when: When::Inside,
    run,
};

fn run(_door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) -> Result<(), Wrong> {
    let (word, text) = argument::needed(text)?;
    let recipient = if word.starts_with('#') {
        Recipient::Channel(argument::channel(word, desk)?, None)
    } else {
        Recipient::Nick(Box::new(argument::nick(word, desk)?))
    };
    if text.is_empty() {
        return Err(Wrong::Usage);
    }
    for piece in pieces(text) {
        desk.submit(message(recipient.clone(), piece.into()));
    }
    Ok(())
}

/// Says a line in the channel that is looked at.
pub(in crate::line) fn say(door: &mut LineDoor, text: &str, desk: &mut Desk<'_>) {
    match argument::here(door, desk) {
        Ok(channel) => {
            let recipient = Recipient::Channel(channel, None);
            for piece in pieces(text) {
                desk.submit(message(recipient.clone(), piece.into()));
            }
        }
        Err(wrong) => {
            let words = wrong.worded(&VERB, desk.facts.lobby.shown());
            door.say(desk, &words);
        }
    }
}

pub(super) fn message(recipient: Recipient, text: Text) -> Command {
    let targets = [recipient].into();
    Command::Message(Message { kind: MessageKind::Privmsg, targets, text, tags: None })
}
