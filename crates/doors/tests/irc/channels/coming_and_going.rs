//! Channels: coming, going, and what they are about.

use crate::common::{Town, check};

#[test]
fn coming_in_is_told_with_topic_and_names() {
    check(
        "+ada
        +bob
        ada> JOIN #tea
        ada< :ada!~ada@10.0.0.1 JOIN #tea
        ada< :irc.example 353 ada = #tea :@ada
        ada< :irc.example 366 ada #tea :End of /NAMES list
        ada> TOPIC #tea :about tea
        ada< :ada!~ada@10.0.0.1 TOPIC #tea :about tea
        bob> JOIN #TEA
        ada< :bob!~bob@10.0.0.2 JOIN #tea
        bob< :bob!~bob@10.0.0.2 JOIN #tea
        bob< :irc.example 332 bob #tea :about tea
        bob< :irc.example 333 bob #tea ada!~ada@10.0.0.1 1795363270
        bob< :irc.example 353 bob = #tea :@ada bob
        bob< :irc.example 366 bob #tea :End of /NAMES list
        bob> JOIN #tea
        ",
    );
}

#[test]
fn names_are_told_as_the_client_can_read_them() {
    check(
        "+ada
        +bob multi-prefix userhost-in-names
        +cy extended-join account-tag server-time
        ada> JOIN #a
        ada< :ada!~ada@10.0.0.1 JOIN #a
        ada< :irc.example 353 ada = #a :@ada
        ada< :irc.example 366 ada #a :End of /NAMES list
        ada> MODE #a +v ada
        ada< :ada!~ada@10.0.0.1 MODE #a +v ada
        cy> JOIN #a
        ada< :cy!~cy@10.0.0.3 JOIN #a
        cy< @time=2026-11-22T16:01:10.000Z :cy!~cy@10.0.0.3 JOIN #a * :cy of Example
        cy< :irc.example 353 cy = #a :@ada cy
        cy< :irc.example 366 cy #a :End of /NAMES list
        bob> NS REGISTER pw
        bob< :NickServ!NickServ@irc.example NOTICE bob :The account bob is yours
        bob< :irc.example 900 bob bob!~bob@10.0.0.2 bob :You are now logged in as bob
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@+ada!~ada@10.0.0.1 cy!~cy@10.0.0.3 bob!~bob@10.0.0.2
        bob< :irc.example 366 bob #a :End of /NAMES list
        cy< @time=2026-11-22T16:01:10.000Z;account=bob :bob!~bob@10.0.0.2 JOIN #a bob :bob of Example
        ada> NAMES #a
        ada< :irc.example 353 ada = #a :@ada cy bob
        ada< :irc.example 366 ada #a :End of /NAMES list
        ada> NAMES #nowhere,bad,#a
        ada< :irc.example 366 ada #nowhere :End of /NAMES list
        ada< :irc.example 366 ada bad :End of /NAMES list
        ada< :irc.example 353 ada = #a :@ada cy bob
        ada< :irc.example 366 ada #a :End of /NAMES list
        ada> NAMES
        ada< :irc.example 366 ada * :End of /NAMES list
        ",
    );
}

#[test]
fn a_secret_channel_is_known_to_its_members() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        ada> MODE #a +s
        ada< :ada!~ada@10.0.0.1 MODE #a +s
        bob> NAMES #a
        bob< :irc.example 366 bob #a :End of /NAMES list
        bob> LIST
        bob< :irc.example 321 bob Channel :Users  Name
        bob< :irc.example 322 bob #lobby 0 :
        bob< :irc.example 323 bob :End of /LIST
        bob> TOPIC #a
        bob< :irc.example 403 bob #a :No such channel
        bob> MODE #a
        bob< :irc.example 403 bob #a :No such channel
        bob> MODE #a +i
        bob< :irc.example 403 bob #a :No such channel
        ada> NAMES #a
        ada< :irc.example 353 ada @ #a :@ada
        ada< :irc.example 366 ada #a :End of /NAMES list
        ada> LIST #a
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #a 1 :
        ada< :irc.example 323 ada :End of /LIST
        ",
    );
}

#[test]
fn who_may_not_come_in_is_told_why() {
    check(
        "+ada
        +bob
        ada>> JOIN #key,#full,#invited,#banned
        ada>> MODE #key +k sesame
        ada>> MODE #full +l 1
        ada>> MODE #invited +i
        ada>> MODE #banned +b bob
        bob> JOIN #key,#full,#invited,#banned,nonsense,# wrong
        bob< :irc.example 475 bob #key :Cannot join channel (+k)
        bob< :irc.example 471 bob #full :Cannot join channel (+l)
        bob< :irc.example 473 bob #invited :Cannot join channel (+i)
        bob< :irc.example 474 bob #banned :Cannot join channel (+b)
        bob< :irc.example 403 bob nonsense :No such channel
        bob< :irc.example 403 bob # :No such channel
        bob> JOIN #key,#other sesame,ignored
        ada< :bob!~bob@10.0.0.2 JOIN #key
        bob< :bob!~bob@10.0.0.2 JOIN #key
        bob< :irc.example 353 bob = #key :@ada bob
        bob< :irc.example 366 bob #key :End of /NAMES list
        bob< :bob!~bob@10.0.0.2 JOIN #other
        bob< :irc.example 353 bob = #other :@bob
        bob< :irc.example 366 bob #other :End of /NAMES list
        ada> INVITE bob #invited
        ada< :irc.example 341 ada bob #invited
        bob< :ada!~ada@10.0.0.1 INVITE bob #invited
        bob> JOIN #invited
        ada< :bob!~bob@10.0.0.2 JOIN #invited
        bob< :bob!~bob@10.0.0.2 JOIN #invited
        bob< :irc.example 353 bob = #invited :@ada bob
        bob< :irc.example 366 bob #invited :End of /NAMES list
        bob> JOIN
        bob< :irc.example 461 bob JOIN :Not enough parameters
        bob> JOIN :
        bob< :irc.example 461 bob JOIN :Not enough parameters
        bob> JOIN 0
        ada< :bob!~bob@10.0.0.2 PART #key
        ada< :bob!~bob@10.0.0.2 PART #invited
        bob< :bob!~bob@10.0.0.2 PART #key
        bob< :bob!~bob@10.0.0.2 PART #other
        bob< :bob!~bob@10.0.0.2 PART #invited
        ",
    );
}

#[test]
fn leaving_is_told_with_its_reason() {
    check(
        "+ada
        +bob
        ada>> JOIN #a,#b
        bob>> JOIN #a
        bob> PART #a :see you
        ada< :bob!~bob@10.0.0.2 PART #a :see you
        bob< :bob!~bob@10.0.0.2 PART #a :see you
        ada> PART #a,#b,#c,nonsense
        ada< :irc.example 403 ada nonsense :No such channel
        ada< :ada!~ada@10.0.0.1 PART #a
        ada< :ada!~ada@10.0.0.1 PART #b
        ada< :irc.example 403 ada #c :No such channel
        ada> PART #b
        ada< :irc.example 403 ada #b :No such channel
        ada> PART
        ada< :irc.example 461 ada PART :Not enough parameters
        bob> PART #1,#2,#3,#4,#5,#6,#7,#8,#9,#10,#11,#12
        bob< :irc.example 407 bob #11 :Too many targets
        bob< :irc.example 403 bob #1 :No such channel
        bob< :irc.example 403 bob #2 :No such channel
        bob< :irc.example 403 bob #3 :No such channel
        bob< :irc.example 403 bob #4 :No such channel
        bob< :irc.example 403 bob #5 :No such channel
        bob< :irc.example 403 bob #6 :No such channel
        bob< :irc.example 403 bob #7 :No such channel
        bob< :irc.example 403 bob #8 :No such channel
        bob< :irc.example 403 bob #9 :No such channel
        bob< :irc.example 403 bob #10 :No such channel
        ",
    );
}

#[test]
fn people_are_put_out() {
    check(
        "+ada
        +bob
        +cy
        ada>> JOIN #a,#b
        bob>> JOIN #a,#b
        cy>> JOIN #a
        bob> KICK #a ada
        bob< :irc.example 482 bob #a :You're not channel operator
        cy> KICK #b ada
        cy< :irc.example 442 cy #b :You're not on that channel
        ada> KICK #a cy :bye now
        ada< :ada!~ada@10.0.0.1 KICK #a cy :bye now
        bob< :ada!~ada@10.0.0.1 KICK #a cy :bye now
        cy< :ada!~ada@10.0.0.1 KICK #a cy :bye now
        ada> KICK #a cy,nobody,1x
        ada< :irc.example 401 ada 1x :No such nick/channel
        ada< :irc.example 441 ada cy #a :They aren't on that channel
        ada< :irc.example 401 ada nobody :No such nick/channel
        ada> KICK #a,#b bob,bob
        ada< :ada!~ada@10.0.0.1 KICK #a bob :ada
        ada< :ada!~ada@10.0.0.1 KICK #b bob :ada
        bob< :ada!~ada@10.0.0.1 KICK #a bob :ada
        bob< :ada!~ada@10.0.0.1 KICK #b bob :ada
        ada> KICK #a,#b bob
        ada< :irc.example 461 ada KICK :Not enough parameters
        ada> KICK #nowhere bob
        ada< :irc.example 403 ada #nowhere :No such channel
        ada> KICK #a
        ada< :irc.example 461 ada KICK :Not enough parameters
        ",
    );
}

#[test]
fn people_are_asked_to_come() {
    check(
        "+ada
        +bob
        +cy
        ada>> JOIN #a
        bob> AWAY :out
        bob< :irc.example 306 bob :You have been marked as being away
        ada> INVITE bob #a
        ada< :irc.example 341 ada bob #a
        ada< :irc.example 301 ada bob :out
        bob< :ada!~ada@10.0.0.1 INVITE bob #a
        cy> INVITE bob #a
        cy< :irc.example 442 cy #a :You're not on that channel
        ada> INVITE ada #a
        ada< :irc.example 443 ada ada #a :is already on channel
        ada> INVITE nobody #a
        ada< :irc.example 401 ada nobody :No such nick/channel
        ada> INVITE bob #nowhere
        ada< :irc.example 403 ada #nowhere :No such channel
        ada> INVITE bob
        ada< :irc.example 461 ada INVITE :Not enough parameters
        bob>> JOIN #a
        ada> MODE #a +i
        ada< :ada!~ada@10.0.0.1 MODE #a +i
        bob< :ada!~ada@10.0.0.1 MODE #a +i
        bob> INVITE cy #a
        bob< :irc.example 482 bob #a :You're not channel operator
        ",
    );
}

#[test]
fn only_those_who_could_open_a_channel_open_it_by_asking_someone_in() {
    check(
        "+ada
        +bob
        +cy
        ada>> JOIN #a
        bob>> JOIN #a
        ada>> MODE #a +bk cy key
        bob> INVITE cy #a
        bob< :irc.example 341 bob cy #a
        cy< :bob!~bob@10.0.0.2 INVITE cy #a
        cy> JOIN #a
        cy< :irc.example 474 cy #a :Cannot join channel (+b)
        ada> INVITE cy #a
        ada< :irc.example 341 ada cy #a
        cy< :ada!~ada@10.0.0.1 INVITE cy #a
        cy> JOIN #a
        ada< :cy!~cy@10.0.0.3 JOIN #a
        bob< :cy!~cy@10.0.0.3 JOIN #a
        cy< :cy!~cy@10.0.0.3 JOIN #a
        cy< :irc.example 353 cy = #a :@ada bob cy
        cy< :irc.example 366 cy #a :End of /NAMES list
        ",
    );
}

#[test]
fn a_topic_is_set_by_those_who_may() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob> TOPIC #a
        bob< :irc.example 331 bob #a :No topic is set
        bob> TOPIC #a :mine
        bob< :irc.example 442 bob #a :You're not on that channel
        ada> TOPIC #a :the topic
        ada< :ada!~ada@10.0.0.1 TOPIC #a :the topic
        bob> TOPIC #a
        bob< :irc.example 332 bob #a :the topic
        bob< :irc.example 333 bob #a ada!~ada@10.0.0.1 1795363270
        bob>> JOIN #a
        bob> TOPIC #a :mine
        bob< :irc.example 482 bob #a :You're not channel operator
        ada> TOPIC #a :
        ada< :ada!~ada@10.0.0.1 TOPIC #a :
        bob< :ada!~ada@10.0.0.1 TOPIC #a :
        ada> TOPIC #a
        ada< :irc.example 331 ada #a :No topic is set
        ada> TOPIC #nowhere
        ada< :irc.example 403 ada #nowhere :No such channel
        ada> TOPIC
        ada< :irc.example 461 ada TOPIC :Not enough parameters
        ",
    );
}

#[test]
fn a_long_topic_is_cut_between_characters() {
    let mut town = Town::new();
    town.sign_on("ada", "");
    town.send("ada", "JOIN #a");
    town.take_seen();
    town.send("ada", &format!("TOPIC #a :x{}", "é".repeat(240)));
    let expected = format!("ada< :ada!~ada@10.0.0.1 TOPIC #a :x{}", "é".repeat(194));
    assert_eq!(town.take_seen(), [expected]);
}

#[test]
fn the_list_of_channels_is_filtered() {
    check(
        "+ada
        +bob
        ada>> JOIN #tea,#coffee,#cocoa
        bob>> JOIN #tea
        ~80000
        ada> PONG x
        bob> TOPIC #tea
        bob< :irc.example 331 bob #tea :No topic is set
        ada> TOPIC #tea :about tea
        ada< :ada!~ada@10.0.0.1 TOPIC #tea :about tea
        bob< :ada!~ada@10.0.0.1 TOPIC #tea :about tea
        ~80000
        bob>> JOIN #new
        ada> LIST
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #lobby 0 :
        ada< :irc.example 322 ada #tea 2 :about tea
        ada< :irc.example 322 ada #coffee 1 :
        ada< :irc.example 322 ada #cocoa 1 :
        ada< :irc.example 322 ada #new 1 :
        ada< :irc.example 323 ada :End of /LIST
        ada> LIST >1
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #tea 2 :about tea
        ada< :irc.example 323 ada :End of /LIST
        ada> LIST <1
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #lobby 0 :
        ada< :irc.example 323 ada :End of /LIST
        ada> LIST C>1,>0
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #tea 2 :about tea
        ada< :irc.example 322 ada #coffee 1 :
        ada< :irc.example 322 ada #cocoa 1 :
        ada< :irc.example 323 ada :End of /LIST
        ada> LIST C<1
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #new 1 :
        ada< :irc.example 323 ada :End of /LIST
        ada> LIST T<2
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #tea 2 :about tea
        ada< :irc.example 323 ada :End of /LIST
        ada> LIST T>1
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #tea 2 :about tea
        ada< :irc.example 323 ada :End of /LIST
        ada> LIST *CO*,!#coco*
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #coffee 1 :
        ada< :irc.example 323 ada :End of /LIST
        ada> LIST #tea,#nowhere
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #tea 2 :about tea
        ada< :irc.example 323 ada :End of /LIST
        ada> LIST #tea,#cof*
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #tea 2 :about tea
        ada< :irc.example 322 ada #coffee 1 :
        ada< :irc.example 323 ada :End of /LIST
        ada> LIST nonsense
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 323 ada :End of /LIST
        ",
    );
}

#[test]
fn conditions_may_stand_behind_the_names() {
    check(
        "+ada
        +bob
        ada>> JOIN #tea,#coffee
        bob>> JOIN #tea
        ada> LIST #tea,#coffee >1
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #tea 2 :
        ada< :irc.example 323 ada :End of /LIST
        ada> LIST #coffee irc.example
        ada< :irc.example 321 ada Channel :Users  Name
        ada< :irc.example 322 ada #coffee 1 :
        ada< :irc.example 323 ada :End of /LIST
        ",
    );
}

#[test]
fn many_names_take_many_lines_and_pieces() {
    let mut town = Town::new();
    town.sign_on("ada", "userhost-in-names");
    town.send("ada", "JOIN #big");
    for number in 0..600 {
        let name = format!("person-of-some-length-{number}");
        town.sign_on(&name, "");
        town.send(&name, "JOIN #big");
    }
    town.take_seen();
    town.send("ada", "NAMES #big");
    town.send("ada", "PING end");
    let seen = town.take_seen();
    let names = seen.iter().filter(|line| line.starts_with("ada< :irc.example 353 ada = #big :"));
    let names: Vec<&str> = names.filter_map(|line| line.rsplit(':').next()).collect();
    let words: Vec<&str> = names.iter().flat_map(|line| line.split(' ')).collect();
    assert_eq!(words.len(), 601);
    assert_eq!(words[0], "@ada!~ada@10.0.0.1");
    assert!(words[600].starts_with("person-of-some-length-599!"));
    assert!(seen.iter().all(|line| line.len() <= 510 + "ada< ".len()));
    let last: Vec<&str> = seen[seen.len() - 2..].iter().map(String::as_str).collect();
    assert_eq!(
        last,
        [
            "ada< :irc.example 366 ada #big :End of /NAMES list",
            "ada< :irc.example PONG irc.example :end"
        ]
    );
}

#[test]
fn a_secret_channel_is_none_to_those_outside_whatever_they_do() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        ada>> MODE #a +s
        bob> TOPIC #a :cats
        bob< :irc.example 403 bob #a :No such channel
        bob> TOPIC #a
        bob< :irc.example 403 bob #a :No such channel
        bob> PRIVMSG #a :hello
        bob< :irc.example 403 bob #a :No such channel
        bob> KICK #a ada
        bob< :irc.example 403 bob #a :No such channel
        bob> MODE #a
        bob< :irc.example 403 bob #a :No such channel
        bob> INVITE ada #a
        bob< :irc.example 403 bob #a :No such channel
        bob> KNOCK #a
        bob< :irc.example 403 bob #a :No such channel
        ",
    );
}
