//! Asking about people.

use crate::common::{Town, check};

#[test]
fn who() {
    check(
        "+ada multi-prefix
        +bob
        +cy
        ada>> JOIN #a
        bob>> JOIN #a
        ada> MODE #a +v ada
        ada< :ada!~ada@10.0.0.1 MODE #a +v ada
        bob< :ada!~ada@10.0.0.1 MODE #a +v ada
        bob> AWAY :out
        bob< :irc.example 306 bob :You have been marked as being away
        cy> MODE cy +i
        cy< :cy MODE cy +i
        ada> WHO #a
        ada< :irc.example 352 ada #a ~ada 10.0.0.1 irc.example ada H@+ :0 ada of Example
        ada< :irc.example 352 ada #a ~bob 10.0.0.2 irc.example bob G :0 bob of Example
        ada< :irc.example 315 ada #a :End of WHO list
        cy> WHO #a
        cy< :irc.example 352 cy #a ~ada 10.0.0.1 irc.example ada H@ :0 ada of Example
        cy< :irc.example 352 cy #a ~bob 10.0.0.2 irc.example bob G :0 bob of Example
        cy< :irc.example 315 cy #a :End of WHO list
        ada> WHO b*
        ada< :irc.example 352 ada #a ~bob 10.0.0.2 irc.example bob G :0 bob of Example
        ada< :irc.example 315 ada b* :End of WHO list
        ada> WHO *!~bob@10.*
        ada< :irc.example 352 ada #a ~bob 10.0.0.2 irc.example bob G :0 bob of Example
        ada< :irc.example 315 ada *!~bob@10.* :End of WHO list
        ada> WHO *@10.0.0.1
        ada< :irc.example 352 ada #a ~ada 10.0.0.1 irc.example ada H@+ :0 ada of Example
        ada< :irc.example 315 ada *@10.0.0.1 :End of WHO list
        ada> WHO cy
        ada< :irc.example 352 ada * ~cy 10.0.0.3 irc.example cy H :0 cy of Example
        ada< :irc.example 315 ada cy :End of WHO list
        ada> WHO 0
        ada< :irc.example 352 ada #a ~ada 10.0.0.1 irc.example ada H@+ :0 ada of Example
        ada< :irc.example 352 ada #a ~bob 10.0.0.2 irc.example bob G :0 bob of Example
        ada< :irc.example 315 ada 0 :End of WHO list
        ada> WHO
        ada< :irc.example 352 ada #a ~ada 10.0.0.1 irc.example ada H@+ :0 ada of Example
        ada< :irc.example 352 ada #a ~bob 10.0.0.2 irc.example bob G :0 bob of Example
        ada< :irc.example 315 ada * :End of WHO list
        ada>> OPER admin secret
        cy> WHO * o
        cy< :irc.example 352 cy #a ~ada 10.0.0.1 irc.example ada H*@ :0 ada of Example
        cy< :irc.example 315 cy * :End of WHO list
        ada> WHO #nowhere
        ada< :irc.example 315 ada #nowhere :End of WHO list
        ",
    );
}

#[test]
fn who_hides_is_not_found_in_a_channel_by_name() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        ada>> MODE ada +i
        bob> NAMES #a
        bob< :irc.example 366 bob #a :End of /NAMES list
        bob> WHO ada
        bob< :irc.example 352 bob * ~ada 10.0.0.1 irc.example ada H :0 ada of Example
        bob< :irc.example 315 bob ada :End of WHO list
        bob>> JOIN #a
        bob> WHO ada
        bob< :irc.example 352 bob #a ~ada 10.0.0.1 irc.example ada H@ :0 ada of Example
        bob< :irc.example 315 bob ada :End of WHO list
        ",
    );
}

#[test]
fn whois_ends_with_what_was_asked_for() {
    check(
        "+ada
        ada> WHOIS nobody,1x,Someone
        ada< :irc.example 401 ada 1x :No such nick/channel
        ada< :irc.example 401 ada nobody :No such nick/channel
        ada< :irc.example 401 ada Someone :No such nick/channel
        ada< :irc.example 318 ada nobody,1x,Someone :End of /WHOIS list
        ada> WHOIS a,b,c,d,e,f,g,h,i,j,k
        ada< :irc.example 407 ada k :Too many targets
        ada< :irc.example 401 ada a :No such nick/channel
        ada< :irc.example 401 ada b :No such nick/channel
        ada< :irc.example 401 ada c :No such nick/channel
        ada< :irc.example 401 ada d :No such nick/channel
        ada< :irc.example 401 ada e :No such nick/channel
        ada< :irc.example 401 ada f :No such nick/channel
        ada< :irc.example 401 ada g :No such nick/channel
        ada< :irc.example 401 ada h :No such nick/channel
        ada< :irc.example 401 ada i :No such nick/channel
        ada< :irc.example 401 ada j :No such nick/channel
        ada< :irc.example 318 ada a,b,c,d,e,f,g,h,i,j,k :End of /WHOIS list
        ",
    );
}

#[test]
fn whox() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> NS REGISTER pw
        ~5000
        ada> WHO #a %tcuihsnfdlaor,42
        ada< :irc.example 354 ada 42 #a ~ada 10.0.0.1 10.0.0.1 irc.example ada H@ 0 5 0 n/a :ada of Example
        ada< :irc.example 315 ada #a :End of WHO list
        ada> WHO bob %na
        ada< :irc.example 354 ada bob bob
        ada< :irc.example 315 ada bob :End of WHO list
        ada> WHO bob %rt,12345
        ada< :irc.example 354 ada 123 :bob of Example
        ada< :irc.example 315 ada bob :End of WHO list
        ada> WHO bob %t
        ada< :irc.example 354 ada 0
        ada< :irc.example 315 ada bob :End of WHO list
        ada>> OPER admin secret
        bob> WHO * o%nf
        bob< :irc.example 354 bob ada H*@
        bob< :irc.example 315 bob * :End of WHO list
        ",
    );
}

#[test]
fn whois() {
    check(
        "+ada
        +bob
        ada>> JOIN #a,#b
        ada> MODE #b +s
        ada< :ada!~ada@10.0.0.1 MODE #b +s
        ada> AWAY :reading
        ada< :irc.example 306 ada :You have been marked as being away
        ada>> NS REGISTER pw
        ~5000
        bob> WHOIS ada
        bob< :irc.example 311 bob ada ~ada 10.0.0.1 * :ada of Example
        bob< :irc.example 319 bob ada :@#a
        bob< :irc.example 312 bob ada irc.example :a Parlor server
        bob< :irc.example 301 bob ada :reading
        bob< :irc.example 330 bob ada ada :is logged in as
        bob< :irc.example 317 bob ada 5 1795363270 :seconds idle, signon time
        bob< :irc.example 318 bob ada :End of /WHOIS list
        bob> WHOIS ADA ada
        bob< :irc.example 311 bob ada ~ada 10.0.0.1 * :ada of Example
        bob< :irc.example 319 bob ada :@#a
        bob< :irc.example 312 bob ada irc.example :a Parlor server
        bob< :irc.example 301 bob ada :reading
        bob< :irc.example 330 bob ada ada :is logged in as
        bob< :irc.example 317 bob ada 5 1795363270 :seconds idle, signon time
        bob< :irc.example 318 bob ada :End of /WHOIS list
        bob> WHOIS irc.example bob
        bob< :irc.example 311 bob bob ~bob 10.0.0.2 * :bob of Example
        bob< :irc.example 312 bob bob irc.example :a Parlor server
        bob< :irc.example 338 bob bob ~bob@10.0.0.2 10.0.0.2 :Is actually using host
        bob< :irc.example 379 bob bob :is using modes +
        bob< :irc.example 317 bob bob 5 1795363270 :seconds idle, signon time
        bob< :irc.example 318 bob bob :End of /WHOIS list
        bob> WHOIS elsewhere bob
        bob< :irc.example 402 bob elsewhere :No such server
        bob< :irc.example 318 bob bob :End of /WHOIS list
        bob> WHOIS nobody,bob
        bob< :irc.example 401 bob nobody :No such nick/channel
        bob< :irc.example 311 bob bob ~bob 10.0.0.2 * :bob of Example
        bob< :irc.example 312 bob bob irc.example :a Parlor server
        bob< :irc.example 338 bob bob ~bob@10.0.0.2 10.0.0.2 :Is actually using host
        bob< :irc.example 379 bob bob :is using modes +
        bob< :irc.example 317 bob bob 5 1795363270 :seconds idle, signon time
        bob< :irc.example 318 bob nobody,bob :End of /WHOIS list
        bob> WHOIS 1x
        bob< :irc.example 401 bob 1x :No such nick/channel
        bob< :irc.example 318 bob 1x :End of /WHOIS list
        bob> WHOIS
        bob< :irc.example 431 bob :No nickname given
        bob>> OPER admin secret
        bob> WHOIS ada
        bob< :irc.example 311 bob ada ~ada 10.0.0.1 * :ada of Example
        bob< :irc.example 319 bob ada :@#a @#b
        bob< :irc.example 312 bob ada irc.example :a Parlor server
        bob< :irc.example 301 bob ada :reading
        bob< :irc.example 330 bob ada ada :is logged in as
        bob< :irc.example 338 bob ada ~ada@10.0.0.1 10.0.0.1 :Is actually using host
        bob< :irc.example 379 bob ada :is using modes +
        bob< :irc.example 317 bob ada 5 1795363270 :seconds idle, signon time
        bob< :irc.example 318 bob ada :End of /WHOIS list
        ",
    );
}

#[test]
fn who_writes_their_nick_in_other_letters_is_not_gone_from_it() {
    check(
        "+ada
        ada>> NICK Ada
        ada> WHOWAS ada
        ada< :irc.example 406 Ada ada :There was no such nickname
        ada< :irc.example 369 Ada ada :End of WHOWAS
        ",
    );
}

#[test]
fn whowas() {
    check(
        "+ada
        +bob
        ada> NICK lovelace
        ada< :ada!~ada@10.0.0.1 NICK lovelace
        ada> NICK ada
        ada< :lovelace!~ada@10.0.0.1 NICK ada
        ~1000
        ada> QUIT
        ada< ERROR :Closing link: Quit
        bob> WHOWAS ada
        bob< :irc.example 314 bob ada ~ada 10.0.0.1 * :ada of Example
        bob< :irc.example 312 bob ada irc.example :Sun Nov 22 2026 at 16:01:11 UTC
        bob< :irc.example 314 bob ada ~ada 10.0.0.1 * :ada of Example
        bob< :irc.example 312 bob ada irc.example :Sun Nov 22 2026 at 16:01:10 UTC
        bob< :irc.example 369 bob ada :End of WHOWAS
        bob> WHOWAS ADA 1
        bob< :irc.example 314 bob ada ~ada 10.0.0.1 * :ada of Example
        bob< :irc.example 312 bob ada irc.example :Sun Nov 22 2026 at 16:01:11 UTC
        bob< :irc.example 369 bob ADA :End of WHOWAS
        bob> WHOWAS nobody
        bob< :irc.example 406 bob nobody :There was no such nickname
        bob< :irc.example 369 bob nobody :End of WHOWAS
        bob> WHOWAS 1x,ada 1 irc.example
        bob< :irc.example 406 bob 1x :There was no such nickname
        bob< :irc.example 369 bob 1x :End of WHOWAS
        bob< :irc.example 314 bob ada ~ada 10.0.0.1 * :ada of Example
        bob< :irc.example 312 bob ada irc.example :Sun Nov 22 2026 at 16:01:11 UTC
        bob< :irc.example 369 bob ada :End of WHOWAS
        bob> WHOWAS ada 1 elsewhere
        bob< :irc.example 402 bob elsewhere :No such server
        bob> WHOWAS
        bob< :irc.example 431 bob :No nickname given
        ",
    );
}

#[test]
fn userhost_and_ison() {
    check(
        "+ada
        +bob
        ada>> OPER admin secret
        bob> AWAY :out
        bob< :irc.example 306 bob :You have been marked as being away
        ada> USERHOST bob ADA nobody 1x
        ada< :irc.example 302 ada :bob=-~bob@10.0.0.2 ada*=+~ada@10.0.0.1
        ada> ISON bob nobody :ADA 1x
        ada< :irc.example 303 ada :bob ada
        ada> ISON nobody
        ada< :irc.example 303 ada :
        ada> USERHOST
        ada< :irc.example 461 ada USERHOST :Not enough parameters
        ",
    );
}

#[test]
fn a_list_of_nicks_has_no_half_ones() {
    let mut town = Town::new();
    let nicks: Vec<String> = (10..25).map(|n| format!("n{n}{}", "x".repeat(29))).collect();
    for nick in &nicks {
        town.sign_on(nick, "");
    }
    town.sign_on("ada", "");
    town.send("ada", &format!("ISON {}", nicks.join(" ")));
    let expected = format!("ada< :irc.example 303 ada :{}", nicks[..14].join(" "));
    assert_eq!(town.take_seen(), [expected]);
    town.send("ada", &format!("WHOIS {}", ["1"; 150].join(",")));
    let seen = town.take_seen();
    let expected =
        format!("ada< :irc.example 318 ada {} :End of /WHOIS list", ["1"; 150].join(","));
    assert_eq!(seen.last(), Some(&expected));
}

#[test]
fn an_auditorium_leads_nobody_to_those_who_do_not_want_to_be_found() {
    check(
        "+ada
        +bob
        +cy
        ada>> JOIN #a
        ada>> MODE #a +u
        bob>> MODE bob +i
        bob>> JOIN #a
        cy>> JOIN #a
        cy> WHO b*
        cy< :irc.example 315 cy b* :End of WHO list
        ada> WHO b*
        ada< :irc.example 352 ada #a ~bob 10.0.0.2 irc.example bob H :0 bob of Example
        ada< :irc.example 315 ada b* :End of WHO list
        bob> WHO b*
        bob< :irc.example 352 bob #a ~bob 10.0.0.2 irc.example bob H :0 bob of Example
        bob< :irc.example 315 bob b* :End of WHO list
        ",
    );
}
