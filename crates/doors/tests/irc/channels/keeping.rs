//! What those who keep a channel do with it, inside or not.

use crate::common::{Town, check, check_in, operator};
use parlor_hub::modes::Grants;

#[test]
fn a_founder_offers_a_channel_and_the_other_takes_it() {
    check(
        "+ada
        +bob
        +cy
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ada>> JOIN #a
        bob>> JOIN #a
        cy> CS TRANSFER #a bob
        cy< :ChanServ!ChanServ@irc.example NOTICE cy :#a is not registered
        ada>> CS REGISTER #a
        cy> CS TRANSFER #a bob
        cy< :irc.example 482 cy #a :You're not channel founder
        ada> CS TRANSFER #a cy
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :There is no account cy
        ada> CS TRANSFER #a ada
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :ada is the founder of #a already
        bob> CS TRANSFER ACCEPT #a
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :#a is not offered to you
        ada> CS TRANSFER #a bob
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :ada offers #a to bob, who takes it with CS TRANSFER ACCEPT #a
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :ada offers #a to bob, who takes it with CS TRANSFER ACCEPT #a
        cy> CS TRANSFER ACCEPT #a
        cy< :ChanServ!ChanServ@irc.example NOTICE cy :#a is not offered to you
        cy> CS TRANSFER CANCEL #a
        cy< :ChanServ!ChanServ@irc.example NOTICE cy :#a is not offered to you
        ada> CS TRANSFER CANCEL #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a is offered to nobody
        bob> CS TRANSFER ACCEPT #a
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :#a is not offered to you
        ada>> CS TRANSFER #a bob
        bob> CS TRANSFER ACCEPT #a
        ada< :irc.example MODE #a -q ada
        ada< :irc.example MODE #a +q bob
        bob< :irc.example MODE #a -q ada
        bob< :irc.example MODE #a +q bob
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :The founder of #a is bob
        ada> CS AMODE #a +o ada
        ada< :irc.example 482 ada #a :You're not channel operator
        ada> CS TRANSFER
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :TRANSFER <#channel> <account> | ACCEPT <#channel> | CANCEL <#channel>
        ",
    );
}

#[test]
fn an_operator_gives_a_channel_to_whoever_is_to_have_it() {
    let town = Town::with(|facts| facts.operators.push(operator("guard", "word", Grants::KILL)));
    check_in(
        town,
        "+ada
        +bob
        +root
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        bob> CS TRANSFER FORCE #a bob
        bob< :irc.example 481 bob :Permission Denied- You're not an IRC operator
        bob>> OPER guard word
        bob> CS TRANSFER FORCE #a bob
        bob< :irc.example 723 bob sa :Insufficient oper privileges.
        root>> OPER admin secret
        root> CS TRANSFER FORCE #lobby bob
        root< :irc.example 482 root #lobby :You're not channel founder
        root> CS TRANSFER FORCE #a bob
        ada< :irc.example MODE #a -q ada
        bob< :irc.example NOTICE * :*** root gave #a to bob
        root< :ChanServ!ChanServ@irc.example NOTICE root :The founder of #a is bob
        root< :irc.example NOTICE * :*** root gave #a to bob
        root> CS INFO #a
        root< :ChanServ!ChanServ@irc.example NOTICE root :#a is registered to bob
        root< :ChanServ!ChanServ@irc.example NOTICE root :Made 2026-11-22 16:01, 1 member inside
        ",
    );
}

#[test]
fn nobody_is_made_the_founder_of_more_than_they_may() {
    let many: Vec<String> =
        (0..20).map(|n| format!("bob>> JOIN #c{n}\nbob>> CS REGISTER #c{n}")).collect();
    let many = many.join("\n");
    check(&format!(
        "+ada
        +bob
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        {many}
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada>> CS TRANSFER #a bob
        bob> CS TRANSFER ACCEPT #a
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :That account has as many channels as it can: UNREGISTER one first
        "
    ));
}

#[test]
fn a_channel_is_told_about() {
    check(
        "+ada
        +bob
        +root
        root>> OPER admin secret
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ada>> JOIN #a,#s
        ada>> MODE #s +s
        bob> CS INFO #a
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :#a is not registered
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :Made 2026-11-22 16:01, 1 member inside
        bob> CS INFO #s
        bob< :irc.example 403 bob #s :No such channel
        bob> CS INFO #nowhere
        bob< :irc.example 403 bob #nowhere :No such channel
        ada>> CS REGISTER #a
        ada>> CS TRANSFER #a bob
        ada> CS INFO #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a is registered to ada
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :Made 2026-11-22 16:01, 1 member inside
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :Offered to bob
        root>> CS PURGE ADD #evil spam
        bob> CS INFO #evil
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :#evil is not registered
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :Operators let nobody in: spam
        ",
    );
}

#[test]
fn operators_list_registered_channels() {
    check(
        "+ada
        +root
        root>> OPER admin secret
        ada>> REGISTER * * pw
        ada>> JOIN #a,#b,#c
        ada>> CS REGISTER #a
        ada>> CS REGISTER #C
        ada> CS LIST
        ada< :irc.example 481 ada :Permission Denied- You're not an IRC operator
        root> CS LIST #?
        root< :ChanServ!ChanServ@irc.example NOTICE root :#a, 1 member inside
        root< :ChanServ!ChanServ@irc.example NOTICE root :#c, 1 member inside
        root> CS LIST #x*
        root< :ChanServ!ChanServ@irc.example NOTICE root :No registered channel is called so
        ",
    );
}

#[test]
fn much_of_a_channel_goes_at_once() {
    check(
        "+ada
        +bob
        +cy
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        bob>> JOIN #a
        cy>> JOIN #a
        ada>> CS AMODE #a +o bob
        ada>> MODE #a +bb eve m:dan
        bob> CS CLEAR #a USERS
        bob< :irc.example 482 bob #a :You're not channel founder
        bob> CS CLEAR #a BANS
        ada< :bob!~bob@10.0.0.2 MODE #a -bb eve!*@* $m:dan!*@*
        bob< :bob!~bob@10.0.0.2 MODE #a -bb eve!*@* $m:dan!*@*
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :2 bans of #a lifted
        cy< :bob!~bob@10.0.0.2 MODE #a -bb eve!*@* $m:dan!*@*
        ada> CS CLEAR #a ACCESS
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :1 account lost a rank in #a
        ada> CS AMODE #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :ada always has +q in #a
        ada> CS CLEAR #a users good night
        ada< :ada!~ada@10.0.0.1 KICK #a bob :good night
        ada< :ada!~ada@10.0.0.1 KICK #a cy :good night
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :2 members put out of #a
        bob< :ada!~ada@10.0.0.1 KICK #a bob :good night
        cy< :ada!~ada@10.0.0.1 KICK #a cy :good night
        ada> CS CLEAR #a nonsense
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :CLEAR <#channel> USERS [reason] | ACCESS | BANS
        ada>> MODE #a +Q
        ada> CS CLEAR #a USERS
        ada< :irc.example 972 ada KICK #a :Nobody is kicked from the channel (+Q)
        ",
    );
}

#[test]
fn who_has_a_lasting_rank_need_not_be_inside() {
    check(
        "+ada
        +bob
        +cy
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada>> CS AMODE #a +o bob
        cy>> JOIN #a
        bob> CS VOICE #a cy
        ada< :bob!~bob@10.0.0.2 MODE #a +v cy
        cy< :bob!~bob@10.0.0.2 MODE #a +v cy
        bob> CS DEVOICE #a cy
        ada< :bob!~bob@10.0.0.2 MODE #a -v cy
        cy< :bob!~bob@10.0.0.2 MODE #a -v cy
        bob> CS HALFOP #a cy
        ada< :bob!~bob@10.0.0.2 MODE #a +h cy
        cy< :bob!~bob@10.0.0.2 MODE #a +h cy
        bob> CS DEHALFOP #a cy
        ada< :bob!~bob@10.0.0.2 MODE #a -h cy
        cy< :bob!~bob@10.0.0.2 MODE #a -h cy
        bob> CS DEOP #a ada
        bob< :irc.example 482 bob #a :You're not channel founder
        bob> CS TOPIC #a what is new
        ada< :bob!~bob@10.0.0.2 TOPIC #a :what is new
        cy< :bob!~bob@10.0.0.2 TOPIC #a :what is new
        bob> CS BAN #a eve
        ada< :bob!~bob@10.0.0.2 MODE #a +b eve!*@*
        cy< :bob!~bob@10.0.0.2 MODE #a +b eve!*@*
        bob> CS UNBAN #a eve
        ada< :bob!~bob@10.0.0.2 MODE #a -b eve!*@*
        cy< :bob!~bob@10.0.0.2 MODE #a -b eve!*@*
        bob> CS KICK #a cy out
        ada< :bob!~bob@10.0.0.2 KICK #a cy :out
        cy< :bob!~bob@10.0.0.2 KICK #a cy :out
        bob> CS KICK #a ada
        bob< :irc.example 482 bob #a :You're not channel founder
        cy> CS OP #a cy
        cy< :irc.example 441 cy cy #a :They aren't on that channel
        cy> CS TOPIC #a mine
        cy< :irc.example 482 cy #a :You're not channel operator
        cy> CS KICK #a ada
        cy< :irc.example 482 cy #a :You're not channel operator
        ada>> MODE #a -qo ada ada
        ada> CS OP #a
        ada< :ada!~ada@10.0.0.1 MODE #a +o ada
        ",
    );
}

#[test]
fn who_has_a_lasting_rank_comes_in_again() {
    check(
        "+ada
        +bob
        +cy
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        ada>> CS AMODE #a +o bob
        ada>> MODE #a +bbk bob m:*@10.0.0.2 sesame
        bob> CS GETKEY #a
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :The key of #a is sesame
        cy> CS GETKEY #a
        cy< :irc.example 482 cy #a :You're not channel operator
        cy> CS UNBAN #a
        cy< :irc.example 482 cy #a :You're not channel operator
        cy> CS INVITE #a
        cy< :irc.example 482 cy #a :You're not channel operator
        bob> CS UNBAN #a
        ada< :bob!~bob@10.0.0.2 MODE #a -bb bob!*@* $m:*!*@10.0.0.2
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :2 bans of #a were about you, and are lifted
        bob> CS UNBAN #a
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :No ban of #a is about you
        bob> CS INVITE #a cy
        bob< :irc.example 341 bob cy #a
        cy< :bob!~bob@10.0.0.2 INVITE cy #a
        cy>> JOIN #a
        cy> CS GETKEY #a
        cy< :irc.example 482 cy #a :You're not channel operator
        ada>> MODE #a -k *
        bob> CS GETKEY #a
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :#a has no key
        bob> CS INVITE #a nobody
        bob< :irc.example 401 bob nobody :No such nick/channel
        bob> CS INVITE #a ada
        bob< :irc.example 443 bob ada #a :is already on channel
        ada>> MODE #a +b bob
        bob> CS INVITE #a
        bob< :irc.example 341 bob bob #a
        bob< :bob!~bob@10.0.0.2 INVITE bob #a
        bob>> JOIN #a
        ada>> MODE #a +V
        bob>> PART #a
        bob> CS INVITE #a
        bob< :irc.example 518 bob #a :Nobody is invited to the channel (+V)
        ",
    );
}

#[test]
fn a_rank_of_the_moment_gives_no_channel_away() {
    check(
        "+ada
        +bob
        ada>> REGISTER * * pw
        bob>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        bob>> JOIN #a
        ada>> MODE #a +q bob
        bob> CS TRANSFER #a bob
        bob< :irc.example 482 bob #a :You're not channel founder
        bob> CS UNREGISTER #a
        bob< :irc.example 482 bob #a :You're not channel founder
        bob> CS CLEAR #a ACCESS
        bob< :irc.example 482 bob #a :You're not channel founder
        ",
    );
}
