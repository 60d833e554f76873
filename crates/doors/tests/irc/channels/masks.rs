//! Lists of masks: what they are matched against, and whom they mute.

use crate::common::check;

#[test]
fn who_is_muted_comes_in_and_does_not_speak() {
    check(
        "+ada
        +bob message-tags
        ++lin
        lin>> /nick lin
        ada>> JOIN #a
        ada> MODE #a +bb m:bob $m:lin!*@*
        ada< :ada!~ada@10.0.0.1 MODE #a +bb $m:bob!*@* $m:lin!*@*
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< @msgid=1-8-0 :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        lin>> /join #a
        bob> PRIVMSG #a :hello
        bob< :irc.example 404 bob #a :Cannot send to channel (+b): you are muted
        bob> NOTICE #a :hello
        bob> @+typing=active TAGMSG #a
        bob< :irc.example 404 bob #a :Cannot send to channel (+b): you are muted
        lin> hello
        lin< * You are muted in #a, so nobody saw that.
        ada>> MODE #a +v bob
        bob> PRIVMSG #a :a voice is a voice
        ada< :bob!~bob@10.0.0.2 PRIVMSG #a :a voice is a voice
        lin< <bob> a voice is a voice
        ada>> MODE #a -v+e bob m:bob
        bob> PRIVMSG #a :spared
        ada< :bob!~bob@10.0.0.2 PRIVMSG #a :spared
        lin< <bob> spared
        ada> MODE #a b
        ada< :irc.example 367 ada #a $m:bob!*@* ada!~ada@10.0.0.1 1795363270
        ada< :irc.example 367 ada #a $m:lin!*@* ada!~ada@10.0.0.1 1795363270
        ada< :irc.example 368 ada #a :End of channel ban list
        ada> MODE #a -b m:lin
        ada< :ada!~ada@10.0.0.1 MODE #a -b $m:lin!*@*
        bob< @msgid=1-11-0 :ada!~ada@10.0.0.1 MODE #a -b $m:lin!*@*
        lin< * ada lifted the ban on $m:lin
        lin> hello
        ada< :lin!~line@10.0.0.3 PRIVMSG #a :hello
        bob< @msgid=1-12-0 :lin!~line@10.0.0.3 PRIVMSG #a :hello
        ",
    );
}

#[test]
fn an_account_is_muted_under_any_nick() {
    check(
        "+ada
        +bob
        bob>> REGISTER * * pw
        ada>> JOIN #a
        bob>> NICK rob
        bob>> JOIN #a
        ada> MODE #a +b m:a:bob
        ada< :ada!~ada@10.0.0.1 MODE #a +b $m:$a:bob
        bob< :ada!~ada@10.0.0.1 MODE #a +b $m:$a:bob
        bob> PRIVMSG #a :hello
        bob< :irc.example 404 rob #a :Cannot send to channel (+b): you are muted
        ",
    );
}

#[test]
fn a_real_name_is_banned() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        ada> MODE #a +b $r:BOB?of*
        ada< :ada!~ada@10.0.0.1 MODE #a +b $r:BOB?of*
        bob> JOIN #a
        bob< :irc.example 474 bob #a :Cannot join channel (+b)
        ada>> MODE #a +e bob
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        ",
    );
}

#[test]
fn who_showed_a_certificate_is_banned_muted_or_spared_by_it() {
    check(
        "+ada
        ++bob TLS ab
        bob>> NICK bob
        bob>> USER bob 0 * :Bob
        +cyd
        ada>> JOIN #a
        ada> MODE #a +b z:ABAB*
        ada< :ada!~ada@10.0.0.1 MODE #a +b $z:ABAB*
        bob> JOIN #a
        bob< :irc.example 474 bob #a :Cannot join channel (+b)
        cyd>> JOIN #a
        ada>> MODE #a -b+b $z:ABAB* $m:z:ab*
        bob>> JOIN #a
        bob> PRIVMSG #a :hello
        bob< :irc.example 404 bob #a :Cannot send to channel (+b): you are muted
        cyd> PRIVMSG #a :I showed none
        ada< :cyd!~cyd@10.0.0.3 PRIVMSG #a :I showed none
        bob< :cyd!~cyd@10.0.0.3 PRIVMSG #a :I showed none
        ada>> MODE #a +e $z:abababababababababababababababababababababababababababababababab
        bob> PRIVMSG #a :mine is known
        ada< :bob!~bob@10.0.0.2 PRIVMSG #a :mine is known
        cyd< :bob!~bob@10.0.0.2 PRIVMSG #a :mine is known
        ",
    );
}

#[test]
fn masks_that_mean_nothing_are_refused() {
    check(
        "+ada
        ada>> JOIN #a
        ada> MODE #a +b $x:y
        ada< :irc.example 696 ada #a b $x:y :This parameter is not one for this mode
        ada> MODE #a +b $m:$m:bob
        ada< :irc.example 696 ada #a b $m:$m:bob :This parameter is not one for this mode
        ada> MODE #a +b $r
        ada< :irc.example 696 ada #a b $r :This parameter is not one for this mode
        ",
    );
}

#[test]
fn lists_are_bounded() {
    let full: Vec<String> = (0..100).map(|n| format!("ada>> MODE #a +b m{n}")).collect();
    let full = full.join("\n");
    check(&format!(
        "+ada
        ada>> JOIN #a
        {full}
        ada> MODE #a +b beyond
        ada< :irc.example 478 ada #a b :Channel list is full
        ada> MODE #a +e beyond
        ada< :irc.example 478 ada #a e :Channel list is full
        ada> MODE #a -b m0
        ada< :ada!~ada@10.0.0.1 MODE #a -b m0!*@*
        ada> MODE #a +e beyond
        ada< :ada!~ada@10.0.0.1 MODE #a +e beyond!*@*
        "
    ));
}

#[test]
fn a_secret_channel_is_not_told_by_what_is_refused() {
    check(
        "+ada
        +bob message-tags
        +cy
        ada>> JOIN #a
        ada>> MODE #a +s
        bob> PRIVMSG #a :hello
        bob< :irc.example 403 bob #a :No such channel
        bob> @+typing=active TAGMSG #a
        bob< :irc.example 403 bob #a :No such channel
        bob> TOPIC #a
        bob< :irc.example 403 bob #a :No such channel
        bob> TOPIC #a :mine
        bob< :irc.example 403 bob #a :No such channel
        bob> KICK #a ada
        bob< :irc.example 403 bob #a :No such channel
        bob> PART #a
        bob< :irc.example 403 bob #a :No such channel
        bob> INVITE cy #a
        bob< :irc.example 403 bob #a :No such channel
        bob> MODE #a
        bob< :irc.example 403 bob #a :No such channel
        bob> MODE #a b
        bob< :irc.example 403 bob #a :No such channel
        bob> MODE #a +m
        bob< :irc.example 403 bob #a :No such channel
        bob> CS REGISTER #a
        bob< :irc.example 403 bob #a :No such channel
        ",
    );
}

#[test]
fn invitations_are_listed() {
    check(
        "+ada
        +bob
        ada>> JOIN #a,#b
        bob> INVITE
        bob< :irc.example 337 bob :End of /INVITE list
        ada>> INVITE bob #a
        ada>> INVITE bob #b
        bob> INVITE
        bob< :irc.example 336 bob #a
        bob< :irc.example 336 bob #b
        bob< :irc.example 337 bob :End of /INVITE list
        bob> INVITE cy
        bob< :irc.example 461 bob INVITE :Not enough parameters
        bob>> JOIN #a
        bob> INVITE
        bob< :irc.example 336 bob #b
        bob< :irc.example 337 bob :End of /INVITE list
        ",
    );
}

#[test]
fn who_may_not_speak_has_no_last_word() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada>> MODE #a +b m:bob
        bob> PART #a :and another thing
        ada< :bob!~bob@10.0.0.2 PART #a
        bob< :bob!~bob@10.0.0.2 PART #a
        ",
    );
}

#[test]
fn whoever_has_spoken_is_looked_at_again_when_something_changes() {
    check(
        "+ada
        +bob
        bob>> REGISTER bob * pw
        ada>> JOIN #a
        bob>> JOIN #a
        ada>> MODE #a +bbb evil!*@* $r:*spam* nobody
        bob> PRIVMSG #a :one
        ada< :bob!~bob@10.0.0.2 PRIVMSG #a :one
        bob>> SETNAME :buy spam
        bob> PRIVMSG #a :two
        bob< :irc.example 404 bob #a :Cannot send to channel (+b)
        bob>> SETNAME :Bob
        bob> PRIVMSG #a :three
        ada< :bob!~bob@10.0.0.2 PRIVMSG #a :three
        bob>> NICK evil
        bob> PRIVMSG #a :four
        bob< :irc.example 404 evil #a :Cannot send to channel (+b)
        bob>> NICK bob
        bob> PRIVMSG #a :five
        ada< :bob!~bob@10.0.0.2 PRIVMSG #a :five
        ada>> MODE #a +b m:$a:bob
        bob> PRIVMSG #a :six
        bob< :irc.example 404 bob #a :Cannot send to channel (+b): you are muted
        ada>> MODE #a +e bob
        bob> PRIVMSG #a :seven
        ada< :bob!~bob@10.0.0.2 PRIVMSG #a :seven
        ada>> MODE #a -e bob
        bob> PRIVMSG #a :eight
        bob< :irc.example 404 bob #a :Cannot send to channel (+b): you are muted
        bob>> NICK rob
        bob>> NS LOGOUT
        bob> PRIVMSG #a :nine
        ada< :rob!~bob@10.0.0.2 PRIVMSG #a :nine
        ada>> CHGHOST rob evil.example
        ada>> OPER admin secret
        ada>> MODE #a +b *!*@evil.example
        bob> PRIVMSG #a :ten
        ada< :rob!~bob@10.0.0.2 PRIVMSG #a :ten
        ada>> CHGHOST rob evil.example
        bob> PRIVMSG #a :eleven
        bob< :irc.example 404 rob #a :Cannot send to channel (+b)
        ",
    );
}
