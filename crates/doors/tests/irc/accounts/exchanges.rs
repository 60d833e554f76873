//! SASL exchanges that end otherwise than by logging in, or in mid-session.

use crate::common::check;

#[test]
fn an_exchange_is_aborted_wherever_it_stands() {
    let piece = "AGFk".repeat(100);
    check(&format!(
        "+ada sasl
        ada> AUTHENTICATE *
        ada< :irc.example 906 ada :SASL authentication aborted
        ada> AUTHENTICATE PLAIN
        ada< AUTHENTICATE +
        ada> AUTHENTICATE *
        ada< :irc.example 906 ada :SASL authentication aborted
        ada> AUTHENTICATE PLAIN
        ada< AUTHENTICATE +
        ada> AUTHENTICATE {piece}
        ada> AUTHENTICATE *
        ada< :irc.example 906 ada :SASL authentication aborted
        ada>> REGISTER * * pw
        +bob sasl
        bob> AUTHENTICATE SCRAM-SHA-256
        bob< AUTHENTICATE +
        bob> AUTHENTICATE biwsbj1hZGEscj14
        bob< AUTHENTICATE cj14KyxzPWMyRnNkQT09LGk9NDA5Ng==
        bob> AUTHENTICATE *
        bob< :irc.example 906 bob :SASL authentication aborted
        bob> AUTHENTICATE PLAIN
        bob< AUTHENTICATE +
        bob> AUTHENTICATE AGFkYQBwdw==
        bob< :irc.example 900 bob bob!~bob@10.0.0.2 ada :You are now logged in as ada
        bob< :irc.example 903 bob :SASL authentication successful
        "
    ));
}

#[test]
fn what_is_too_long_is_said_and_forgotten() {
    let piece = "AGFk".repeat(100);
    check(&format!(
        "+ada sasl
        ada> AUTHENTICATE PLAIN
        ada< AUTHENTICATE +
        ada> AUTHENTICATE {piece}A
        ada< :irc.example 905 ada :SASL message too long
        ada> AUTHENTICATE PLAIN
        ada< AUTHENTICATE +
        ada> AUTHENTICATE {piece}
        ada> AUTHENTICATE {piece}
        ada> AUTHENTICATE {piece}
        ada> AUTHENTICATE {piece}
        ada> AUTHENTICATE A
        ada< :irc.example 905 ada :SASL message too long
        ada> AUTHENTICATE A
        ada< :irc.example 908 ada PLAIN,SCRAM-SHA-256 :are available SASL mechanisms
        ada< :irc.example 904 ada :SASL authentication failed
        "
    ));
}

#[test]
fn an_exchange_in_mid_session_stands_in_nobodys_way() {
    check(
        "+ada
        +bob sasl labeled-response batch
        ada>> REGISTER * * pw
        bob> @label=a AUTHENTICATE PLAIN
        bob< @label=a AUTHENTICATE +
        bob> PRIVMSG ada :one moment
        ada< :bob!~bob@10.0.0.2 PRIVMSG ada :one moment
        bob> NICK rob
        bob< :bob!~bob@10.0.0.2 NICK rob
        bob> @label=b AUTHENTICATE AGFkYQBwdw==
        bob< @label=b :irc.example BATCH +l1 labeled-response
        bob< @batch=l1 :irc.example 900 rob rob!~bob@10.0.0.2 ada :You are now logged in as ada
        bob< @batch=l1 :irc.example 903 rob :SASL authentication successful
        bob< :irc.example BATCH -l1
        bob> @label=c AUTHENTICATE *
        bob< @label=c :irc.example 906 rob :SASL authentication aborted
        bob> AUTHENTICATE PLAIN
        bob< AUTHENTICATE +
        bob>> CAP REQ -sasl
        bob> AUTHENTICATE AGFkYQBwdw==
        bob< :irc.example 904 rob :SASL is not enabled: CAP REQ sasl
        ",
    );
}
