//! Names in every script, and names that look like others (`CASEMAPPING=precis`).

use crate::common::{Town, check_in};
use parlor_doors::names::Casemapping;

#[track_caller]
fn check(script: &str) {
    check_in(Town::with(|facts| facts.casemapping = Casemapping::Precis), script);
}

#[test]
fn capitals_equal_small_letters_in_every_script() {
    check(
        "+Žofie
        +ada
        ada>> JOIN #ÉTÉ
        Žofie> JOIN #été
        Žofie< :Žofie!~Žofie@10.0.0.1 JOIN #ÉTÉ
        Žofie< :irc.example 353 Žofie = #ÉTÉ :@ada Žofie
        Žofie< :irc.example 366 Žofie #ÉTÉ :End of /NAMES list
        ada< :Žofie!~Žofie@10.0.0.1 JOIN #ÉTÉ
        ada> PRIVMSG žOFIE :hi
        Žofie< :ada!~ada@10.0.0.2 PRIVMSG Žofie :hi
        ada> NICK ŽOFIE
        ada< :irc.example 433 ada ŽOFIE :Nickname is already in use
        ada> WHO žofie
        ada< :irc.example 352 ada #ÉTÉ ~Žofie 10.0.0.1 irc.example Žofie H :0 Žofie of Example
        ada< :irc.example 315 ada žofie :End of WHO list
        Žofie> NICK žofie
        Žofie< :Žofie!~Žofie@10.0.0.1 NICK žofie
        ada< :Žofie!~Žofie@10.0.0.1 NICK žofie
        ",
    );
}

#[test]
fn names_are_shown_composed_and_of_usual_width() {
    check(
        "+ada
        ada> NICK Ａda
        ada< :ada!~ada@10.0.0.1 NICK Ada
        ada> NICK Z\u{30c}ofie
        ada< :Ada!~ada@10.0.0.1 NICK Žofie
        ada> NICK Z！
        ada< :irc.example 432 Žofie Z！ :Erroneous nickname: '!' cannot stand there
        ",
    );
}

#[test]
fn a_ban_holds_in_either_case() {
    check(
        "+ada
        +žofie
        ada>> JOIN #a
        ada>> MODE #a +b ŽOFIE
        žofie> JOIN #a
        žofie< :irc.example 474 žofie #a :Cannot join channel (+b)
        ",
    );
}

#[test]
fn a_nick_that_mixes_scripts_is_none() {
    check(
        "+ada
        ada> NICK аda
        ada< :irc.example 432 ada аda :Erroneous nickname: it mixes scripts
        ada> NICK ada☕
        ada< :irc.example 432 ada ada☕ :Erroneous nickname: '☕' cannot stand there
        ada> NICK Анна
        ada< :ada!~ada@10.0.0.1 NICK Анна
        ",
    );
}

#[test]
fn a_name_that_looks_like_another_is_refused() {
    check(
        "+soco
        +eve
        eve> NICK ѕосо
        eve< :irc.example 433 eve ѕосо :Nickname looks like another that is in use or belongs to an account
        eve> REGISTER ѕосо * pw
        eve< :irc.example FAIL REGISTER BAD_ACCOUNT_NAME ѕосо :This name looks like another that is in use or an account's
        soco> NICK ѕосо
        soco< :soco!~soco@10.0.0.1 NICK ѕосо
        eve> NICK soco
        eve< :irc.example 433 eve soco :Nickname looks like another that is in use or belongs to an account
        soco>> REGISTER * * pw
        soco>> NICK ada
        eve> NICK soco
        eve< :irc.example 433 eve soco :Nickname looks like another that is in use or belongs to an account
        ++mal
        mal> NICK soco
        mal> USER mal 0 * :Mal
        mal< :irc.example 433 * soco :Nickname looks like another that is in use or belongs to an account
        mal> NICK mal
        mal< :irc.example 001 mal :Welcome to the Example Network, mal!~mal@10.0.0.3
        soco>> NICK ѕосо
        soco> QUIT
        soco< ERROR :Closing link: Quit
        eve> NICK soco
        eve< :irc.example 433 eve soco :Nickname looks like another that is in use or belongs to an account
        ",
    );
}

#[test]
fn a_channel_that_looks_like_another_is_not_made() {
    check(
        "+ada
        ada>> JOIN #soco
        ada> JOIN #ѕосо
        ada< :irc.example 476 ada #ѕосо :Channel name looks like that of another channel
        ada>> PART #soco
        ada> JOIN #ѕосо
        ada< :ada!~ada@10.0.0.1 JOIN #ѕосо
        ada< :irc.example 353 ada = #ѕосо :@ada
        ada< :irc.example 366 ada #ѕосо :End of /NAMES list
        ada> JOIN #soco
        ada< :irc.example 476 ada #soco :Channel name looks like that of another channel
        ",
    );
}

#[test]
fn a_name_that_is_worn_no_more_is_free_for_those_that_look_like_it() {
    check(
        "+ada
        ada>> NICK ѕосо
        ada>> NICK ada
        ada> NICK soco
        ada< :ada!~ada@10.0.0.1 NICK soco
        ada> NICK ѕосо
        ada< :soco!~ada@10.0.0.1 NICK ѕосо
        ",
    );
}

#[test]
fn it_is_said_to_clients() {
    let mut town = Town::with(|facts| facts.casemapping = Casemapping::Precis);
    town.sign_on("ada", "");
    town.send("ada", "VERSION");
    assert!(town.take_seen().iter().any(|line| line.contains(" CASEMAPPING=precis ")));
}

#[test]
fn nobody_looks_like_a_service() {
    check(
        "+ada
        ada> NICK NickServ
        ada< :irc.example 432 ada NickServ :Erroneous nickname: it is a service's
        ada> NICK NıckServ
        ada< :irc.example 433 ada NıckServ :Nickname belongs to an account: log in to use it
        ",
    );
}
