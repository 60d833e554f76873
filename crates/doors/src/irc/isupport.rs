//! What clients are told of this server's limits and ways (`RPL_ISUPPORT`).

use super::replies::Replies;
use crate::bounds::HOST_BYTES_MAX;
use parlor_hub::{bounds, mask};
use parlor_wire::irc::numeric;

/// The modes of people.
pub(crate) const USER_MODES: &str = "BRiow";

/// The mode of bots, which WHO shows as well (bot-mode).
pub(crate) const BOT: char = 'B';

/// The modes of channels, the ranks of their members among them.
pub(crate) const CHANNEL_MODES: &str = "beIaohvqklimnrst";

/// Those of them that take a parameter.
pub(crate) const CHANNEL_MODES_WITH_PARAMETER: &str = "beIaohvqkl";

/// Tokens of one line (modern-irc, "`RPL_ISUPPORT`").
const TOKENS_A_LINE: usize = 13;

/// Tells all of it.
pub(crate) fn tell(replies: &mut Replies<'_>) {
    const WORDS: &str = "are supported by this server";
    let tokens = tokens(replies);
    let mut rest = tokens.as_slice();
    while !rest.is_empty() {
        let line = replies.numeric(numeric::RPL_ISUPPORT);
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
}

fn tokens(replies: &Replies<'_>) -> Vec<String> {
    let facts = replies.facts;
    let number = |name: &str, number: usize| format!("{name}={number}");
    vec![
        "ACCOUNTEXTBAN=a".into(),
        number("AWAYLEN", bounds::REASON_BYTES_MAX),
        format!("BOT={BOT}"),
        format!("CASEMAPPING={}", facts.casemapping.token()),
        format!("CHANLIMIT=#:{}", bounds::CHANNELS_PER_USER_MAX),
        // `r`, that a channel is registered, is the server's to set.
        "CHANMODES=beI,k,l,imnrst".into(),
        number("CHANNELLEN", bounds::CHANNEL_NAME_BYTES_MAX),
        "CHANTYPES=#".into(),
        number("CHATHISTORY", usize::from(bounds::HISTORY_PAGE_MAX)),
        "ELIST=CMNTU".into(),
        "EXCEPTS=e".into(),
        format!("EXTBAN={},a", mask::EXTENDED),
        number("HOSTLEN", HOST_BYTES_MAX),
        "INVEX=I".into(),
        number("KEYLEN", bounds::KEY_BYTES_MAX),
        number("KICKLEN", bounds::REASON_BYTES_MAX),
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
    ]
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
