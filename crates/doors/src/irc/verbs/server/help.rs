//! HELP: how each command is written.

use crate::irc::verbs::Reading;
use parlor_wire::irc::numeric;

/// A command, how it is written, and what it does.
const TOPICS: &[(&str, &str, &str)] = &[
    ("ADMIN", "ADMIN", "Who runs this server."),
    ("AUTHENTICATE", "AUTHENTICATE PLAIN|EXTERNAL|SCRAM-SHA-256", "Logs in to an account (SASL)."),
    (
        "AWAY",
        "AWAY [:message]",
        "Marks you as away; without a message, as back. AWAY *: nobody sits here.",
    ),
    ("CAP", "CAP LS|LIST|REQ|END [:capabilities]", "Negotiates what your client can do."),
    (
        "CHATHISTORY",
        "CHATHISTORY LATEST|BEFORE <target> <*|msgid=…|timestamp=…> <limit>",
        "Earlier messages.",
    ),
    (
        "CHGHOST",
        "CHGHOST <nick> <host>",
        "For operators: has others see someone come from another host.",
    ),
    ("CS", "CS REGISTER <#channel>", "Keeps a channel for ever, with you as its founder."),
    (
        "DEBUG",
        "DEBUG [COUNTS|USER <nick>|CHANNEL <#channel>]",
        "For operators: what the server holds.",
    ),
    (
        "DLINE",
        "DLINE [ANDKILL] [1d2h] <network> [reason [| note]]",
        "For operators: bans an address or a network.",
    ),
    (
        "EDIT",
        "@draft/target-msgid=…;draft/edit-text=… EDIT <#channel|nick>",
        "Says something else instead of a message of yours, for clients with draft/message-edit.",
    ),
    ("INFO", "INFO", "What this server is."),
    (
        "INVITE",
        "INVITE [<nick> <#channel>]",
        "Asks someone to come into a channel; alone, tells where you were asked to come.",
    ),
    ("ISON", "ISON <nick> [nick]…", "Tells which of these people are here."),
    (
        "JOIN",
        "JOIN <#channel>[,#channel]… [key][,key]…",
        "Comes into channels. JOIN 0 leaves them all.",
    ),
    ("KICK", "KICK <#channel> <nick>[,nick]… [:reason]", "Puts people out of a channel."),
    ("KILL", "KILL <nick> [:reason]", "For operators: ends someone's connections."),
    (
        "KLINE",
        "KLINE [ANDKILL] [1d2h] <mask> [reason [| note]]",
        "For operators: bans nick!user@host.",
    ),
    ("KNOCK", "KNOCK <#channel>", "Asks those inside to let you in."),
    ("LINKS", "LINKS", "The servers of this network."),
    ("LIST", "LIST [#channel|mask|!mask|>n|<n|C>n|C<n|T>n|T<n][,…]", "The channels there are."),
    ("LUSERS", "LUSERS", "How many people and channels there are."),
    ("MAP", "MAP", "The servers there are, and how many people are at them."),
    (
        "MARKREAD",
        "MARKREAD <#channel|nick> [timestamp=…]",
        "Shows or sets how far you have read, for all your clients.",
    ),
    (
        "METADATA",
        "METADATA <#channel|nick|*> GET|SET|LIST|CLEAR|SYNC|SUB|UNSUB|SUBS [parameters]",
        "What people note of themselves and of channels, for clients with draft/metadata-2.",
    ),
    (
        "MODE",
        "MODE <#channel|nick> [+|-letters] [parameters]",
        "Shows or changes modes. Of channels: q a o h v, b e I, k l J f, C E K M N Q R S T U V c i m n s t u z. Your own: B R i o s w.",
    ),
    (
        "MONITOR",
        "MONITOR +|- <nick>[,nick]… or MONITOR C|L|S",
        "Tells you when people come and go; C clears the list, L and S show it.",
    ),
    ("MOTD", "MOTD", "The message of the day."),
    ("NAMES", "NAMES <#channel>[,#channel]…", "Who is in a channel."),
    ("NICK", "NICK <nick>", "Takes another nickname."),
    ("NOTICE", "NOTICE <target>[,target]… :text", "A message that programs never answer."),
    (
        "NPC",
        "NPC <#channel> <name> :text",
        "Says something as a person you play, in a channel with +E.",
    ),
    ("NPCA", "NPCA <#channel> <name> :text", "Does something as a person you play."),
    (
        "NS",
        "NS HELP, or an order of it",
        "Sees to your account: passwords, connections, nicknames.",
    ),
    ("OPER", "OPER <name> [password]", "Makes you a server operator."),
    ("PART", "PART <#channel>[,#channel]… [:reason]", "Leaves channels."),
    (
        "PERSISTENCE",
        "PERSISTENCE GET or PERSISTENCE SET ON|OFF|DEFAULT",
        "Whether you stay here when your last connection has ended.",
    ),
    ("PING", "PING <token>", "Is answered with PONG."),
    (
        "PRIVMSG",
        "PRIVMSG <target>[,target]… :text",
        "Says something to channels and people; @#channel reaches its operators.",
    ),
    ("QUIT", "QUIT [:message]", "Leaves the server."),
    (
        "REDACT",
        "REDACT <#channel|nick> <msgid> [:reason]",
        "Takes back a message, for clients with draft/message-redaction.",
    ),
    ("REGISTER", "REGISTER <account|*> <email|*> <password>", "Makes an account."),
    ("REHASH", "REHASH", "For operators: reads the configuration again."),
    (
        "RELAYMSG",
        "RELAYMSG <#channel> <name/elsewhere> :text",
        "For bridges: says what someone elsewhere said.",
    ),
    ("RENAME", "RENAME <#channel> <#new-name> [:reason]", "Gives a channel another name."),
    ("SAJOIN", "SAJOIN <nick> <#channel>[,#channel]…", "For operators: has someone join."),
    (
        "SAMODE",
        "SAMODE <#channel> <letters> [parameters]",
        "For operators: MODE, whatever their rank.",
    ),
    ("SANICK", "SANICK <nick> <other>", "For operators: gives someone another nickname."),
    (
        "SAPART",
        "SAPART <nick> <#channel>[,#channel]… [:reason]",
        "For operators: has someone leave.",
    ),
    ("SCENE", "SCENE <#channel> :text", "Tells what happens, in a channel with +E."),
    (
        "SEARCH",
        "SEARCH <attribute=value[;attribute=value]…> of in, from, after, before, text, limit",
        "What was said, by its words, for clients with draft/search.",
    ),
    ("SETNAME", "SETNAME :real name", "Takes another real name."),
    ("STATS", "STATS u|o|k|d|x", "For operators: since when the server runs, operators, bans."),
    (
        "TAGMSG",
        "@+tag=value TAGMSG <target>[,target]…",
        "Tags without words, such as who is typing.",
    ),
    ("TIME", "TIME", "The server's time."),
    ("TOPIC", "TOPIC <#channel> [:topic]", "Shows or sets what a channel is about."),
    ("UNDLINE", "UNDLINE <network>", "For operators: lifts a DLINE."),
    ("UNKLINE", "UNKLINE <mask>", "For operators: lifts a KLINE."),
    ("UNXLINE", "UNXLINE <mask>", "For operators: lifts an XLINE."),
    ("USERHOST", "USERHOST <nick> [nick]…", "The hosts of up to five people."),
    ("VERIFY", "VERIFY <account> <code>", "Says the code that was sent to you for a new account."),
    ("VERSION", "VERSION", "The server's version, and what it supports."),
    ("WALLOPS", "WALLOPS :text", "For operators: speaks to all who set +w."),
    ("WHO", "WHO <#channel|mask> [o][%fields[,token]]", "People by channel or mask."),
    ("WHOIS", "WHOIS <nick>[,nick]…", "All about people."),
    ("WHOWAS", "WHOWAS <nick> [count]", "People who were here."),
    ("XLINE", "XLINE [ANDKILL] [1d2h] <mask> [reason [| note]]", "For operators: bans real names."),
    ("ZNC", "ZNC *playback PLAY <*|#channel|nick> [from [to]]", "What was said, as ZNC plays it."),
];

/// A title, an empty line and the text, as most servers have it (modern-irc, "HELP message").
pub(crate) fn help(reading: &mut Reading<'_, '_>) {
    let Some(subject) = reading.param(0) else { return index(reading) };
    let upper = subject.to_ascii_uppercase();
    let Some((name, usage, what)) = TOPICS.iter().find(|(name, ..)| *name == upper) else {
        // Only a word can stand there.
        let word = if subject.contains(' ') || subject.starts_with(':') { "*" } else { subject };
        let words = "No help available on this topic";
        return reading.say(numeric::ERR_HELPNOTFOUND, &[word], words);
    };
    reading.tell(|replies| {
        replies.say(numeric::RPL_HELPSTART, &[name], usage);
        replies.say(numeric::RPL_HELPTXT, &[name], "");
        replies.say(numeric::RPL_HELPTXT, &[name], what);
        replies.say(numeric::RPL_ENDOFHELP, &[name], "End of /HELP");
    });
}

fn index(reading: &mut Reading<'_, '_>) {
    const A_LINE: usize = 8;
    let names: Vec<&str> = TOPICS.iter().map(|(name, ..)| *name).collect();
    reading.tell(|replies| {
        replies.say(numeric::RPL_HELPSTART, &["*"], "The commands: HELP <command> tells more");
        replies.say(numeric::RPL_HELPTXT, &["*"], "");
        for line in names.chunks(A_LINE) {
            replies.say(numeric::RPL_HELPTXT, &["*"], &line.join(" "));
        }
        replies.say(numeric::RPL_ENDOFHELP, &["*"], "End of /HELP");
    });
}

#[cfg(test)]
mod tests {
    use super::TOPICS;
    use crate::irc::verbs::VERBS;

    /// What programs send by themselves, other names of a verb, and what only says that it is not there.
    const WITHOUT: &[&str] = &[
        "BATCH", "CHANSERV", "ERROR", "HELP", "HELPOP", "ISUPPORT", "NICKSERV", "PASS", "PONG",
        "STARTTLS", "SUMMON", "USER", "USERS", "WEBIRC",
    ];

    #[test]
    fn every_verb_that_people_use_has_a_topic_and_they_are_in_order() {
        let topics: Vec<&str> = TOPICS.iter().map(|(name, ..)| *name).collect();
        let mut verbs: Vec<&str> = VERBS.iter().map(|verb| verb.name).collect();
        verbs.retain(|name| !WITHOUT.contains(name));
        verbs.sort_unstable();
        assert_eq!(topics, verbs);
    }
}
