//! SAJOIN, SAPART, SAMODE, SANICK: an operator acts for somebody, or in spite of a channel's rules.

use crate::irc::verbs::Reading;
use crate::irc::verbs::channel::mode;
use crate::irc::verbs::reading::bounded;
use parlor_hub::Command;
use parlor_hub::bounds::REASON_BYTES_MAX;
use parlor_hub::command::Force;

pub(crate) fn sajoin(reading: &mut Reading<'_, '_>) {
    let Some(nick) = reading.nick(reading.message.params[0]) else { return };
    let names = reading.targets(reading.message.params[1]);
    for name in names {
        if let Some(channel) = reading.channel(name) {
            force(reading, Force::Join(nick.clone(), channel));
        }
    }
}

pub(crate) fn sapart(reading: &mut Reading<'_, '_>) {
    let Some(nick) = reading.nick(reading.message.params[0]) else { return };
    let reason = reading.param(2).map(|reason| bounded(reason, REASON_BYTES_MAX));
    let names = reading.targets(reading.message.params[1]);
    for name in names {
        if let Some(channel) = reading.channel(name) {
            force(reading, Force::Part(nick.clone(), channel, reason.clone()));
        }
    }
}

pub(crate) fn samode(reading: &mut Reading<'_, '_>) {
    let Some(channel) = reading.channel(reading.message.params[0]) else { return };
    let changes = mode::changes(reading, &channel, reading.message.params[1]);
    if !changes.is_empty() {
        force(reading, Force::Mode(channel, changes));
    }
}

pub(crate) fn sanick(reading: &mut Reading<'_, '_>) {
    let Some(nick) = reading.nick(reading.message.params[0]) else { return };
    let Some(other) = reading.new_nick(reading.message.params[1]) else { return };
    force(reading, Force::Nick(nick, other));
}

fn force(reading: &mut Reading<'_, '_>, force: Force) {
    reading.desk.submit(Command::Force(Box::new(force)));
}
