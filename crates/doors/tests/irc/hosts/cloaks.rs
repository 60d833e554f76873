//! Others see a cloak instead of an address.

use crate::common::{Town, check_in};
use parlor_doors::Cloaks;

/// A town in which addresses are hidden, by a digest that can be read: `ada` is at 10.0.0.1, and so on.
fn cloaked() -> Town {
    let digest = |bytes: &[u8]| {
        let mut digest = [0; 32];
        // The last byte is the width of the network.
        let (width, network) = bytes.split_last().expect("a network");
        digest[..4].copy_from_slice(&network[..4]);
        digest[4] = *width;
        digest
    };
    Town::with(|facts| facts.cloaks = Some(Cloaks::new(digest)))
}

#[test]
fn others_see_a_cloak_and_nothing_else() {
    check_in(
        cloaked(),
        "+ada
        +bob userhost-in-names draft/whoami
        ada>> JOIN #a
        bob>> JOIN #a
        bob>> TOPIC #a :cats
        ada> WHOIS bob
        ada< :irc.example 311 ada bob ~bob biaaaara.biaaaaay.biaaaaaq.ip * :bob of Example
        ada< :irc.example 319 ada bob :#a
        ada< :irc.example 312 ada bob irc.example :a Parlor server
        ada< :irc.example 317 ada bob 0 1795363270 :seconds idle, signon time
        ada< :irc.example 318 ada bob :End of /WHOIS list
        ada> WHO bob %inh
        ada< :irc.example 354 ada 255.255.255.255 biaaaara.biaaaaay.biaaaaaq.ip bob
        ada< :irc.example 315 ada bob :End of WHO list
        ada> USERHOST bob
        ada< :irc.example 302 ada :bob=+~bob@biaaaara.biaaaaay.biaaaaaq.ip
        ada> WHO *!*@10.0.0.2
        ada< :irc.example 315 ada *!*@10.0.0.2 :End of WHO list
        bob> QUIT
        ada< :bob!~bob@biaaaara.biaaaaay.biaaaaaq.ip QUIT :Quit
        bob< ERROR :Closing link: Quit
        ada> WHOWAS bob
        ada< :irc.example 314 ada bob ~bob biaaaara.biaaaaay.biaaaaaq.ip * :bob of Example
        ada< :irc.example 312 ada bob irc.example :Sun Nov 22 2026 at 16:01:10 UTC
        ada< :irc.example 369 ada bob :End of WHOWAS
        ",
    );
}

#[test]
fn oneself_and_operators_are_told_the_address() {
    check_in(
        cloaked(),
        "+ada
        +bob
        bob> WHOIS bob
        bob< :irc.example 311 bob bob ~bob biaaaara.biaaaaay.biaaaaaq.ip * :bob of Example
        bob< :irc.example 312 bob bob irc.example :a Parlor server
        bob< :irc.example 338 bob bob ~bob@10.0.0.2 10.0.0.2 :Is actually using host
        bob< :irc.example 379 bob bob :is using modes +
        bob< :irc.example 317 bob bob 0 1795363270 :seconds idle, signon time
        bob< :irc.example 318 bob bob :End of /WHOIS list
        ada>> OPER admin secret
        ada> WHOIS bob
        ada< :irc.example 311 ada bob ~bob biaaaara.biaaaaay.biaaaaaq.ip * :bob of Example
        ada< :irc.example 312 ada bob irc.example :a Parlor server
        ada< :irc.example 338 ada bob ~bob@10.0.0.2 10.0.0.2 :Is actually using host
        ada< :irc.example 379 ada bob :is using modes +
        ada< :irc.example 317 ada bob 0 1795363270 :seconds idle, signon time
        ada< :irc.example 318 ada bob :End of /WHOIS list
        ada> WHO *!*@10.0.0.2 %inh
        ada< :irc.example 354 ada 10.0.0.2 biaaaara.biaaaaay.biaaaaaq.ip bob
        ada< :irc.example 315 ada *!*@10.0.0.2 :End of WHO list
        ",
    );
}

#[test]
fn bans_hold_by_what_is_shown_and_by_what_is_behind_it() {
    for mask in ["*!*@biaaaara.*", "*!*@*.biaaaaay.biaaaaaq.ip", "*!*@10.0.0.*"] {
        check_in(
            cloaked(),
            &format!(
                "+ada
                +bob
                ada>> JOIN #a
                ada>> MODE #a +b {mask}
                bob> JOIN #a
                bob< :irc.example 474 bob #a :Cannot join channel (+b)
                "
            ),
        );
    }
    for mask in ["*!*@yaaaebza.*", "*!*@*.yaaaeaay.yaaaaaaq.ip", "*!*@192.0.2.*"] {
        check_in(
            cloaked(),
            &format!(
                "+ada
                ++bob GATEWAY
                ada>> OPER admin secret
                ada>> KLINE {mask} :away with you
                bob>> WEBIRC secret kiwi home.example.net 192.0.2.7
                bob>> NICK bob
                bob> USER bob 0 * :Bob
                bob< :irc.example 465 bob :You are banned from this server: away with you
                bob< ERROR :Closing link: You are banned from this server: away with you
                "
            ),
        );
    }
}

#[test]
fn a_name_that_a_gateway_gives_is_hidden_as_well_and_operators_see_the_gateway() {
    check_in(
        cloaked(),
        "+ada
        ++bob GATEWAY
        bob>> WEBIRC secret kiwi home.example.net 192.0.2.7
        bob>> NICK bob
        bob> USER bob 0 * :Bob
        bob< :irc.example 001 bob :Welcome to the Example Network, bob!~bob@yaaaebza.yaaaeaay.yaaaaaaq.ip
        ada>> OPER admin secret
        ada> WHOIS bob
        ada< :irc.example 311 ada bob ~bob yaaaebza.yaaaeaay.yaaaaaaq.ip * :Bob
        ada< :irc.example 312 ada bob irc.example :a Parlor server
        ada< :irc.example 338 ada bob ~bob@home.example.net 192.0.2.7 :Is actually using host
        ada< :irc.example 350 ada bob home.example.net 192.0.2.7 :is connected via the gateway kiwi
        ada< :irc.example 379 ada bob :is using modes +
        ada< :irc.example 317 ada bob 0 1795363270 :seconds idle, signon time
        ada< :irc.example 318 ada bob :End of /WHOIS list
        ada> DLINE ANDKILL 192.0.2.0/24 :out
        ada< :irc.example NOTICE * :*** ada banned 192.0.2.0/24 for ever: out; 1 left
        bob< ERROR :Closing link: You are banned from this server: out
        ",
    );
}
