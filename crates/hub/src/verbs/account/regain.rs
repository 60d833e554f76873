//! Putting out who wears a nick of one's account: another connection of one's own, perhaps a dead one.

use super::login;
use crate::answer::AccountAnswer;
use crate::command::Credential;
use crate::id::AccountId;
use crate::name::{Nick, Text};
use crate::refusal::{AccountRefusal, Refusal};
use crate::turn::Turn;
use crate::verbs::session::{nick as nicks, quit};

pub(crate) fn apply(turn: &mut Turn<'_>, nick: &Nick, credential: Option<Credential>, wear: bool) {
    let Some(actor) = turn.actor() else { return };
    let (id, name) = (actor.id, actor.nick().clone());
    let account = match credential {
        None => actor.account,
        Some(credential) => login::valid(turn, credential),
    };
    let shown = nick.shown().clone();
    let Some(account) = account else { return turn.refuse(Refusal::AccountNeeded) };
    if turn.hub.owner_of(nick.folded()) != Some(account) {
        return turn.refuse_account(AccountRefusal::NotYourNick(shown));
    }
    if let Some(refusal) = login::wears_anothers(turn, id, Some(account)).filter(|_| !wear) {
        return turn.refuse(refusal);
    }
    match turn.hub.user_named(nick).map(|user| user.id) {
        Some(wearer) if wearer != id => {
            let reason = Text::from(format!("Put out by {name}, whose nick it is"));
            quit::end(turn, wearer, &reason);
            turn.tell_of(AccountAnswer::Ghosted(shown));
        }
        _ if wear => {}
        _ => turn.tell_of(AccountAnswer::NothingHeld(shown)),
    }
    if wear {
        take(turn, account, nick);
    }
}

/// The nick is theirs to wear, and the account with it.
fn take(turn: &mut Turn<'_>, account: AccountId, nick: &Nick) {
    let Some(id) = turn.actor().map(|user| user.id) else { return };
    if turn.hub.users[&id].nick() != nick.shown() {
        nicks::rename(turn, id, nick);
    }
    login::attach(turn, id, account);
}
