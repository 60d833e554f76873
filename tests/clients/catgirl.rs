//! catgirl, which knows TLS alone: somebody at it logs in by a certificate and by nothing else (SASL EXTERNAL).

use crate::support::Server;
use crate::support::terminal::Terminal;
use std::path::Path;
use tempfile::TempDir;

/// A certificate with its key, in a file as `catgirl -g` makes it.
fn make_certificate(file: &Path) {
    let made = rcgen::generate_simple_self_signed(vec!["catgirl".into()]).expect("made");
    let text = made.signing_key.serialize_pem() + &made.cert.pem();
    std::fs::write(file, text).expect("a file");
}

/// Someone at catgirl with this certificate, in the lobby, where everyone who is there is named.
fn catgirl(server: &Server, nick: &str, certificate: &Path, options: &[&str]) -> Terminal {
    // Its port is taken before its certificate is made.
    server.logs("listening", 1);
    let home = TempDir::new().expect("a home");
    let (host, port) = (server.address.ip().to_string(), server.address.port().to_string());
    let trust = server.data.path().join("data/tls.pem").display().to_string();
    let certificate = certificate.display().to_string();
    let command = ["catgirl", "-n", nick, "-h", &host, "-p", &port, "-t", &trust];
    let more = ["-c", &certificate, "-j", "#lobby"];
    Terminal::start(home, &[&command[..], &more, options].concat())
}

#[test]
fn a_certificate_is_all_that_somebody_needs() {
    let mut server = Server::start();
    let mut grace = server.line("grace");
    let folder = TempDir::new().expect("a folder");
    let certificate = folder.path().join("ada.pem");
    make_certificate(&certificate);

    let ada = catgirl(&server, "ada", &certificate, &[]);
    grace.sees_next("* ada joined");
    ada.sees("In #lobby are");
    ada.types("hello from a terminal ☕");
    grace.sees_next("<ada> hello from a terminal ☕");
    grace.say("welcome");
    ada.sees("<grace> welcome");
    ada.types("/me waves");
    grace.sees_next("* ada waves");
    ada.types("/ns register correct-horse");
    // It is answered in a window of its own.
    ada.sees(" NickServ ");
    ada.types("/window NickServ");
    ada.sees("The account ada is yours");
    ada.types("/ns cert add");
    ada.sees("logs you in from now on");
    ada.types("/quit enough");
    ada.ends(0);
    grace.sees("* ada is gone");

    // From now on it wants to be logged in by it, and ends where it is not.
    server.kill();
    server.start_again();
    let mut grace = server.line("grace");
    let ada = catgirl(&server, "ada", &certificate, &["-e"]);
    grace.sees("* ada joined");
    grace.say("/whois ada");
    grace.sees("logged in as ada");
    // Others know that it came before it does itself: what is typed in its first window goes nowhere.
    ada.sees("In #lobby are");
    ada.types("and I typed nothing");
    grace.sees("<ada> and I typed nothing");
    let other = folder.path().join("eve.pem");
    make_certificate(&other);
    let eve = catgirl(&server, "eve", &other, &["-e"]);
    let screen = eve.screen_with("the end", |screen| screen.contains("[exit "));
    assert!(!screen.contains("[exit 0]"), "{screen}");
}
