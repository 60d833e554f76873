//! Programs that say that they are.

use crate::common::check;

#[test]
fn a_bot_is_known_in_who_and_whois_and_by_its_modes() {
    check(
        "+ada
        +bob
        bob> MODE bob +B
        bob< :bob MODE bob +B
        bob> MODE bob
        bob< :irc.example 221 bob +B
        ada> WHO bob
        ada< :irc.example 352 ada * ~bob 10.0.0.2 irc.example bob HB :0 bob of Example
        ada< :irc.example 315 ada bob :End of WHO list
        ada> WHO bob %nf
        ada< :irc.example 354 ada bob HB
        ada< :irc.example 315 ada bob :End of WHO list
        ada> WHOIS bob
        ada< :irc.example 311 ada bob ~bob 10.0.0.2 * :bob of Example
        ada< :irc.example 312 ada bob irc.example :a Parlor server
        ada< :irc.example 335 ada bob :is a bot on Example
        ada< :irc.example 317 ada bob 0 1795363270 :seconds idle, signon time
        ada< :irc.example 318 ada bob :End of /WHOIS list
        bob>> MODE bob -B
        ada> WHO bob
        ada< :irc.example 352 ada * ~bob 10.0.0.2 irc.example bob H :0 bob of Example
        ada< :irc.example 315 ada bob :End of WHO list
        ",
    );
}

#[test]
fn all_that_a_bot_does_is_tagged_for_those_who_take_tags() {
    check(
        "+ada message-tags away-notify setname
        +bob
        +cy
        ada>> JOIN #a
        cy>> JOIN #a
        bob>> MODE bob +B
        bob> JOIN #a
        ada< @msgid=1-8-0;bot :bob!~bob@10.0.0.2 JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada cy bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        cy< :bob!~bob@10.0.0.2 JOIN #a
        bob> PRIVMSG #a :beep
        ada< @msgid=1-9-0;bot :bob!~bob@10.0.0.2 PRIVMSG #a :beep
        cy< :bob!~bob@10.0.0.2 PRIVMSG #a :beep
        bob> NOTICE ada :boop
        ada< @msgid=1-a-0;bot :bob!~bob@10.0.0.2 NOTICE ada :boop
        bob> AWAY :charging
        ada< @bot :bob!~bob@10.0.0.2 AWAY :charging
        bob< :irc.example 306 bob :You have been marked as being away
        cy> PRIVMSG #a :hello
        ada< @msgid=1-c-0 :cy!~cy@10.0.0.3 PRIVMSG #a :hello
        bob< :cy!~cy@10.0.0.3 PRIVMSG #a :hello
        bob> QUIT
        ada< @msgid=1-d-0;bot :bob!~bob@10.0.0.2 QUIT :Quit
        bob< ERROR :Closing link: Quit
        cy< :bob!~bob@10.0.0.2 QUIT :Quit
        ",
    );
}
