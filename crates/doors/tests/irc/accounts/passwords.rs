//! What cannot be the password of an account, nor its owner's address, wherever it is asked for.

use crate::common::check;

#[test]
fn the_name_is_no_password_and_neither_is_what_nobody_can_type() {
    let (longest, longer) = ("x".repeat(300), "x".repeat(301));
    check(&format!(
        "+ada batch labeled-response
        ada> REGISTER * * :
        ada< :irc.example FAIL REGISTER UNACCEPTABLE_PASSWORD ada :The password is empty
        ada> REGISTER * * {longer}
        ada< :irc.example FAIL REGISTER UNACCEPTABLE_PASSWORD ada :The password is too long: 300 bytes at most
        ada> REGISTER * * se\u{7f}cret
        ada< :irc.example FAIL REGISTER UNACCEPTABLE_PASSWORD ada :The password has control characters in it
        ada> REGISTER * * Ada
        ada< :irc.example FAIL REGISTER WEAK_PASSWORD ada :The password is the name of the account
        ada> @label=1 REGISTER other * other
        ada< @label=1 :irc.example FAIL REGISTER WEAK_PASSWORD other :The password is the name of the account
        ada> REGISTER * * {longest}
        ada< :irc.example REGISTER SUCCESS ada :The account ada is yours
        ada< :irc.example 900 ada ada!~ada@10.0.0.1 ada :You are now logged in as ada
        "
    ));
}

#[test]
fn nickserv_says_the_same_in_words() {
    check(
        "+ada
        ada> NS REGISTER ADA
        ada< :NickServ!NickServ@irc.example NOTICE ada :The password is the name of the account
        ada> NS REGISTER se\u{7f}cret
        ada< :NickServ!NickServ@irc.example NOTICE ada :The password has control characters in it
        ada>> NS REGISTER old
        ada> NS PASSWD old ada
        ada< :NickServ!NickServ@irc.example NOTICE ada :The password is the name of the account
        ada> NS PASSWD old new
        ada< :NickServ!NickServ@irc.example NOTICE ada :Your password is another now
        +root
        root>> OPER admin secret
        root> NS SAREGISTER bob Bob
        root< :NickServ!NickServ@irc.example NOTICE root :The password is the name of the account
        ",
    );
}

#[test]
fn an_address_that_no_mail_goes_to_is_none() {
    let longer = format!("ada@{}.example", "x".repeat(250));
    check(&format!(
        "+ada
        ada> REGISTER * nonsense secret
        ada< :irc.example FAIL REGISTER INVALID_EMAIL ada :An account needs an address that mail can be sent to
        ada> REGISTER * a\u{7f}da@example.org secret
        ada< :irc.example FAIL REGISTER INVALID_EMAIL ada :An account needs an address that mail can be sent to
        ada> REGISTER * {longer} secret
        ada< :irc.example FAIL REGISTER INVALID_EMAIL ada :An account needs an address that mail can be sent to
        ada> NS REGISTER secret nonsense
        ada< :NickServ!NickServ@irc.example NOTICE ada :An account needs an address that mail can be sent to
        "
    ));
}
