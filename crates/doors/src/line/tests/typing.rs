//! What a typed line asks for.

use super::{OPS, facts, in_two, inside, outside, typed};
use crate::bounds;
use crate::desk::{Desk, Hashed};
use crate::hall::NewKeys;
use crate::line::LineDoor;
use parlor_hub::Refusal;
use parlor_hub::change::Keys;
use parlor_hub::command::Credential;
use parlor_hub::id::AccountId;
use parlor_hub::person::Transport;

#[track_caller]
fn check(mut door: LineDoor, line: &str, expected: &str) {
    assert_eq!(typed(&mut door, line.as_bytes(), &facts()), expected, "{line:?}");
}

const COME_IN: &str = "> sign on guest-7 or next ~line@192.0.2.7\n> join #lobby";

#[test]
fn a_first_line_brings_its_writer_in() {
    check(outside(), "\n", COME_IN);
    check(outside(), "\r\n", COME_IN);
    check(outside(), "hello\n", &format!("{COME_IN}\n> say #lobby \"hello\""));
    check(outside(), "/nick ada\n", "> sign on ada ~line@192.0.2.7\n> join #lobby");
    check(outside(), "/names\n", &format!("{COME_IN}\n> names #lobby"));
    check(outside(), "/join #ops\nout\n", &format!("{COME_IN}\n> join #ops\n> say #ops \"out\""));
}

#[test]
fn some_first_lines_do_not() {
    check(outside(), "/who\n", "* 3 people are here. Press Enter to come in and see who.");
    check(outside(), "/quit\n", "> close Quit");
    check(outside(), "/hlep\n", "* No /hlep here. Did you mean /help?");
    check(outside(), "/nick 1\n", "* \"1\" cannot be a nick: '1' cannot stand there.");
    check(outside(), "/nick\n", "* This is how: /nick NAME");
    let mut door = outside();
    assert!(typed(&mut door, b"/help\n", &facts()).contains("\n  /nick NAME  "));
    assert_eq!(typed(&mut door, b"\n", &facts()), COME_IN);
}

#[test]
fn a_nick_that_is_taken_leaves_its_asker_outside() {
    let mut door = outside();
    typed(&mut door, b"/nick ada\nhello\n", &facts());
    let mut told = Vec::new();
    door.refuse(&Refusal::NickInUse("ada".into()), &facts(), &mut told);
    assert_eq!(
        String::from_utf8_lossy(&told),
        "* Somebody is called ada already. Try another: /nick NAME\n\
         * You are not in yet, so what you typed behind that was not said.\n\
         * Or press Enter to come in as guest-7.\n"
    );
    let again = typed(&mut door, b"/nick ada2\n", &facts());
    assert_eq!(again, "> sign on ada2 ~line@192.0.2.7\n> join #lobby");
}

#[test]
fn a_server_with_a_password_asks_for_it() {
    let facts = crate::facts::Facts { password: Some("$phc".into()), ..facts() };
    let mut door = outside();
    let asks = "* This server asks for a password first: /pass WORD";
    for line in ["hello\n", "\n", "/nick ada\n", "/login ada secret\n", "/names\n"] {
        assert_eq!(typed(&mut door, line.as_bytes(), &facts), asks);
    }
    let work = typed(&mut door, b"/pass open sesame\n", &facts);
    assert_eq!(work, "> Verify { phc: \"$phc\", password: \"open sesame\" }");
    assert_eq!(hashed(&mut door, Hashed::Wrong), "* That is not the password of this server.");
    typed(&mut door, b"/pass sesame\n", &facts);
    assert_eq!(
        hashed(&mut door, Hashed::Verified),
        "* That is right. Press Enter to come in as guest-7, or /nick NAME."
    );
    assert_eq!(typed(&mut door, b"\n", &facts), COME_IN);
    let greeting = String::from_utf8(LineDoor::greeting(&facts, 1, 7)).expect("text");
    assert_eq!(greeting, format!("* Welcome to Example. One person is here.\n{asks}\n"));
}

#[test]
fn the_silent_are_greeted() {
    let greeting = String::from_utf8(LineDoor::greeting(&facts(), 3, 7)).expect("text");
    assert_eq!(
        greeting,
        "* Welcome to Example. 3 people are here.\n\
         * Press Enter to come in as guest-7, or /nick NAME. /help tells more.\n"
    );
}

#[test]
fn lines_are_said_where_they_are_meant() {
    check(inside(), "hello\n", "> say #lobby \"hello\"");
    check(inside(), "\n  \n\t\r\n", "");
    check(inside(), "//nick is a command\n", "> say #lobby \"/nick is a command\"");
    check(inside(), "/me waves\n", "> say #lobby \"\\u{1}ACTION waves\\u{1}\"");
    check(inside(), "/msg bob hi there\n", "> say bob \"hi there\"");
    check(inside(), "/tell #ops hi\n", "> say #ops \"hi\"");
    check(inside(), "/MSG bob\n", "* This is how: /msg NICK|#CHANNEL TEXT");
    check(inside(), "  indented\n", "> say #lobby \"  indented\"");
}

#[test]
fn typing_follows_the_channel_that_was_asked_for() {
    let script = "/join ops\nyes\n/join lobby\nno\n/part #lobby gone\n";
    let parted = "> join #ops\n> say #ops \"yes\"\n* What you type goes to #lobby now.\n\
         > say #lobby \"no\"\n> part #lobby Some(\"gone\")\n\
         * You left #lobby. You are in no channel now: /join #lobby to talk.";
    check(inside(), script, parted);
    check(in_two(), "/join #OPS\nyes\n", "* What you type goes to #ops now.\n> say #ops \"yes\"");
    check(
        in_two(),
        "/part\nyes\n",
        "> part #lobby None\n* You left #lobby. What you type goes to #ops now.\n> say #ops \"yes\"",
    );
    check(inside(), "/join #a,#b key,\n", "> join #a=key,#b");
    check(inside(), "/join #a b,c\nx\n", "> join #a=b\n> say #a \"x\"");
}

#[test]
fn who_is_turned_away_talks_on_where_they_were() {
    let mut door = inside();
    typed(&mut door, b"/join #secret\n", &facts());
    let mut told = Vec::new();
    door.refuse(&Refusal::BadKey("#secret".into()), &facts(), &mut told);
    assert_eq!(
        String::from_utf8_lossy(&told),
        "* #secret takes a key: /join #secret KEY\n* What you type still goes to #lobby.\n"
    );
    assert_eq!(typed(&mut door, b"hm\n", &facts()), "> say #lobby \"hm\"");
}

#[test]
fn who_was_put_out_does_not_talk_to_others_by_mistake() {
    let mut door = in_two();
    typed(&mut door, b"/join #ops\n", &facts());
    door.moved(OPS, None);
    assert_eq!(
        typed(&mut door, b"a secret\n", &facts()),
        "* You are not looking at a channel, so nobody would read it. /join one of yours: #lobby"
    );
    let back = typed(&mut door, b"/join #lobby\nhi\n", &facts());
    assert_eq!(back, "* What you type goes to #lobby now.\n> say #lobby \"hi\"");
}

#[test]
fn commands_become_what_they_say() {
    let table = [
        ("/nick bob", "> nick bob"),
        ("/topic", "> topic #lobby"),
        ("/topic all welcome", "> topic #lobby \"all welcome\""),
        ("/topic #ops -", "> topic #ops \"\""),
        ("/names", "> names #lobby"),
        ("/who", "> who #lobby"),
        ("/who a*", "> who a*"),
        ("/whois bob", "> whois bob"),
        ("/list", "> channels []"),
        ("/list Ops", "> channels [\"*ops*\"]"),
        ("/history", "> history #lobby 20"),
        ("/history 5 bob", "> history bob 5"),
        ("/history #ops 99999", "> history #ops 1000"),
        ("/search two words", "> search None \"two words\""),
        ("/search #ops two words", "> search Some(\"#ops\") \"two words\""),
        ("/away lunch", "> Away(Some(\"lunch\"))"),
        ("/back", "> Away(None)"),
        ("/invite bob", "> invite bob #lobby"),
        ("/kick bob too loud", "> kick #lobby bob Some(\"too loud\")"),
        ("/kick #ops bob", "> kick #ops bob None"),
        ("/mode", "> modes #lobby"),
        ("/mode +o bob", "> mode #lobby +o bob"),
        ("/mode #ops +ib-k bob", "> mode #ops +i +b bob!*@* -k *"),
        ("/mode +b", "> masks #lobby b"),
        ("/mode +x", "* No mode x here. /help mode tells which there are."),
        ("/register #ops", "> register #ops"),
        ("/register secret", "> New { password: \"secret\" }"),
        ("/login secret", "> Account { name: \"ada\", password: \"secret\" }"),
        ("/login Bob secret", "> Account { name: \"bob\", password: \"secret\" }"),
        ("/logout", "> LogOut"),
        ("/oper root secret", "> Verify { phc: \"$phc\", password: \"secret\" }"),
        ("/oper who secret", "* That is not the right name and password. Nothing has changed."),
        ("/kill bob spam", "> kill bob \"spam\""),
        ("/quit see you", "> close Quit: see you"),
    ];
    for (line, expected) in table {
        check(inside(), &format!("{line}\n"), expected);
    }
}

#[test]
fn unknown_words_get_the_nearest_one() {
    let table = [
        ("/jion #a", "* No /jion here. Did you mean /join?"),
        ("/hist", "* No /hist here. Did you mean /history?"),
        ("/exti", "* No /exti here. Did you mean /quit?"),
        ("/frobnicate", "* No /frobnicate here. /help lists what there is."),
        ("/xyz", "* No /xyz here. /help lists what there is."),
        ("/", "* A command stands right behind its slash, such as /who. /help lists them."),
        (
            "/usr/bin is full",
            "* No /usr/bin here. To say a line that begins with a slash, type two: //usr/bin",
        ),
    ];
    for (line, expected) in table {
        check(inside(), &format!("{line}\n"), expected);
    }
}

/// What is made of a password.
fn new_keys() -> Hashed {
    let keys = Keys { password: "$new".into(), scram: None };
    Hashed::New(NewKeys { keys, code: "code".into() })
}

#[test]
fn registering_takes_the_name_and_keeps_it() {
    let mut door = inside();
    typed(&mut door, b"/register bob secret\n", &facts());
    assert_eq!(hashed(&mut door, new_keys()), "> nick bob\n> register bob $new");
    // One reason is enough: the second refusal says it.
    let mut told = Vec::new();
    door.refuse(&Refusal::NickInUse("bob".into()), &facts(), &mut told);
    assert_eq!(told, b"");
    door.refuse(&Refusal::NickInUse("bob".into()), &facts(), &mut told);
    assert_ne!(told, b"");
    typed(&mut door, b"/register secret\n", &facts());
    assert_eq!(hashed(&mut door, new_keys()), "> register ada $new");
    let mut guest = inside();
    guest.named(&"guest-7".into());
    check(guest, "/register bob\n", "* Which name? /register NAME PASSWORD keeps one for you.");
}

#[test]
fn logging_in_brings_the_nick_along() {
    let credential = Credential { account: AccountId(5), version: 1 };
    let mut door = inside();
    typed(&mut door, b"/login bob secret\n", &facts());
    let in_as = hashed(&mut door, Hashed::Account(credential, "Bob".into()));
    assert_eq!(in_as, "> log in 5\n> nick Bob");
    let mut door = outside();
    typed(&mut door, b"/login bob secret\n", &facts());
    let in_as = hashed(&mut door, Hashed::Account(credential, "Bob".into()));
    assert_eq!(in_as, "> sign on Bob or next ~line@192.0.2.7 account 5\n> join #lobby");
    let mut door = outside();
    typed(&mut door, b"/login bob wrong\n", &facts());
    let refused = hashed(&mut door, Hashed::Wrong);
    assert_eq!(refused, "* That is not the right name and password. Nothing has changed.");
    assert_eq!(typed(&mut door, b"\n", &facts()), COME_IN);
}

#[test]
fn unreadable_lines_are_read_as_well_as_can_be() {
    let say = |bytes: &[u8]| typed(&mut inside(), bytes, &facts());
    assert_eq!(say(b"gr\xfc\xdfe\n"), "> say #lobby \"gr\u{fc}\u{df}e\"");
    assert_eq!(say(b"\x1b[31mred\x1b[0m \x07!\n"), "> say #lobby \"red \u{fffd}!\"");
    assert_eq!(say(b"\x02bold\x02\n"), "> say #lobby \"bold\"");
    assert_eq!(say(b"\x01VERSION\x01\n"), "> say #lobby \"\u{fffd}VERSION\u{fffd}\"");
    assert_eq!(say(b"one\rtwo\r\0three\n"), "> say #lobby \"one two\"\n> say #lobby \"three\"");
    let mut long = vec![b'x'; bounds::LINE_BYTES_MAX + 1];
    long.extend(b"\nnext\n");
    assert_eq!(
        say(&long),
        "* That line is longer than 4096 bytes, so nobody saw it: send it in parts.\n> say #lobby \"next\""
    );
}

#[test]
fn a_long_line_is_said_in_pieces() {
    let line = format!("{}\n", "word ".repeat(150));
    let said = typed(&mut inside(), line.as_bytes(), &facts());
    assert_eq!(said.lines().count(), 3);
    assert!(said.lines().all(|line| line.starts_with("> say #lobby \"word ")));
}

#[test]
fn telnet_negotiation_is_refused_and_not_said() {
    let mut door = inside();
    let mut desk_facts = facts();
    desk_facts.motd.clear();
    let said = typed(&mut door, b"\xff\xfb\x1fhel\xff\xf1lo\r\n", &desk_facts);
    assert!(said.ends_with("> say #lobby \"hello\""), "{said}");
    // Split anywhere, with the bytes of a line's end inside an option.
    let mut door = inside();
    let mut said = String::new();
    for byte in b"\xff\xfa\x18\n\0\r\n\xff\xf0he\xff\xfd\nllo\r\0" {
        said.push_str(&typed(&mut door, &[*byte], &desk_facts));
    }
    assert!(said.ends_with("> say #lobby \"hello\""), "{said}");
    // From now on, lines end as telnet has it.
    let mut out = Vec::new();
    door.refuse(&Refusal::Busy, &desk_facts, &mut out);
    assert!(out.ends_with(b".\r\n"));
}

fn hashed(door: &mut LineDoor, result: Hashed) -> String {
    let (facts, transport) = (facts(), Transport::default());
    let peer = super::peer();
    let mut desk = Desk::new(&facts, (&peer, &transport), (3, 3), super::NOW);
    door.hashed(result, &mut desk);
    desk.asked.iter().map(super::asked).collect::<Vec<_>>().join("\n")
}
