//! REHASH: an operator has the configuration read again, from wherever they are.

use super::passwords::hash;
use crate::support::{Person, Server};
use std::fs::write;
use tempfile::TempDir;

struct Rehashed {
    server: Server,
    file: String,
    operators: String,
}

impl Rehashed {
    fn start() -> Self {
        let data = TempDir::new().expect("a folder");
        let file = data.path().join("parlor.toml").to_str().expect("a path").to_owned();
        let hash = hash("chief");
        let operators = format!(
            "[[operator]]\nname = \"admin\"\npassword = \"{hash}\"\n\
             [[operator]]\nname = \"helper\"\npassword = \"{hash}\"\ncan = [\"kill\"]\n"
        );
        write(&file, text("before", &operators)).expect("a file");
        let server = Server::with_arguments(&[], data, &["--config", &file]);
        Self { server, file, operators }
    }

    fn write(&self, motd: &str, operators: &str) {
        write(&self.file, text(motd, operators)).expect("a file");
    }

    fn person(&self, nick: &str) -> Person {
        let mut person = self.server.connect();
        person.say(&format!("NICK {nick}"));
        person.say(&format!("USER {nick} 0 * :{nick}"));
        person.sees(" 376 ");
        person
    }
}

fn text(motd: &str, rest: &str) -> String {
    format!("[server]\nmotd = \"{motd}\"\n[limits]\ncommands_per_second = 0\n{rest}")
}

/// Asks until the message of the day is this one: the threads are told one after another.
fn reads(person: &mut Person, motd: &str) {
    while {
        person.say("MOTD");
        !person.sees(" 372 ").ends_with(&format!(":- {motd}"))
    } {}
}

#[test]
fn an_operator_has_the_configuration_read_again_and_nobody_else() {
    let at = Rehashed::start();
    let mut ada = at.person("ada");
    let mut bob = at.person("bob");
    ada.say("OPER admin chief");
    ada.sees(" 381 ");
    bob.say("REHASH");
    bob.sees(" 481 bob ");
    // Nor one whose class has no part in it.
    bob.say("OPER helper chief");
    bob.sees(" 381 ");
    bob.say("REHASH");
    bob.sees(" 723 bob ");

    at.write("after", &at.operators);
    ada.say("REHASH");
    ada.sees(" 382 ada ");
    at.server.logs("configuration read again", 1);
    reads(&mut bob, "after");

    // A person at a terminal does the same.
    let mut grace = at.server.line("grace");
    grace.say("/oper admin chief");
    grace.sees("You are a server operator now.");
    at.write("once more", &at.operators);
    grace.say("/rehash");
    grace.sees("The configuration is being read again.");
    reads(&mut bob, "once more");
}

#[test]
fn what_takes_another_start_is_said() {
    let at = Rehashed::start();
    let mut ada = at.person("ada");
    ada.say("OPER admin chief");
    ada.sees(" 381 ");
    let lasting = "[channels]\ncasemapping = \"rfc1459\"\n[store]\nsync = \"checkpoint\"\n";
    at.write("after", &format!("{lasting}{}", at.operators));
    ada.say("REHASH");
    let said = "the server has to be started again for what was changed: ";
    let told = ada.sees(said);
    assert!(told.ends_with("store.sync, channels.casemapping"), "{told}");
    at.server.logs(&format!("WARN {said}"), 1);
    reads(&mut ada, "after");
}

#[test]
fn what_is_wrong_changes_nothing_and_who_is_taken_out_is_an_operator_no_more() {
    let at = Rehashed::start();
    let mut ada = at.person("ada");
    ada.say("OPER admin chief");
    ada.sees(" 381 ");
    at.write("wrong", "comands = 1\n");
    ada.say("REHASH");
    ada.sees(" 382 ada ");
    let told = ada.sees("*** the configuration stays as it was: ");
    assert!(told.contains("comands"), "{told}");
    at.server.logs("the configuration stays as it was", 1);
    reads(&mut ada, "before");

    // No operators from now on; who was one is one no more.
    at.write("after", "");
    ada.say("REHASH");
    ada.sees(":ada MODE ada -os");
    reads(&mut ada, "after");
    ada.say("OPER admin chief");
    ada.sees(" 491 ");
    at.write("again", &at.operators);
    at.server.signal("HUP");
    reads(&mut ada, "again");
    ada.say("OPER admin chief");
    ada.sees(" 381 ");
}
