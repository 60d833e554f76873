//! WEBIRC: a gateway says for whom it speaks (`IRCv3` webirc). It is believed from addresses that are trusted,
//! and with its password if there is one.

use crate::bounds::HOST_BYTES_MAX;
use crate::desk::{Desk, HashWork, Hashed, Voucher};
use crate::irc::IrcDoor;
use crate::irc::verbs::Reading;
use crate::irc::verbs::hashing::{Purpose, hash, not_now};
use parlor_hub::person::Peer;
use parlor_wire::text::truncate;
use std::net::IpAddr;

pub(crate) fn webirc(reading: &mut Reading<'_, '_>) {
    let Some(registration) = reading.door.registration.as_deref_mut() else { return };
    if !registration.is_trusted {
        return reading.desk.close("You are no gateway that is trusted here");
    }
    if !registration.is_untouched() {
        return reading.desk.close("WEBIRC comes first, and once");
    }
    let [password, gateway, hostname, address, ..] = reading.message.params[..] else { return };
    let Ok(address) = address.parse::<IpAddr>() else {
        return reading.desk.close("Invalid WebIRC address");
    };
    let options = reading.message.param(4).unwrap_or_default();
    let name = is_hostname(hostname).then(|| hostname.into());
    let peer = reading.facts().peer(address, name);
    let voucher = Voucher {
        peer: Peer { gateway: Some(truncate(gateway, HOST_BYTES_MAX).into()), ..peer },
        secure: Some(option(options, "secure").is_some()),
        certificate: option(options, "certfp-sha-256").and_then(|hex| hex.parse().ok()),
    };
    let Some(phc) = reading.facts().gateway_password.clone() else {
        return take(reading.door, voucher, reading.desk);
    };
    let work = HashWork::Verify { phc, password: password.to_owned() };
    hash(reading, Purpose::Gateway(Box::new(voucher)), work);
}

/// What came of the password.
pub(crate) fn verified(door: &mut IrcDoor, voucher: Voucher, result: Hashed, desk: &mut Desk<'_>) {
    match result {
        Hashed::Verified => take(door, voucher, desk),
        result => desk.close(not_now(&result).unwrap_or("Invalid WebIRC password")),
    }
}

fn take(door: &mut IrcDoor, voucher: Voucher, desk: &mut Desk<'_>) {
    if let Some(registration) = door.registration.as_deref_mut() {
        registration.is_trusted = false;
        registration.host = voucher.peer.shown.clone();
        desk.vouch(voucher);
    }
}

/// The value of an option, empty where it has none.
fn option<'o>(options: &'o str, name: &str) -> Option<&'o str> {
    options.split(' ').find_map(|option| {
        let (other, value) = option.split_once('=').unwrap_or((option, ""));
        (other == name).then_some(value)
    })
}

/// Whether a word is a name of the domain name system, and none that looks like an address.
fn is_hostname(word: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let top = word.rsplit('.').next().unwrap_or_default();
    word.len() <= HOST_BYTES_MAX
        && word.contains('.')
        && word.split('.').all(is_label)
        && top.starts_with(|c: char| c.is_ascii_alphabetic())
}
