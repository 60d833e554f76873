//! TLS on the one port: whoever begins with it is recognised inside it as anybody else.

use crate::support::secure::{Client, certificate};
use crate::support::{PATIENCE, Person, Server};
use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::atomic::Ordering;
use tempfile::TempDir;

#[test]
fn everyone_comes_in_by_tls_at_the_same_port() {
    let server = Server::start();
    let client = Client::of(&server);
    let mut plain = server.irc("ada");
    plain.say("JOIN #lobby");
    plain.sees(" 366 ");

    let mut irc = client.connect(server.address);
    irc.sign_on("grace");
    irc.say("JOIN #lobby");
    irc.sees(" 366 ");
    irc.say("PRIVMSG #lobby :by TLS");
    plain.sees("PRIVMSG #lobby :by TLS");
    plain.say("PRIVMSG #lobby :without");
    irc.sees("PRIVMSG #lobby :without");

    // A person at a terminal is greeted after a silence.
    let mut line = client.connect(server.address);
    line.sees("Press Enter");
    line.say("/nick joan");
    line.sees("You are joan");
    plain.sees(":joan!");

    let mut browser = client.connect(server.address);
    browser.say("GET / HTTP/1.1\r\nHost: here\r\n");
    assert!(browser.rest().starts_with("HTTP/1.1 200 "));

    let old =
        Client::speaking(&server.data.path().join("data/tls.pem"), &[&rustls::version::TLS12]);
    old.connect(server.address).sign_on("mary");

    irc.say("QUIT :bye");
    assert!(irc.rest().contains("ERROR :"));
    plain.sees(" QUIT ");
}

#[test]
fn the_server_makes_its_certificate_once_and_nobody_else_reads_it() {
    let mut server = Server::start();
    let file = server.data.path().join("data/tls.pem");
    server.logs("listening", 1);
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o600);
    let made = fs::read(&file).expect("a certificate");
    let client = Client::of(&server);
    client.connect(server.address).sign_on("ada");
    server.kill();
    server.start_again();
    assert_eq!(fs::read(&file).expect("a certificate"), made);
    client.connect(server.address).sign_on("ada");
}

#[test]
fn a_handshake_means_the_same_however_it_is_split() {
    let server = Server::start();
    let mut connection = Client::of(&server).begin();
    let mut stream = TcpStream::connect(server.address).expect("a connection");
    stream.set_nodelay(true).expect("nodelay");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
    let mut hello = Vec::new();
    connection.write_tls(&mut hello).expect("a hello");
    for byte in hello {
        stream.write_all(&[byte]).expect("the server reads");
    }
    while connection.is_handshaking() {
        connection.complete_io(&mut stream).expect("a handshake");
    }
    connection.writer().write_all(b"NICK ada\r\nUSER ada 0 * :a\r\nQUIT\r\n").expect("a buffer");
    connection.complete_io(&mut stream).expect("the server reads");
    let mut seen = Vec::new();
    rustls::Stream::new(&mut connection, &mut stream).read_to_end(&mut seen).expect("a proper end");
    assert!(String::from_utf8_lossy(&seen).contains(" 001 ada "));
}

#[test]
fn what_does_not_belong_inside_tls_is_closed() {
    let server = Server::start();
    let client = Client::of(&server);
    let not_inside: [&[u8]; 3] =
        [b"\x16\x03\x01\x00\x01\x01", b"PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n", b"\0\0\0\0"];
    for bytes in not_inside {
        let mut caller = client.connect(server.address);
        caller.send(bytes);
        assert_eq!(caller.rest(), "", "{bytes:?}");
    }
    // A plain connection stays one.
    let mut plain = server.irc("ada");
    plain.send(b"\x16\x03\x01 hello\r\n");
    plain.sees(" 421 ");
}

#[test]
fn a_handshake_that_fails_or_never_ends_is_closed() {
    let server = Server::start();
    let mut unfinished = Person::connect(server.address);
    unfinished.send(b"\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03");
    let mut halfway = Person::connect(server.address);
    let mut hello = Vec::new();
    Client::of(&server).begin().write_tls(&mut hello).expect("a hello");
    halfway.send(&hello);
    // What looks like a handshake at first, and is something else.
    let mut broken = Person::connect(server.address);
    broken.send(&hello[..hello.len() - 1]);
    broken.stream.shutdown(Shutdown::Write).expect("a half-close");
    for mut caller in [broken, unfinished, halfway] {
        let mut rest = Vec::new();
        match caller.stream.read_to_end(&mut rest) {
            Ok(_) => {}
            Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
        }
        assert!(!rest.windows(6).any(|bytes| bytes == b"Parlor"), "a greeting");
    }
    assert!(!server.irc("ada").seen.iter().any(|line| line.contains("2 users")));
}

/// Makes a certificate for the server's name in these files, apart.
fn make(certificate: &Path, key: &Path) {
    let made = rcgen::generate_simple_self_signed(vec!["parlor.local".into()]).expect("made");
    fs::write(certificate, made.cert.pem()).expect("a file");
    fs::write(key, made.signing_key.serialize_pem()).expect("a file");
}

#[test]
fn the_operators_certificate_is_read_again_on_sighup() {
    let folder = TempDir::new().expect("a folder");
    let (certificate, key) = (folder.path().join("chain.pem"), folder.path().join("key.pem"));
    make(&certificate, &key);
    let server = Server::with(&[
        ("PARLOR_TLS_CERTIFICATE", certificate.to_str().expect("text")),
        ("PARLOR_TLS_KEY", key.to_str().expect("text")),
    ]);
    server.logs("listening", 1);
    assert!(!server.data.path().join("data/tls.pem").exists());
    let mut before = Client::trusting(&certificate).connect(server.address);
    before.sign_on("ada");

    make(&certificate, &key);
    server.signal("HUP");
    server.logs("configuration read again", 1);
    let trusting_the_new = Client::trusting(&certificate);
    trusting_the_new.connect(server.address).sign_on("grace");
    before.say("PING still");
    before.sees("still");

    // A file that is broken changes nothing.
    fs::write(&key, "nothing").expect("a file");
    server.signal("HUP");
    server.logs("the certificate stays as it was: cannot read a key", 1);
    server.logs("configuration read again", 2);
    trusting_the_new.connect(server.address).sign_on("joan");
}

#[test]
fn clients_are_asked_for_certificates_and_browsers_are_not() {
    let server = Server::start();
    let without = Client::of(&server);
    without.connect(server.address).sign_on("ada");
    assert!(without.was_asked.load(Ordering::Relaxed));

    let (key, fingerprint) = certificate("grace");
    let with = Client::of(&server).with_certificate(key);
    let mut grace = with.connect(server.address);
    grace.sign_on("grace");
    assert!(with.was_asked.load(Ordering::Relaxed));
    grace.say("WHOIS grace");
    grace.sees(" 671 ");
    grace.sees(&format!(" 276 grace grace :has client certificate fingerprint {fingerprint}"));

    let mut browser = Client::of(&server);
    browser.config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let mut page = browser.connect(server.address);
    page.say("GET / HTTP/1.1\r\nHost: here\r\n");
    page.sees("HTTP/1.1 200 ");
    assert!(!browser.was_asked.load(Ordering::Relaxed));
}

#[test]
fn a_reader_by_tls_who_pauses_loses_nothing() {
    const LINES: usize = 6_000;
    let server = Server::start();
    let mut reader = Client::of(&server).connect(server.address);
    reader.sign_on("grace");
    let mut ada = server.irc("ada");
    // More than a socket and a session hold, less than a queue may.
    let filling = "x".repeat(200);
    for number in 0..LINES {
        ada.say(&format!("PRIVMSG grace :{number} {filling}"));
    }
    ada.settles();
    for number in 0..LINES {
        reader.sees(&format!("PRIVMSG grace :{number} x"));
    }
    reader.say("QUIT");
    reader.rest();
}

#[test]
fn a_sentence_that_is_cut_on_its_way_is_not_said() {
    let server = Server::start();
    let client = Client::of(&server);
    let mut grace = server.line("grace");
    for (nick, is_cut) in [("ada", true), ("joan", false)] {
        let mut caller = client.connect(server.address);
        caller.say(&format!("/nick {nick}"));
        grace.sees_next(&format!("* {nick} joined"));
        caller.send(b"I do not mean it");
        let end = caller.stream.get_mut();
        if !is_cut {
            end.conn.send_close_notify();
            end.flush().expect("the server reads");
            grace.sees_next(&format!("<{nick}> I do not mean it"));
        }
        end.sock.shutdown(Shutdown::Write).expect("a half-close");
        let next = grace.next_line().expect("an end");
        assert!(next.starts_with(&format!("* {nick} is gone")), "{next}");
    }
}
