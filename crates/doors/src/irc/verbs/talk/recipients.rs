//! To whom: channels, members of a rank in them (STATUSMSG), people.

use crate::irc::verbs::Reading;
use crate::names::Casemapping;
use parlor_hub::Few;
use parlor_hub::command::Recipient;
use parlor_hub::modes::Ranks;
use parlor_hub::name::{ChannelName, Nick, NotAName};
use parlor_wire::irc::numeric;

/// The recipients of a list, each once. With `told`, the sender is told of those who cannot be.
pub(super) fn recipients(
    reading: &mut Reading<'_, '_>,
    words: Few<&str>,
    told: bool,
) -> Few<Recipient> {
    let mut recipients = Few::new();
    for word in words {
        let casemapping = reading.facts().casemapping;
        let recipient = read(word, casemapping, |name| reading.desk.channel(name));
        match recipient {
            Some(recipient) if recipients.iter().any(|known| same(known, &recipient)) => {}
            Some(recipient) => recipients.push(recipient),
            None if !told => {}
            None if word.trim_start_matches(is_sign).starts_with('#') => {
                reading.say(numeric::ERR_NOSUCHCHANNEL, &[word], "No such channel");
            }
            None => reading.say(numeric::ERR_NOSUCHNICK, &[word], "No such nick/channel"),
        }
    }
    recipients
}

/// `#channel`, `@#channel`, `nick`. Of several signs the lowest counts: it includes the others.
pub(super) fn recipient(word: &str, casemapping: Casemapping) -> Option<Recipient> {
    read(word, casemapping, |name| ChannelName::parse(name, casemapping))
}

fn read(
    word: &str,
    casemapping: Casemapping,
    channel: impl FnOnce(&str) -> Result<ChannelName, NotAName>,
) -> Option<Recipient> {
    let name = word.trim_start_matches(is_sign);
    if !name.starts_with('#') {
        return Nick::parse(word, casemapping).ok().map(Box::new).map(Recipient::Nick);
    }
    let signs = word[..word.len() - name.len()].chars();
    let least = signs.filter_map(Ranks::of_sign).min_by_key(|rank| rank.0);
    Some(Recipient::Channel(channel(name).ok()?, least))
}

fn is_sign(sign: char) -> bool {
    Ranks::of_sign(sign).is_some()
}

pub(super) fn same(one: &Recipient, other: &Recipient) -> bool {
    match (one, other) {
        (Recipient::Channel(a, least), Recipient::Channel(b, rank)) => {
            a.folded() == b.folded() && least == rank
        }
        (Recipient::Nick(a), Recipient::Nick(b)) => a.folded() == b.folded(),
        _ => false,
    }
}
