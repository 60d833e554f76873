//! METADATA before the sign-on (draft/metadata-2, `before-connect`).

use crate::common::{Town, check};

#[test]
fn what_is_noted_before_the_sign_on_comes_with_it() {
    check(
        "+bob batch draft/metadata-2
        bob>> METADATA * SUB avatar
        bob>> MONITOR + ada
        ++ada
        ada>> CAP LS 302
        ada> METADATA * SET avatar :ada.png
        ada< :irc.example 451 * :You have not registered
        ada>> CAP REQ :batch draft/metadata-2
        ada> METADATA * SET avatar :ada.png
        ada< :irc.example 761 * * avatar * :ada.png
        ada> METADATA * SET url :http://a.example
        ada< :irc.example 761 * * url * :http://a.example
        ada> METADATA * SET url
        ada< :irc.example 766 * * url :key not set
        ada> METADATA * SUB avatar url $bad
        ada< :irc.example FAIL METADATA KEY_INVALID $bad :Invalid key
        ada< :irc.example 770 * avatar url
        ada> METADATA * UNSUB url
        ada< :irc.example 771 * url
        ada> METADATA * SUBS
        ada< :irc.example BATCH +metadata metadata-subs
        ada< @batch=metadata :irc.example 772 * avatar
        ada< :irc.example BATCH -metadata
        ada> METADATA * GET avatar url
        ada< :irc.example BATCH +metadata metadata *
        ada< @batch=metadata :irc.example 761 * * avatar * :ada.png
        ada< @batch=metadata :irc.example 766 * * url :key not set
        ada< :irc.example BATCH -metadata
        ada> METADATA * SYNC
        ada< :irc.example BATCH +metadata metadata *
        ada< @batch=metadata :irc.example METADATA * avatar * :ada.png
        ada< :irc.example BATCH -metadata
        ada>> NICK ada
        ada>> USER ada 0 * :Ada
        ada> CAP END
        bob< :irc.example 730 * :ada!~ada@10.0.0.2
        bob< :ada!~ada@10.0.0.2 METADATA ada avatar * :ada.png
        ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.2
        ada> METADATA * SUBS
        ada< :irc.example BATCH +metadata metadata-subs
        ada< @batch=metadata :irc.example 772 ada avatar
        ada< :irc.example BATCH -metadata
        bob> METADATA ada GET avatar
        bob< :irc.example BATCH +metadata metadata ada
        bob< @batch=metadata :irc.example 761 bob ada avatar * :ada.png
        bob< :irc.example BATCH -metadata
        ",
    );
}

#[test]
fn before_the_sign_on_there_is_nobody_else() {
    check(
        "++ada
        ada>> CAP REQ :batch draft/metadata-2 labeled-response
        ada>> NICK ada
        ada> METADATA ada SET avatar :x
        ada< :irc.example FAIL METADATA INVALID_TARGET ada :Invalid target
        ada> METADATA #lobby SET avatar :x
        ada< :irc.example FAIL METADATA INVALID_TARGET #lobby :Invalid target
        ada> @label=1 METADATA * SET avatar
        ada< @label=1 :irc.example FAIL METADATA KEY_NOT_SET * avatar :Key not set
        ada> METADATA * SET Avatar :x
        ada< :irc.example FAIL METADATA KEY_INVALID Avatar :Invalid key
        ada> METADATA * destr0y
        ada< :irc.example FAIL METADATA SUBCOMMAND_INVALID destr0y :Invalid subcommand
        ada>> METADATA * SET avatar :x
        ada> METADATA * CLEAR
        ada< :irc.example BATCH +metadata metadata *
        ada< @batch=metadata :irc.example 761 * * avatar * :x
        ada< :irc.example BATCH -metadata
        ada> METADATA * LIST
        ada< :irc.example BATCH +metadata metadata *
        ada< :irc.example BATCH -metadata
        ",
    );
}

#[test]
fn another_connection_notes_for_all_and_is_told_what_it_hears_of() {
    check(
        "+ada batch draft/metadata-2
        +bob batch draft/metadata-2
        ada>> REGISTER * * pw
        ada>> JOIN #a
        bob>> JOIN #a
        bob>> METADATA * SET url :http://b.example
        bob>> METADATA * SUB avatar
        ++phone
        phone>> CAP REQ :batch draft/metadata-2
        phone>> METADATA * SET avatar :ada.png
        phone>> METADATA * SUB url
        phone>> PASS ada:pw
        phone>> NICK ada
        phone>> USER ada 0 * :Ada
        phone> CAP END
        bob< :ada!~ada@10.0.0.1 METADATA ada avatar * :ada.png
        phone< :irc.example 900 * ada!~ada@10.0.0.3 ada :You are now logged in as ada
        phone< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        phone< :ada!~ada@10.0.0.1 JOIN #a
        phone< :irc.example 353 ada = #a :@ada bob
        phone< :irc.example 366 ada #a :End of /NAMES list
        phone< :irc.example METADATA bob url * :http://b.example
        ",
    );
}

#[test]
fn it_is_bounded() {
    let mut town = Town::new();
    town.connect("ada");
    town.send("ada", "CAP REQ :batch draft/metadata-2");
    let count = |town: &mut Town, lines: std::ops::Range<usize>, line: &dyn Fn(usize) -> String| {
        town.take_seen();
        for number in lines {
            town.send("ada", &line(number));
        }
        town.take_seen()
    };
    let seen = count(&mut town, 0..33, &|number| format!("METADATA * SET key{number} :x"));
    assert_eq!(seen.len(), 33);
    let refused = "ada< :irc.example FAIL METADATA LIMIT_REACHED * :Metadata limit reached";
    assert_eq!(seen[32], refused);
    let seen = count(&mut town, 0..51, &|number| format!("METADATA * SUB key{number}"));
    let refused = "ada< :irc.example FAIL METADATA TOO_MANY_SUBS key50 :Too many subscriptions";
    assert_eq!((seen.len(), &*seen[50]), (51, refused));
    for line in ["NICK ada", "USER ada 0 * :Ada", "CAP END"] {
        town.send("ada", line);
    }
    let told = town.take_seen();
    let noted = told.iter().filter(|line| line.contains(" METADATA ada key"));
    assert_eq!(noted.count(), 32);
}

#[test]
fn what_an_account_has_no_room_for_is_refused_behind_the_sign_on() {
    let mut town = Town::new();
    town.sign_on("ada", "batch draft/metadata-2");
    town.send("ada", "REGISTER * * pw");
    for number in 0..31 {
        town.send("ada", &format!("METADATA * SET key{number} :old"));
    }
    town.connect("phone");
    for line in [
        "CAP REQ :batch draft/metadata-2",
        "METADATA * SET key0 :new",
        "METADATA * SET other :fits",
        "METADATA * SET over :does not",
        "PASS ada:pw\r\nNICK ada\r\nUSER ada 0 * :Ada",
    ] {
        town.send("phone", line);
    }
    town.take_seen();
    town.send("phone", "CAP END");
    let seen = town.take_seen();
    let told = |line: &str| seen.iter().filter(|seen| seen.ends_with(line)).count();
    assert_eq!(told("METADATA ada key0 * :new"), 1);
    assert_eq!(told("METADATA ada key1 * :old"), 1);
    assert_eq!(told("METADATA ada other * :fits"), 1);
    assert_eq!(told("FAIL METADATA LIMIT_REACHED * :Metadata limit reached"), 1);
    assert_eq!(seen.iter().filter(|line| line.contains("over")).count(), 0);
}
