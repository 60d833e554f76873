//! Transcripts. `S:` the server sends, `C:` we send, `T:` is typed, `V:` is shown, `+N` seconds pass.
//! Nothing else may have been sent or shown before the next line that the script feeds in.

use std::time::Duration;

use jiff::tz::TimeZone;

use super::*;
use crate::plain::command::parse;
use crate::plain::view::View;

struct Script {
    session: Session,
    now: Now,
    view: View,
    sent: VecDeque<String>,
}

/// Plays a script and returns the session at its end.
fn check(script: &str) -> Session {
    check_as(settings(), script)
}

fn check_as(settings: Settings, script: &str) -> Session {
    let wall = "2026-11-21T14:02:00Z".parse().expect("a time");
    let now = Now { instant: Instant::now(), wall };
    let session = Session::new(settings, now);
    let mut played =
        Script { session, now, view: View { zone: TimeZone::UTC }, sent: VecDeque::new() };
    for line in script.lines().map(str::trim_start).filter(|line| !line.is_empty()) {
        played.play(line);
    }
    played.settle("the end");
    played.session
}

fn settings() -> Settings {
    let join = vec!["#lobby".to_owned()];
    let nick = "ada".into();
    Settings { nick, insists_on_nick: false, join, account: None, password: None, seed: 7 }
}

impl Script {
    fn play(&mut self, line: &str) {
        if let Some(seconds) = line.strip_prefix('+') {
            self.settle(line);
            let seconds = seconds.parse().expect("seconds");
            self.now.instant += Duration::from_secs(seconds);
            self.session.handle_timeout(self.now);
            return;
        }
        let (mark, text) = line.split_at(2);
        let text = text.strip_prefix(' ').unwrap_or_default();
        match mark {
            "S:" => {
                self.settle(line);
                self.session.feed(text.replace("\\1", "\x01").as_bytes(), self.now);
            }
            "T:" => {
                self.settle(line);
                let command = parse(text).expect("a command").expect("something");
                if let Err(inability) = self.session.command(command, self.now) {
                    assert_eq!(
                        inability.to_string(),
                        "you are in no channel; /join #CHANNEL enters one"
                    );
                }
            }
            "C:" => assert_eq!(self.next_sent().as_deref(), Some(text)),
            "V:" => assert_eq!(self.next_shown().as_deref(), Some(text)),
            _ => panic!("{line}?"),
        }
    }

    fn next_sent(&mut self) -> Option<String> {
        let bytes = String::from_utf8(self.session.take_outgoing()).expect("UTF-8");
        assert!(bytes.is_empty() || bytes.ends_with("\r\n"));
        self.sent.extend(bytes.split_terminator("\r\n").map(|line| line.replace('\x01', "\\1")));
        self.sent.pop_front()
    }

    fn next_shown(&mut self) -> Option<String> {
        let event = self.session.next_event()?;
        Some(self.view.line(&event, self.session.current(), self.now.wall))
    }

    fn settle(&mut self, before: &str) {
        assert_eq!(self.next_sent(), None, "sent, before {before}");
        assert_eq!(self.next_shown(), None, "shown, before {before}");
    }
}

/// Signed on to a server that echoes and answers labels.
const ECHOING: &str = "
    C: CAP LS 302
    C: NICK ada
    C: USER ada 0 * ada
    S: :srv CAP * LS * :server-time sasl=PLAIN message-tags
    S: :srv CAP * LS :echo-message batch labeled-response draft/chathistory
    C: CAP REQ :server-time message-tags echo-message batch labeled-response
    S: :srv CAP ada ACK :server-time message-tags echo-message batch labeled-response
    C: CAP END
    S: :srv 001 ada :Welcome
    V: [14:02] * you are ada
    C: JOIN #lobby
    C: PING parlor-1
    S: :ada!ada@host JOIN #lobby
    V: [14:02] * You joined #lobby
    S: :srv PONG srv parlor-1
";

/// Signed on to a server that knows no capabilities.
const OLD: &str = "
    C: CAP LS 302
    C: NICK ada
    C: USER ada 0 * ada
    S: :srv 421 * CAP :Unknown command
    S: :srv 001 ada :Welcome
    V: [14:02] * you are ada
    C: JOIN #lobby
    C: PING parlor-1
    S: :ada!ada@host JOIN :#lobby
    V: [14:02] * You joined #lobby
    S: PONG parlor-1
";

#[test]
fn an_echo_shows_a_message_once() {
    check(&format!(
        "{ECHOING}
        T: hello
        C: @label=2 PRIVMSG #lobby :hello
        C: PING parlor-2
        S: @label=2;time=2026-11-21T14:03:00.000Z :ada!ada@host PRIVMSG #lobby :hello
        V: [14:03] [You] hello
        S: PONG srv parlor-2
        T: /me waves
        C: @label=3 PRIVMSG #lobby :\\1ACTION waves\\1
        C: PING parlor-3
        S: @label=3 :ada!ada@host PRIVMSG #lobby :\\1ACTION waves\\1
        V: [14:02] [You] * waves
        S: PONG srv parlor-3
        S: :ada!ada@elsewhere PRIVMSG #lobby :from my telephone
        V: [14:02] [You] from my telephone"
    ));
}

/// A server that welcomes before the capabilities are settled made every early message appear twice.
#[test]
fn an_echo_that_begins_late_repeats_nothing() {
    check(
        "C: CAP LS 302
        C: NICK ada
        C: USER ada 0 * ada
        S: :srv CAP * LS :echo-message
        C: CAP REQ echo-message
        S: :srv 001 ada :Welcome
        V: [14:02] * you are ada
        C: JOIN #lobby
        C: PING parlor-1
        T: hello
        C: PRIVMSG #lobby :hello
        V: [14:02] [You] hello
        S: :srv CAP ada ACK :echo-message
        S: :ada!ada@host PRIVMSG #lobby :hello
        S: PONG parlor-1",
    );
}

#[test]
fn without_echo_a_message_is_shown_when_it_is_sent() {
    check(&format!(
        "{OLD}
        T: hello
        C: PRIVMSG #lobby :hello
        C: PING parlor-2
        V: [14:02] [You] hello
        T: again
        C: PRIVMSG #lobby :again
        V: [14:02] [You] again
        S: PONG srv parlor-2
        C: PING parlor-3
        S: PONG srv parlor-3"
    ));
}

#[test]
fn a_refusal_is_said_with_the_message() {
    check(&format!(
        "{ECHOING}
        T: hello
        C: @label=2 PRIVMSG #lobby :hello
        C: PING parlor-2
        S: @label=2 :srv 404 ada #lobby :Cannot send to channel (+m)
        V: [14:02] ! not delivered to #lobby: Cannot send to channel (+m): hello
        S: PONG srv parlor-2
        T: /msg bob hi
        C: @label=3 PRIVMSG bob :hi
        C: PING parlor-3
        S: @label=3 FAIL PRIVMSG BLOCKED bob :They do not want that
        V: [14:02] ! not delivered to bob: They do not want that: hi
        S: PONG srv parlor-3"
    ));
    check(&format!(
        "{OLD}
        T: /msg bob hi
        C: PRIVMSG bob :hi
        C: PING parlor-2
        V: [14:02] [You] -> bob: hi
        S: :srv 401 ada bob :No such nick
        V: [14:02] ! not delivered to bob: No such nick: hi
        S: PONG srv parlor-2"
    ));
}

#[test]
fn an_echo_that_never_comes_is_said() {
    let session = check(&format!(
        "{ECHOING}
        T: hello
        C: @label=2 PRIVMSG #lobby :hello
        C: PING parlor-2
        S: PONG srv parlor-2
        +10
        V: [14:02] ! not delivered to #lobby: the server did not pass it on: hello"
    ));
    assert!(session.is_settled());
}

#[test]
fn what_people_do_in_plain_words() {
    check(&format!(
        "{ECHOING}
        S: :bob!b@h JOIN #lobby
        V: [14:02] * bob joined
        S: :bob!b@h PRIVMSG #lobby :hello
        V: [14:02] <bob> hello
        S: :bob!b@h PRIVMSG #lobby :\\1ACTION waves\\1
        V: [14:02] * bob waves
        S: :bob!b@h PRIVMSG #ops :over here
        V: [14:02] #ops <bob> over here
        S: :bob!b@h PRIVMSG ada :psst
        V: [14:02] -bob-> you: psst
        S: :bob!b@h PRIVMSG ada :\\1VERSION\\1
        S: :bob!b@h NICK bert
        V: [14:02] * bob is now known as bert
        S: :bert!b@h TOPIC #lobby :tea
        V: [14:02] * bert set the topic: tea
        S: :bert!b@h MODE #lobby +o ada
        V: [14:02] * bert set mode +o ada on #lobby
        S: :srv MODE ada :+i
        S: :bert!b@h PART #lobby :home
        V: [14:02] * bert left (home)
        S: :eve!e@h QUIT :Ping timeout
        V: [14:02] * eve left (Ping timeout)
        S: :bert!b@h INVITE ada #tea
        V: [14:02] * bert invites you to #tea; /join #tea accepts
        S: :bert!b@h KICK #lobby ada :enough
        V: [14:02] * You were put out of #lobby by bert (enough)
        T: are you there?"
    ));
}

#[test]
fn history_is_dated_and_confirms_nothing() {
    check(&format!(
        "{ECHOING}
        T: hello
        C: @label=2 PRIVMSG #lobby :hello
        C: PING parlor-2
        S: BATCH +h chathistory #lobby
        S: @batch=h;time=2026-11-20T08:00:00.000Z :ada!ada@host PRIVMSG #lobby :hello
        V: [2026-11-20 08:00] [You] hello
        S: BATCH -h
        S: @label=2 :ada!ada@host PRIVMSG #lobby :hello
        V: [14:02] [You] hello
        S: PONG srv parlor-2"
    ));
}

#[test]
fn nobody_paints_the_terminal() {
    check(&format!(
        "{ECHOING}
        S: :b\x1b[31mob!b@h PRIVMSG #lobby :\x1b]0;owned\x07\x1b[2Jhi\x02 bold\x0304red
        V: [14:02] <bob> hi boldred"
    ));
}

#[test]
fn a_taken_nickname_becomes_another() {
    let script = "
        C: CAP LS 302
        C: NICK ada
        C: USER ada 0 * ada
        S: :srv 433 * ada :Nickname is already in use
        C: NICK ada_
        S: :srv 433 * ada_ :Nickname is already in use
        C: NICK ada__
        S: :srv 433 * ada__ :Nickname is already in use
        C: NICK ada___
        S: :srv 433 * ada___ :Nickname is already in use
        C: NICK ada531
        S: :srv 001 ada531 :Welcome
        V: [14:02] * you are ada531
        C: JOIN #lobby
        C: PING parlor-1
        S: :srv 433 ada531 ada :Nickname is already in use
        V: [14:02] ! ada: Nickname is already in use";
    assert_eq!(check(script).settings_now().nick, "ada");
}

#[test]
fn who_insists_on_a_nickname_takes_no_other() {
    let script = "
        C: CAP LS 302
        C: NICK ada
        C: USER ada 0 * ada
        S: :srv 433 * ada :Nickname is already in use";
    let session = check_as(Settings { insists_on_nick: true, ..settings() }, script);
    let why = "ada: Nickname is already in use".to_owned();
    assert_eq!(session.ended(), Some(&Ended::NickTaken(why)));
}

#[test]
fn a_login_is_made_before_the_welcome_or_not_at_all() {
    let account =
        || Settings { account: Some("ada".into()), password: Some("secret".into()), ..settings() };
    check_as(
        account(),
        "C: CAP LS 302
        C: NICK ada
        C: USER ada 0 * ada
        S: :srv CAP * LS :sasl=PLAIN
        C: CAP REQ sasl
        S: :srv CAP * ACK :sasl
        C: AUTHENTICATE PLAIN
        S: AUTHENTICATE +
        C: AUTHENTICATE AGFkYQBzZWNyZXQ=
        S: :srv 900 * * ada :You are now logged in
        S: :srv 903 * :SASL authentication successful
        C: CAP END",
    );
    let refused = check_as(
        account(),
        "C: CAP LS 302
        C: NICK ada
        C: USER ada 0 * ada
        S: :srv CAP * LS :server-time",
    );
    assert!(matches!(refused.ended(), Some(Ended::Refused(_))));
}

#[test]
fn channels_are_entered_left_and_refused() {
    let session = check(&format!(
        "{ECHOING}
        T: /join #ops,#tea
        C: JOIN #ops,#tea
        C: PING parlor-2
        S: :ada!ada@host JOIN #ops
        V: [14:02] * You joined #ops
        S: :srv 332 ada #ops :deploys
        V: [14:02] * The topic of #ops: deploys
        S: :srv 353 ada = #ops :@bob ada
        S: :srv 366 ada #ops :End of /NAMES list.
        V: [14:02] * In #ops, 2: @bob ada
        S: :srv 473 ada #tea :Cannot join channel (+i)
        V: [14:02] ! #tea: Cannot join channel (+i)
        S: PONG srv parlor-2
        S: :bob!b@h PRIVMSG #lobby :hello
        V: [14:02] #lobby <bob> hello
        T: /part
        C: PART #ops
        C: PING parlor-3
        S: :ada!ada@host PART #ops
        V: [14:02] * You left #ops
        S: PONG srv parlor-3"
    ));
    assert_eq!(session.current(), Some("#lobby"));
    assert_eq!(session.settings_now().join, ["#lobby"]);
}

#[test]
fn silence_is_asked_about_and_then_believed() {
    let script = format!(
        "{OLD}
        S: PING :are you there
        C: PONG :are you there
        +59
        +1
        C: PING parlor
        +59
        S: :srv PONG srv parlor
        +60
        C: PING parlor"
    );
    assert_eq!(check(&script).ended(), None);
    assert_eq!(check(&format!("{script}\n+60")).ended(), Some(&Ended::Silent));
}

#[test]
fn a_paste_leaves_in_windows() {
    // The first line raises a fence; seven more fill the window; the last two wait for it.
    let one =
        |number| format!("T: {number}\nC: PRIVMSG #lobby :{number}\nV: [14:02] [You] {number}\n");
    let seven: String = (1..8).map(one).collect();
    let script = format!(
        "{OLD}
        T: 0
        C: PRIVMSG #lobby :0
        C: PING parlor-2
        V: [14:02] [You] 0
        {seven}
        T: 8
        T: 9
        S: PONG parlor-2
        C: PRIVMSG #lobby :8
        C: PING parlor-10
        V: [14:02] [You] 8
        S: PONG parlor-10
        C: PRIVMSG #lobby :9
        C: PING parlor-11
        V: [14:02] [You] 9
        S: PONG parlor-11"
    );
    assert!(check(&script).is_settled());
}

#[test]
fn a_long_line_is_cut_where_the_server_would_cut_it() {
    let mut session = check(OLD);
    let wall = "2026-11-21T14:02:00Z".parse().expect("a time");
    let now = Now { instant: Instant::now(), wall };
    let text = "é".repeat(1000);
    session.say("#lobby", &text, now).expect("room");
    let sent = String::from_utf8(session.take_outgoing()).expect("UTF-8");
    let pieces: Vec<&str> =
        sent.lines().filter_map(|line| line.strip_prefix("PRIVMSG #lobby :")).collect();
    assert_eq!(pieces.concat(), text);
    let source = ":ada!".len() + bounds::USER_HOST_BYTES + 1;
    for piece in pieces {
        assert!(source + "PRIVMSG #lobby :\r\n".len() + piece.len() <= bounds::LINE_BYTES_MAX);
    }
}
