//! REGISTER before the sign-on (draft/account-registration=before-connect).

use crate::common::{Town, check, check_in};

#[test]
fn an_account_is_registered_before_the_sign_on_and_worn_from_it() {
    check(
        "++ada
        ada>> CAP LS 302
        ada> REGISTER * * secret
        ada< :irc.example FAIL REGISTER NEED_NICK * :Choose a nickname first: NICK
        ada> NICK ada
        ada> USER ada 0 * :Ada
        ada> REGISTER * ada@example.org secret
        ada< :irc.example REGISTER SUCCESS ada :The account ada is yours
        ada< :irc.example 900 * ada!~ada@10.0.0.1 ada :You are now logged in as ada
        ada> REGISTER other * secret
        ada< :irc.example FAIL REGISTER ALREADY_AUTHENTICATED other :You are logged in already
        ada> CAP END
        ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        ada> PRIVMSG NickServ :INFO
        ada< :NickServ!NickServ@irc.example NOTICE ada :ada: registered 2026-11-22 16:01
        ada< :NickServ!NickServ@irc.example NOTICE ada :Here as: ada
        ada< :NickServ!NickServ@irc.example NOTICE ada :Mail: ada@example.org
        +bob
        bob> NICK ada
        bob< :irc.example 433 bob ada :Nickname is already in use
        ",
    );
}

#[test]
fn a_sign_on_right_behind_it_waits_for_the_account() {
    check(
        "++ada
        ada> CAP REQ :draft/account-registration\\r\\nNICK ada\\r\\nUSER ada 0 * :Ada\\r\\nREGISTER * * pw\\r\\nCAP END
        ada< :irc.example CAP * ACK :draft/account-registration
        ada< :irc.example REGISTER SUCCESS ada :The account ada is yours
        ada< :irc.example 900 * ada!~ada@10.0.0.1 ada :You are now logged in as ada
        ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        ++bob
        bob> CAP REQ :sasl\\r\\nNICK bob\\r\\nUSER bob 0 * :Bob\\r\\nREGISTER ada * pw\\r\\nCAP END
        bob< :irc.example CAP * ACK :sasl
        bob< :irc.example FAIL REGISTER ACCOUNT_EXISTS ada :This name is an account's already
        bob< :irc.example 001 bob :Welcome to the Example Network, bob!~bob@10.0.0.2
        ",
    );
}

#[test]
fn nobody_registers_before_they_gave_the_servers_password() {
    check_in(
        Town::with(|facts| facts.password = Some("phc:knock".into())),
        "++ada
        ada>> CAP LS 302
        ada> NICK ada
        ada> REGISTER * * secret
        ada< :irc.example FAIL REGISTER COMPLETE_CONNECTION_REQUIRED :Sign on first, then register
        ada> VERIFY ada code
        ada< :irc.example FAIL VERIFY COMPLETE_CONNECTION_REQUIRED :Sign on first, then verify
        ",
    );
}

#[test]
fn an_address_registers_so_many_accounts_and_no_more() {
    check(
        "+ada
        ada>> REGISTER a1 * pw
        ada>> NS LOGOUT
        ada>> REGISTER a2 * pw
        ada>> NS LOGOUT
        ada>> REGISTER a3 * pw
        ada>> NS LOGOUT
        ada>> REGISTER a4 * pw
        ada>> NS LOGOUT
        ada>> REGISTER a5 * pw
        ada>> NS LOGOUT
        ada>> REGISTER a6 * pw
        ada>> NS LOGOUT
        ada> REGISTER a7 * pw
        ada< :irc.example FAIL REGISTER TEMPORARILY_UNAVAILABLE a7 :Many accounts were registered from your address; try again later
        ada> NS REGISTER pw
        ada< :NickServ!NickServ@irc.example NOTICE ada :Many accounts were registered from your address; try again later
        +bob
        bob> REGISTER b1 * pw
        bob< :irc.example REGISTER SUCCESS b1 :The account b1 is yours
        bob< :irc.example 900 bob bob!~bob@10.0.0.2 b1 :You are now logged in as b1
        ",
    );
}
