//! What must hold when everything has come to rest.

use crate::Wrong;
use crate::checks::rooms::Rooms;
use crate::client::Client;
use crate::core::Core;
use crate::wing::{Clients, Wing};

/// Halls, hub and clients agree, and nobody's credit is lost.
pub(crate) fn all(core: &Core, wings: &[Wing], clients: &Clients) -> Result<(), Wrong> {
    let mut known = Rooms::default();
    for wing in wings {
        known.nicks.append(&mut wing.rooms.nicks.clone());
        for (channel, members) in &wing.rooms.members {
            known.members.entry(*channel).or_default().extend(members);
        }
        seats(wing)?;
    }
    Wrong::unless_equal("who is where in the halls", &known, "as the hub has it", &core.rooms)?;
    clients.iter().flatten().try_for_each(Client::has_seen_all)
}

fn seats(wing: &Wing) -> Result<(), Wrong> {
    for seated in wing.hall.seated() {
        let wrong = |why: &str| Err(Wrong(format!("{why}: {seated:?}")));
        if seated.in_flight != 0 {
            return wrong("a command's credit did not return");
        }
        if !seated.is_connected {
            return wrong("a seat without a connection stays");
        }
        let nick = wing.rooms.nicks.get(&seated.session).map(String::as_str);
        if nick.is_some() && seated.nick != nick {
            return wrong(&format!("the hub calls them {nick:?}"));
        }
        if nick.is_some() != seated.is_person && nick.is_some() {
            return wrong("a person whom the hall takes for nobody");
        }
    }
    for session in wing.rooms.nicks.keys() {
        if !wing.hall.seated().any(|seated| seated.session == *session) {
            return Err(Wrong(format!("{session:?} is a person without a connection")));
        }
    }
    let blocks = wing.hall.blocks_kept();
    if blocks > 0 && !wing.hall.has_unwritten() {
        return Err(Wrong(format!("{blocks} blocks are kept that nobody waits for")));
    }
    if wing.hall.len() != wing.clients.len() {
        let (seats, clients) = (wing.hall.len(), wing.clients.len());
        return Err(Wrong(format!("{seats} seats for {clients} connections")));
    }
    Ok(())
}
