//! What people note of themselves and of their channels (draft/metadata-2).

use crate::common::{Town, check};

#[test]
fn something_is_noted_got_and_cleared() {
    check(
        "+ada batch draft/metadata-2
        ada> METADATA * SET url :http://example.com
        ada< :irc.example 761 ada * url * :http://example.com
        ada> METADATA Ada SET display-name :
        ada< :irc.example 761 ada Ada display-name * :
        ada> METADATA * GET url nothing $bad
        ada< :irc.example BATCH +metadata metadata ada
        ada< @batch=metadata :irc.example 761 ada ada url * :http://example.com
        ada< @batch=metadata :irc.example 766 ada ada nothing :key not set
        ada< @batch=metadata :irc.example FAIL METADATA KEY_INVALID $bad :Invalid key
        ada< :irc.example BATCH -metadata
        ada> METADATA ada LIST
        ada< :irc.example BATCH +metadata metadata ada
        ada< @batch=metadata :irc.example 761 ada ada display-name * :
        ada< @batch=metadata :irc.example 761 ada ada url * :http://example.com
        ada< :irc.example BATCH -metadata
        ada> METADATA * SET url
        ada< :irc.example 766 ada * url :key not set
        ada> METADATA * SET url
        ada< :irc.example FAIL METADATA KEY_NOT_SET * url :Key not set
        ada> METADATA * CLEAR
        ada< :irc.example BATCH +metadata metadata ada
        ada< @batch=metadata :irc.example 761 ada ada display-name * :
        ada< :irc.example BATCH -metadata
        ada> METADATA * LIST
        ada< :irc.example BATCH +metadata metadata ada
        ada< :irc.example BATCH -metadata
        ",
    );
}

#[test]
fn who_asked_for_a_key_hears_of_it() {
    check(
        "+ada batch draft/metadata-2
        +bob batch draft/metadata-2
        +cy batch draft/metadata-2
        +dan
        ada>> METADATA * SET avatar :ada.png
        ada> METADATA * SUB avatar url
        ada< :irc.example 770 ada avatar url
        ada< :irc.example METADATA ada avatar * :ada.png
        bob> METADATA * SUB avatar
        bob< :irc.example 770 bob avatar
        cy> METADATA * SUB url
        cy< :irc.example 770 cy url
        ada>> JOIN #a
        cy>> JOIN #a
        dan>> JOIN #a
        ada> METADATA #a SET url :http://a.example
        ada< :irc.example 761 ada #a url * :http://a.example
        cy< :ada!~ada@10.0.0.1 METADATA #a url * :http://a.example
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada cy dan bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        bob< :irc.example BATCH +metadata metadata #a
        bob< @batch=metadata :irc.example METADATA ada avatar * :ada.png
        bob< :irc.example BATCH -metadata
        cy< :bob!~bob@10.0.0.2 JOIN #a
        dan< :bob!~bob@10.0.0.2 JOIN #a
        bob> METADATA * SET avatar :bob.png
        ada< :bob!~bob@10.0.0.2 METADATA bob avatar * :bob.png
        bob< :irc.example 761 bob * avatar * :bob.png
        bob> METADATA * SET avatar
        ada< :bob!~bob@10.0.0.2 METADATA bob avatar *
        bob< :irc.example 766 bob * avatar :key not set
        cy> METADATA * SUB avatar
        cy< :irc.example 770 cy avatar
        cy< :irc.example METADATA ada avatar * :ada.png
        cy> METADATA * SUBS
        cy< :irc.example BATCH +metadata metadata-subs
        cy< @batch=metadata :irc.example 772 cy avatar url
        cy< :irc.example BATCH -metadata
        cy> METADATA * UNSUB avatar avatar none
        cy< :irc.example 771 cy avatar avatar none
        cy> METADATA #a SYNC
        cy< :irc.example BATCH +metadata metadata #a
        cy< @batch=metadata :irc.example METADATA #a url * :http://a.example
        cy< :irc.example BATCH -metadata
        ada>> PART #a
        ada> METADATA * SET avatar :other.png
        ada< :irc.example 761 ada * avatar * :other.png
        ",
    );
}

#[test]
fn those_who_are_watched_for_are_heard_of() {
    check(
        "+ada batch draft/metadata-2
        +bob batch draft/metadata-2
        ada>> METADATA * SUB avatar
        bob>> METADATA * SET avatar :bob.png
        ada> MONITOR + bob,cy
        ada< :irc.example 730 ada :bob!~bob@10.0.0.2
        ada< :irc.example 731 ada :cy
        ada< :irc.example METADATA bob avatar * :bob.png
        bob> METADATA * SET avatar :bob2.png
        ada< :bob!~bob@10.0.0.2 METADATA bob avatar * :bob2.png
        bob< :irc.example 761 bob * avatar * :bob2.png
        bob>> NS REGISTER pw
        bob>> METADATA * SET avatar :of-the-account.png
        bob> NICK cy
        ada< :irc.example 731 * :bob
        ada< :irc.example 730 * :cy!~bob@10.0.0.2
        ada< :cy!~bob@10.0.0.2 METADATA cy avatar * :of-the-account.png
        bob< :bob!~bob@10.0.0.2 NICK cy
        bob>> MODE cy +i
        bob> METADATA * SET avatar :hidden.png
        bob< :irc.example 761 cy * avatar * :hidden.png
        ada> METADATA cy GET avatar
        ada< :irc.example FAIL METADATA INVALID_TARGET cy :Invalid target
        ",
    );
}

#[test]
fn only_operators_note_something_of_a_channel_and_nobody_of_others() {
    check(
        "+ada batch draft/metadata-2
        +bob batch draft/metadata-2
        +cy batch
        ada>> JOIN #a
        bob>> JOIN #a
        bob> METADATA #a SET url :mine
        bob< :irc.example FAIL METADATA KEY_NO_PERMISSION #a url :You do not have permission to do that
        bob> METADATA ada SET url :mine
        bob< :irc.example FAIL METADATA KEY_NO_PERMISSION ada url :You do not have permission to do that
        bob> METADATA ada CLEAR
        bob< :irc.example FAIL METADATA KEY_NO_PERMISSION ada * :You do not have permission to do that
        bob> METADATA nobody SET url :mine
        bob< :irc.example FAIL METADATA INVALID_TARGET nobody :Invalid target
        bob> METADATA #none LIST
        bob< :irc.example FAIL METADATA INVALID_TARGET #none :Invalid target
        bob> METADATA $a:user LIST
        bob< :irc.example FAIL METADATA INVALID_TARGET $a:user :Invalid target
        bob> METADATA ada SUB url
        bob< :irc.example FAIL METADATA INVALID_TARGET ada :One subscribes for oneself, as *
        bob> METADATA * destr0y
        bob< :irc.example FAIL METADATA SUBCOMMAND_INVALID destr0y :Invalid subcommand
        bob> METADATA * SET $url$ :x
        bob< :irc.example FAIL METADATA KEY_INVALID $url$ :Invalid key
        bob> METADATA * SUB foo $url bar
        bob< :irc.example FAIL METADATA KEY_INVALID $url :Invalid key
        bob< :irc.example 770 bob foo bar
        bob> METADATA * SET
        bob< :irc.example 461 bob METADATA :Not enough parameters
        bob> METADATA *
        bob< :irc.example 461 bob METADATA :Not enough parameters
        cy> METADATA * LIST
        cy< :irc.example 421 cy METADATA :Unknown command
        ",
    );
}

/// The channel is secret: nobody outside is told of it, nor by whom it is used.
#[test]
fn what_is_noted_of_what_is_hidden_is_hidden() {
    check(
        "+ada batch draft/metadata-2
        +bob batch draft/metadata-2
        bob>> METADATA * SUB url
        ada>> JOIN #a
        ada>> MODE #a +s
        ada>> METADATA #a SET url :secret
        bob> METADATA #a GET url
        bob< :irc.example FAIL METADATA INVALID_TARGET #a :Invalid target
        bob> METADATA #a SYNC
        bob< :irc.example FAIL METADATA INVALID_TARGET #a :Invalid target
        ada>> MODE #a -s
        bob> METADATA #a SYNC
        bob< :irc.example BATCH +metadata metadata #a
        bob< @batch=metadata :irc.example METADATA #a url * :secret
        bob< :irc.example BATCH -metadata
        ada>> MODE ada +i
        bob> METADATA ada LIST
        bob< :irc.example FAIL METADATA INVALID_TARGET ada :Invalid target
        ",
    );
}

#[test]
fn it_stays_with_the_account_and_goes_with_who_has_none() {
    check(
        "+ada batch draft/metadata-2
        +bob batch draft/metadata-2
        ada>> JOIN #a
        bob>> JOIN #a
        bob>> METADATA * SUB avatar
        ada>> METADATA * SET avatar :guest.png
        bob> PING :x
        bob< :irc.example PONG irc.example :x
        ada> NS REGISTER pw
        ada< :NickServ!NickServ@irc.example NOTICE ada :The account ada is yours
        ada< :irc.example 900 ada ada!~ada@10.0.0.1 ada :You are now logged in as ada
        bob< :ada!~ada@10.0.0.1 METADATA ada avatar *
        ada>> METADATA * SET avatar :ada.png
        ada>> QUIT
        ++ada2
        ada2> CAP REQ :batch draft/metadata-2 sasl
        ada2< :irc.example CAP * ACK :batch draft/metadata-2 sasl
        ada2>> AUTHENTICATE PLAIN
        ada2>> AUTHENTICATE AGFkYQBwdw==
        ada2>> NICK ada
        ada2>> USER ada 0 * :Ada
        ada2>> CAP END
        ada2> METADATA * LIST
        ada2< :irc.example BATCH +metadata metadata ada
        ada2< @batch=metadata :irc.example 761 ada ada avatar * :ada.png
        ada2< :irc.example BATCH -metadata
        ada2> JOIN #a
        bob< :ada!~ada@10.0.0.3 JOIN #a
        bob< :ada!~ada@10.0.0.3 METADATA ada avatar * :ada.png
        ada2< :ada!~ada@10.0.0.3 JOIN #a
        ada2< :irc.example 353 ada = #a :bob ada
        ada2< :irc.example 366 ada #a :End of /NAMES list
        ",
    );
}

#[test]
fn who_signs_on_is_told_what_is_noted_of_them() {
    let mut town = Town::new();
    let told = |town: &mut Town, name: &str| -> Vec<String> {
        town.send(name, "CAP REQ :batch draft/metadata-2 sasl");
        town.send(name, "AUTHENTICATE PLAIN");
        town.send(name, "AUTHENTICATE AGFkYQBwdw==");
        for line in ["NICK ada", "USER ada 0 * :Ada", "CAP END"] {
            town.send(name, line);
        }
        let seen = town.take_seen();
        let at = |word: &str| seen.iter().position(|line| line.contains(word));
        let begin = at("BATCH +metadata").expect("a batch");
        assert!(at(" 376 ").is_some_and(|end| end > begin), "before the end of the MOTD");
        let of_it = seen.iter().filter(|line| line.contains("metadata"));
        of_it.map(|line| line.split_once("< ").unwrap_or_default().1.to_owned()).collect()
    };
    town.sign_on("ada", "batch draft/metadata-2");
    town.send("ada", "NS REGISTER pw");
    town.send("ada", "QUIT");
    town.take_seen();
    town.connect("again");
    let empty = [":irc.example BATCH +metadata metadata ada", ":irc.example BATCH -metadata"];
    assert_eq!(told(&mut town, "again")[1..], empty);
    town.send("again", "METADATA * SET avatar :ada.png");
    town.send("again", "QUIT");
    town.take_seen();
    town.connect("third");
    assert_eq!(
        told(&mut town, "third")[1..],
        [
            ":irc.example BATCH +metadata metadata ada",
            "@batch=metadata :irc.example METADATA ada avatar * :ada.png",
            ":irc.example BATCH -metadata"
        ]
    );
}

#[test]
fn keys_values_subscriptions_and_changes_are_bounded() {
    let mut town = Town::new();
    town.sign_on("ada", "batch draft/metadata-2");
    let long = "x".repeat(256);
    town.send("ada", &format!("METADATA * SET key0 :{long}"));
    assert_eq!(town.take_seen(), [format!("ada< :irc.example 761 ada * key0 * :{long}")]);
    town.send("ada", &format!("METADATA * SET key0 :{long}x"));
    let refused = "ada< :irc.example FAIL METADATA VALUE_INVALID :The value is too long";
    assert_eq!(town.take_seen(), [refused]);
    for number in 1..32 {
        town.send("ada", &format!("METADATA * SET key{number} :x"));
    }
    assert_eq!(town.take_seen().len(), 31);
    town.send("ada", "METADATA * SET key32 :x");
    let refused = "ada< :irc.example FAIL METADATA LIMIT_REACHED * :Metadata limit reached";
    assert_eq!(town.take_seen(), [refused]);

    let keys = |range: std::ops::Range<usize>| -> String {
        range.map(|number| format!("k{number}")).collect::<Vec<_>>().join(" ")
    };
    for from in [0, 12, 24, 36] {
        town.send("ada", &format!("METADATA * SUB {}", keys(from..from + 12)));
    }
    town.take_seen();
    town.send("ada", &format!("METADATA * SUB {}", keys(48..54)));
    assert_eq!(
        town.take_seen(),
        [
            "ada< :irc.example 770 ada k48 k49",
            "ada< :irc.example FAIL METADATA TOO_MANY_SUBS k50 :Too many subscriptions",
        ]
    );
    town.send("ada", "METADATA * SUBS");
    assert_eq!(town.take_seen().len(), 2 + 50usize.div_ceil(14));

    for number in 0..32 {
        town.send("ada", &format!("METADATA * SET key{number} :y"));
    }
    town.take_seen();
    town.send("ada", "METADATA * SET key1 :z");
    let refused = "ada< :irc.example FAIL METADATA RATE_LIMITED * key1 1 :Too many changes";
    assert_eq!(town.take_seen(), [refused]);
    town.play("~1000");
    town.send("ada", "METADATA * SET key1 :z");
    assert_eq!(town.take_seen(), ["ada< :irc.example 761 ada * key1 * :z"]);
}

#[test]
fn whom_an_auditorium_hides_is_not_told_of_there() {
    check(
        "+ada batch draft/metadata-2
        +bob batch draft/metadata-2
        +cy batch draft/metadata-2
        ada>> JOIN #a
        ada>> MODE #a +u
        ada>> METADATA * SUB url
        bob>> METADATA * SUB url
        cy>> METADATA * SUB url
        bob>> JOIN #a
        cy>> METADATA * SET url :http://cy.example
        cy> JOIN #a
        ada< :cy!~cy@10.0.0.3 JOIN #a
        ada< :cy!~cy@10.0.0.3 METADATA cy url * :http://cy.example
        cy< :cy!~cy@10.0.0.3 JOIN #a
        cy< :irc.example 353 cy = #a :@ada cy
        cy< :irc.example 366 cy #a :End of /NAMES list
        cy< :irc.example BATCH +metadata metadata #a
        cy< @batch=metadata :irc.example METADATA cy url * :http://cy.example
        cy< :irc.example BATCH -metadata
        bob> METADATA #a SYNC
        bob< :irc.example BATCH +metadata metadata #a
        bob< :irc.example BATCH -metadata
        cy> METADATA * SET url :http://cyrus.example
        ada< :cy!~cy@10.0.0.3 METADATA cy url * :http://cyrus.example
        cy< :irc.example 761 cy * url * :http://cyrus.example
        bob> METADATA * UNSUB url
        bob< :irc.example 771 bob url
        bob> METADATA * SUB url
        bob< :irc.example 770 bob url
        ",
    );
}
