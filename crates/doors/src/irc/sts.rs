//! Strict transport security: clients are told to come by TLS (`IRCv3` sts).

use crate::facts::{Facts, Sts};
use parlor_hub::person::Transport;

/// The capability that nobody asks for: it tells what to do. Without its value it would mean nothing, so it is for
/// those who understand values.
const NAME: &str = "sts";

/// The policy as someone who came this way is told it; none where there is none.
pub(crate) fn policy(facts: &Facts, transport: &Transport) -> Option<String> {
    let Sts { port, duration_s, preload } = facts.sts?;
    let preload = if preload { ",preload" } else { "" };
    Some(if transport.secure {
        format!("{NAME}=duration={duration_s}{preload}")
    } else {
        format!("{NAME}=port={port},duration={duration_s}{preload}")
    })
}

/// What those who came this way have to know when the configuration says something else: CAP NEW, for a policy that
/// is gone too (sts, "The `duration` key"). Without TLS there is no policy to keep, only the way to go next time.
pub(crate) fn change(before: &Facts, facts: &Facts, transport: &Transport) -> Option<String> {
    let (was, is) = (policy(before, transport), policy(facts, transport));
    let is_news = transport.secure && was != is;
    is_news.then(|| is.unwrap_or_else(|| format!("{NAME}=duration=0")))
}
