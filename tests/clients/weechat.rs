//! `WeeChat` without its screen, as a person drives it: lines go to its buffers through its pipe, and
//! what it shows in a buffer is read from that buffer's log.

use crate::support::terminal::{Terminal, needed, until};
use crate::support::{Person, Server};
use std::io::Write;
use std::path::PathBuf;
use tempfile::TempDir;

/// No brakes (each of these is known to some of its versions), and logs that are written at once.
const SETTINGS: &[&str] = &[
    "/set fifo.file.enabled on",
    "/set logger.file.flush_delay 0",
    "/set logger.file.auto_log on",
    "/set logger.level.irc 9",
    "/set irc.look.server_buffer independent",
    "/set irc.server_default.anti_flood 0",
    "/set irc.server_default.anti_flood_prio_high 0",
    "/set irc.server_default.anti_flood_prio_low 0",
    "/set irc.server_default.realname Wanda",
];

/// Someone at `WeeChat`.
struct WeeChat {
    terminal: Terminal,
}

impl WeeChat {
    /// Starts it, and connects by this nick; `options` are more of `/server add`.
    fn start(server: &Server, nick: &str, options: &str) -> Self {
        needed("weechat-headless", "weechat-headless");
        let home = TempDir::new().expect("a home");
        let folder = |name: &str| home.path().join(name).display().to_string();
        let settings = [
            format!("/set fifo.file.path {}", folder("fifo")),
            format!("/set logger.file.path {}", folder("logs")),
            format!("/set irc.server_default.nicks {nick}"),
            format!("/set irc.server_default.username {nick}"),
        ];
        let host = server.address.to_string().replace(':', "/");
        let connect =
            [format!("/server add parlor {host} -notls {options}"), "/connect parlor".into()];
        let own = SETTINGS.iter().map(|line| (*line).to_owned());
        let lines = settings.into_iter().chain(own).chain(connect);
        let mut command = vec!["weechat-headless".to_owned(), "--dir".to_owned(), folder("dir")];
        command.extend(lines.flat_map(|line| ["-r".to_owned(), line]));
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        Self { terminal: Terminal::start(home, &command) }
    }

    /// The same, once it is welcome.
    fn welcomed(server: &Server, nick: &str) -> Self {
        let weechat = Self::start(server, nick, "");
        weechat.sees("", &format!("Welcome to the Parlor Network, {nick}!"));
        weechat
    }

    /// The same, in the lobby.
    fn in_the_lobby(server: &Server, nick: &str) -> Self {
        let weechat = Self::welcomed(server, nick);
        weechat.types("", "/join #lobby");
        weechat.sees("#lobby", "Channel #lobby: ");
        weechat
    }

    /// Types a line in a buffer: a channel, a nick, or the server's when it has no name.
    fn types(&self, buffer: &str, line: &str) {
        let buffer = match buffer {
            "" => "irc.server.parlor".to_owned(),
            name => format!("irc.parlor.{name}"),
        };
        let path = self.terminal.home.path().join("fifo");
        let mut fifo = std::fs::File::options().write(true).open(path).expect("its pipe");
        fifo.write_all(format!("{buffer} *{line}\n").as_bytes()).expect("it reads");
    }

    /// What was shown in a buffer so far.
    fn shown(&self, buffer: &str) -> String {
        let name = match buffer {
            "" => "irc.server.parlor.weechatlog".to_owned(),
            name => format!("irc.parlor.{name}.weechatlog"),
        };
        let path: PathBuf =
            [self.terminal.home.path(), "logs".as_ref(), name.as_ref()].iter().collect();
        std::fs::read_to_string(path).unwrap_or_default()
    }

    /// Waits until a line in a buffer holds this text; returns it.
    fn sees(&self, buffer: &str, text: &str) -> String {
        until(|| {
            let shown = self.shown(buffer);
            let line = shown.lines().find(|line| line.contains(text)).map(str::to_owned);
            line.ok_or_else(|| format!("{text:?} in {buffer:?}, which shows\n{shown}"))
        })
    }

    /// Waits until a buffer shows exactly this from someone.
    fn hears(&self, buffer: &str, who: &str, words: &str) {
        let line = format!("\t{who}\t{words}\n");
        until(|| {
            let shown = self.shown(buffer);
            let found = shown.contains(&line);
            found
                .then_some(())
                .ok_or_else(|| format!("{line:?} in {buffer:?}, which shows\n{shown}"))
        });
    }

    fn count(&self, buffer: &str, text: &str) -> usize {
        self.shown(buffer).lines().filter(|line| line.contains(text)).count()
    }
}

/// Someone at a terminal, and someone at `WeeChat`, whom they saw coming.
fn two(server: &Server) -> (Person, WeeChat) {
    let mut grace = server.line("grace");
    let wanda = WeeChat::in_the_lobby(server, "wanda");
    grace.sees_next("* wanda joined");
    (grace, wanda)
}

#[test]
fn what_was_said_before_has_its_own_time() {
    let server = Server::start();
    let mut grace = server.line("grace");
    grace.say("the kettle is on ☕");
    grace.say("/me waits");
    let wanda = WeeChat::in_the_lobby(&server, "wanda");
    // It knows the time of each line, so none stands in the text.
    wanda.hears("#lobby", "grace", "the kettle is on ☕");
    wanda.hears("#lobby", " *", "grace waits");
    assert_eq!(wanda.count("#lobby", "kettle"), 1);
    wanda.sees("#lobby", "Channel #lobby: 2 nicks");
}

#[test]
fn people_talk_both_ways() {
    let server = Server::start();
    let (mut grace, wanda) = two(&server);
    wanda.types("#lobby", "hello, grace: één kopje ☕?");
    grace.sees_next("<wanda> hello, grace: één kopje ☕?");
    wanda.types("#lobby", "/me pours");
    grace.sees_next("* wanda pours");
    grace.say("ja, graag — žádný cukr");
    wanda.hears("#lobby", "grace", "ja, graag — žádný cukr");
    grace.say("/me sits down");
    wanda.hears("#lobby", " *", "grace sits down");
    wanda.hears("#lobby", "wanda", "hello, grace: één kopje ☕?");
    assert_eq!(wanda.count("#lobby", "één kopje"), 1);
    assert_eq!(wanda.count("#lobby", "pours"), 1);
    wanda.types("#lobby", "/query grace psst");
    grace.sees_next("[wanda] psst");
    grace.say("/msg wanda yes?");
    wanda.hears("grace", "grace", "yes?");
    wanda.types("", "/quit back to work");
    grace.sees_next("* wanda is gone (Quit: back to work)");
}

#[test]
fn a_channel_of_ones_own() {
    let server = Server::start();
    let (mut grace, wanda) = two(&server);
    wanda.types("", "/join #tea");
    wanda.sees("#tea", "Channel #tea: 1 nick (1 op");
    wanda.types("#tea", "/topic Tea at four ☕");
    wanda.sees("#tea", "wanda has changed topic for #tea to \"Tea at four ☕\"");
    grace.say("/join #tea");
    grace.sees("* #tea is about: Tea at four ☕ (wanda, ");
    wanda.sees("#tea", "(~line@127.0.0.1) has joined #tea");
    wanda.types("#tea", "/names");
    wanda.sees("#tea", "Nicks #tea: [@wanda grace]");
    wanda.types("#tea", "/whois grace");
    wanda.sees("", "[grace] (~line@127.0.0.1): at a terminal");
    wanda.sees("", "[grace] #lobby #tea");
    wanda.sees("", "[grace] End of /WHOIS");
    wanda.types("#tea", "/nick wendy");
    grace.sees("* wanda is now wendy");
    wanda.sees("#tea", "You are now known as wendy");
    grace.say("/nick gracie");
    wanda.sees("#tea", "grace is now known as gracie");
    wanda.types("#tea", "/kick gracie no cups left");
    grace.sees("* wendy put you out of #tea (no cups left)");
    wanda.sees("#tea", "wendy has kicked gracie (no cups left)");
}

#[test]
fn who_leaves_and_who_has_set_the_topic_is_seen() {
    let server = Server::start();
    let mut grace = server.line("grace");
    grace.say("/join #den");
    grace.say("/topic Mind the step");
    grace.sees("* You set the topic: Mind the step");
    let wanda = WeeChat::welcomed(&server, "wanda");
    wanda.types("", "/join #den");
    wanda.sees("#den", "Topic for #den is \"Mind the step\"");
    wanda.sees("#den", "Topic set by grace");
    let mut hugo = server.line("hugo");
    hugo.say("/join #den");
    wanda.sees("#den", "hugo (at a terminal) (~line@127.0.0.1) has joined #den");
    hugo.say("/part");
    wanda.sees("#den", "hugo (~line@127.0.0.1) has left #den");
    hugo.say("/join #den");
    hugo.say("/quit good night");
    wanda.sees("#den", "hugo (~line@127.0.0.1) has quit (Quit: good night)");
    grace.say("/kick wanda the step");
    wanda.sees("#den", "grace has kicked wanda (the step)");
}

#[test]
fn capabilities_are_negotiated_and_change_nothing_for_others() {
    let server = Server::start();
    let (mut grace, wanda) = two(&server);
    let enabled = wanda.sees("", "client capability, enabled: ");
    for capability in ["cap-notify", "message-tags", "multi-prefix", "server-time"] {
        assert!(enabled.contains(capability), "{enabled}");
    }
    // What its older versions do not ask for by themselves.
    let more = ["batch", "echo-message", "labeled-response"];
    wanda.types("", &format!("/cap req {}", more.join(" ")));
    wanda.types("", "/cap list");
    let list = wanda.sees("", "client capability, currently enabled: ");
    for capability in more.iter().chain(&["server-time", "message-tags"]) {
        assert!(list.contains(capability), "{list}");
    }
    wanda.types("#lobby", "said once");
    grace.sees_next("<wanda> said once");
    wanda.hears("#lobby", "wanda", "said once");
    grace.say("heard once");
    wanda.hears("#lobby", "grace", "heard once");
    assert_eq!(wanda.count("#lobby", "heard once"), 1);
    // With `batch` the earlier lines come as one, and are shown as the lines that they are.
    wanda.types("#lobby", "/part");
    grace.sees("* wanda left (WeeChat ");
    wanda.types("", "/join #lobby");
    grace.sees_next("* wanda joined");
    until(|| match wanda.count("#lobby", "heard once") {
        2 => Ok(()),
        count => Err(format!("the line twice, not {count} times, in\n{}", wanda.shown("#lobby"))),
    });
}

#[test]
fn an_account_is_logged_in_to_through_sasl() {
    let server = Server::start();
    let mut owner = server.line("wanda");
    owner.say("/register open-sesame");
    owner.sees("wanda is yours now");
    owner.say("/quit");
    let wanda = WeeChat::start(
        &server,
        "wanda",
        "-sasl_mechanism=plain -sasl_username=wanda -sasl_password=open-sesame",
    );
    wanda.sees("", "You are now logged in as wanda");
    wanda.sees("", "SASL authentication successful");
    wanda.sees("", "Welcome to the Parlor Network, wanda!");
    let mut grace = server.line("grace");
    grace.say("/whois wanda");
    grace.sees("logged in as wanda");
    let other = WeeChat::start(
        &server,
        "other",
        "-sasl_mechanism=plain -sasl_username=wanda -sasl_password=wrong",
    );
    other.sees("", "SASL authentication failed");
}
