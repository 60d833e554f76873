//! Answers about channels.

use super::Replies;
use crate::bounds::DRAW_BYTES;
use crate::irc::Caps;
use crate::irc::events::joined;
use parlor_hub::answer::{ChannelLine, ModesAre, Moved, Names};
use parlor_hub::change::{ListEntry, Topic};
use parlor_hub::modes::{ListKind, Ranks};
use parlor_hub::name::Text;
use parlor_hub::person::Person;
use parlor_wire::irc::format::Line;
use parlor_wire::irc::numeric;

/// A member, as the names have them.
fn name(person: &Person, ranks: Ranks, caps: Caps) -> String {
    let mut name = signs(ranks, caps);
    if caps.has(Caps::USERHOST_IN_NAMES) {
        name.push_str(&person.to_string());
    } else {
        name.push_str(&person.nick);
    }
    name
}

/// The members, as many a line as fit.
pub(super) fn names(names: &Names, from: usize, replies: &mut Replies<'_>) -> Option<usize> {
    let symbol = symbol(names);
    let start = replies.out.len();
    let mut rest = &names.members[from.min(names.members.len())..];
    while !rest.is_empty() {
        if replies.out.len() - start >= DRAW_BYTES {
            return Some(names.members.len() - rest.len());
        }
        let caps = replies.caps;
        let line = replies.numeric(numeric::RPL_NAMREPLY).param(symbol).param(&names.channel);
        let mut text = String::new();
        while let Some(((person, ranks), others)) = rest.split_first() {
            let name = name(person, *ranks, caps);
            if !text.is_empty() && text.len() + 1 + name.len() > line.room() {
                break;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&name);
            rest = others;
        }
        line.trailing(&text).end();
    }
    names_end(&names.channel, replies);
    None
}

fn symbol(names: &Names) -> &'static str {
    if names.secret { "@" } else { "=" }
}

pub(super) fn names_end(name: &str, replies: &mut Replies<'_>) {
    replies.say(numeric::RPL_ENDOFNAMES, &[name], "End of /NAMES list");
}

/// The signs of a member: the highest, or all for those who understand several.
pub(super) fn signs(ranks: Ranks, caps: Caps) -> String {
    let shown = if caps.has(Caps::MULTI_PREFIX) { usize::MAX } else { 1 };
    ranks.signs().take(shown).collect()
}

pub(super) fn list(
    channels: &[ChannelLine],
    from: usize,
    replies: &mut Replies<'_>,
) -> Option<usize> {
    if from == 0 {
        replies.say(numeric::RPL_LISTSTART, &["Channel"], "Users  Name");
    }
    let rest = super::rows(channels, from, replies, |channel, replies| {
        let members = channel.members.to_string();
        replies.say(numeric::RPL_LIST, &[&channel.name, &members], &channel.topic);
    });
    if rest.is_none() {
        replies.say(numeric::RPL_LISTEND, &[], "End of /LIST");
    }
    rest
}

pub(super) fn masks(
    (name, kind, entries): (&str, ListKind, &[ListEntry]),
    from: usize,
    replies: &mut Replies<'_>,
) -> Option<usize> {
    let (row, end, words) = match kind {
        ListKind::Ban => {
            (numeric::RPL_BANLIST, numeric::RPL_ENDOFBANLIST, "End of channel ban list")
        }
        ListKind::Exception => {
            let words = "End of channel exception list";
            (numeric::RPL_EXCEPTLIST, numeric::RPL_ENDOFEXCEPTLIST, words)
        }
        ListKind::Invitation => {
            let words = "End of channel invite exception list";
            (numeric::RPL_INVEXLIST, numeric::RPL_ENDOFINVEXLIST, words)
        }
    };
    let rest = super::rows(entries, from, replies, |entry, replies| {
        let line = replies.numeric(row).param(name).param(&entry.mask);
        line.param(&entry.by).param(&(entry.at / 1000).to_string()).end();
    });
    if rest.is_none() {
        replies.say(end, &[name], words);
    }
    rest
}

pub(super) fn topic(name: &str, topic: Option<&Topic>, replies: &mut Replies<'_>) {
    let Some(topic) = topic else {
        return replies.say(numeric::RPL_NOTOPIC, &[name], "No topic is set");
    };
    replies.say(numeric::RPL_TOPIC, &[name], &topic.text);
    let line = replies.numeric(numeric::RPL_TOPICWHOTIME).param(name).param(&topic.by);
    line.param(&(topic.at / 1000).to_string()).end();
}

pub(super) fn modes(modes: &ModesAre, replies: &mut Replies<'_>) {
    let (letters, parameters) = letters(modes);
    let line = replies.numeric(numeric::RPL_CHANNELMODEIS).param(&modes.channel).param(&letters);
    parameters.iter().fold(line, |line, parameter| line.param(parameter)).end();
    let line = replies.numeric(numeric::RPL_CREATIONTIME).param(&modes.channel);
    line.param(&(modes.made_at / 1000).to_string()).end();
}

/// A channel's modes as MODE writes them: the letters, and what belongs to them.
pub(super) fn letters(modes: &ModesAre) -> (String, Vec<String>) {
    let mut letters: String = std::iter::once('+').chain(modes.flags.letters()).collect();
    let mut parameters = Vec::new();
    if modes.registered {
        letters.push('r');
    }
    if let Some(key) = &modes.key {
        letters.push('k');
        // Outside, it is seen that there is a key, and not which.
        parameters.push(key.as_deref().unwrap_or("*").to_owned());
    }
    if let Some(limit) = modes.limit {
        letters.push('l');
        parameters.push(limit.to_string());
    }
    if let Some(to) = &modes.forward {
        letters.push('f');
        parameters.push(to.to_string());
    }
    if let Some(seconds) = modes.rejoin_s {
        letters.push('J');
        parameters.push(seconds.to_string());
    }
    (letters, parameters)
}

pub(super) fn knocked(name: &str, replies: &mut Replies<'_>) {
    replies.say(numeric::RPL_KNOCKDLVR, &[name], "Your KNOCK has been delivered");
}

pub(super) fn inviting(nick: &str, name: &str, replies: &mut Replies<'_>) {
    replies.numeric(numeric::RPL_INVITING).param(nick).param(name).end();
}

/// As it looks when a channel links to another: clients then follow.
pub(super) fn forwarded(from: &str, to: &str, replies: &mut Replies<'_>) {
    replies.say(numeric::ERR_LINKCHANNEL, &[from, to], "Forwarding to another channel");
}

pub(super) fn invitations(names: &[Text], replies: &mut Replies<'_>) {
    for name in names {
        replies.numeric(numeric::RPL_INVITELIST).param(name).end();
    }
    replies.say(numeric::RPL_ENDOFINVITELIST, &[], "End of /INVITE list");
}

/// A channel's new name, for clients that know no renaming: they left the one and came into the other.
pub(super) fn moved(moved: &Moved, from: usize, replies: &mut Replies<'_>) -> Option<usize> {
    if from == 0 {
        let source = moved.who.to_string();
        let line = Line::new(replies.out).source(&source).command("PART").param(&moved.from);
        match moved.reason.as_deref() {
            Some(reason) => line.trailing(reason).end(),
            None => line.end(),
        }
        let line = Line::new(replies.out).source(&source).command("JOIN").param(&moved.to);
        joined(replies.caps, &moved.who, &moved.realname, line);
        if moved.topic.is_some() {
            topic(&moved.to, moved.topic.as_ref(), replies);
        }
    }
    let caps = replies.caps;
    if caps.has(Caps::NO_IMPLICIT_NAMES) || caps.has(Caps::DRAFT_NO_IMPLICIT_NAMES) {
        return None;
    }
    if from == 0 && moved.is_unseen {
        let themselves = name(&moved.who, Ranks::none(), caps);
        let line = replies.numeric(numeric::RPL_NAMREPLY).param(symbol(&moved.names));
        line.param(&moved.names.channel).trailing(&themselves).end();
    }
    names(&moved.names, from, replies)
}
