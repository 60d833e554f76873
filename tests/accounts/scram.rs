//! SCRAM as a client does it: who knows the password proves it, and so does the server.

use crate::support::{Person, Server};
use aws_lc_rs::{digest, hmac, pbkdf2};
use base64ct::{Base64, Encoding};
use std::num::NonZeroU32;

#[test]
fn who_knows_the_password_logs_in_by_scram_and_learns_that_the_server_knows_it() {
    let server = Server::start();
    let mut ada = server.irc("ada");
    ada.say("REGISTER * * pencil");
    ada.sees("REGISTER SUCCESS");

    let mut other = server.irc("other");
    let salted = begin(&mut other, "crayon");
    conclude(&mut other, &salted);
    other.sees(" 904 ");
    let salted = begin(&mut other, "pencil");
    let proof = conclude(&mut other, &salted);
    assert_eq!(other.sees("AUTHENTICATE"), format!("AUTHENTICATE {proof}"));
    other.say("AUTHENTICATE +");
    other.sees(" 900 other ");
    other.sees(" 903 other ");
}

/// What a client knows of an exchange: the salted password, and what was said.
struct Salted {
    password: [u8; 32],
    nonce: String,
    said: String,
}

/// The first half of an exchange.
fn begin(person: &mut Person, password: &str) -> Salted {
    person.say("CAP REQ sasl");
    person.say("AUTHENTICATE SCRAM-SHA-256");
    person.sees("AUTHENTICATE +");
    let bare = "n=ada,r=fyko+d2lbbFgONRv9qkxdawL";
    person.say(&format!("AUTHENTICATE {}", Base64::encode_string(format!("n,,{bare}").as_bytes())));
    let line = person.sees("AUTHENTICATE");
    let challenge = decoded(line.strip_prefix("AUTHENTICATE ").expect("a challenge"));
    let mut parts = challenge.split(',').map(|part| part.split_at(2).1);
    let mut part = || parts.next().expect("nonce, salt, iterations");
    let (nonce, salt, iterations) = (part().to_owned(), part(), part());
    let salt = Base64::decode_vec(salt).expect("base64");
    let iterations: NonZeroU32 = iterations.parse().expect("a number");
    let mut salted = [0; 32];
    let algorithm = pbkdf2::PBKDF2_HMAC_SHA256;
    pbkdf2::derive(algorithm, iterations, &salt, password.as_bytes(), &mut salted);
    let said = format!("{bare},{challenge}");
    Salted { password: salted, nonce, said }
}

/// The second half. Returns how the server proves itself, in base64 as it is sent.
fn conclude(person: &mut Person, salted: &Salted) -> String {
    let without_proof = format!("c=biws,r={}", salted.nonce);
    let signed = format!("{},{without_proof}", salted.said);
    let client_key = sign(&salted.password, b"Client Key");
    let stored_key = digest::digest(&digest::SHA256, &client_key);
    let signature = sign(stored_key.as_ref(), signed.as_bytes());
    let proof: Vec<u8> = client_key.iter().zip(signature).map(|(key, mask)| key ^ mask).collect();
    let last = format!("{without_proof},p={}", Base64::encode_string(&proof));
    person.say(&format!("AUTHENTICATE {}", Base64::encode_string(last.as_bytes())));
    let server_key = sign(&salted.password, b"Server Key");
    let proof = Base64::encode_string(&sign(&server_key, signed.as_bytes()));
    Base64::encode_string(format!("v={proof}").as_bytes())
}

fn sign(key: &[u8], message: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message).as_ref().to_vec()
}

fn decoded(word: &str) -> String {
    String::from_utf8(Base64::decode_vec(word).expect("base64")).expect("UTF-8")
}
