//! Registered channels: who keeps them, and the ranks that accounts have there whenever they come.

use crate::common::check;

#[test]
fn a_rank_that_an_account_always_has_is_there_again() {
    check(
        "+ada
        +bob
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        bob>> JOIN #a
        ada> CS AMODE #a +o bob
        ada< :irc.example MODE #a +o bob
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :bob always has +o in #a
        bob< :irc.example MODE #a +o bob
        bob> PART #a
        ada< :bob!~bob@10.0.0.2 PART #a
        bob< :bob!~bob@10.0.0.2 PART #a
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        ada< :irc.example MODE #a +o bob
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :~ada @bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        bob< :irc.example MODE #a +o bob
        ada> PRIVMSG ChanServ :ACCESS #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :ada always has +q in #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :bob always has +o in #a
        bob> CS AMODE #a -q ada
        bob< :irc.example 482 bob #a :You're not channel founder
        bob> CS AMODE #a +o nobody
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :There is no account nobody
        ada> CS AMODE #a +q bob
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :Who is to be a founder is asked first: CS TRANSFER #a <account>
        ada> CS AMODE #a -o bob
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :bob has no rank of their own in #a
        ada> CS AMODE #a -q ada
        ada< :irc.example 482 ada #a :You're not channel founder
        ada> CS AMODE #b
        ada< :irc.example 403 ada #b :No such channel
        ",
    );
}

#[test]
fn a_rank_of_a_session_ends_with_it_and_a_founder_stays_one() {
    check(
        "+ada
        +bob
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        bob>> JOIN #a
        ada>> MODE #a +o bob
        ada>> MODE #a -qo ada ada
        ada>> PART #a
        bob>> PART #a
        bob>> JOIN #a
        ada>> JOIN #a
        ada> NAMES #a
        ada< :irc.example 353 ada = #a :bob ~ada
        ada< :irc.example 366 ada #a :End of /NAMES list
        ",
    );
}

#[test]
fn a_ban_holds_for_those_with_a_rank_and_not_for_a_founder() {
    check(
        "+ada
        +bob
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada>> CS AMODE #a +o bob
        bob>> JOIN #a
        ada>> MODE #a +b *!*@*
        ada>> KICK #a bob
        bob> JOIN #a
        bob< :irc.example 474 bob #a :Cannot join channel (+b)
        ada>> PART #a
        ada> JOIN #a
        ada< :ada!~ada@10.0.0.1 JOIN #a
        ada< :irc.example 353 ada = #a :~ada
        ada< :irc.example 366 ada #a :End of /NAMES list
        ",
    );
}

#[test]
fn a_channel_is_given_up_with_a_code() {
    check(
        "+ada
        +bob
        ada>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        bob>> JOIN #a
        bob> CS DROP #a
        bob< :irc.example 482 bob #a :You're not channel founder
        ada> CS UNREGISTER #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :That cannot be undone. To confirm it: CS UNREGISTER #a 370002
        ada> CS UNREGISTER #a 1
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :That cannot be undone. To confirm it: CS UNREGISTER #a 370002
        ada> CS UNREGISTER #a 370002
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a is registered no longer
        ada> CS AMODE #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a is not registered
        ada> CS REGISTER #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a is registered, and you are its founder
        ada< :irc.example MODE #a +q ada
        bob< :irc.example MODE #a +q ada
        ",
    );
}

#[test]
fn one_account_keeps_so_many_channels_and_no_more() {
    let many: Vec<String> =
        (0..20).map(|n| format!("ada>> JOIN #c{n}\nada>> CS REGISTER #c{n}")).collect();
    let many = many.join("\n");
    check(&format!(
        "+ada
        ada>> REGISTER * * pw
        {many}
        ada>> JOIN #more
        ada> CS REGISTER #more
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :That account has as many channels as it can: UNREGISTER one first
        "
    ));
}

#[test]
fn chanserv_does_what_commands_do() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada> CS OP #a bob
        ada< :ada!~ada@10.0.0.1 MODE #a +o bob
        bob< :ada!~ada@10.0.0.1 MODE #a +o bob
        bob> CS DEOP #a
        ada< :bob!~bob@10.0.0.2 MODE #a -o bob
        bob< :bob!~bob@10.0.0.2 MODE #a -o bob
        bob> CS VOICE #a
        bob< :irc.example 482 bob #a :You're not channel operator
        ada> CS BAN #a bob
        ada< :ada!~ada@10.0.0.1 MODE #a +b bob!*@*
        bob< :ada!~ada@10.0.0.1 MODE #a +b bob!*@*
        ada> CS KICK #a bob enough now
        ada< :ada!~ada@10.0.0.1 KICK #a bob :enough now
        bob< :ada!~ada@10.0.0.1 KICK #a bob :enough now
        ada> CS TOPIC #a what it is
        ada< :ada!~ada@10.0.0.1 TOPIC #a :what it is
        ",
    );
}
