//! RENAME: another name for a channel (draft/channel-rename).

use crate::common::check;

#[test]
fn a_channel_is_renamed_for_those_who_know_of_it_and_for_all_others() {
    check(
        "+ada draft/channel-rename draft/chathistory batch
        +bob extended-join
        +cy no-implicit-names
        ++lin
        lin>> /nick lin
        ada>> JOIN #boaring
        bob>> JOIN #boaring
        cy>> JOIN #boaring
        lin>> /join #boaring
        ada>> TOPIC #boaring :drills
        ada>> MODE #boaring +b eve
        bob>> PRIVMSG #boaring :hello
        ada> RENAME #boaring #boring :Typo fix
        ada< :ada!~ada@10.0.0.1 RENAME #boaring #boring :Typo fix
        bob< :bob!~bob@10.0.0.2 PART #boaring :Typo fix
        bob< :bob!~bob@10.0.0.2 JOIN #boring * :bob of Example
        bob< :irc.example 332 bob #boring :drills
        bob< :irc.example 333 bob #boring ada!~ada@10.0.0.1 1795363270
        bob< :irc.example 353 bob = #boring :@ada bob cy lin
        bob< :irc.example 366 bob #boring :End of /NAMES list
        cy< :cy!~cy@10.0.0.3 PART #boaring :Typo fix
        cy< :cy!~cy@10.0.0.3 JOIN #boring
        cy< :irc.example 332 cy #boring :drills
        cy< :irc.example 333 cy #boring ada!~ada@10.0.0.1 1795363270
        lin< * ada renamed #boaring to #boring (Typo fix)
        lin> hello
        ada< :lin!~line@10.0.0.4 PRIVMSG #boring :hello
        bob< :lin!~line@10.0.0.4 PRIVMSG #boring :hello
        cy< :lin!~line@10.0.0.4 PRIVMSG #boring :hello
        ada> MODE #boring b
        ada< :irc.example 367 ada #boring eve!*@* ada!~ada@10.0.0.1 1795363270
        ada< :irc.example 368 ada #boring :End of channel ban list
        ada> CHATHISTORY LATEST #boring * 5
        ada< :irc.example BATCH +h1 chathistory #boring
        ada< @batch=h1 :bob!~bob@10.0.0.2 PRIVMSG #boring :hello
        ada< @batch=h1 :lin!~line@10.0.0.4 PRIVMSG #boring :hello
        ada< :irc.example BATCH -h1
        ",
    );
}

#[test]
fn the_old_name_leads_to_the_new_one() {
    check(
        "+ada draft/channel-rename
        +bob draft/channel-rename
        +cy
        +dan
        ada>> JOIN #a
        ada> RENAME #a #b
        ada< :ada!~ada@10.0.0.1 RENAME #a #b :
        bob> JOIN #a
        bob< :irc.example FAIL JOIN CHANNEL_RENAMED #a #b :The channel has been renamed
        cy> JOIN #a
        ada< :cy!~cy@10.0.0.3 JOIN #b
        cy< :irc.example 470 cy #a #b :Forwarding to another channel
        cy< :cy!~cy@10.0.0.3 JOIN #b
        cy< :irc.example 353 cy = #b :@ada cy
        cy< :irc.example 366 cy #b :End of /NAMES list
        dan>> JOIN #c
        dan> RENAME #c #a
        dan< :irc.example FAIL RENAME CHANNEL_NAME_IN_USE #c #a :The channel name is already taken
        ada>> QUIT
        bob>> QUIT
        cy>> QUIT
        dan>> QUIT
        ~259200000
        +eve
        eve> JOIN #a
        eve< :eve!~eve@10.0.0.5 JOIN #a
        eve< :irc.example 353 eve = #a :@eve
        eve< :irc.example 366 eve #a :End of /NAMES list
        ",
    );
}

#[test]
fn a_channel_holds_one_name_that_it_had_and_its_own_people_may_take_it() {
    check(
        "+ada draft/channel-rename
        +bob draft/channel-rename
        ada>> JOIN #a
        ada>> RENAME #a #b
        ada>> JOIN #other
        bob>> JOIN #bobs
        bob> RENAME #bobs #a
        bob< :irc.example FAIL RENAME CHANNEL_NAME_IN_USE #bobs #a :The channel name is already taken
        ada> RENAME #other #a
        ada< :ada!~ada@10.0.0.1 RENAME #other #a :
        bob>> JOIN #a
        ~60000
        ada>> RENAME #b #c
        ada> RENAME #a #d
        ada< :ada!~ada@10.0.0.1 RENAME #a #d :
        bob< :ada!~ada@10.0.0.1 RENAME #a #d :
        ~60000
        bob< PING :irc.example
        ada>> RENAME #d #e
        bob> JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        bob> JOIN #d
        bob< :irc.example FAIL JOIN CHANNEL_RENAMED #d #e :The channel has been renamed
        ada>> PART #c
        bob> JOIN #b
        bob< :bob!~bob@10.0.0.2 JOIN #b
        bob< :irc.example 353 bob = #b :@bob
        bob< :irc.example 366 bob #b :End of /NAMES list
        ",
    );
}

#[test]
fn a_renamed_auditorium_shows_each_whom_they_see() {
    check(
        "+ada draft/channel-rename
        +bob
        +cy
        +dan userhost-in-names
        ada>> JOIN #a
        ada>> MODE #a +u
        bob>> JOIN #a
        cy>> JOIN #a
        dan>> JOIN #a
        ada>> MODE #a +v cy
        ada> RENAME #a #b
        ada< :ada!~ada@10.0.0.1 RENAME #a #b :
        bob< :bob!~bob@10.0.0.2 PART #a
        bob< :bob!~bob@10.0.0.2 JOIN #b
        bob< :irc.example 353 bob = #b :bob
        bob< :irc.example 353 bob = #b :@ada +cy
        bob< :irc.example 366 bob #b :End of /NAMES list
        cy< :cy!~cy@10.0.0.3 PART #a
        cy< :cy!~cy@10.0.0.3 JOIN #b
        cy< :irc.example 353 cy = #b :@ada bob +cy dan
        cy< :irc.example 366 cy #b :End of /NAMES list
        dan< :dan!~dan@10.0.0.4 PART #a
        dan< :dan!~dan@10.0.0.4 JOIN #b
        dan< :irc.example 353 dan = #b :dan!~dan@10.0.0.4
        dan< :irc.example 353 dan = #b :@ada!~ada@10.0.0.1 +cy!~cy@10.0.0.3
        dan< :irc.example 366 dan #b :End of /NAMES list
        ",
    );
}

#[test]
fn what_cannot_be_renamed() {
    check(
        "+ada draft/channel-rename labeled-response batch
        +bob
        ada>> JOIN #a,#b
        bob>> JOIN #a
        bob> RENAME #a #c
        bob< :irc.example 482 bob #a :You're not channel operator
        bob> RENAME #b #c
        bob< :irc.example 442 bob #b :You're not on that channel
        bob> RENAME #nowhere #c
        bob< :irc.example 403 bob #nowhere :No such channel
        bob> RENAME #a
        bob< :irc.example 461 bob RENAME :Not enough parameters
        ada> @label=1 RENAME #a #b
        ada< @label=1 :irc.example FAIL RENAME CHANNEL_NAME_IN_USE #a #b :The channel name is already taken
        ada> RENAME #a nonsense
        ada< :irc.example FAIL RENAME CANNOT_RENAME #a nonsense :That cannot be a channel's name
        ada> RENAME #a #A
        ada< :ada!~ada@10.0.0.1 RENAME #a #A :
        ada> @label=2 RENAME #a #c
        ada< @label=2 :ada!~ada@10.0.0.1 RENAME #A #c :
        bob< :bob!~bob@10.0.0.2 PART #A
        bob< :bob!~bob@10.0.0.2 JOIN #c
        bob< :irc.example 353 bob = #c :@ada bob
        bob< :irc.example 366 bob #c :End of /NAMES list
        ada> RENAME #c #d
        ada< :irc.example FAIL RENAME CANNOT_RENAME #c #d :This channel has been renamed recently
        ada>> OPER admin secret
        ada>> JOIN #lobby
        ada> RENAME #lobby #d
        ada< :irc.example FAIL RENAME CANNOT_RENAME #lobby #d :The lobby keeps its name
        ",
    );
}

#[test]
fn a_registered_channel_takes_its_registration_and_read_marks_along() {
    check(
        "+ada draft/channel-rename draft/read-marker
        +bob
        bob>> REGISTER * * pw
        ada>> REGISTER * * pw
        ada>> JOIN #a
        ada>> CS REGISTER #a
        bob>> JOIN #a
        ada>> MODE #a +o bob
        ada>> MARKREAD #a timestamp=2026-11-22T16:00:00.000Z
        bob> RENAME #a #b
        bob< :irc.example 482 bob #a :You're not channel founder
        ada>> RENAME #a #b
        ada> MARKREAD #b
        ada< :irc.example MARKREAD #b timestamp=2026-11-22T16:00:00.000Z
        ada> MARKREAD #a
        ada< :irc.example MARKREAD #a *
        ada> MODE #b
        ada< :irc.example 324 ada #b +ntr
        ada< :irc.example 329 ada #b 1795363270
        ",
    );
}

#[test]
fn people_at_a_terminal_rename_too() {
    check(
        "++lin
        lin>> /nick lin
        lin>> /join #a
        lin> /rename #b because
        lin< * You renamed #a to #b (because)
        lin> /rename #b #c
        lin< * #b was renamed a moment ago. Try again in a minute.
        ~60000
        lin> /rename #b #c
        lin< * You renamed #b to #c
        lin> /rename #lobby
        lin< * There is a channel #lobby already.
        lin> /rename
        lin< * This is how: /rename [#CHANNEL] #NAME [WHY]
        ",
    );
}
