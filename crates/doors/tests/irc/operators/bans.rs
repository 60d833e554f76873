//! Bans from the server, and who is told what of them.

use crate::common::check;

#[test]
fn whoever_matches_a_mask_may_not_come_in_until_it_is_lifted() {
    check(
        "+ada
        ada>> OPER admin secret
        ada> KLINE bob!*@* spam | third time
        ada< :irc.example NOTICE * :*** ada banned bob!*@* for ever: spam
        ++bob
        bob> NICK bob
        bob> USER bob 0 * :Bob
        bob< :irc.example 465 bob :You are banned from this server: spam
        bob< ERROR :Closing link: You are banned from this server: spam
        ada> STATS k
        ada< :irc.example 216 ada K bob!*@* :spam | third time (by ada, for ever)
        ada< :irc.example 219 ada k :End of /STATS report
        ada> KLINE
        ada< :irc.example 216 ada K bob!*@* :spam | third time (by ada, for ever)
        ada< :irc.example 219 ada k :End of /STATS report
        ada> UNKLINE bob
        ada< :irc.example NOTICE * :*** ada lifted the ban of bob!*@*
        ada> UNKLINE bob
        ada< :irc.example NOTICE ada :There is no such ban
        ++robert
        robert> NICK bob
        robert> USER bob 0 * :Bob
        robert< :irc.example 001 bob :Welcome to the Example Network, bob!~bob@10.0.0.3
        ",
    );
}

#[test]
fn a_ban_is_over_when_its_time_is() {
    check(
        "+ada
        ada>> OPER admin secret
        ada> KLINE 1m bob!*@* :a minute
        ada< :irc.example NOTICE * :*** ada banned bob!*@* for 1 minutes: a minute
        ada> STATS k
        ada< :irc.example 216 ada K bob!*@* :a minute (by ada, until Sun Nov 22 2026 at 16:02:10 UTC)
        ada< :irc.example 219 ada k :End of /STATS report
        ++bob
        bob>> NICK bob
        bob> USER bob 0 * :Bob
        bob< :irc.example 465 bob :You are banned from this server: a minute
        bob< ERROR :Closing link: You are banned from this server: a minute
        ~60000
        ada< :irc.example NOTICE * :*** the ban of bob!*@* is over
        ada> STATS k
        ada< :irc.example 219 ada k :End of /STATS report
        ",
    );
}

#[test]
fn networks_and_real_names_are_banned_and_those_who_are_here_leave() {
    check(
        "+ada
        +bob
        +cy
        ada>> OPER admin secret
        bob>> JOIN #a
        cy>> JOIN #a
        cy>> SETNAME :cheap pills
        ada> DLINE ANDKILL 10.0.0.2/31 proxies
        ada< :irc.example NOTICE * :*** ada banned 10.0.0.2/31 for ever: proxies; 2 left
        bob< ERROR :Closing link: You are banned from this server: proxies
        cy< :bob!~bob@10.0.0.2 QUIT :You are banned from this server: proxies
        cy< ERROR :Closing link: You are banned from this server: proxies
        ada> DLINE nonsense
        ada< :irc.example NOTICE ada :This is no mask for such a ban
        ada> UNDLINE 10.0.0.2/31
        ada< :irc.example NOTICE * :*** ada lifted the ban of 10.0.0.2/31
        ada> XLINE cheap\\spills* :spam
        ada< :irc.example NOTICE * :*** ada banned cheap pills* for ever: spam
        ++dee
        dee>> NICK dee
        dee> USER dee 0 * :Cheap pills for all
        dee< :irc.example 465 dee :You are banned from this server: spam
        dee< ERROR :Closing link: You are banned from this server: spam
        ada> UNXLINE cheap\\spills*
        ada< :irc.example NOTICE * :*** ada lifted the ban of cheap pills*
        ",
    );
}

#[test]
fn bans_are_for_operators_and_never_of_themselves() {
    check(
        "+ada standard-replies labeled-response batch
        +bob
        bob> KLINE ada
        bob< :irc.example 481 bob :Permission Denied- You're not an IRC operator
        bob> STATS k
        bob< :irc.example 481 bob :Permission Denied- You're not an IRC operator
        bob< :irc.example 219 bob k :End of /STATS report
        bob> UNKLINE ada
        bob< :irc.example 481 bob :Permission Denied- You're not an IRC operator
        bob> UNKLINE
        bob< :irc.example 461 bob UNKLINE :Not enough parameters
        ada>> OPER admin secret
        ada> @label=x KLINE *!*@*
        ada< @label=x :irc.example FAIL BAN BANS_YOURSELF *!*@* :That would ban yourself
        ada> DLINE 10.0.0.0/8
        ada< :irc.example FAIL BAN BANS_YOURSELF 10.0.0.0/8 :That would ban yourself
        ",
    );
}
