//! What clients are told of this server's limits and ways (`RPL_ISUPPORT`).

use super::Caps;
use super::replies::Replies;
use crate::bounds::HOST_BYTES_MAX;
use crate::facts::Facts;
use crate::modes;
use parlor_hub::{bounds, mask};
use parlor_wire::irc::format::Line;
use parlor_wire::irc::numeric;

/// The modes of people.
pub(crate) const USER_MODES: &str = "BRZiosw";

/// The mode of bots, which WHO shows as well (bot-mode).
pub(crate) const BOT: char = 'B';

/// Tokens of one line (modern-irc, "`RPL_ISUPPORT`").
const TOKENS_A_LINE: usize = 13;

/// Tells all of it.
pub(crate) fn tell(replies: &mut Replies<'_>) {
    let tokens = tokens(replies.facts);
    write(&tokens, replies);
}

/// Tells what has become another since `before`: a token that is gone has a `-` in front.
pub(crate) fn tell_changes(before: &Facts, replies: &mut Replies<'_>) {
    let (before, now) = (tokens(before), tokens(replies.facts));
    let name = |token: &str| token.split('=').next().unwrap_or_default().to_owned();
    let names: Vec<String> = now.iter().map(|token| name(token)).collect();
    let gone = before.iter().map(|token| name(token)).filter(|name| !names.contains(name));
    let gone: Vec<String> = gone.map(|name| format!("-{name}")).collect();
    let changed = now.into_iter().filter(|token| !before.contains(token));
    write(&changed.chain(gone).collect::<Vec<_>>(), replies);
}

/// Tokens, in as many lines as it takes; in a batch for those who asked for it (extended-isupport).
fn write(tokens: &[String], replies: &mut Replies<'_>) {
    const WORDS: &str = "are supported by this server";
    const BATCH: &str = "isupport";
    let is_batched = replies.caps.has(Caps::EXTENDED_ISUPPORT.with(Caps::BATCH, true));
    let is_batched = is_batched && !tokens.is_empty();
    let server = &replies.facts.server;
    if is_batched {
        let line = Line::new(replies.out).source(server).command("BATCH");
        line.param(&format!("+{BATCH}")).param("draft/isupport").end();
    }
    let mut rest = tokens;
    while !rest.is_empty() {
        let line = Line::new(replies.out);
        let line = if is_batched { line.tag("batch", BATCH) } else { line };
        let line = line.source(server).numeric(numeric::RPL_ISUPPORT).param(replies.nick);
        // The words are one more parameter: a space, and a colon that is counted already.
        let room = line.room().saturating_sub(WORDS.len() + 1);
        let mut length = 0;
        let fits = |token: &&String| {
            length += token.len() + 1;
            length <= room
        };
        let count = rest.iter().take(TOKENS_A_LINE).take_while(fits).count().max(1);
        let (now, later) = rest.split_at(count);
        now.iter().fold(line, |line, token| line.param(token)).trailing(WORDS).end();
        rest = later;
    }
    if is_batched {
        let line = Line::new(replies.out).source(server).command("BATCH");
        line.param(&format!("-{BATCH}")).end();
    }
}

fn tokens(facts: &Facts) -> Vec<String> {
    let number = |name: &str, number: usize| format!("{name}={number}");
    let mut tokens = vec![
        "ACCOUNTEXTBAN=a".into(),
        number("AWAYLEN", bounds::REASON_BYTES_MAX),
        format!("BOT={BOT}"),
        format!("CASEMAPPING={}", facts.casemapping.token()),
        format!("CHANLIMIT=#:{}", bounds::CHANNELS_PER_USER_MAX),
        format!("CHANMODES={}", modes::chanmodes()),
        number("CHANNELLEN", bounds::CHANNEL_NAME_BYTES_MAX),
        "CHANTYPES=#".into(),
        number("CHATHISTORY", usize::from(bounds::HISTORY_PAGE_MAX)),
        "ELIST=CMNTU".into(),
        "EXCEPTS=e".into(),
        format!("EXTBAN={},{}", mask::EXTENDED, mask::LETTERS),
        number("HOSTLEN", HOST_BYTES_MAX),
        "INVEX=I".into(),
        number("KEYLEN", bounds::KEY_BYTES_MAX),
        number("KICKLEN", bounds::REASON_BYTES_MAX),
        "KNOCK".into(),
        format!("MAXLIST=beI:{}", bounds::LIST_ENTRIES_MAX),
        number("MAXTARGETS", bounds::TARGETS_PER_COMMAND_MAX),
        number("MODES", bounds::MODES_PER_COMMAND_MAX),
        number("MONITOR", bounds::MONITOR_TARGETS_MAX),
        "MSGREFTYPES=msgid,timestamp".into(),
        number("NAMELEN", bounds::REALNAME_BYTES_MAX),
        format!("NETWORK={}", escaped(&facts.network)),
        number("NICKLEN", bounds::NICK_BYTES_MAX),
        "PREFIX=(qaohv)~&@%+".into(),
        "SAFELIST".into(),
        "STATUSMSG=~&@%+".into(),
        targmax(),
        number("TOPICLEN", bounds::TOPIC_BYTES_MAX),
        number("USERLEN", bounds::USERNAME_BYTES_MAX),
        "UTF8ONLY".into(),
        "WHOX".into(),
    ];
    tokens.extend(facts.denied_tags.value().map(|names| format!("CLIENTTAGDENY={names}")));
    // The second name of the file host is the one that today's clients look for.
    for (name, url) in [
        ("draft/ICON", &facts.icon),
        ("draft/FILEHOST", &facts.filehost),
        ("soju.im/FILEHOST", &facts.filehost),
    ] {
        tokens.extend(url.as_ref().map(|url| format!("{name}={}", escaped(url))));
    }
    tokens
}

/// Every command that takes a list of targets; an empty number is no limit but the line's length.
fn targmax() -> String {
    let bounded = ["KICK", "NAMES", "NOTICE", "PART", "PRIVMSG", "TAGMSG", "WHOIS", "WHOWAS"];
    let bounded = bounded.map(|verb| format!("{verb}:{}", bounds::TARGETS_PER_COMMAND_MAX));
    format!("TARGMAX={},JOIN:,LIST:,ISON:,MONITOR:,USERHOST:5", bounded.join(","))
}

/// A value, with what would end or break it written as `\xHH`.
fn escaped(value: &str) -> String {
    value.replace('\\', "\\x5C").replace(' ', "\\x20").replace('=', "\\x3D")
}
