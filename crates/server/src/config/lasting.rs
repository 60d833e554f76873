//! Settings that a server keeps until it is started again.

use super::Config;

impl Config {
    /// Keeps what the server was started with, where that cannot change while it runs. Gives the names of what was
    /// otherwise.
    pub(crate) fn keep_lasting(&mut self, begun: &Self) -> Vec<&'static str> {
        let (server, begun_server) = (&mut self.server, &begun.server);
        let refolded = keep(&mut self.channels.casemapping, &begun.channels.casemapping);
        if refolded {
            // It was checked by the other casemapping.
            self.channels.lobby.clone_from(&begun.channels.lobby);
        }
        let kept = [
            ("server.listen", keep(&mut server.listen, &begun_server.listen)),
            ("server.data", keep(&mut server.data, &begun_server.data)),
            ("server.shards", keep(&mut server.shards, &begun_server.shards)),
            ("store.sync", keep(&mut self.store.sync, &begun.store.sync)),
            ("channels.casemapping", refolded),
        ];
        kept.into_iter().filter_map(|(name, differed)| differed.then_some(name)).collect()
    }
}

/// Whether it was otherwise.
fn keep<T: Clone + PartialEq>(setting: &mut T, begun: &T) -> bool {
    let differed = setting != begun;
    setting.clone_from(begun);
    differed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lasts_is_kept_and_named_and_the_rest_changes() {
        let begun = Config::default();
        let mut later = Config::default();
        later.server.listen.clear();
        later.server.shards = 7;
        later.server.motd = "later".into();
        assert_eq!(later.keep_lasting(&begun), ["server.listen", "server.shards"]);
        assert_eq!(later.server.listen, begun.server.listen);
        assert_eq!((later.server.shards, &*later.server.motd), (0, "later"));
        assert!(later.keep_lasting(&begun).is_empty());
    }
}
