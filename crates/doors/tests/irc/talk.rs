//! Talking.

use crate::common::{Town, check};

#[test]
fn people_talk_in_channels_and_to_each_other() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada> PRIVMSG #A :hello, all
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :hello, all
        bob> NOTICE #a :a notice
        ada< :bob!~bob@10.0.0.2 NOTICE #a :a notice
        bob> PRIVMSG Ada one
        ada< :bob!~bob@10.0.0.2 PRIVMSG ada :one
        bob> privmsg ada :  spaces and :colons
        ada< :bob!~bob@10.0.0.2 PRIVMSG ada :  spaces and :colons
        ada> PRIVMSG ada :to myself
        ada< :ada!~ada@10.0.0.1 PRIVMSG ada :to myself
        ",
    );
}

#[test]
fn a_message_may_have_several_targets() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada> PRIVMSG #a,bob,#a,BOB,nobody,1x,#nowhere :hi
        ada< :irc.example 401 ada 1x :No such nick/channel
        ada< :irc.example 401 ada nobody :No such nick/channel
        ada< :irc.example 403 ada #nowhere :No such channel
        bob< :ada!~ada@10.0.0.1 PRIVMSG #a :hi
        bob< :ada!~ada@10.0.0.1 PRIVMSG bob :hi
        ada> PRIVMSG a,b,c,d,e,f,g,h,i,j,bob :hi
        ada< :irc.example 407 ada bob :Too many targets
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
        ada> NOTICE nobody,1x,bob,#nowhere :hi
        bob< :ada!~ada@10.0.0.1 NOTICE bob :hi
        ",
    );
}

#[test]
fn members_of_a_rank_are_reached_by_its_sign() {
    check(
        "+ada
        +bob
        +cy
        ada>> JOIN #a
        bob>> JOIN #a
        cy>> JOIN #a
        ada> MODE #a +v bob
        ada< :ada!~ada@10.0.0.1 MODE #a +v bob
        bob< :ada!~ada@10.0.0.1 MODE #a +v bob
        cy< :ada!~ada@10.0.0.1 MODE #a +v bob
        cy> PRIVMSG @#a :to operators
        ada< :cy!~cy@10.0.0.3 PRIVMSG @#a :to operators
        cy> PRIVMSG +#a :to voices
        ada< :cy!~cy@10.0.0.3 PRIVMSG +#a :to voices
        bob< :cy!~cy@10.0.0.3 PRIVMSG +#a :to voices
        cy> PRIVMSG @+#a :to both
        ada< :cy!~cy@10.0.0.3 PRIVMSG +#a :to both
        bob< :cy!~cy@10.0.0.3 PRIVMSG +#a :to both
        ",
    );
}

#[test]
fn who_may_not_speak_is_told_and_notices_are_not_answered() {
    check(
        "+ada
        +bob
        +cy
        ada>> JOIN #a
        bob>> JOIN #a
        cy> PRIVMSG #a :from outside
        cy< :irc.example 404 cy #a :Cannot send to channel (+n)
        ada> MODE #a +m
        ada< :ada!~ada@10.0.0.1 MODE #a +m
        bob< :ada!~ada@10.0.0.1 MODE #a +m
        bob> PRIVMSG #a :unheard
        bob< :irc.example 404 bob #a :Cannot send to channel (+m)
        bob> NOTICE #a :unheard
        ada> MODE #a -m+b bob
        ada< :ada!~ada@10.0.0.1 MODE #a -m+b bob!*@*
        bob< :ada!~ada@10.0.0.1 MODE #a -m+b bob!*@*
        bob> PRIVMSG #a :unheard
        bob< :irc.example 404 bob #a :Cannot send to channel (+b)
        bob> PRIVMSG
        bob< :irc.example 411 bob :No recipient given (PRIVMSG)
        bob> PRIVMSG #a
        bob< :irc.example 412 bob :No text to send
        bob> PRIVMSG #a :
        bob< :irc.example 412 bob :No text to send
        bob> NOTICE
        bob> NOTICE #a
        ",
    );
}

#[test]
fn a_message_is_echoed_to_those_who_ask_for_it() {
    check(
        "+ada echo-message
        +bob server-time account-tag
        ada>> NS REGISTER pw
        ada>> JOIN #a
        bob>> JOIN #a
        ada> PRIVMSG #a :hello
        ada< :ada!~ada@10.0.0.1 PRIVMSG #a :hello
        bob< @time=2026-11-22T16:01:10.000Z;account=ada :ada!~ada@10.0.0.1 PRIVMSG #a :hello
        ada> PRIVMSG ada :note
        ada< :ada!~ada@10.0.0.1 PRIVMSG ada :note
        ada< :ada!~ada@10.0.0.1 PRIVMSG ada :note
        ada> NOTICE bob :psst
        ada< :ada!~ada@10.0.0.1 NOTICE bob :psst
        bob< @time=2026-11-22T16:01:10.000Z;account=ada :ada!~ada@10.0.0.1 NOTICE bob :psst
        ",
    );
}

#[test]
fn tags_pass_between_those_who_understand_them() {
    check(
        "+ada message-tags
        +bob message-tags echo-message
        +cy
        ada>> JOIN #a
        bob>> JOIN #a
        cy>> JOIN #a
        ada> @+x=a\\sb;+y;time=never;+x=c\\:d;label=1;+ PRIVMSG #a :tagged
        bob< @msgid=1-8-0;+y;+x=c\\:d :ada!~ada@10.0.0.1 PRIVMSG #a :tagged
        cy< :ada!~ada@10.0.0.1 PRIVMSG #a :tagged
        bob> @+typing=active TAGMSG #a,ada
        ada< @+typing=active :bob!~bob@10.0.0.2 TAGMSG #a
        ada< @+typing=active :bob!~bob@10.0.0.2 TAGMSG ada
        bob< @+typing=active :bob!~bob@10.0.0.2 TAGMSG #a
        bob< @+typing=active :bob!~bob@10.0.0.2 TAGMSG ada
        bob> @typing=active TAGMSG #a
        ada> @+typing=done TAGMSG #a
        bob< @+typing=done :ada!~ada@10.0.0.1 TAGMSG #a
        bob> @+typing=done TAGMSG @#a
        ada< @+typing=done :bob!~bob@10.0.0.2 TAGMSG @#a
        bob< @+typing=done :bob!~bob@10.0.0.2 TAGMSG @#a
        ada> TAGMSG
        ada< :irc.example 411 ada :No recipient given (TAGMSG)
        ada> @+t TAGMSG nobody
        ada< :irc.example 401 ada nobody :No such nick/channel
        cy> @+typing=active PRIVMSG #a :untagged
        ada< @msgid=1-9-0 :cy!~cy@10.0.0.3 PRIVMSG #a :untagged
        bob< @msgid=1-9-0 :cy!~cy@10.0.0.3 PRIVMSG #a :untagged
        cy> @+typing=active TAGMSG #a
        cy< :irc.example 421 cy TAGMSG :Unknown command
        ",
    );
}

#[test]
fn a_long_message_is_cut_between_characters_and_keeps_its_frame() {
    let mut town = Town::new();
    town.sign_on("ada", "");
    town.sign_on("bob", "");
    let prefix = "bob< :ada!~ada@10.0.0.1 PRIVMSG bob :";
    let room = 510 - (prefix.len() - "bob< ".len());
    town.send("ada", &format!("PRIVMSG bob :{}", "é".repeat(248)));
    let cut = "é".repeat(room / 2);
    assert_eq!(town.take_seen(), [format!("{prefix}{cut}")]);
    town.send("ada", &format!("PRIVMSG bob :\x01ACTION {}\x01", "x".repeat(480)));
    let words = "x".repeat(room - "?ACTION ?".len());
    assert_eq!(town.take_seen(), [format!("{prefix}\\x01ACTION {words}\\x01")]);
}

#[test]
fn a_list_of_nothing_is_none() {
    check(
        "+ada message-tags
        ada> PRIVMSG , :hi
        ada< :irc.example 411 ada :No recipient given (PRIVMSG)
        ada> NOTICE , :hi
        ada> @+x TAGMSG ,
        ada< :irc.example 411 ada :No recipient given (TAGMSG)
        ada> JOIN ,,
        ada< :irc.example 461 ada JOIN :Not enough parameters
        ada> PART ,
        ada< :irc.example 461 ada PART :Not enough parameters
        ada> NAMES ,
        ada< :irc.example 366 ada * :End of /NAMES list
        ada> WHOWAS ,
        ada< :irc.example 431 ada :No nickname given
        ada> WHOIS ,
        ada< :irc.example 431 ada :No nickname given
        ",
    );
}
