//! Accounts, and the indexes over them and over the people who wear them.

use super::{Hub, User};
use crate::change::{AccountRow, Standing};
use crate::id::{AccountId, UserId};
use std::sync::Arc;

impl Hub {
    /// An account is there, new or changed.
    pub(crate) fn put_account(&mut self, row: Arc<AccountRow>) {
        self.forget_account(row.id);
        for nick in row.all_nicks() {
            self.account_names.insert(nick.folded().clone(), row.id);
            self.note_looks_of_person(nick);
        }
        for certificate in &row.certificates {
            self.certificates.insert(certificate.fingerprint, row.id);
        }
        if let Standing::Unverified { until, .. } = row.standing {
            self.unverified.insert((until, row.id));
        }
        self.accounts.insert(row.id, row);
    }

    /// An account is there no more; nobody wears it.
    pub(crate) fn remove_account(&mut self, id: AccountId) {
        self.forget_account(id);
        self.accounts.swap_remove(&id);
    }

    fn forget_account(&mut self, id: AccountId) {
        let Some(row) = self.accounts.get(&id) else { return };
        for nick in row.all_nicks() {
            self.account_names.swap_remove(nick.folded());
        }
        for certificate in &row.certificates {
            self.certificates.remove(&certificate.fingerprint);
        }
        if let Standing::Unverified { until, .. } = row.standing {
            self.unverified.remove(&(until, id));
        }
    }

    /// Whose a nick is: that of an account whose owner has shown to be one.
    pub(crate) fn owner_of(&self, folded: &str) -> Option<AccountId> {
        let id = self.account_names.get(folded)?;
        self.accounts[id].is_verified().then_some(*id)
    }

    /// The people who wear an account.
    pub(crate) fn people_of(&self, account: AccountId) -> impl Iterator<Item = &User> {
        self.wearers.get(&account).into_iter().flatten().map(|id| &self.users[id])
    }

    /// A person wears an account from now on.
    pub(crate) fn note_wearer(&mut self, account: AccountId, user: UserId) {
        self.wearers.entry(account).or_default().push(user);
    }

    /// A person wears an account no more.
    pub(crate) fn forget_wearer(&mut self, account: AccountId, user: UserId) {
        let Some(wearers) = self.wearers.get_mut(&account) else { return };
        wearers.retain(|wearer| *wearer != user);
        if wearers.is_empty() {
            self.wearers.swap_remove(&account);
        }
    }
}
