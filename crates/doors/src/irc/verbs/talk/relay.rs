//! Words under another name: RELAYMSG for bridges (draft/relaymsg), and NPC, NPCA and SCENE where roles are
//! played.

use super::tags::client_only;
use crate::irc::verbs::Reading;
use parlor_hub::Command;
use parlor_hub::command::{Relay, Voice};
use parlor_hub::name::{Nick, RelayedNick};
use parlor_wire::irc::numeric;

pub(crate) fn relaymsg(reading: &mut Reading<'_, '_>) {
    let [target, nick, text, ..] = *reading.message.params else { return };
    if text.trim().is_empty() {
        return fail(reading, "BLANK_MSG", "The message must not be blank");
    }
    match RelayedNick::parse(nick) {
        Ok(nick) => say(reading, target, Voice::Relayed(nick), text),
        Err(_) => {
            fail(reading, "INVALID_NICK", "A relayed nickname holds a / and what a nickname may");
        }
    }
}

fn fail(reading: &mut Reading<'_, '_>, code: &str, words: &str) {
    reading.tell(|replies| replies.fail_always("RELAYMSG", code, &[], words));
}

pub(crate) fn npc(reading: &mut Reading<'_, '_>) {
    let text = reading.message.params[2..].join(" ");
    play(reading, &text);
}

pub(crate) fn npca(reading: &mut Reading<'_, '_>) {
    let text = reading.message.params[2..].join(" ");
    play(reading, &format!("\x01ACTION {text}\x01"));
}

pub(crate) fn scene(reading: &mut Reading<'_, '_>) {
    let text = reading.message.params[1..].join(" ");
    say(reading, reading.message.params[0], Voice::Scene, &text);
}

fn play(reading: &mut Reading<'_, '_>, text: &str) {
    let (target, name) = (reading.message.params[0], reading.message.params[1]);
    match Nick::parse(name, reading.facts().casemapping) {
        Ok(name) => say(reading, target, Voice::Played(name), text),
        Err(_) => reading.say(numeric::ERR_CANNOTSENDRP, &[target], "That is no name to play"),
    }
}

fn say(reading: &mut Reading<'_, '_>, target: &str, voice: Voice, text: &str) {
    let Some(channel) = reading.channel(target) else { return };
    let tags = client_only(reading);
    let relay = Relay { channel, voice, text: text.into(), tags };
    reading.desk.submit(Command::Relay(Box::new(relay)));
}
