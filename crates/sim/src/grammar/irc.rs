//! What IRC clients send.

use super::accounts;
use super::words::{
    CODE, OPERATOR, SERVER_PASSWORD, channel, garbage, good_nick, key, mask, message, modes, nick,
    password, settings, words,
};
use crate::chance::Chance;
use crate::client::{Client, Kind};
use base64ct::{Base64, Encoding};

/// What of capabilities changes what a client is told, but not which messages.
const CAPABILITIES: &[&str] = &[
    "batch",
    "labeled-response",
    "server-time",
    "sasl",
    "account-tag",
    "multi-prefix",
    "standard-replies",
    "draft/account-registration",
    "draft/read-marker",
    "draft/pre-away",
    "userhost-in-names",
    "away-notify",
    "account-notify",
    "setname",
    "chghost",
    "invite-notify",
    "extended-monitor",
    "draft/event-playback",
    "no-implicit-names",
    "draft/message-edit",
    "draft/message-redaction",
    "draft/search",
    "draft/multiline",
    "draft/metadata-2",
    "draft/extended-isupport",
    "draft/oper-tag",
    "draft/channel-rename",
    "draft/persistence",
    "draft/relaymsg",
    "draft/whoami",
    "znc.in/self-message",
];

/// What a client begins with, up to its sign-on.
pub(crate) fn opening(client: &mut Client, chance: &mut Chance) {
    let Kind::Irc { echo, tags, chathistory, playback } = client.kind else { return };
    if chance.one_in(5) {
        client.open_websocket(chance);
    }
    let mut lines = Vec::new();
    if chance.one_in(2) {
        lines.push("CAP LS 302".to_owned());
    }
    let stays = chance.one_in(4);
    if !stays && !chance.one_in(6) {
        let given = if chance.one_in(8) { "wrong" } else { SERVER_PASSWORD };
        let account = format!("{}:{}", good_nick(chance), password(chance));
        lines.push(format!("PASS {}", if chance.one_in(6) { &account } else { given }));
    }
    let wanted = [
        (echo, "echo-message"),
        (tags, "message-tags"),
        (chathistory, "draft/chathistory"),
        (playback, "znc.in/playback"),
    ];
    let mut caps: Vec<&str> = wanted.iter().filter(|(on, _)| *on).map(|(_, cap)| *cap).collect();
    for cap in CAPABILITIES {
        if chance.one_in(2) || stays && *cap == "draft/persistence" {
            caps.push(cap);
        }
    }
    lines.push(format!("CAP REQ :{}", caps.join(" ")));
    client.labels = ["labeled-response", "batch"].iter().all(|cap| caps.contains(cap));
    lines.extend(if stays { accounts::who_stays(client, chance) } else { signing_on(chance) });
    for line in lines {
        client.say(line.as_bytes(), chance);
    }
}

/// What stands between the capabilities and the end of their negotiation.
fn signing_on(chance: &mut Chance) -> Vec<String> {
    let mut lines = Vec::new();
    if chance.one_in(3) {
        lines.extend(sasl(chance));
    }
    lines.push(format!("NICK {}", good_nick(chance)));
    lines.push(format!("USER {} 0 * :{}", chance.pick(&["u", "ada", "~x", "u@h"]), words(chance)));
    if chance.one_in(8) {
        lines.push(format!("REGISTER * a@b.c {}", password(chance)));
        lines.push(format!("VERIFY {} {CODE}", good_nick(chance)));
    }
    if chance.one_in(8) {
        lines.push((*chance.pick(&["AWAY *", "AWAY :later", "AWAY"])).to_owned());
    }
    if chance.one_in(6) {
        lines.push(format!("METADATA * SET avatar :{}", words(chance)));
        lines.push("METADATA * SUB avatar url".to_owned());
    }
    lines.push("CAP END".to_owned());
    lines
}

fn sasl(chance: &mut Chance) -> Vec<String> {
    if chance.one_in(3) {
        let first = Base64::encode_string(format!("n,,n={},r=x", good_nick(chance)).as_bytes());
        let last = Base64::encode_string(format!("c=biws,r=x,p={}", password(chance)).as_bytes());
        let scram = ["SCRAM-SHA-256", &first, &last, "+"];
        return scram.iter().map(|word| format!("AUTHENTICATE {word}")).collect();
    }
    let plain = format!("\0{}\0{}", good_nick(chance), password(chance));
    let encoded = Base64::encode_string(plain.as_bytes());
    let mut lines = vec![format!("AUTHENTICATE {}", chance.pick(&["PLAIN", "PLAIN", "EXTERNAL"]))];
    lines.push(format!("AUTHENTICATE {}", chance.pick(&[&*encoded, &*encoded, "*", "+", "%%%"])));
    lines
}

/// One more line.
pub(crate) fn say(client: &mut Client, chance: &mut Chance) {
    if std::mem::take(&mut client.needs_nick) {
        let line = format!("NICK {}{}", good_nick(chance), chance.below(10));
        return client.say(line.as_bytes(), chance);
    }
    if client.pings > 0 {
        client.pings -= 1;
        return client.say(b"PONG :x", chance);
    }
    if chance.one_in(60) {
        let garbage = garbage(chance);
        return client.say(&garbage, chance);
    }
    let mut line = String::new();
    if chance.one_in(6) {
        line = format!("@label=L{}", chance.below(20));
        line.push_str(chance.pick(&[" ", ";+typing=active ", ";+x=y\\s;+z "]));
    }
    let (labelled, before) = (!line.is_empty(), client.written);
    line.push_str(&match chance.weighed(&[45, 22, 12, 12, 9]) {
        0 => talk(client, chance),
        1 => in_channels(chance),
        2 => of_people(chance),
        3 if client.forget_code.is_some() || chance.one_in(4) => accounts::order(client, chance),
        3 => of_oneself(chance),
        _ => of_the_server(client, chance),
    });
    if labelled && client.written > before {
        client.labelled.insert(client.written);
    }
    client.say(line.as_bytes(), chance);
}

fn talk(client: &mut Client, chance: &mut Chance) -> String {
    let verb = if chance.one_in(6) { "NOTICE" } else { "PRIVMSG" };
    let target = match chance.below(12) {
        0 => format!("{}{}", chance.pick(&["@", "+", "%", "~&", "@+"]), channel(chance)),
        1 => format!("{},{},{}", channel(chance), nick(chance), channel(chance)),
        2..5 => nick(chance).to_owned(),
        _ => channel(chance).to_owned(),
    };
    if chance.one_in(12) {
        return amend(client, &target, chance);
    }
    if chance.one_in(25) {
        return format!("TAGMSG {target}");
    }
    if chance.one_in(12) {
        return react(client, &target, chance);
    }
    if target.contains("NickServ") {
        return format!("{verb} {target} :{}", words(chance));
    }
    let text = message(client.next_token(), chance);
    if chance.one_in(10) {
        return lines(&format!("{verb} {target}"), &target, &text, chance);
    }
    match chance.below(14) {
        0 => format!("{verb} {target} :\u{1}ACTION {text}\u{1}"),
        1 => format!("{verb} {target} :\u{1}PING {text}\u{1}"),
        2 => format!("RELAYMSG {target} {} :{text}", chance.pick(&["eve/x", "a/b/c", "eve"])),
        3 => format!("{} {target} {} :{text}", chance.pick(&["NPC", "NPCA"]), nick(chance)),
        4 => format!("SCENE {target} :{text}"),
        _ => format!("{verb} {target} :{text}"),
    }
}

/// A message of several lines, which is not always well formed.
fn lines(say: &str, target: &str, text: &str, chance: &mut Chance) -> String {
    let mut batch = vec![format!("BATCH +b draft/multiline {target}")];
    batch.push(format!("@batch=b {say} :{text}"));
    for _ in 0..chance.below(4) {
        let tags = chance.pick(&["", "", ";draft/multiline-concat", ";+x", "x"]);
        batch.push(format!("@batch=b{tags} {say} :{}", words(chance)));
    }
    if !chance.one_in(8) {
        batch.push("BATCH -b".to_owned());
    }
    batch.join("\r\n")
}

/// In most cases of something that was said there.
fn amend(client: &Client, target: &str, chance: &mut Chance) -> String {
    let id = match (chance.below(8), client.last_shown, client.first_shown) {
        (0..5, Some(id), _) | (_, _, Some(id)) => id.to_string(),
        _ => chance.pick(&["1-2-0", "x", ""]).to_owned(),
    };
    match chance.below(3) {
        0 => format!("@draft/target-msgid={id};draft/edit-text=x EDIT {target}"),
        _ => format!("REDACT {target} {id} :{}", words(chance)),
    }
}

/// Mostly to something that was said there. A client that understands no tags says nothing by it.
fn react(client: &Client, target: &str, chance: &mut Chance) -> String {
    let shown = if chance.one_in(2) { client.last_shown } else { client.first_shown };
    let id = shown.map_or("1-2-0".to_owned(), |id| id.to_string());
    let tag = chance.pick(&["+draft/react=x", "+draft/unreact=x", "+typing=active", "+x"]);
    format!("@{tag};+reply={id} TAGMSG {target}")
}

fn in_channels(chance: &mut Chance) -> String {
    let channel = channel(chance);
    match chance.below(22) {
        0..7 => format!("JOIN {channel}"),
        7 => format!("JOIN {channel},{} {}", super::words::channel(chance), key(chance)),
        8 => "JOIN 0".to_owned(),
        9..11 => format!("PART {channel} :{}", words(chance)),
        11..13 => format!("KICK {channel} {} :{}", nick(chance), words(chance)),
        13 => match chance.below(7) {
            0 => "INVITE".to_owned(),
            1 => format!("KNOCK {channel}"),
            3 => format!(
                "CS AMODE {channel} {} {}",
                chance.pick(&["+o", "-o", "+q", "-q", "+v"]),
                nick(chance)
            ),
            2 => format!("RENAME {channel} {} :{}", super::words::channel(chance), words(chance)),
            4 => format!("CS SET {channel} {}", settings(chance)),
            _ => format!("INVITE {} {channel}", nick(chance)),
        },
        14..16 => format!("TOPIC {channel} :{}", words(chance)),
        16 => format!("TOPIC {channel}"),
        17..20 => format!("MODE {channel} {}", modes(chance)),
        20 if chance.one_in(2) => keeping(channel, chance),
        20 => format!("MODE {channel} {}", chance.pick(&["", "b", "+e", "I", "+k", "+l -5"])),
        _ => format!(
            "{} {channel}",
            chance.pick(&[
                "CS REGISTER",
                "CHANSERV REGISTER",
                "NAMES",
                "CS AMODE",
                "CS DROP",
                "CS OP"
            ])
        ),
    }
}

/// What those who keep a channel tell `ChanServ`.
fn keeping(channel: &str, chance: &mut Chance) -> String {
    let nick = nick(chance);
    let order = match chance.below(12) {
        0..3 => format!("TRANSFER {channel} {nick}"),
        3..5 => format!("TRANSFER ACCEPT {channel}"),
        5 => format!("TRANSFER {} {channel} {nick}", chance.pick(&["FORCE", "CANCEL", "x"])),
        6 => format!("CLEAR {channel} {}", chance.pick(&["USERS", "ACCESS", "BANS", "x"])),
        7 => format!("INVITE {channel} {}", chance.pick(&["", nick])),
        8 => format!("UNBAN {channel} {}", chance.pick(&["", "bob", "$a"])),
        9 => format!("{} {channel} {nick}", chance.pick(&["VOICE", "DEOP", "KICK", "HALFOP"])),
        10 => format!("TOPIC {channel} {}", words(chance)),
        _ => format!("{} {channel}", chance.pick(&["INFO", "GETKEY", "OP", "BAN", "LIST"])),
    };
    format!("CS {order}")
}

fn of_people(chance: &mut Chance) -> String {
    let (nick, channel) = (nick(chance), channel(chance));
    match chance.below(17) {
        14..17 => noted(chance),
        10..12 => format!("MONITOR + {nick},{}", super::words::nick(chance)),
        12 => format!("MONITOR - {nick}"),
        13 => format!("MONITOR {}", chance.pick(&["C", "L", "S", "S", "x"])),
        0 => format!("WHO {channel}"),
        1 => format!("WHO {} o", mask(chance)),
        2 => format!("WHO {channel} %tcuihsnfdlaor,42"),
        3 => format!("WHOIS {nick}"),
        4 => format!("WHOIS {nick},ada {nick}"),
        5 => format!("WHOWAS {nick} {}", chance.below(4)),
        6 => format!("USERHOST ada bob {nick}"),
        7 => format!("ISON :ada bob {nick} eve"),
        8 => "NAMES".to_owned(),
        _ => format!("LIST {}", chance.pick(&["", ">1", "<3,#a*", "T<10", "C>1", "!#a", "#a,#b"])),
    }
}

/// What is noted of someone or something, and who hears of it.
fn noted(chance: &mut Chance) -> String {
    let target = match chance.below(6) {
        0 => nick(chance),
        1..3 => channel(chance),
        _ => "*",
    };
    let key = chance.pick(&["url", "avatar", "x.example/color", "BAD"]);
    match chance.below(10) {
        0..3 => format!("METADATA {target} SET {key} :{}", words(chance)),
        3 => format!("METADATA {target} SET {key}"),
        4..6 => format!("METADATA * SUB {key} avatar"),
        6 => format!("METADATA * UNSUB {key}"),
        7 => format!("METADATA {target} GET {key} url"),
        8 => format!("METADATA {target} {}", chance.pick(&["LIST", "SYNC", "SUBS", "x"])),
        _ => format!("METADATA {target} CLEAR"),
    }
}

fn of_oneself(chance: &mut Chance) -> String {
    let (nick, password) = (nick(chance), password(chance));
    match chance.below(18) {
        0..4 => format!("NICK {nick}"),
        4 => format!("AWAY :{}", words(chance)),
        5 if chance.one_in(2) => format!("SETNAME :{}", words(chance)),
        5 => "AWAY".to_owned(),
        6 => format!(
            "MODE {nick} {}",
            chance.pick(&[
                "+i", "-i", "+w", "+B", "-B", "+R", "-R", "+o", "-o", "+s", "-s", "", "+iwZ"
            ])
        ),
        7..9 => {
            let email = chance.pick(&["*", "a@b.c"]);
            format!("REGISTER {} {email} :{password}", chance.pick(&["*", nick]))
        }
        9 => sasl(chance).join("\r\n"),
        10..12 => format!("NS IDENTIFY {nick} {password}"),
        12 => format!("NS REGISTER {password}"),
        16 | 17 => format!("PERSISTENCE {}", chance.pick(&["SET ON", "SET ON", "SET OFF", "GET"])),
        13 => {
            format!("PRIVMSG NickServ :{}", chance.pick(&["HELP", "LOGOUT", "IDENTIFY one", "x"]))
        }
        14 => format!("QUIT :{}", words(chance)),
        _ => format!(
            "CAP REQ :{}",
            chance.pick(&["multi-prefix", "-account-tag", "server-time", "x", "-sasl"])
        ),
    }
}

fn of_the_server(client: &mut Client, chance: &mut Chance) -> String {
    let (name, sesame) = OPERATOR;
    let given = if chance.one_in(4) { "wrong" } else { sesame };
    match chance.below(20) {
        16..20 => force(chance),
        0..3 => format!("OPER {name} {given}"),
        3 => format!("KILL {} :{}", nick(chance), words(chance)),
        4 => format!("WALLOPS :{}", words(chance)),
        5 => "REHASH".to_owned(),
        6..9 => format!("PING {}", client.next_token()),
        9..13 => history(client, chance),
        13 => format!("STATS {}", chance.pick(&["u", "o", "m", "?", ""])),
        14 if chance.one_in(2) => match chance.below(3) {
            0 => format!("DEBUG USER {}", nick(chance)),
            1 => format!("DEBUG CHANNEL {}", channel(chance)),
            _ => "DEBUG COUNTS".to_owned(),
        },
        14 => "HELP".to_owned(),
        _ => {
            let asked =
                ["VERSION", "TIME", "INFO", "ADMIN", "MOTD", "LUSERS", "LINKS", "NONSENSE a"];
            chance.pick(&asked).to_owned()
        }
    }
}

fn force(chance: &mut Chance) -> String {
    let (nick, channel) = (nick(chance), channel(chance));
    match chance.below(11) {
        10 if chance.one_in(2) => {
            format!("NS VHOST {nick} {}", chance.pick(&["b.example", "OFF", "::2", "@"]))
        }
        10 => format!("CHGHOST {nick} {}", chance.pick(&["a.example", "here", "::1", ":"])),
        4 => format!("KLINE 1 {} :{}", mask(chance), words(chance)),
        5 => format!("KLINE ANDKILL 1 {nick} :{}", words(chance)),
        6 => chance
            .pick(&[
                "DLINE 1 10.0.0.0/30 x",
                "DLINE ANDKILL 1 ::1",
                "UNDLINE ::1",
                "XLINE 2 hello* x|y",
            ])
            .to_owned(),
        7 => format!("{} {}", chance.pick(&["UNKLINE", "KLINE", "STATS k"]), mask(chance)),
        8 => format!("CS {} {channel}", chance.pick(&["SUSPEND", "PURGE ADD", "PURGE DEL"])),
        9 => format!("CS {} {channel}", chance.pick(&["UNSUSPEND", "UNSUSPEND", "PURGE LIST"])),
        0 => format!("SAJOIN {nick} {channel}"),
        1 => format!("SAPART {nick} {channel} :{}", words(chance)),
        2 => format!("SAMODE {channel} {}", modes(chance)),
        _ => format!("SANICK {nick} {}", super::words::nick(chance)),
    }
}

fn history(client: &Client, chance: &mut Chance) -> String {
    let with = if chance.one_in(3) { nick(chance) } else { channel(chance) };
    let limit = chance.pick(&["1", "5", "50", "1000", "9999", "0", "x"]);
    let verbs = ["LATEST", "LATEST", "BEFORE", "AFTER", "AROUND", "BETWEEN", "BETWEEN"];
    let verb = chance.pick(&verbs);
    if chance.one_in(5) {
        let moment = moment(chance).replace("timestamp=", chance.pick(&["after=", "before="]));
        let what = chance.pick(&["text=a", "from=ada", "limit=3", "limit=0"]);
        let place = if chance.one_in(2) { format!("in={with};") } else { String::new() };
        return format!("SEARCH {place}{moment};{what}");
    }
    if chance.one_in(3) {
        let at = chance.pick(&["", "*", "timestamp=2027-01-01T00:00:00.000Z"]).to_owned();
        let at = if chance.one_in(3) { at } else { moment(chance) };
        return format!("MARKREAD {with} {at}");
    }
    if let Kind::Irc { playback: true, .. } = client.kind
        && chance.one_in(3)
    {
        return play(with, chance);
    }
    if chance.one_in(5) {
        let [from, to] = [(); 2].map(|()| moment(chance));
        return format!("CHATHISTORY TARGETS {from} {to} {limit}");
    }
    let mut points = point(client, chance);
    if verb == "BETWEEN" && !chance.one_in(8) {
        points = format!("{points} {}", point(client, chance));
    }
    format!("CHATHISTORY {verb} {with} {points} {limit}")
}

/// As clients of ZNC ask for history.
fn play(with: &str, chance: &mut Chance) -> String {
    const BEGINNING: usize = 1_767_225_600;
    let list = chance.pick(&["*", "*", "*,#a,*", "ada,#b", with]).to_owned();
    let [from, to] = [(); 2].map(|()| BEGINNING + chance.below(180));
    let from = chance.pick(&["", "0", &format!("{from}.5"), "x"]).to_owned();
    let to = if chance.one_in(3) { to.to_string() } else { String::new() };
    let order = chance.pick(&["PLAY", "PLAY", "PLAY", "LIST", "CLEAR"]);
    format!("{} *playback :{order} {list} {from} {to}", chance.pick(&["PRIVMSG", "ZNC"]))
}

fn moment(chance: &mut Chance) -> String {
    let (minute, second) = (chance.below(3), chance.below(60));
    format!("timestamp=2026-01-01T00:{minute:02}:{second:02}.000Z")
}

/// A point in a history; in most cases one that there is.
fn point(client: &Client, chance: &mut Chance) -> String {
    match (chance.below(8), client.last_shown, client.first_shown) {
        (0, ..) => "*".to_owned(),
        (1 | 2, ..) => moment(chance),
        (3..6, Some(id), _) | (_, _, Some(id)) => format!("msgid={id}"),
        _ => "msgid=1-2-0".to_owned(),
    }
}
