//! Certificates that stand for a password (SASL EXTERNAL).

use super::own;
use crate::answer::{AccountAnswer, Answer};
use crate::bounds;
use crate::change::Certificate;
use crate::person::Fingerprint;
use crate::refusal::{AccountRefusal, Refusal};
use crate::turn::Turn;
use crate::verbs::Asking;

pub(crate) fn apply(turn: &mut Turn<'_>, fingerprint: Fingerprint) {
    let Some(account) = own(turn) else { return };
    if turn.hub.certificates.contains_key(&fingerprint) {
        return turn.refuse_account(AccountRefusal::CertificateTaken);
    }
    let known = &turn.hub.accounts[&account].certificates;
    if known.len() >= bounds::CERTIFICATES_PER_ACCOUNT_MAX {
        return turn.refuse_account(AccountRefusal::TooManyCertificates);
    }
    let added = Certificate { fingerprint, added_at: turn.hub.at };
    turn.change_account(account, |row| {
        row.certificates.push(added);
        row.certificates.sort();
    });
    turn.tell_of(AccountAnswer::CertificateAdded(fingerprint));
}

/// Whoever logged in with it just now and is not here yet is no more let in.
pub(crate) fn apply_removal(turn: &mut Turn<'_>, fingerprint: Fingerprint) {
    let Some(account) = own(turn) else { return };
    if turn.hub.certificates.get(&fingerprint) != Some(&account) {
        return turn.refuse_account(AccountRefusal::NoSuchCertificate);
    }
    turn.change_account(account, |row| {
        row.certificates.retain(|known| known.fingerprint != fingerprint);
        row.version += 1;
    });
    turn.tell_of(AccountAnswer::CertificateRemoved(fingerprint));
}

pub(crate) fn ask(asking: &mut Asking<'_>) {
    let Some(asker) = asking.asker() else { return };
    let Some(account) = asker.account else { return asking.refuse(Refusal::AccountNeeded) };
    let certificates = asking.hub.accounts[&account].certificates.clone();
    asking.answer(Answer::Account(Box::new(AccountAnswer::Certificates(certificates))));
}
