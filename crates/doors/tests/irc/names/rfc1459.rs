//! Brackets are letters too (`CASEMAPPING=rfc1459`).

use crate::common::{Town, check_in};
use parlor_doors::names::Casemapping;

#[test]
fn brackets_and_braces_are_one() {
    check_in(
        Town::with(|facts| facts.casemapping = Casemapping::Rfc1459),
        "+ada[^]
        +bob
        bob> PRIVMSG ADA{^} :hi
        ada[^]< :bob!~bob@10.0.0.2 PRIVMSG ada[^] :hi
        bob> NICK ADA{^}
        bob< :irc.example 433 bob ADA{^} :Nickname is already in use
        bob> JOIN #x[]
        bob< :bob!~bob@10.0.0.2 JOIN #x[]
        bob< :irc.example 353 bob = #x[] :@bob
        bob< :irc.example 366 bob #x[] :End of /NAMES list
        bob> TOPIC #X{} :y
        bob< :bob!~bob@10.0.0.2 TOPIC #x[] :y
        ",
    );
}
