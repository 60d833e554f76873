//! Another real name without a new connection.

use crate::common::{Town, check};

#[test]
fn neighbours_who_understand_hear_it_once_and_all_others_nothing() {
    check(
        "+ada setname
        +bob setname extended-join
        +cy
        +dan setname
        ada>> JOIN #a,#b
        bob>> JOIN #a,#b
        cy>> JOIN #a
        ada> SETNAME :Ada Lovelace
        ada< :ada!~ada@10.0.0.1 SETNAME :Ada Lovelace
        bob< :ada!~ada@10.0.0.1 SETNAME :Ada Lovelace
        cy> SETNAME :Cy Twombly
        ada< :cy!~cy@10.0.0.3 SETNAME :Cy Twombly
        bob< :cy!~cy@10.0.0.3 SETNAME :Cy Twombly
        cy>> PART #a
        cy> JOIN #a
        ada< :cy!~cy@10.0.0.3 JOIN #a
        bob< :cy!~cy@10.0.0.3 JOIN #a * :Cy Twombly
        cy< :cy!~cy@10.0.0.3 JOIN #a
        cy< :irc.example 353 cy = #a :@ada bob cy
        cy< :irc.example 366 cy #a :End of /NAMES list
        dan> WHO ada
        dan< :irc.example 352 dan #a ~ada 10.0.0.1 irc.example ada H@ :0 Ada Lovelace
        dan< :irc.example 315 dan ada :End of WHO list
        ",
    );
}

#[test]
fn what_is_no_real_name_is_refused() {
    check(
        "+ada setname batch labeled-response
        ada> SETNAME
        ada< :irc.example 461 ada SETNAME :Not enough parameters
        ada> SETNAME :
        ada< :irc.example FAIL SETNAME INVALID_REALNAME :Realname is not valid
        ada> @label=x SETNAME :Ada
        ada< @label=x :ada!~ada@10.0.0.1 SETNAME :Ada
        ",
    );
    let mut town = Town::new();
    town.sign_on("ada", "setname");
    town.send("ada", &format!("SETNAME :{}", "x".repeat(151)));
    let refused = "ada< :irc.example FAIL SETNAME INVALID_REALNAME :Realname is not valid";
    assert_eq!(town.take_seen(), [refused]);
    let longest = "x".repeat(150);
    town.send("ada", &format!("SETNAME :{longest}"));
    assert_eq!(town.take_seen(), [format!("ada< :ada!~ada@10.0.0.1 SETNAME :{longest}")]);
}
