//! What one says at another connection (znc.in/self-message).

use crate::common::check;

#[test]
fn ones_other_connections_hear_it_from_oneself_whether_they_asked_or_not() {
    check(
        "+ada znc.in/self-message
        +bob
        ada>> REGISTER * * pw
        ada>> JOIN #a
        bob>> JOIN #a
        ++desk
        desk>> CAP REQ :sasl
        desk>> AUTHENTICATE PLAIN
        desk>> AUTHENTICATE AGFkYQBwdw==
        desk>> NICK ada
        desk>> USER desk 0 * :Desk
        desk>> CAP END
        desk> PRIVMSG bob :psst
        ada< :ada!~ada@10.0.0.1 PRIVMSG bob :psst
        bob< :ada!~ada@10.0.0.1 PRIVMSG bob :psst
        desk> NOTICE #a :all
        ada< :ada!~ada@10.0.0.1 NOTICE #a :all
        bob< :ada!~ada@10.0.0.1 NOTICE #a :all
        ada> PRIVMSG bob :and I
        bob< :ada!~ada@10.0.0.1 PRIVMSG bob :and I
        desk< :ada!~ada@10.0.0.1 PRIVMSG bob :and I
        ada> PRIVMSG ada :a note
        ada< :ada!~ada@10.0.0.1 PRIVMSG ada :a note
        desk< :ada!~ada@10.0.0.1 PRIVMSG ada :a note
        desk> CAP REQ :echo-message
        desk< :irc.example CAP ada ACK :echo-message
        desk> PRIVMSG ada :and its echo
        ada< :ada!~ada@10.0.0.1 PRIVMSG ada :and its echo
        desk< :ada!~ada@10.0.0.1 PRIVMSG ada :and its echo
        desk< :ada!~ada@10.0.0.1 PRIVMSG ada :and its echo
        ",
    );
}
