//! What server operators may do, and what others and they themselves are told of it.

use crate::common::{Town, check, check_in, operator};
use parlor_doors::Operator;
use parlor_hub::modes::Grants;
use parlor_hub::person::Fingerprint;

/// A town with a second operator who may end connections, and nothing else.
fn town() -> Town {
    Town::with(|facts| facts.operators.push(operator("guard", "word", Grants::KILL)))
}

#[test]
fn an_operator_may_do_what_the_configuration_lets_them() {
    check_in(
        town(),
        "+ada
        +bob
        ada>> OPER guard word
        ada> REHASH
        ada< :irc.example 723 ada rehash :Insufficient oper privileges.
        ada> STATS u
        ada< :irc.example 723 ada see :Insufficient oper privileges.
        ada< :irc.example 219 ada u :End of /STATS report
        ada> SAJOIN bob #a
        ada< :irc.example 723 ada sa :Insufficient oper privileges.
        ada> KILL bob :enough
        ada< :irc.example NOTICE * :*** ada killed bob: enough
        bob< :ada!~ada@10.0.0.1 KILL bob :enough
        bob< ERROR :Closing link: Killed (ada (enough))
        ",
    );
}

#[test]
fn operators_are_told_what_operators_do() {
    check_in(
        town(),
        "+ada
        +bob
        ada>> OPER admin secret
        bob> MODE bob +s
        bob> OPER guard word
        ada< :irc.example NOTICE * :*** bob!~bob@10.0.0.2 is an operator now, as guard
        bob< :bob MODE bob +os
        bob< :irc.example 381 bob :You are now an IRC operator
        bob< :irc.example NOTICE * :*** bob!~bob@10.0.0.2 is an operator now, as guard
        bob> MODE bob -s
        bob< :bob MODE bob -s
        ada> REHASH
        ada< :irc.example 382 ada parlor.toml :Rehashing
        ada< :irc.example NOTICE * :*** ada has the configuration read again
        bob> MODE bob +s
        bob< :bob MODE bob +s
        bob> MODE bob -o
        bob< :bob MODE bob -os
        ada> STATS o
        ada< :irc.example 243 ada O * * admin kill,ban,rehash,sa,see
        ada< :irc.example 243 ada O * * guard kill
        ada< :irc.example 219 ada o :End of /STATS report
        ",
    );
}

#[test]
fn operators_are_told_who_gave_a_wrong_password_to_be_one() {
    check_in(
        town(),
        "+ada
        +bob labeled-response batch
        ada>> OPER admin secret
        bob> @label=1 OPER admin secert
        ada< :irc.example NOTICE * :*** bob!~bob@10.0.0.2 gave a wrong password to be an operator, as admin
        bob< @label=1 :irc.example 464 bob :Password incorrect
        bob> @label=2 OPER nobody secret
        bob< @label=2 :irc.example 491 bob :No operator of this name
        ",
    );
}

#[test]
fn somebody_is_brought_into_a_channel_and_out_again() {
    check(
        "+ada
        +bob
        +cy
        ada>> OPER admin secret
        cy>> JOIN #a
        cy>> MODE #a +ik key
        bob> SAJOIN cy #b
        bob< :irc.example 481 bob :Permission Denied- You're not an IRC operator
        ada> SAJOIN bob #a
        ada< :irc.example NOTICE * :*** ada had bob join #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@cy bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        cy< :bob!~bob@10.0.0.2 JOIN #a
        ada> SAJOIN bob #a
        ada> SAJOIN nobody #a
        ada< :irc.example 401 ada nobody :No such nick/channel
        ada> SAJOIN bob nonsense
        ada< :irc.example 403 ada nonsense :No such channel
        ada> SAJOIN bob
        ada< :irc.example 461 ada SAJOIN :Not enough parameters
        ada> SAPART bob #a :out you go
        ada< :irc.example NOTICE * :*** ada had bob leave #a
        bob< :bob!~bob@10.0.0.2 PART #a :out you go
        cy< :bob!~bob@10.0.0.2 PART #a :out you go
        ada> SAPART bob #a
        ada< :irc.example 441 ada bob #a :They aren't on that channel
        ada> SAPART bob #nowhere
        ada< :irc.example 403 ada #nowhere :No such channel
        ",
    );
}

#[test]
fn modes_are_changed_and_people_renamed_whatever_the_rules_are() {
    check(
        "+ada
        +bob
        +cy
        ada>> OPER admin secret
        bob>> JOIN #a
        cy>> JOIN #a
        ada> SAMODE #a +o-o+m cy bob
        ada< :irc.example NOTICE * :*** ada changed modes of #a: +o cy -o bob +m
        bob< :irc.example MODE #a +o-o+m cy bob
        cy< :irc.example MODE #a +o-o+m cy bob
        ada> SAMODE #a +m
        ada> SAMODE #nowhere +m
        ada< :irc.example 403 ada #nowhere :No such channel
        bob> SAMODE #a +o bob
        bob< :irc.example 481 bob :Permission Denied- You're not an IRC operator
        ada> SANICK bob robert
        ada< :irc.example NOTICE * :*** ada called bob robert now
        bob< :bob!~bob@10.0.0.2 NICK robert
        cy< :bob!~bob@10.0.0.2 NICK robert
        ada> SANICK robert cy
        ada< :irc.example 433 ada cy :Nickname is already in use
        ada> SANICK robert NickServ
        ada< :irc.example 432 ada NickServ :Erroneous nickname: it is a service's
        ada> SANICK nobody somebody
        ada< :irc.example 401 ada nobody :No such nick/channel
        ",
    );
}

#[test]
fn who_is_here_by_their_nick_alone_is_not_renamed() {
    check(
        "+ada
        +bob
        bob>> REGISTER * * pw
        bob>> PERSISTENCE SET ON
        bob>> QUIT
        ada>> OPER admin secret
        ada> SANICK bob robert
        ada< :irc.example 437 ada bob :They are here by that nickname alone, and not connected
        ",
    );
}

#[test]
fn what_an_operator_forces_carries_the_label() {
    check(
        "+ada labeled-response batch
        +bob
        ada>> OPER admin secret
        ada> @label=x SAJOIN ada #a
        ada< @label=x :irc.example BATCH +l1 labeled-response
        ada< @batch=l1 :ada!~ada@10.0.0.1 JOIN #a
        ada< @batch=l1 :irc.example 353 ada = #a :@ada
        ada< @batch=l1 :irc.example 366 ada #a :End of /NAMES list
        ada< @batch=l1 :irc.example NOTICE * :*** ada had ada join #a
        ada< :irc.example BATCH -l1
        ada> @label=y SAPART bob #a
        ada< @label=y :irc.example 441 ada bob #a :They aren't on that channel
        ada> @label=z SAMODE #a +n
        ada< @label=z :irc.example ACK
        ",
    );
}

#[test]
fn an_operator_needs_the_certificate_that_the_configuration_names() {
    let certificate = Some(Fingerprint([0xab; 32]));
    let both = Operator { certificate, ..operator("both", "word", Grants::KILL) };
    let alone = Operator { password: None, certificate, ..operator("alone", "", Grants::KILL) };
    check_in(
        Town::with(|facts| facts.operators.extend([both, alone])),
        "++ada TLS ab
        ada>> NICK ada
        ada>> USER ada 0 * :Ada
        ++bob TLS cd
        bob>> NICK bob
        bob>> USER bob 0 * :Bob
        +cy
        bob> OPER both word
        bob< :irc.example 464 bob :This operator needs another certificate
        bob> OPER alone
        bob< :irc.example 464 bob :This operator needs another certificate
        cy> OPER both word
        cy< :irc.example 464 cy :This operator needs another certificate
        cy> OPER alone word
        cy< :irc.example 464 cy :This operator needs another certificate
        ada> OPER both wrong
        ada< :irc.example 464 ada :Password incorrect
        ada> OPER both
        ada< :irc.example 461 ada OPER :Not enough parameters
        ada> OPER both word
        ada< :ada MODE ada +os
        ada< :irc.example 381 ada :You are now an IRC operator
        ada< :irc.example NOTICE * :*** ada!~ada@10.0.0.1 is an operator now, as both
        ada>> MODE ada -o
        ada> OPER alone
        ada< :ada MODE ada +os
        ada< :irc.example 381 ada :You are now an IRC operator
        ada< :irc.example NOTICE * :*** ada!~ada@10.0.0.1 is an operator now, as alone
        ",
    );
}

#[test]
fn rights_end_with_the_configuration_that_gave_them() {
    let mut town = town();
    for (name, oper) in [("ada", "OPER admin secret"), ("bob", "OPER guard word")] {
        town.sign_on(name, "");
        town.send(name, oper);
    }
    town.take_seen();
    town.reload(|facts| facts.operators[0].password = Some("phc:another".into()));
    assert_eq!(
        town.take_seen(),
        [
            "ada< :ada MODE ada -os",
            "bob< :irc.example NOTICE * :*** ada!~ada@10.0.0.1 is an operator no more: the configuration has changed",
        ]
    );
    town.reload(|facts| facts.operators[1].grants = Grants::REHASH);
    assert_eq!(town.take_seen(), ["bob< :bob MODE bob -os"]);
    check_in(
        town,
        "ada> OPER admin secret
        ada< :irc.example 464 ada :Password incorrect
        bob> OPER guard word
        bob< :bob MODE bob +os
        bob< :irc.example 381 bob :You are now an IRC operator
        bob< :irc.example NOTICE * :*** bob!~bob@10.0.0.2 is an operator now, as guard
        ",
    );
}
