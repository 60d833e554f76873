//! What the types of a configuration alone do not hold.

use super::{Config, ConfigError, Operator};
use crate::bounds::SHARDS_MAX;
use parlor_hub::name::ChannelName;

impl Config {
    /// What types alone do not hold.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let wrong = |key: &'static str, why: String| Err(ConfigError::Value { key, why });
        if let Err(why) = ChannelName::parse(&self.channels.lobby, self.channels.casemapping) {
            let lobby = &self.channels.lobby;
            return wrong("channels.lobby", format!("{lobby:?} is no channel's name: {why}"));
        }
        for (key, name) in
            [("server.name", &self.server.name), ("server.network", &self.server.network)]
        {
            let is_word = !name.is_empty()
                && name.len() <= NAME_BYTES_MAX
                && name.chars().all(|c| !c.is_whitespace() && !c.is_control())
                && !name.starts_with(':');
            if !is_word {
                return wrong(
                    key,
                    format!("{name:?} is not one word of at most {NAME_BYTES_MAX} bytes"),
                );
            }
        }
        for (key, url) in
            [("server.icon", &self.server.icon), ("server.filehost", &self.server.filehost)]
        {
            let is_url = ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme))
                && url.len() <= URL_BYTES_MAX
                && url.chars().all(|c| c.is_ascii_graphic());
            if !url.is_empty() && !is_url {
                return wrong(key, format!("{url:?} is no URL of at most {URL_BYTES_MAX} bytes"));
            }
        }
        if let Some(origin) = self.web.origins.iter().find(|origin| !is_origin(origin)) {
            return wrong(
                "web.origins",
                format!("{origin:?} is no origin: write https://chat.example.org, or * for all"),
            );
        }
        if self.server.shards > SHARDS_MAX {
            return wrong("server.shards", format!("more than {SHARDS_MAX} are no use"));
        }
        if self.server.listen.is_empty() {
            return wrong("server.listen", "it is empty: nobody could come in".into());
        }
        if self.proxy.trusted.is_empty() && self.server.listen.iter().any(|at| at.is_proxied) {
            return wrong(
                "proxy.trusted",
                "it is empty: nobody could come in where +proxy stands".into(),
            );
        }
        if self.tls.certificate.as_os_str().is_empty() != self.tls.key.as_os_str().is_empty() {
            return wrong("tls", "certificate and key are set together, or neither".into());
        }
        if self.tls.sts_port != 0 && self.tls.certificate.as_os_str().is_empty() {
            let why = "clients would come with TLS alone, and refuse a self-signed certificate";
            return wrong("tls.sts_port", format!("{why}: set tls.certificate"));
        }
        let is_open = |o: &&Operator| o.password.is_empty() && o.certificate.is_none();
        if let Some(operator) = self.operator.iter().find(is_open) {
            let why = format!("{:?} needs a password, a certificate, or both", &*operator.name);
            return wrong("operator", why);
        }
        let hashes = self.operator.iter().map(|o| ("operator.password", &o.password));
        let others =
            [("server.password", &self.server.password), ("proxy.webirc", &self.proxy.webirc)];
        for (key, hash) in hashes.chain(others).filter(|(_, hash)| !hash.is_empty()) {
            if argon2::password_hash::phc::PasswordHash::new(hash).is_err() {
                return wrong(key, "it is not a hash: make one with `parlor password`".into());
            }
        }
        Ok(())
    }
}

/// Whether this is how a browser names where a page is from (RFC 6454, section 6.2), or stands for all.
fn is_origin(text: &str) -> bool {
    let authority = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    text == "*" || authority.is_some_and(|name| !name.is_empty() && !name.contains(['/', ' ']))
}

/// Bytes of the server's and the network's name: RFC 2812, section 1.1 allows 63.
const NAME_BYTES_MAX: usize = 63;

/// Bytes of a URL that clients are told of: it has to fit a line with other things.
const URL_BYTES_MAX: usize = 300;
