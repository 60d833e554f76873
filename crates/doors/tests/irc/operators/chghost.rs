//! Others see someone come from another host.

use crate::common::check;

#[test]
fn who_knows_of_it_is_told_and_all_others_see_them_come_back() {
    check(
        "+ada
        +bob chghost
        +cy
        +dan chghost
        +eve extended-join away-notify
        ada>> OPER admin secret
        bob>> JOIN #a,#b
        cy>> JOIN #a
        dan>> JOIN #a,#b
        eve>> JOIN #b
        bob>> MODE #a +v bob
        bob>> AWAY :lunch
        ada> CHGHOST bob staff.example
        ada< :irc.example NOTICE * :*** ada gave bob the host staff.example
        bob< :bob!~bob@10.0.0.2 CHGHOST ~bob staff.example
        bob< :irc.example 396 bob staff.example :is now your displayed host
        cy< :bob!~bob@10.0.0.2 QUIT :Changing hostname
        cy< :bob!~bob@staff.example JOIN #a
        cy< :irc.example MODE #a +ov bob bob
        dan< :bob!~bob@10.0.0.2 CHGHOST ~bob staff.example
        eve< :bob!~bob@10.0.0.2 QUIT :Changing hostname
        eve< :bob!~bob@staff.example JOIN #b * :bob of Example
        eve< :irc.example MODE #b +o bob
        eve< :bob!~bob@staff.example AWAY :lunch
        ",
    );
}

#[test]
fn a_person_with_another_host_is_told_so_on_every_connection() {
    check(
        "+ada
        +bob
        ada>> OPER admin secret
        ada>> JOIN #a
        bob>> JOIN #a
        bob>> REGISTER * * pw
        ++desk
        desk>> CAP REQ :sasl chghost
        desk>> AUTHENTICATE PLAIN
        desk>> AUTHENTICATE AGJvYgBwdw==
        desk>> NICK bob
        desk>> USER desk 0 * :Desk
        desk>> CAP END
        ada> CHGHOST bob staff.example
        ada< :bob!~bob@10.0.0.2 QUIT :Changing hostname
        ada< :bob!~bob@staff.example JOIN #a
        ada< :irc.example NOTICE * :*** ada gave bob the host staff.example
        bob< :irc.example 396 bob staff.example :is now your displayed host
        desk< :bob!~bob@10.0.0.2 CHGHOST ~bob staff.example
        desk< :irc.example 396 bob staff.example :is now your displayed host
        ada> CHGHOST bob staff.example
        bob> PRIVMSG #a :hello
        ada< :bob!~bob@staff.example PRIVMSG #a :hello
        desk< :bob!~bob@staff.example PRIVMSG #a :hello
        ada> WHOIS bob
        ada< :irc.example 311 ada bob ~bob staff.example * :bob of Example
        ada< :irc.example 319 ada bob :#a
        ada< :irc.example 312 ada bob irc.example :a Parlor server
        ada< :irc.example 330 ada bob bob :is logged in as
        ada< :irc.example 338 ada bob ~bob@10.0.0.2 10.0.0.2 :Is actually using host
        ada< :irc.example 338 ada bob ~bob@10.0.0.3 10.0.0.3 :Is actually using host
        ada< :irc.example 379 ada bob :is using modes +
        ada< :irc.example 317 ada bob 0 1795363270 :seconds idle, signon time
        ada< :irc.example 318 ada bob :End of /WHOIS list
        bob> WHOIS ada
        bob< :irc.example 311 bob ada ~ada 10.0.0.1 * :ada of Example
        bob< :irc.example 319 bob ada :@#a
        bob< :irc.example 312 bob ada irc.example :a Parlor server
        bob< :irc.example 313 bob ada :is an IRC operator
        bob< :irc.example 317 bob ada 0 1795363270 :seconds idle, signon time
        bob< :irc.example 318 bob ada :End of /WHOIS list
        ada> CHGHOST bob 10.0.0.2
        ada< :bob!~bob@staff.example QUIT :Changing hostname
        ada< :bob!~bob@10.0.0.2 JOIN #a
        ada< :irc.example NOTICE * :*** ada gave bob the host 10.0.0.2
        bob< :irc.example 396 bob 10.0.0.2 :is now your displayed host
        desk< :bob!~bob@staff.example CHGHOST ~bob 10.0.0.2
        desk< :irc.example 396 bob 10.0.0.2 :is now your displayed host
        ",
    );
}

#[test]
fn a_host_is_one_and_operators_alone_give_it() {
    check(
        "+ada chghost labeled-response batch
        +bob
        bob> CHGHOST ada x
        bob< :irc.example 481 bob :Permission Denied- You're not an IRC operator
        ada>> OPER admin secret
        ada> CHGHOST ada
        ada< :irc.example 461 ada CHGHOST :Not enough parameters
        ada> CHGHOST nobody x
        ada< :irc.example 401 ada nobody :No such nick/channel
        ada> CHGHOST ada :a b
        ada< :irc.example FAIL CHGHOST INVALID_HOST :It is no host: letters, digits, and - . : / _ between them
        ada> CHGHOST ada ::1
        ada< :irc.example FAIL CHGHOST INVALID_HOST :It is no host: letters, digits, and - . : / _ between them
        ada> CHGHOST ada a@b
        ada< :irc.example FAIL CHGHOST INVALID_HOST :It is no host: letters, digits, and - . : / _ between them
        ada> @label=x CHGHOST ada a.example
        ada< @label=x :irc.example BATCH +l1 labeled-response
        ada< @batch=l1 :ada!~ada@10.0.0.1 CHGHOST ~ada a.example
        ada< @batch=l1 :irc.example 396 ada a.example :is now your displayed host
        ada< @batch=l1 :irc.example NOTICE * :*** ada gave ada the host a.example
        ada< :irc.example BATCH -l1
        ada> @label=y CHGHOST ada a.example
        ada< @label=y :irc.example ACK
        ada> CHGHOST ada 2001:db8::1
        ada< :ada!~ada@a.example CHGHOST ~ada 2001:db8::1
        ada< :irc.example 396 ada 2001:db8::1 :is now your displayed host
        ada< :irc.example NOTICE * :*** ada gave ada the host 2001:db8::1
        ",
    );
}

#[test]
fn watchers_hear_it_who_share_no_channel() {
    check(
        "+ada
        +bob chghost extended-monitor
        +cy extended-monitor
        ada>> OPER admin secret
        bob>> MONITOR + ada
        cy>> MONITOR + ada
        ada> CHGHOST ada a.example
        ada< :irc.example 396 ada a.example :is now your displayed host
        ada< :irc.example NOTICE * :*** ada gave ada the host a.example
        bob< :ada!~ada@10.0.0.1 CHGHOST ~ada a.example
        ",
    );
}

#[test]
fn bans_are_compared_with_both_hosts() {
    check(
        "+ada
        +bob
        ada>> OPER admin secret
        ada>> CHGHOST bob staff.example
        ada>> JOIN #a,#b,#c
        ada>> MODE #a +b *!*@staff.example
        ada>> MODE #b +b *!*@10.0.0.2
        ada>> MODE #c +b *!*@10.0.0.9
        bob> JOIN #a
        bob< :irc.example 474 bob #a :Cannot join channel (+b)
        bob> JOIN #b
        bob< :irc.example 474 bob #b :Cannot join channel (+b)
        bob>> JOIN #c
        ada> DLINE ANDKILL 1 10.0.0.2 x
        ada< :bob!~bob@staff.example QUIT :You are banned from this server: x
        ada< :irc.example NOTICE * :*** ada banned 10.0.0.2 for 1 minutes: x; 1 left
        bob< ERROR :Closing link: You are banned from this server: x
        ",
    );
}
