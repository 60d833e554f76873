//! What people at a terminal type.

use super::words::{
    OPERATOR, SERVER_PASSWORD, channel, garbage, good_nick, key, mask, message, modes, nick,
    password, settings, words,
};
use crate::chance::Chance;
use crate::client::Client;

/// What someone begins with.
pub(crate) fn opening(client: &mut Client, chance: &mut Chance) {
    if !chance.one_in(6) {
        let given = if chance.one_in(8) { "wrong" } else { SERVER_PASSWORD };
        end(client, format!("/pass {given}").as_bytes(), chance);
    }
    let first = match chance.below(4) {
        0 => String::new(),
        1 => format!("/login {} {}", good_nick(chance), password(chance)),
        2 => message(client.next_token(), chance),
        _ => format!("/nick {}", good_nick(chance)),
    };
    end(client, first.as_bytes(), chance);
}

/// One more line.
pub(crate) fn say(client: &mut Client, chance: &mut Chance) {
    if chance.one_in(80) {
        client.is_telnet = true;
        // IAC DO ECHO, IAC WILL NAWS.
        client.send(b"\xff\xfd\x01\xff\xfb\x1f");
    }
    if chance.one_in(60) {
        let garbage = garbage(chance);
        return end(client, &garbage, chance);
    }
    let line = match chance.weighed(&[40, 25, 15, 20]) {
        0 => talk(client, chance),
        1 => in_channels(chance),
        2 => of_people(chance),
        _ => of_oneself(chance),
    };
    end(client, line.as_bytes(), chance);
}

fn end(client: &mut Client, line: &[u8], chance: &mut Chance) {
    client.send(line);
    client.send(match chance.below(12) {
        0 => b"\r\n",
        1 if client.is_telnet => b"\r\0",
        _ => b"\n",
    });
}

fn talk(client: &mut Client, chance: &mut Chance) -> String {
    let to = if chance.one_in(2) { nick(chance) } else { channel(chance) };
    if to.is_empty() {
        return format!("/msg {}", words(chance));
    }
    let text = message(client.next_token(), chance);
    match chance.below(10) {
        0..2 => format!("/msg {to} {text}"),
        2 => format!("/me {text}"),
        3 => format!("//{text}"),
        _ => text,
    }
}

fn in_channels(chance: &mut Chance) -> String {
    let (channel, nick) = (channel(chance), nick(chance));
    match chance.below(17) {
        0..5 => format!("/join {channel}"),
        5 => format!("/join {channel} {}", key(chance)),
        6 => format!("/part {channel}"),
        7 => format!("/part {}", words(chance)),
        8 => format!("/topic {channel} {}", words(chance)),
        9 => format!("/topic {}", words(chance)),
        10 => format!("/kick {channel} {nick} {}", words(chance)),
        11 => format!("/kick {nick}"),
        12 => format!("/invite {nick} {channel}"),
        13 => format!("/mode {channel} {}", modes(chance)),
        14 => format!("/mode {}", modes(chance)),
        15 => format!("/set {channel} {}", settings(chance)),
        _ => format!("/register {channel}"),
    }
}

fn of_people(chance: &mut Chance) -> String {
    match chance.below(8) {
        0 => format!("/who {}", channel(chance)),
        1 => format!("/who {}", mask(chance)),
        2 => format!("/whois {}", nick(chance)),
        3 => format!("/names {}", channel(chance)),
        4 => "/list".to_owned(),
        5 => format!("/history {} {}", chance.below(60), channel(chance)),
        6 => format!("/history {}", nick(chance)),
        _ => format!(
            "/search {}",
            chance.pick(&["hello", "ada", "#a hello", "\"", "nothing at all"])
        ),
    }
}

/// What the owner of an account sees to.
fn of_account(chance: &mut Chance) -> String {
    let (nick, given) = (nick(chance), password(chance));
    match chance.below(9) {
        0..3 => format!("/passwd {given} {}", password(chance)),
        3 => "/sessions".to_owned(),
        4 => format!("/sessions end {}", chance.pick(&["all", "3", "x"])),
        5 => format!("/prefer {}", chance.pick(&["", "autoaway off", "replay 2", "x y"])),
        6 => format!("/regain {nick}"),
        7 => format!("/verify {nick} code"),
        _ => format!("/unregister {}", chance.pick(&["", "x"])),
    }
}

fn of_oneself(chance: &mut Chance) -> String {
    if chance.one_in(5) {
        return of_account(chance);
    }
    let (nick, password) = (nick(chance), password(chance));
    match chance.below(20) {
        0..5 => format!("/nick {nick}"),
        5 => format!("/away {}", words(chance)),
        6 => "/away".to_owned(),
        7..9 => format!("/register {nick} {password}"),
        9 => format!("/register {password} {}", chance.pick(&["", "a@b.c"])),
        10..12 => format!("/login {nick} {password}"),
        12 => "/logout".to_owned(),
        13 => format!("/oper {} {}", OPERATOR.0, OPERATOR.1),
        14 => format!("/kill {nick} {}", words(chance)),
        15 => format!("/wallops {}", words(chance)),
        16 => {
            chance.pick(&["/rehash", "/help", "/help join", "/", "/frobnicate", "/hlep"]).to_owned()
        }
        17 => format!("/quit {}", words(chance)),
        18 => "x".repeat(chance.between(3000, 5000)),
        _ => "  ".to_owned(),
    }
}
