//! What the owners of accounts ask for, as `NickServ` is told it.

use super::words::{CODE, good_nick, message, password, words};
use crate::chance::Chance;
use crate::client::Client;

/// What one of two begins with who stay while they have no connection, and write to each other.
pub(super) fn who_stays(client: &mut Client, chance: &mut Chance) -> Vec<String> {
    let (own, other) = if chance.one_in(2) { ("ada", "bob") } else { ("bob", "ada") };
    let mut lines = vec![format!("PASS {own}:one"), format!("NICK {own}")];
    lines.extend(["USER u 0 * :u", "CAP END", "REGISTER * a@b.c one"].map(str::to_owned));
    lines.push(format!("VERIFY {own} {CODE}"));
    lines.push("PERSISTENCE SET ON".to_owned());
    lines.push(format!("PRIVMSG {other} :{}", message(client.next_token(), chance)));
    if chance.one_in(2) {
        lines.push("QUIT".to_owned());
    }
    lines
}

/// An order, of anyone who may or may not be allowed to give it.
pub(super) fn order(client: &mut Client, chance: &mut Chance) -> String {
    let order = words_of(client, chance);
    format!("{} {order}", chance.pick(&["NS", "NICKSERV", "PRIVMSG NickServ :"]))
}

fn words_of(client: &mut Client, chance: &mut Chance) -> String {
    // Not always at once: there is to be something to forget.
    if chance.one_in(2)
        && let Some(code) = client.forget_code.take()
    {
        return format!("FORGET {code}");
    }
    let (nick, password) = (good_nick(chance), password(chance));
    let fingerprint = chance.pick(&["", "aa", "bb"]).repeat(32);
    match chance.below(32) {
        0..2 => format!("PASSWD {password} {}", super::words::password(chance)),
        2..4 => "SESSIONS".to_owned(),
        4 => "SESSIONS LOGOUT ALL".to_owned(),
        5 => format!("SESSIONS LOGOUT {}", chance.below(40)),
        6 => format!("GHOST {nick}"),
        7 => format!("GHOST {nick} {password}"),
        8 => format!("REGAIN {nick}"),
        9 => format!("REGAIN {nick} {password}"),
        10 => "GROUP".to_owned(),
        11 => format!("UNGROUP {nick}"),
        12 => format!("CERT ADD {fingerprint}"),
        13 => format!("CERT DEL {fingerprint}"),
        14 => "CERT LIST".to_owned(),
        15 => format!("SET EMAIL {}", chance.pick(&["a@b.c", "*", "none"])),
        16..18 => {
            let setting = chance.pick(&["REPLAY", "AUTOAWAY", "MULTICLIENT", "DMHISTORY"]);
            format!("SET {setting} {}", chance.pick(&["ON", "OFF", "7", "DEFAULT"]))
        }
        18 => match client.drop_code.take() {
            Some(code) => format!("DROP {code}"),
            None => "DROP".to_owned(),
        },
        19 => format!("VERIFY {nick} {CODE}"),
        20 => format!("SAREGISTER {nick} {password}"),
        21 => format!("SUSPEND {nick} {}", words(chance)),
        22 => format!("UNSUSPEND {nick}"),
        23..26 => format!("SAFORGET {nick}"),
        26..30 => "FORGET".to_owned(),
        _ => chance.pick(&["INFO", "LIST *", "LOGOUT", "HELP", "FROB"]).to_string(),
    }
}
