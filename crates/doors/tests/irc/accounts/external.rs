//! SASL EXTERNAL: a certificate that stands for the password, and CERT at `NickServ`.

use crate::common::check;

#[test]
fn a_certificate_that_was_added_logs_in() {
    check(
        "++ada TLS ab
        ada>> CAP REQ :sasl
        ada>> NICK ada
        ada>> USER ada 0 * :Ada
        ada>> CAP END
        ada> AUTHENTICATE EXTERNAL
        ada< AUTHENTICATE +
        ada> AUTHENTICATE +
        ada< :irc.example 904 ada :SASL authentication failed: Name or password is wrong
        ada> NS CERT ADD
        ada< :NickServ!NickServ@irc.example NOTICE ada :Log in to an account first
        ada>> REGISTER * * pw
        ada> NS CERT LIST
        ada< :NickServ!NickServ@irc.example NOTICE ada :No certificate logs you in
        ada> NS CERT ADD
        ada< :NickServ!NickServ@irc.example NOTICE ada :The certificate abababababababababababababababababababababababababababababababab logs you in from now on
        ada> NS CERT ADD
        ada< :NickServ!NickServ@irc.example NOTICE ada :This certificate logs somebody in already
        ada> NS CERT ADD nonsense
        ada< :NickServ!NickServ@irc.example NOTICE ada :A fingerprint is the SHA-256 of a certificate: 64 digits of 0-9 and a-f
        ada> NS CERT LIST
        ada< :NickServ!NickServ@irc.example NOTICE ada :abababababababababababababababababababababababababababababababab since 2026-11-22 16:01
        ++phone TLS ab
        phone>> CAP LS 302
        phone>> CAP REQ :sasl
        phone> AUTHENTICATE EXTERNAL
        phone< AUTHENTICATE +
        phone> AUTHENTICATE Ym9i
        phone< :irc.example 904 * :SASL authentication failed: Name or password is wrong
        phone> AUTHENTICATE EXTERNAL
        phone< AUTHENTICATE +
        phone> AUTHENTICATE YWRh
        phone< :irc.example 900 * *!*@10.0.0.2 ada :You are now logged in as ada
        phone< :irc.example 903 * :SASL authentication successful
        ++desk TLS ab
        desk>> CAP REQ :sasl
        desk>> AUTHENTICATE EXTERNAL
        desk> AUTHENTICATE +
        desk< :irc.example 900 * *!*@10.0.0.3 ada :You are now logged in as ada
        desk< :irc.example 903 * :SASL authentication successful
        ada> NS CERT DEL abababababababababababababababababababababababababababababababab
        ada< :NickServ!NickServ@irc.example NOTICE ada :The certificate abababababababababababababababababababababababababababababababab logs you in no more
        ada> NS CERT DEL
        ada< :NickServ!NickServ@irc.example NOTICE ada :No such certificate logs you in
        desk>> NICK desk
        desk>> USER desk 0 * :Desk
        desk> CAP END
        desk< :irc.example 001 desk :Welcome to the Example Network, desk!~desk@10.0.0.3
        desk< :irc.example 221 desk +Z
        desk> WHOIS desk
        desk< :irc.example 311 desk desk ~desk 10.0.0.3 * :Desk
        desk< :irc.example 312 desk desk irc.example :a Parlor server
        desk< :irc.example 671 desk desk :is using a secure connection
        desk< :irc.example 276 desk desk :has client certificate fingerprint abababababababababababababababababababababababababababababababab
        desk< :irc.example 338 desk desk ~desk@10.0.0.3 10.0.0.3 :Is actually using host
        desk< :irc.example 379 desk desk :is using modes +Z
        desk< :irc.example 317 desk desk 0 1795363270 :seconds idle, signon time
        desk< :irc.example 318 desk desk :End of /WHOIS list
        ",
    );
}

#[test]
fn who_showed_no_certificate_is_not_offered_it() {
    check(
        "+ada sasl
        ada> AUTHENTICATE EXTERNAL
        ada< :irc.example 908 ada PLAIN,SCRAM-SHA-256 :are available SASL mechanisms
        ada< :irc.example 904 ada :SASL authentication failed
        ada>> REGISTER * * pw
        ada> NS CERT ADD
        ada< :NickServ!NickServ@irc.example NOTICE ada :You showed no certificate: name its fingerprint, or connect with it
        ada> NS CERT ADD CD:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd:cd
        ada< :NickServ!NickServ@irc.example NOTICE ada :The certificate cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd logs you in from now on
        ada> NS CERT
        ada< :NickServ!NickServ@irc.example NOTICE ada :cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd since 2026-11-22 16:01
        ada> NS CERT FROB
        ada< :NickServ!NickServ@irc.example NOTICE ada :CERT LIST, CERT ADD or CERT DEL
        ",
    );
}
