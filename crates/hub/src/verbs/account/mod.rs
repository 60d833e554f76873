//! Accounts, a file a thing that is done with one.

pub(super) mod certificate;
pub(super) mod ending;
pub(super) mod host;
pub(super) mod info;
pub(super) mod login;
pub(super) mod nicks;
pub(super) mod password;
pub(super) mod prefer;
pub(super) mod regain;
pub(super) mod register;
pub(super) mod sessions;
pub(super) mod suspend;
pub(super) mod verify;

use crate::command::AccountCommand;
use crate::id::AccountId;
use crate::refusal::Refusal;
use crate::turn::Turn;
use ending::{drop, forget};

/// The table of what is done with accounts; it holds no logic.
pub(super) fn apply(turn: &mut Turn<'_>, command: AccountCommand) {
    match command {
        AccountCommand::Verify(name, code) => verify::apply(turn, &name, &code),
        AccountCommand::Password(credential, keys) => password::apply(turn, credential, keys),
        AccountCommand::Email(email) => password::apply_email(turn, email),
        AccountCommand::AddCertificate(fingerprint) => certificate::apply(turn, fingerprint),
        AccountCommand::RemoveCertificate(fingerprint) => {
            certificate::apply_removal(turn, fingerprint);
        }
        AccountCommand::Group(nick) => nicks::apply(turn, nick),
        AccountCommand::Ungroup(nick) => nicks::apply_removal(turn, &nick),
        AccountCommand::Prefer(preference) => prefer::apply(turn, preference),
        AccountCommand::EndSession(number) => sessions::apply(turn, number),
        AccountCommand::Regain { nick, credential, wear } => {
            regain::apply(turn, &nick, credential, wear);
        }
        AccountCommand::Drop(code) => drop::apply(turn, code.as_deref()),
        AccountCommand::Forget(code) => forget::apply(turn, code.as_deref()),
        AccountCommand::ForgetOf(name) => forget::apply_for_another(turn, &name),
        AccountCommand::Make(register) => register::apply_for_another(turn, register),
        AccountCommand::Suspend(name, why) => suspend::apply(turn, &name, why),
        AccountCommand::Unsuspend(name) => suspend::apply_end(turn, &name),
        AccountCommand::Host(name, host) => host::apply(turn, &name, host),
    }
}

/// The account of who sent the entry; tells them if they have none.
fn own(turn: &mut Turn<'_>) -> Option<AccountId> {
    let account = turn.actor()?.account;
    if account.is_none() {
        turn.refuse(Refusal::AccountNeeded);
    }
    account
}
