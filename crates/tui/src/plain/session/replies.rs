//! What the server answers: numerics, in words where its own do not suffice.

use super::{Ended, Incoming, Phase, Session};
use crate::plain::bounds;
use crate::plain::event::Kind;

impl Session {
    /// The dispatch table of numerics. The first parameter is always our name.
    pub(super) fn reply(&mut self, incoming: &Incoming) {
        let code = incoming.command.as_str();
        match code {
            "001" => self.welcomed(incoming),
            "005" => self.learn(incoming),
            "433" | "436" | "437" if self.phase == Phase::SigningOn => {
                self.nick_is_taken(incoming);
            }
            "432" | "464" | "465" | "466" if self.phase == Phase::SigningOn => {
                self.end(Ended::Refused(words(incoming, 1)));
            }
            "900" | "902" | "903" | "904" | "905" | "906" | "907" | "908" => {
                self.logged_in(code, incoming);
            }
            "353" => self.collect_names(incoming),
            "366" => self.names(incoming),
            "332" => {
                let (channel, text) = (incoming.param(1).to_owned(), incoming.param(2).to_owned());
                self.tell(incoming.at, Kind::Topic { who: None, channel, text });
            }
            "372" => {
                let text = words(incoming, 1);
                let text = text.strip_prefix("- ").unwrap_or(&text).to_owned();
                self.tell(incoming.at, Kind::Motd { text });
            }
            _ if is_quiet(code) => {}
            _ if code.starts_with(['4', '5']) => self.refused(incoming),
            _ => {
                let text = in_words(incoming);
                self.tell(incoming.at, Kind::Told { text });
            }
        }
    }

    fn welcomed(&mut self, incoming: &Incoming) {
        if let Some(nick) = incoming.param_some(0) {
            self.nick = nick;
        }
        self.phase = Phase::Ready;
        let (nick, network) = (self.nick.clone(), self.support.network.clone());
        self.tell(incoming.at, Kind::Welcome { nick, network });
    }

    fn learn(&mut self, incoming: &Incoming) {
        // The last parameter is "are supported by this server".
        let tokens = incoming.params.len().saturating_sub(1);
        for token in incoming.params.iter().take(tokens).skip(1) {
            self.support.learn(token);
        }
    }

    fn collect_names(&mut self, incoming: &Incoming) {
        let waiting: usize = self.names.values().map(Vec::len).sum();
        let room = bounds::NAMES_MAX.saturating_sub(waiting);
        let names = incoming.param(3).split_ascii_whitespace().take(room).map(str::to_owned);
        let channel = self.support.fold(incoming.param(2));
        if room > 0 {
            self.names.entry(channel).or_default().extend(names);
        }
    }

    fn names(&mut self, incoming: &Incoming) {
        let channel = incoming.param(1).to_owned();
        let folded = self.support.fold(&channel);
        let asked = self.names_asked.iter().position(|name| *name == folded);
        if let Some(at) = asked {
            self.names_asked.remove(at);
        }
        let names = self.names.remove(&folded).unwrap_or_default();
        if asked.is_some() || !names.is_empty() {
            let asked = asked.is_some();
            self.tell(incoming.at, Kind::Names { channel, names, asked });
        }
    }

    /// An error numeric: about a message of ours, about entering a channel, or about something else.
    fn refused(&mut self, incoming: &Incoming) {
        let code = incoming.command.as_str();
        let target = incoming.params.get(1);
        if is_about_messages(code)
            && let Some(say) =
                self.take_refused(incoming, target.filter(|_| incoming.params.len() > 2))
        {
            let why = incoming.params.last().cloned().unwrap_or_default();
            self.not_delivered(say, why, incoming.at);
            return;
        }
        if self.phase == Phase::SigningOn {
            // Servers that know no CAP say so; that is not for a person to worry about.
            return;
        }
        if is_about_joining(code) {
            self.is_out_of(incoming.param(1));
        }
        self.tell(incoming.at, Kind::Refused { why: words(incoming, 1) });
    }
}

/// ERR_ numerics that answer PRIVMSG.
fn is_about_messages(code: &str) -> bool {
    matches!(
        code,
        "401"
            | "403"
            | "404"
            | "407"
            | "408"
            | "411"
            | "412"
            | "413"
            | "414"
            | "415"
            | "417"
            | "442"
            | "477"
            | "486"
            | "489"
            | "531"
            | "716"
    )
}

/// ERR_ numerics that answer JOIN.
fn is_about_joining(code: &str) -> bool {
    matches!(
        code,
        "403"
            | "405"
            | "437"
            | "470"
            | "471"
            | "473"
            | "474"
            | "475"
            | "476"
            | "477"
            | "479"
            | "480"
            | "489"
    )
}

/// Replies that tell a person nothing: greetings, statistics, the ends of lists.
fn is_quiet(code: &str) -> bool {
    matches!(
        code,
        "002"
            | "003"
            | "004"
            | "010"
            | "042"
            | "250"
            | "251"
            | "252"
            | "253"
            | "254"
            | "255"
            | "265"
            | "266"
            | "315"
            | "318"
            | "321"
            | "323"
            | "329"
            | "333"
            | "368"
            | "369"
            | "375"
            | "376"
            | "396"
            | "422"
            | "901"
    )
}

/// Replies whose parameters need words between them.
fn in_words(incoming: &Incoming) -> String {
    let param = |index| incoming.param(index);
    match incoming.command.as_str() {
        "301" => format!("{} is away: {}", param(1), param(2)),
        "311" => format!("{} is {}@{} ({})", param(1), param(2), param(3), param(5)),
        "312" => format!("{} is on {}", param(1), param(2)),
        "314" => format!("{} was {}@{} ({})", param(1), param(2), param(3), param(5)),
        "317" => format!("{} has been idle for {} s", param(1), param(2)),
        "319" => format!("{} is in {}", param(1), param(2)),
        "322" => format!("{} ({} here) {}", param(1), param(2), param(3)).trim_end().to_owned(),
        "324" => format!("{} has modes {}", param(1), words(incoming, 2)),
        "330" => format!("{} is logged in as {}", param(1), param(2)),
        "331" => format!("{} has no topic", param(1)),
        "341" => format!("{} is invited to {}", param(1), param(2)),
        "352" => {
            let away = if param(6).starts_with('G') { ", away" } else { "" };
            let name = param(7).split_once(' ').map_or("", |(_hops, name)| name);
            format!("{} is {}@{} ({name}) in {}{away}", param(5), param(2), param(3), param(1))
        }
        _ => words(incoming, 1),
    }
}

/// The parameters from `first` on, the last one after a colon if it has others before it.
fn words(incoming: &Incoming, first: usize) -> String {
    match incoming.params.get(first..).unwrap_or_default() {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{}: {last}", before.join(" ")),
    }
}
