//! `ChanServ` SET: how the founder of a channel wants it.

use crate::common::check;

#[test]
fn the_founder_says_how_a_channel_is_and_everyone_there_is_told() {
    check(
        "+ada
        ada>> NS REGISTER pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        +bob server-time
        bob>> JOIN #a
        ++nan
        nan>> /nick nan
        nan>> /join #a
        ada> CS SET #a EARLIER HIDDEN
        ada< :irc.example NOTICE #a :ada decided: whoever comes sees nothing of what was said before
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: whoever comes sees nothing of what was said before
        bob< @time=2026-11-22T16:01:10.000Z :irc.example NOTICE #a :ada decided: whoever comes sees nothing of what was said before
        nan< * ada decided: whoever comes sees nothing of what was said before
        ada> CS SET #a EARLIER HIDDEN
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: whoever comes sees nothing of what was said before
        ada> CS GET #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: whoever comes sees nothing of what was said before
        ada> CS SET #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: whoever comes sees nothing of what was said before
        bob> CS SET #a EARLIER SHOWN
        bob< :irc.example 482 bob #a :You're not channel founder
        bob> CS GET #a
        bob< :ChanServ!ChanServ@irc.example NOTICE bob :#a: whoever comes sees nothing of what was said before
        ada> CS SET #a EARLIER MAYBE
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :EARLIER <SHOWN|HIDDEN|DEFAULT>
        ada> CS SET #a COLOUR RED
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :EARLIER <SHOWN|HIDDEN|DEFAULT>
        nan> /set #a
        nan< * #a: whoever comes sees nothing of what was said before
        nan> /set #a earlier shown
        nan< * Only founders of #a may do that.
        ada> CS SET #a earlier default
        ada< :irc.example NOTICE #a :ada decided: whoever comes may read what was said before
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a: whoever comes may read what was said before
        bob< @time=2026-11-22T16:01:10.000Z :irc.example NOTICE #a :ada decided: whoever comes may read what was said before
        nan< * ada decided: whoever comes may read what was said before
        ",
    );
}

#[test]
fn only_what_is_registered_has_settings() {
    check(
        "+ada
        ada>> JOIN #a
        ada> CS SET #a EARLIER HIDDEN
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a is not registered
        ada> CS SET #nowhere EARLIER HIDDEN
        ada< :irc.example 403 ada #nowhere :No such channel
        ada> CS SET
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :SET <#channel> [<setting> <value>]
        +eve
        ada>> NS REGISTER pw
        ada>> CS REGISTER #a
        ada>> MODE #a +s
        eve> CS GET #a
        eve< :irc.example 403 eve #a :No such channel
        eve> CS SET #a EARLIER HIDDEN
        eve< :irc.example 403 eve #a :No such channel
        ",
    );
}
