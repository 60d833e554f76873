//! In a pipe the client is a tool: it delivers everything and leaves, or its exit code says that it did not.

use std::io::Write as _;
use std::process::{Child, Command, Output, Stdio};

use crate::support::{EVERYTHING, Server, message, program};

/// Starts the program with `input` in its pipe.
fn start(arguments: &[&str], input: &str) -> Child {
    let mut child = Command::new(program())
        .args(["--nick", "ada"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the example is built");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    // A program that leaves early does not read it all.
    std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    child
}

/// Exit code, standard output, standard error.
fn end(child: Child) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = child.wait_with_output().expect("a program that ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

fn numbered(lines: usize) -> Vec<String> {
    (0..lines).map(|number| format!("line {number}")).collect()
}

#[test]
fn everything_is_delivered_and_shown_once_with_echo() {
    let server = Server::start();
    let lines = numbered(100);
    let child = start(&[&server.address().to_string(), "--join", "#ops"], &lines.join("\n"));
    let mut peer = server.welcome(EVERYTHING);
    assert_eq!(peer.texts_until_quit(), lines);
    drop(peer);
    let (code, out, err) = end(child);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    for line in &lines {
        let shown = out.lines().filter(|shown| shown.ends_with(&format!("[You] {line}"))).count();
        assert_eq!(shown, 1, "{line} in {out}");
    }
    assert!(!out.contains(|c: char| c.is_control() && c != '\n'), "{out:?}");
}

#[test]
fn everything_is_delivered_to_a_server_that_knows_no_capabilities() {
    let server = Server::start();
    let child = start(&[&server.address().to_string()], "/quit is text\r\n\n//so is this\nno end");
    let mut peer = server.welcome("");
    let lines = peer.until(|line| line.starts_with("QUIT"));
    let messages: Vec<_> = lines.iter().filter_map(|line| message(line)).collect();
    let expect = ["/quit is text", "//so is this", "no end"].map(|text| ("#lobby", text));
    assert_eq!(messages, expect);
    // The answer to a PING after the last message is the proof that it was processed.
    let [.., ping, _quit] = &lines[..] else { panic!("{lines:?}") };
    assert!(ping.starts_with("PING parlor-"), "{lines:?}");
    drop(peer);
    assert_eq!(end(child).0, Some(0));
}

#[test]
fn several_channels_all_get_the_lines() {
    let server = Server::start();
    let child = start(&[&server.address().to_string(), "--join", "#a,#b"], "hello\n");
    let lines = server.welcome(EVERYTHING).until(|line| line.starts_with("QUIT"));
    let messages: Vec<_> = lines.iter().filter_map(|line| message(line)).collect();
    assert_eq!(messages, [("#a", "hello"), ("#b", "hello")]);
    assert_eq!(end(child).0, Some(0));
}

#[test]
fn a_long_line_arrives_whole_in_pieces() {
    let server = Server::start();
    let line = "déjà vu ".repeat(500);
    let child = start(&[&server.address().to_string()], &line);
    let mut peer = server.welcome(EVERYTHING);
    let texts = peer.texts_until_quit();
    assert!(texts.len() > 8 && texts.iter().all(|text| text.len() < 500));
    assert_eq!(texts.concat(), line);
    drop(peer);
    assert_eq!(end(child).0, Some(0));
}

#[test]
fn a_refused_message_is_an_exit_code() {
    let server = Server::start();
    let child = start(&[&server.address().to_string()], "hello\n");
    let mut peer = server.welcome("");
    // The message was written behind the JOIN, so its refusal is before the fence's answer.
    peer.send(":srv 404 ada #lobby :Cannot send to channel (+m)");
    peer.until(|line| line.starts_with("QUIT"));
    drop(peer);
    let (code, _, err) = end(child);
    assert_eq!(code, Some(4));
    assert!(err.contains("Cannot send to channel"), "{err}");
}

#[test]
fn a_server_that_goes_away_is_said_with_what_is_in_doubt() {
    let server = Server::start();
    let child = start(&[&server.address().to_string()], "hello\n");
    let mut peer = server.welcome(EVERYTHING);
    while !peer.line().expect("a message").contains("PRIVMSG") {
        peer.send(":srv PONG srv parlor-1");
    }
    drop(peer);
    let (code, _, err) = end(child);
    assert_eq!(code, Some(1));
    assert!(err.contains("perhaps not delivered to #lobby: hello"), "{err}");
    assert!(err.contains("went away") || err.contains("broke"), "{err}");
}

#[test]
fn with_reconnect_the_rest_goes_over_the_next_connection() {
    let server = Server::start();
    let child = start(&[&server.address().to_string(), "--reconnect"], "hello\n");
    let mut peer = server.accept();
    peer.send("ERROR :restarting");
    drop(peer);
    let mut peer = server.welcome(EVERYTHING);
    assert_eq!(peer.texts_until_quit(), ["hello"]);
    drop(peer);
    let (code, _, err) = end(child);
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("trying again"), "{err}");
}

#[test]
fn nobody_there_and_nonsense_have_their_own_exit_codes() {
    let address = Server::start().address().to_string();
    let (code, out, err) = end(start(&[&address], "hello\n"));
    assert_eq!((code, out.as_str()), (Some(3), ""));
    assert!(err.contains("nobody is listening"), "{err}");
    let (code, _, err) = end(start(&["--join", "#a b", &address], "hello\n"));
    assert_eq!(code, Some(2), "{err}");
    let (code, _, err) = end(start(&["ircs://localhost"], "hello\n"));
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("TLS"), "{err}");
}
