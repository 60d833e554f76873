//! Networks that are banned, for connections to be closed as they come.

use parlor_hub::Change;
use parlor_hub::change::{BanKind, ServerBan};
use parlor_hub::id::Millis;
use parlor_hub::mask::Network;
use std::net::IpAddr;
use std::sync::{PoisonError, RwLock};

/// The networks, as the core last said.
#[derive(Debug, Default)]
pub(crate) struct Banned(RwLock<Vec<(Network, ServerBan)>>);

impl Banned {
    /// Takes a ban in that was set, or stored before.
    pub fn add(&self, ban: &ServerBan) {
        let network = ban.mask.parse::<Network>().ok().filter(|_| ban.kind == BanKind::Network);
        let Some(network) = network else { return };
        self.end(&ban.mask);
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.push((network, ban.clone()));
    }

    /// Takes in what an entry changed.
    pub fn note(&self, change: &Change) {
        match change {
            Change::ServerBan(ban) => self.add(ban),
            Change::ServerBanEnded(BanKind::Network, mask) => self.end(mask),
            _ => {}
        }
    }

    /// Why this address may not come in, if it may not.
    pub fn why(&self, address: IpAddr, now: Millis) -> Option<String> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let holds =
            |(network, ban): &&(Network, ServerBan)| ban.holds(now) && network.contains(address);
        let (_, ban) = all.iter().find(holds)?;
        Some(format!("You are banned from this server: {}", ban.reason))
    }

    fn end(&self, mask: &str) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(_, ban)| *ban.mask != *mask);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_kept_out_until_its_ban_is_over_or_lifted() {
        let banned = Banned::default();
        let ban = ServerBan {
            kind: BanKind::Network,
            mask: "192.0.2.0/24".into(),
            reason: "spam".into(),
            note: None,
            by: "root".into(),
            at: 0,
            until: Some(10),
        };
        banned.note(&Change::ServerBan(Box::new(ban.clone())));
        let why = |address: &str, now| banned.why(address.parse().unwrap(), now);
        assert_eq!(why("192.0.2.7", 9).as_deref(), Some("You are banned from this server: spam"));
        assert_eq!((why("192.0.2.7", 10), why("192.0.3.7", 0)), (None, None));
        banned.note(&Change::ServerBanEnded(BanKind::Network, ban.mask));
        assert_eq!(why("192.0.2.7", 0), None);
    }
}
