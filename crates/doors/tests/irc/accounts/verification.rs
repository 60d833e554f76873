//! A new account needs an address, and the code that was sent there (VERIFY).

use crate::common::{Town, check, check_in};

fn town() -> Town {
    Town::with(|facts| facts.verification = true)
}

#[test]
fn an_account_waits_for_its_code() {
    check_in(
        town(),
        "++ada
        ada>> CAP LS 302
        ada>> CAP REQ :sasl
        ada>> NICK ada
        ada>> USER ada 0 * :Ada
        ada> REGISTER * * secret
        ada< :irc.example FAIL REGISTER INVALID_EMAIL ada :An account needs an address that mail can be sent to
        ada> REGISTER * nonsense secret
        ada< :irc.example FAIL REGISTER INVALID_EMAIL ada :An account needs an address that mail can be sent to
        ada> REGISTER * ada@example.org secret
        ada< :irc.example REGISTER VERIFICATION_REQUIRED ada :The account ada waits for the code that is being sent to ada@example.org
        ada> AUTHENTICATE PLAIN
        ada< AUTHENTICATE +
        ada> AUTHENTICATE AGFkYQBzZWNyZXQ=
        ada< :irc.example 904 * :SASL authentication failed: The account ada waits for the code that was sent to its owner
        ada> VERIFY ada wrong
        ada< :irc.example FAIL VERIFY INVALID_CODE ada :The code is wrong, or came too late
        ada> VERIFY nobody code
        ada< :irc.example FAIL VERIFY INVALID_CODE nobody :The code is wrong, or came too late
        ada> VERIFY ada code
        ada< :irc.example VERIFY SUCCESS ada :The account ada is yours
        ada< :irc.example 900 * ada!~ada@10.0.0.1 ada :You are now logged in as ada
        ada> VERIFY ada code
        ada< :irc.example FAIL VERIFY ALREADY_AUTHENTICATED ada :You are logged in already
        ada> CAP END
        ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        ",
    );
}

#[test]
fn until_the_code_comes_the_nick_is_anyones_and_then_the_owners() {
    check_in(
        town(),
        "+ada
        ada> REGISTER cy cy@example.org secret
        ada< :irc.example REGISTER VERIFICATION_REQUIRED cy :The account cy waits for the code that is being sent to cy@example.org
        +bob
        bob> NICK cy
        bob< :bob!~bob@10.0.0.2 NICK cy
        ada> NS VERIFY cy code
        ada< :NickServ!NickServ@irc.example NOTICE ada :The account cy is yours
        ada< :irc.example 900 ada ada!~ada@10.0.0.1 cy :You are now logged in as cy
        bob< :cy!~bob@10.0.0.2 NICK cy1
        ada> NICK cy
        ada< :ada!~ada@10.0.0.1 NICK cy
        ",
    );
}

#[test]
fn a_code_that_comes_too_late_is_worth_nothing() {
    let mut town = town();
    for line in ["+ada", "ada>> REGISTER cy cy@example.org secret", "~86400001"] {
        assert!(town.play(line));
    }
    town.time_is_up();
    check_in(
        town,
        "+bob
        bob> VERIFY cy code
        bob< :irc.example FAIL VERIFY INVALID_CODE cy :The code is wrong, or came too late
        bob> REGISTER cy cy@example.org secret
        bob< :irc.example REGISTER VERIFICATION_REQUIRED cy :The account cy waits for the code that is being sent to cy@example.org
        ",
    );
}

#[test]
fn where_no_code_is_needed_there_is_none_to_say() {
    check(
        "+ada
        ada> VERIFY ada code
        ada< :irc.example FAIL VERIFY INVALID_CODE ada :The code is wrong, or came too late
        ada> VERIFY ada
        ada< :irc.example 461 ada VERIFY :Not enough parameters
        ada> VERIFY #x code
        ada< :irc.example FAIL VERIFY INVALID_CODE #x :The code is wrong, or came too late
        ada>> REGISTER * * pw
        ada> VERIFY ada code
        ada< :irc.example FAIL VERIFY ALREADY_AUTHENTICATED ada :You are logged in already
        ",
    );
}
