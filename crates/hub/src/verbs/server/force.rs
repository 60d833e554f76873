//! SAJOIN, SAPART, SAMODE, SANICK, CHGHOST: an operator acts for somebody, or in spite of a channel's rules.
//! Whom it is about sees it as if they or the server had done it; operators are told who did.

use crate::command::{Force, ModeChange};
use crate::id::UserId;
use crate::modes::Grants;
use crate::name::{ChannelName, Nick, Text};
use crate::refusal::Refusal;
use crate::turn::Turn;
use crate::verbs::channel::{join, mode, part};
use crate::verbs::server::chghost;
use crate::verbs::session::nick;

pub(crate) fn apply(turn: &mut Turn<'_>, force: Force) {
    let Some(actor) = turn.operator(Grants::SA) else { return };
    let by = turn.hub.users[&actor].nick().clone();
    let done = match force {
        Force::Join(nick, channel) => join(turn, &nick, &channel),
        Force::Part(nick, channel, reason) => part(turn, &nick, &channel, reason),
        Force::Mode(channel, changes) => mode(turn, &channel, changes),
        Force::Nick(nick, other) => rename(turn, &nick, &other),
        Force::Host(nick, host) => place(turn, &nick, &host),
    };
    match done {
        Ok(Some(done)) => turn.notice(format!("{by} {done}")),
        Ok(None) => {}
        Err(refusal) => turn.refuse(refusal),
    }
}

/// What was done, in words; none when it was so already.
type Done = Result<Option<String>, Refusal>;

fn join(turn: &mut Turn<'_>, nick: &Nick, name: &ChannelName) -> Done {
    let user = known(turn, nick)?;
    let entered = join::bring(turn, user, name)?;
    Ok(entered.then(|| format!("had {} join {}", nick.shown(), name.shown())))
}

fn part(turn: &mut Turn<'_>, nick: &Nick, name: &ChannelName, reason: Option<Text>) -> Done {
    let user = known(turn, nick)?;
    let shown = name.shown();
    let channel = turn.hub.channel_named(name);
    let id = channel.ok_or_else(|| Refusal::NoSuchChannel(shown.clone()))?.id();
    if !turn.channel(id).members.contains_key(&user) {
        return Err(Refusal::TheyAreNotInChannel(nick.shown().clone(), shown.clone()));
    }
    part::tell_and_leave(turn, user, id, reason);
    Ok(Some(format!("had {} leave {shown}", nick.shown())))
}

fn mode(turn: &mut Turn<'_>, name: &ChannelName, changes: Vec<ModeChange>) -> Done {
    let channel = turn.hub.channel_named(name);
    let id = channel.ok_or_else(|| Refusal::NoSuchChannel(name.shown().clone()))?.id();
    let shown = mode::force(turn, id, changes);
    let words = shown.iter().map(|change| {
        let sign = if change.set { '+' } else { '-' };
        let parameter = change.parameter.as_deref().unwrap_or_default();
        format!(" {sign}{} {parameter}", change.letter)
    });
    let words: String = words.collect();
    let words = words.trim_end();
    Ok((!shown.is_empty()).then(|| format!("changed modes of {}:{words}", name.shown())))
}

fn rename(turn: &mut Turn<'_>, nick: &Nick, other: &Nick) -> Done {
    let user = known(turn, nick)?;
    if turn.hub.users[&user].nick() == other.shown() {
        return Ok(None);
    }
    if turn.hub.users[&user].sessions.is_empty() {
        return Err(Refusal::StaysByNick(nick.shown().clone()));
    }
    let account = turn.hub.users[&user].account;
    nick::free_for(turn.hub, other, account, Some(user))?;
    nick::rename(turn, user, other);
    Ok(Some(format!("called {} {} now", nick.shown(), other.shown())))
}

fn place(turn: &mut Turn<'_>, nick: &Nick, host: &Text) -> Done {
    let user = known(turn, nick)?;
    let changed = chghost::change(turn, user, host);
    Ok(changed.then(|| format!("gave {} the host {host}", nick.shown())))
}

fn known(turn: &Turn<'_>, nick: &Nick) -> Result<UserId, Refusal> {
    let user = turn.hub.user_named(nick);
    Ok(user.ok_or_else(|| Refusal::NoSuchNick(nick.shown().clone()))?.id)
}
