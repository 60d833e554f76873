//! SASL EXTERNAL: a certificate that was shown in the TLS handshake logs in, and nobody else's does.

use crate::support::Server;
use crate::support::secure::{Client, Secure, certificate};

/// An exchange by EXTERNAL that has come to the question who they are.
fn begin(client: &Client, server: &Server) -> Secure {
    let mut caller = client.connect(server.address);
    caller.say("CAP LS 302");
    let offered = caller.sees(" LS :");
    assert!(offered.contains(" sasl=PLAIN,EXTERNAL,SCRAM-SHA-256"), "{offered}");
    caller.say("CAP REQ sasl");
    caller.say("AUTHENTICATE EXTERNAL");
    caller.sees("AUTHENTICATE +");
    caller
}

/// Ada has an account, and her certificate logs her in.
fn settled(server: &Server, client: &Client) {
    let mut ada = client.connect(server.address);
    ada.sign_on("ada");
    ada.say("NS REGISTER correct-horse");
    ada.sees(" 900 ada ");
    ada.say("NS CERT ADD");
    ada.sees("logs you in from now on");
    ada.say("QUIT");
    ada.rest();
}

#[test]
fn a_certificate_logs_in_before_the_sign_on_and_after_a_restart() {
    let mut server = Server::start();
    let (key, _) = certificate("ada");
    let client = Client::of(&server).with_certificate(key);
    settled(&server, &client);
    for authority in ["+", "YWRh"] {
        let mut ada = begin(&client, &server);
        ada.say("NICK ada");
        ada.say("USER ada 0 * :Ada");
        ada.say(&format!("AUTHENTICATE {authority}"));
        ada.sees(" 900 * ada!~ada@127.0.0.1 ada :");
        ada.sees(" 903 ");
        ada.say("CAP END");
        ada.sees(" 001 ada ");
        ada.say("QUIT");
        ada.rest();
        server.kill();
        server.start_again();
    }
    // By the older TLS as well.
    let file = server.data.path().join("data/tls.pem");
    let (key, _) = certificate("grace");
    let old = Client::speaking(&file, &[&rustls::version::TLS12]).with_certificate(key);
    let mut grace = begin(&old, &server);
    grace.say("AUTHENTICATE +");
    grace.sees(" 904 ");
}

#[test]
fn who_has_another_certificate_or_says_another_name_is_refused() {
    let server = Server::start();
    let (key, _) = certificate("ada");
    let client = Client::of(&server).with_certificate(key);
    settled(&server, &client);
    // Of the same name, and yet another one.
    let (other, _) = certificate("ada");
    let forger = Client::of(&server).with_certificate(other);
    let mut eve = begin(&forger, &server);
    for authority in ["+", "YWRh"] {
        eve.say(&format!("AUTHENTICATE {authority}"));
        eve.sees(" 904 ");
        eve.say("AUTHENTICATE EXTERNAL");
        eve.sees("AUTHENTICATE +");
    }
    // Ada's own, for someone else's account (`bob`).
    let mut ada = begin(&client, &server);
    ada.say("AUTHENTICATE Ym9i");
    ada.sees(" 904 ");
    // Who shows none is offered none; on a plain connection there is none to show.
    let mut without = Client::of(&server).connect(server.address);
    without.say("CAP LS 302");
    assert!(without.sees(" LS :").contains(" sasl=PLAIN,SCRAM-SHA-256 "));
    let mut plain = server.connect();
    plain.say("CAP REQ sasl");
    plain.say("AUTHENTICATE EXTERNAL");
    plain.sees(" 908 * PLAIN,SCRAM-SHA-256 ");
    plain.sees(" 904 ");
}

#[test]
fn a_certificate_that_is_taken_away_logs_nobody_in() {
    let server = Server::start();
    let (key, fingerprint) = certificate("ada");
    let client = Client::of(&server).with_certificate(key);
    settled(&server, &client);
    let mut ada = begin(&client, &server);
    ada.say("NICK ada");
    ada.say("USER ada 0 * :Ada");
    ada.say("AUTHENTICATE +");
    ada.sees(" 903 ");
    ada.say("CAP END");
    ada.say("NS CERT LIST");
    ada.sees(&fingerprint);
    ada.say(&format!("NS CERT DEL {fingerprint}"));
    ada.sees("logs you in no more");
    let mut again = begin(&client, &server);
    again.say("AUTHENTICATE +");
    again.sees(" 904 ");
}
