//! All about an account, and lists of them.

use crate::answer::{AccountAnswer, AccountIs, Answer, OwnAccount};
use crate::bounds;
use crate::change::Standing;
use crate::mask;
use crate::modes::Grants;
use crate::name::{Nick, Text};
use crate::refusal::{AccountRefusal, Refusal};
use crate::verbs::Asking;

pub(crate) fn ask(asking: &mut Asking<'_>, name: Option<&Nick>) {
    let Some(asker) = asking.asker() else { return };
    let hub = asking.hub;
    let account = match name {
        None => asker.account,
        Some(name) => {
            let known = hub.account_names.get(name.folded()).copied();
            let found = known.filter(|id| hub.accounts[id].is_verified() || asker.may(Grants::SEE));
            if found.is_none() {
                let refusal = AccountRefusal::NoSuchAccount(name.shown().clone());
                return asking.refuse(Refusal::Account(refusal));
            }
            found
        }
    };
    let Some(account) = account else { return asking.refuse(Refusal::AccountNeeded) };
    let row = &hub.accounts[&account];
    let is_own = asker.account == Some(account) || asker.may(Grants::SEE);
    let here = hub.people_of(account).filter(|user| hub.finds(asker, user));
    let info = AccountIs {
        name: row.name.shown().clone(),
        registered_at: row.registered_at,
        nicks: row.nicks.iter().map(|nick| nick.shown().clone()).collect(),
        here: here.map(|user| user.nick().clone()).collect(),
        own: is_own.then(|| OwnAccount {
            email: row.email.clone(),
            certificates: row.certificates.len(),
            is_verified: row.is_verified(),
            suspended: match &row.standing {
                Standing::Suspended(why) => Some(why.clone()),
                Standing::Good | Standing::Unverified { .. } => None,
            },
        }),
    };
    asking.answer(Answer::Account(Box::new(AccountAnswer::Info(Box::new(info)))));
}

pub(crate) fn ask_list(asking: &mut Asking<'_>, wanted: &str) {
    if asking.operator(Grants::SEE).is_none() {
        return;
    }
    let names = asking.hub.accounts.values().map(|row| row.name.shown());
    let mut names: Vec<Text> = names.filter(|name| mask::matches(wanted, name)).cloned().collect();
    names.sort();
    let beyond = names.len().saturating_sub(bounds::ACCOUNTS_LISTED_MAX);
    names.truncate(bounds::ACCOUNTS_LISTED_MAX);
    asking.answer(Answer::Account(Box::new(AccountAnswer::List(names, beyond))));
}
