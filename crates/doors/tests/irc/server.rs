//! The server itself, and its operators.

use crate::common::{Town, check, check_in};

#[test]
fn the_server_tells_about_itself() {
    check(
        "+ada
        ada> VERSION irc.example
        ada< :irc.example 351 ada parlor-0.1.0 irc.example :a Parlor server
        ada< :irc.example 005 ada ACCOUNTEXTBAN=a AWAYLEN=300 BOT=B CASEMAPPING=ascii CHANLIMIT=#:100 CHANMODES=beI,k,lJf,CEKMNQRSTUVcimnrstuz CHANNELLEN=64 CHANTYPES=# CHATHISTORY=1000 ELIST=CMNTU EXCEPTS=e EXTBAN=$,amrz HOSTLEN=63 :are supported by this server
        ada< :irc.example 005 ada INVEX=I KEYLEN=23 KICKLEN=300 KNOCK MAXLIST=beI:100 MAXTARGETS=10 MODES=12 MONITOR=100 MSGREFTYPES=msgid,timestamp NAMELEN=150 NETWORK=Example NICKLEN=32 PREFIX=(qaohv)~&@%+ :are supported by this server
        ada< :irc.example 005 ada SAFELIST STATUSMSG=~&@%+ TARGMAX=KICK:10,NAMES:10,NOTICE:10,PART:10,PRIVMSG:10,TAGMSG:10,WHOIS:10,WHOWAS:10,JOIN:,LIST:,ISON:,MONITOR:,USERHOST:5 TOPICLEN=390 USERLEN=16 UTF8ONLY WHOX :are supported by this server
        ada> VERSION elsewhere
        ada< :irc.example 402 ada elsewhere :No such server
        ada> TIME
        ada< :irc.example 391 ada irc.example :Sun Nov 22 2026 at 16:01:10 UTC
        ada> INFO
        ada< :irc.example 371 ada :parlor-0.1.0
        ada< :irc.example 371 ada :a Parlor server
        ada< :irc.example 371 ada :Started Sun Nov 22 2026 at 16:01:10 UTC
        ada< :irc.example 374 ada :End of INFO list
        ada> ADMIN
        ada< :irc.example 256 ada irc.example :Administrative info
        ada< :irc.example 257 ada :Example
        ada< :irc.example 258 ada :a Parlor server
        ada< :irc.example 259 ada :admin@example
        ada> MOTD
        ada< :irc.example 375 ada :- irc.example Message of the day -
        ada< :irc.example 372 ada :- Be kind.
        ada< :irc.example 376 ada :End of /MOTD command.
        ada> LUSERS
        ada< :irc.example 251 ada :There are 1 users and 0 invisible on 1 servers
        ada< :irc.example 252 ada 0 :operator(s) online
        ada< :irc.example 254 ada 1 :channels formed
        ada< :irc.example 255 ada :I have 1 clients and 0 servers
        ada< :irc.example 265 ada 1 1 :Current local users 1, max 1
        ada< :irc.example 266 ada 1 1 :Current global users 1, max 1
        ada> LINKS
        ada< :irc.example 364 ada irc.example irc.example :0 a Parlor server
        ada< :irc.example 365 ada * :End of /LINKS list
        ",
    );
}

#[test]
fn without_a_message_of_the_day_that_is_said() {
    check_in(
        Town::with(|facts| facts.motd.clear()),
        "+ada
        ada> MOTD
        ada< :irc.example 422 ada :There is no message of the day
        ",
    );
}

#[test]
fn help_without_a_word_names_every_command_that_has_a_page() {
    let mut town = Town::new();
    town.sign_on("ada", "");
    town.send("ada", "HELP");
    let told = town.take_seen();
    let words = "ada< :irc.example 704 ada * :The commands: HELP <command> tells more";
    assert_eq!(told.first().map(String::as_str), Some(words));
    assert_eq!(told.last().map(String::as_str), Some("ada< :irc.example 706 ada * :End of /HELP"));
    let names: Vec<&str> = told[2..told.len() - 1]
        .iter()
        .flat_map(|line| line.split_once("705 ada * :").expect("a line of help").1.split(' '))
        .collect();
    assert!(names.is_sorted() && names.len() > 30, "{names:?}");
    for name in names {
        town.send("ada", &format!("HELP {name}"));
        let page = town.take_seen();
        assert!(page[0].starts_with(&format!("ada< :irc.example 704 ada {name} :")), "{page:?}");
    }
}

#[test]
fn help_is_given() {
    check(
        "+ada
        ada> HELP join
        ada< :irc.example 704 ada JOIN :JOIN <#channel>[,#channel]… [key][,key]…
        ada< :irc.example 705 ada JOIN :
        ada< :irc.example 705 ada JOIN :Comes into channels. JOIN 0 leaves them all.
        ada< :irc.example 706 ada JOIN :End of /HELP
        ada> HELPOP time
        ada< :irc.example 704 ada TIME :TIME
        ada< :irc.example 705 ada TIME :
        ada< :irc.example 705 ada TIME :The server's time.
        ada< :irc.example 706 ada TIME :End of /HELP
        ada> HELP nonsense
        ada< :irc.example 524 ada nonsense :No help available on this topic
        ada> HELP :how does this work
        ada< :irc.example 524 ada * :No help available on this topic
        ",
    );
}

#[test]
fn operators_see_statistics() {
    check_in(
        Town::with(|facts| facts.started_at -= 93_784_000),
        "+ada
        ada> STATS
        ada< :irc.example 461 ada STATS :Not enough parameters
        ada> STATS u
        ada< :irc.example 481 ada :Permission Denied- You're not an IRC operator
        ada< :irc.example 219 ada u :End of /STATS report
        ada> STATS z
        ada< :irc.example 219 ada z :End of /STATS report
        ada>> OPER admin secret
        ada> STATS u irc.example
        ada< :irc.example 242 ada :Server Up 1 days 2:03:04
        ada< :irc.example 219 ada u :End of /STATS report
        ada> STATS o
        ada< :irc.example 243 ada O * * admin kill,ban,rehash,sa,see
        ada< :irc.example 219 ada o :End of /STATS report
        ada> STATS u elsewhere
        ada< :irc.example 402 ada elsewhere :No such server
        ",
    );
}

#[test]
fn operators_end_connections_and_speak_to_all() {
    check(
        "+ada
        +bob
        +cy
        bob> MODE bob +w
        bob< :bob MODE bob +w
        ada> WALLOPS :hello
        ada< :irc.example 481 ada :Permission Denied- You're not an IRC operator
        ada> KILL cy :flooding
        ada< :irc.example 481 ada :Permission Denied- You're not an IRC operator
        ada>> OPER admin secret
        ada> WALLOPS :hello
        bob< :ada!~ada@10.0.0.1 WALLOPS :hello
        ada> WALLOPS
        ada< :irc.example 461 ada WALLOPS :Not enough parameters
        ada> KILL nobody :flooding
        ada< :irc.example 401 ada nobody :No such nick/channel
        cy>> JOIN #a
        bob>> JOIN #a
        ada> KILL cy :flooding
        ada< :irc.example NOTICE * :*** ada killed cy: flooding
        bob< :cy!~cy@10.0.0.3 QUIT :Killed (ada (flooding))
        cy< :ada!~ada@10.0.0.1 KILL cy :flooding
        cy< ERROR :Closing link: Killed (ada (flooding))
        ada> REHASH
        ada< :irc.example 382 ada parlor.toml :Rehashing
        ada< :irc.example NOTICE * :*** ada has the configuration read again
        ",
    );
}

#[test]
fn what_is_asked_of_somebody_elses_server_is_asked_of_this_one() {
    check(
        "+ada
        +bob
        ada> TIME bob
        ada< :irc.example 391 ada irc.example :Sun Nov 22 2026 at 16:01:10 UTC
        ada> TIME irc.*
        ada< :irc.example 391 ada irc.example :Sun Nov 22 2026 at 16:01:10 UTC
        ada> TIME nobody
        ada< :irc.example 402 ada nobody :No such server
        ada> ADMIN other.example
        ada< :irc.example 402 ada other.example :No such server
        ada> ADMIN bob
        ada< :irc.example 256 ada irc.example :Administrative info
        ada< :irc.example 257 ada :Example
        ada< :irc.example 258 ada :a Parlor server
        ada< :irc.example 259 ada :admin@example
        ada> INFO bob
        ada< :irc.example 371 ada :parlor-0.1.0
        ada< :irc.example 371 ada :a Parlor server
        ada< :irc.example 371 ada :Started Sun Nov 22 2026 at 16:01:10 UTC
        ada< :irc.example 374 ada :End of INFO list
        ada> MOTD bob
        ada< :irc.example 375 ada :- irc.example Message of the day -
        ada< :irc.example 372 ada :- Be kind.
        ada< :irc.example 376 ada :End of /MOTD command.
        ada> WHOIS bob bob
        ada< :irc.example 311 ada bob ~bob 10.0.0.2 * :bob of Example
        ada< :irc.example 312 ada bob irc.example :a Parlor server
        ada< :irc.example 317 ada bob 0 1795363270 :seconds idle, signon time
        ada< :irc.example 318 ada bob :End of /WHOIS list
        ada> WHOIS nobody bob
        ada< :irc.example 402 ada nobody :No such server
        ada< :irc.example 318 ada bob :End of /WHOIS list
        ",
    );
}

#[test]
fn there_is_one_server_on_the_map_and_nobody_is_summoned() {
    check(
        "+ada
        ada> MAP
        ada< :irc.example 006 ada :irc.example (0 here)
        ada< :irc.example 007 ada :End of /MAP
        ada> USERS
        ada< :irc.example 446 ada :USERS has been disabled
        ada> SUMMON bob
        ada< :irc.example 445 ada :SUMMON has been disabled
        ",
    );
}

#[test]
fn connections_of_nobody_yet_are_counted() {
    check(
        "+ada
        ++bob
        ada> LUSERS
        ada< :irc.example 251 ada :There are 1 users and 0 invisible on 1 servers
        ada< :irc.example 252 ada 0 :operator(s) online
        ada< :irc.example 253 ada 1 :unknown connection(s)
        ada< :irc.example 254 ada 1 :channels formed
        ada< :irc.example 255 ada :I have 1 clients and 0 servers
        ada< :irc.example 265 ada 1 1 :Current local users 1, max 1
        ada< :irc.example 266 ada 1 1 :Current global users 1, max 1
        ",
    );
}
