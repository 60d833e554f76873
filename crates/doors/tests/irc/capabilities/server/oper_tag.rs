//! What server operators do and say has a tag, for those who asked for it (oper-tag).

use crate::common::check;

#[test]
fn what_an_operator_does_is_tagged_for_those_who_asked() {
    check(
        "+ada
        +bob draft/oper-tag
        +cy message-tags
        bob>> CAP LIST
        ada>> JOIN #a
        bob>> JOIN #a
        cy>> JOIN #a
        ada> PRIVMSG #a :before
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :before
        cy< @msgid=1-8-0 :ada!~ada@10.0.0.1 PRIVMSG #a :before
        ada>> OPER admin secret
        ada> PRIVMSG #a :hello
        bob< @draft/oper :ada!~ada@10.0.0.1 PRIVMSG #a :hello
        cy< @msgid=1-a-0 :ada!~ada@10.0.0.1 PRIVMSG #a :hello
        ada> TOPIC #a :news
        ada< :ada!~ada@10.0.0.1 TOPIC #a :news
        bob< @draft/oper :ada!~ada@10.0.0.1 TOPIC #a :news
        cy< @msgid=1-b-0 :ada!~ada@10.0.0.1 TOPIC #a :news
        ada>> MODE ada -o
        ada> NICK adele
        ada< :ada!~ada@10.0.0.1 NICK adele
        bob< :ada!~ada@10.0.0.1 NICK adele
        cy< @msgid=1-d-0 :ada!~ada@10.0.0.1 NICK adele
        ",
    );
}
