//! Passwords: hashed away from the loop, in their turn, and never to be had from the disk.

use crate::support::{Person, Server};
use std::io::Write;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// `parlor password`, as it is used to make a configuration.
pub fn hash(password: &str) -> String {
    let output = hashed(password);
    assert!(output.status.success());
    let hash = String::from_utf8(output.stdout).expect("text");
    assert!(hash.starts_with("$argon2id$") && hash.ends_with('\n'), "{hash}");
    hash.trim_end().to_owned()
}

/// What it says of a password.
fn hashed(password: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_parlor"))
        .arg("password")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary");
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(format!("{password}\n").as_bytes()).expect("it reads");
    drop(stdin);
    child.wait_with_output().expect("its end")
}

#[test]
fn a_password_that_nobody_could_give_is_not_hashed() {
    for (given, why) in
        [("", "an empty password"), ("one\ntwo", "is one line"), ("a\rb", "is one line")]
    {
        let output = hashed(given);
        let complaint = String::from_utf8(output.stderr).expect("text");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{complaint}");
        assert!(complaint.contains(why), "{complaint}");
    }
    assert!(hashed("with CR LF\r").status.success());
}

fn signs_on(person: &mut Person, nick: &str) {
    person.say(&format!("NICK {nick}"));
    person.say(&format!("USER {nick} 0 * :{nick}"));
}

#[test]
fn a_server_with_a_password_lets_in_who_knows_it() {
    let password = hash("open sesame");
    let server = Server::with(&[("PARLOR_SERVER_PASSWORD", &password)]);
    let mut ada = server.connect();
    ada.say("PASS :open sesame");
    signs_on(&mut ada, "ada");
    ada.sees(" 001 ada ");
    let mut wrong = server.connect();
    wrong.say("PASS :open says me");
    signs_on(&mut wrong, "wrong");
    assert!(wrong.rest().contains(" 464 "));
    let mut without = server.connect();
    signs_on(&mut without, "without");
    assert!(without.rest().contains(" 464 "));

    ada.say("JOIN #lobby");
    ada.settles();
    let mut grace = server.connect();
    grace.sees("This server asks for a password first");
    grace.say("hello?");
    grace.sees("This server asks for a password first");
    grace.say("/pass open says me");
    grace.sees("That is not the password of this server.");
    grace.say("/pass open sesame");
    grace.say("/nick grace");
    grace.sees("You are grace");
    let line = ada.sees("JOIN");
    assert!(line.starts_with(":grace!"), "nobody else came in: {line}");
}

#[test]
fn operators_are_those_of_the_configuration() {
    let data = TempDir::new().expect("a folder");
    let file = data.path().join("parlor.toml");
    let text = format!("[[operator]]\nname = \"admin\"\npassword = \"{}\"\n", hash("chief"));
    std::fs::write(&file, text).expect("a file");
    let file = file.to_str().expect("a path").to_owned();
    let server = Server::with_arguments(&[], data, &["--config", &file]);
    let mut ada = server.irc("ada");
    for (name, password, numeric) in
        [("admin", "thief", " 464 "), ("nobody", "chief", " 491 "), ("admin", "chief", " 381 ")]
    {
        ada.say(&format!("OPER {name} {password}"));
        ada.sees(numeric);
    }
    assert_eq!(ada.seen.iter().filter(|line| line.contains(" 381 ")).count(), 1);
    let mut grace = server.line("grace");
    grace.say("/oper admin chief");
    grace.sees("You are a server operator now.");
}

#[test]
fn who_guesses_is_in_the_log_and_soon_not_listened_to() {
    const GUESSES: usize = 10;
    let data = TempDir::new().expect("a folder");
    let file = data.path().join("parlor.toml");
    let text = format!("[[operator]]\nname = \"admin\"\npassword = \"{}\"\n", hash("chief"));
    std::fs::write(&file, text).expect("a file");
    let file = file.to_str().expect("a path").to_owned();
    let exempt = ("PARLOR_LIMITS_EXEMPT", "127.0.0.2");
    let server = Server::with_arguments(&[exempt], data, &["--config", &file]);
    // A connection is closed at its eighth, and nothing begins anew with the next one. An account that is not there
    // is guessed too.
    let tries = ["OPER admin thief", "PRIVMSG NickServ :IDENTIFY nobody thief"];
    let (mut guessed, mut number) = (0, 0);
    while guessed < GUESSES {
        let mut thief = server.irc(&format!("thief{number}"));
        number += 1;
        for line in tries.iter().cycle().take(8) {
            if guessed == GUESSES {
                break;
            }
            thief.say(line);
            let answer = thief.sees("assword");
            assert!(answer.contains("incorrect") || answer.contains("is wrong"), "{answer}");
            guessed += 1;
        }
    }
    let mut thief = server.irc("thief");
    thief.say("OPER admin chief");
    thief.sees(" 464 thief :Too many wrong passwords came from your address; try again later");
    thief.say("PRIVMSG NickServ :IDENTIFY nobody thief");
    thief.sees("Too many wrong passwords came from your address; try again later");
    let mut line = server.line("line");
    line.say("/oper admin chief");
    line.sees("* Too many wrong passwords came from your address. Try again later.");
    // Nobody is kept from a password of their own.
    thief.say("REGISTER * * secret");
    thief.sees("REGISTER SUCCESS");
    let logged = server.logged();
    let lines = logged.lines().filter(|line| line.ends_with("a wrong password address=127.0.0.1"));
    assert_eq!(lines.count(), GUESSES, "{logged}");
}

#[test]
fn what_is_sent_behind_a_password_waits_for_it() {
    let server = Server::start();
    let mut ada = server.irc("ada");
    ada.say("JOIN #lobby");
    ada.settles();
    // All at once, before any hash can be done.
    let mut grace = server.connect();
    grace.say("/nick grace\r\n/register secret\r\nsaid behind\r\n/nick other\r\nsaid last");
    ada.sees(":grace!~line@127.0.0.1 PRIVMSG #lobby :said behind");
    ada.sees(":grace!~line@127.0.0.1 NICK other");
    ada.sees(":other!~line@127.0.0.1 PRIVMSG #lobby :said last");
    grace.sees("grace is yours now");
    grace.say("/quit");
    grace.rest();
    let mut grace = server.connect();
    grace.say("/login grace secret\r\nsaid when logged in");
    ada.sees(":grace!~line@127.0.0.1 PRIVMSG #lobby :said when logged in");
}

#[test]
fn many_at_once_are_all_answered_and_nobody_else_waits() {
    const MANY: usize = 300;
    let server = Server::start();
    let mut owner = server.irc("owner");
    owner.say("REGISTER * * secret");
    owner.sees("REGISTER SUCCESS");
    let mut bystander = server.irc("bystander");
    let mut people: Vec<Person> =
        (0..MANY).map(|number| server.irc(&format!("p{number}"))).collect();
    for (number, person) in people.iter_mut().enumerate() {
        person.say(&format!("PRIVMSG NickServ :IDENTIFY owner wrong-{number}"));
    }
    // Each wrong password costs a hash: the queue is long, and this one stands in no queue.
    bystander.settles();
    let answered = |person: &mut Person| person.sees(":NickServ");
    let busy = people.iter_mut().map(answered).filter(|line| !line.contains("wrong")).count();
    eprintln!("of {MANY} passwords at once {busy} were answered with: try again");
    assert!(busy < MANY);
    // A right one is remembered: a storm of reconnections costs one hash. Who is told so tries again.
    for person in &mut people {
        person.say("PRIVMSG NickServ :IDENTIFY owner secret");
    }
    for person in &mut people {
        loop {
            let line = person.next_line().expect("an answer");
            if line.contains(" 900 ") {
                break;
            }
            if line.contains("try again") {
                person.say("PRIVMSG NickServ :IDENTIFY owner secret");
            }
        }
    }
}

#[test]
fn no_password_is_on_the_disk() {
    let mut server = Server::start();
    let mut ada = server.irc("ada");
    ada.say("REGISTER * * hunter-two-thousand");
    ada.sees("REGISTER SUCCESS");
    let mut grace = server.line("grace");
    grace.say("/register hunter-two-thousand");
    grace.sees("grace is yours now");
    server.kill();
    for entry in std::fs::read_dir(server.data.path().join("data")).expect("the data") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a file");
        let found = bytes.windows(18).any(|window| window == b"hunter-two-thousan");
        assert!(!found, "{}", path.display());
    }
    assert!(!server.logged().contains("hunter"));
}
