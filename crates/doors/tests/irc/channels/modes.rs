//! MODE of channels.

use crate::common::check;

#[test]
fn flags_keys_and_limits() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        ada> MODE #a
        ada< :irc.example 324 ada #a +nt
        ada< :irc.example 329 ada #a 1795363270
        ada> MODE #a +m-t
        ada< :ada!~ada@10.0.0.1 MODE #a +m-t
        ada> MODE #a +m
        ada> MODE #a +kl sesame 5
        ada< :ada!~ada@10.0.0.1 MODE #a +kl sesame 5
        ada> MODE #a
        ada< :irc.example 324 ada #a +mnkl sesame 5
        ada< :irc.example 329 ada #a 1795363270
        bob> MODE #a
        bob< :irc.example 324 bob #a +mnkl * 5
        bob< :irc.example 329 bob #a 1795363270
        ada> MODE #a -kl
        ada< :ada!~ada@10.0.0.1 MODE #a -kl *
        ada> MODE #a -k whatever
        ada> MODE #a
        ada< :irc.example 324 ada #a +mn
        ada< :irc.example 329 ada #a 1795363270
        bob> MODE #a +i
        bob< :irc.example 482 bob #a :You're not channel operator
        ada> MODE #nowhere
        ada< :irc.example 403 ada #nowhere :No such channel
        ada> MODE
        ada< :irc.example 461 ada MODE :Not enough parameters
        ",
    );
}

#[test]
fn parameters_that_are_none_are_said() {
    check(
        "+ada
        ada>> JOIN #a
        ada> MODE #a +x
        ada< :irc.example 472 ada x :is unknown mode char to me
        ada> MODE #a +r
        ada< :irc.example 472 ada r :is set by registering the channel: CS REGISTER
        ada> MODE #a +k
        ada< :irc.example 696 ada #a k * :This mode needs a parameter
        ada> MODE #a +k :two words
        ada< :irc.example 525 ada #a :Key is not well-formed
        ada> MODE #a +k 0123456789012345678901234
        ada< :irc.example 525 ada #a :Key is not well-formed
        ada> MODE #a +l
        ada< :irc.example 696 ada #a l * :This mode needs a parameter
        ada> MODE #a +l none
        ada< :irc.example 696 ada #a l none :This parameter is not one for this mode
        ada> MODE #a +l 0
        ada< :irc.example 696 ada #a l 0 :This parameter is not one for this mode
        ada> MODE #a +o
        ada< :irc.example 696 ada #a o * :This mode needs a parameter
        ada> MODE #a +o 1x
        ada< :irc.example 401 ada 1x :No such nick/channel
        ada> MODE #a +o nobody
        ada< :irc.example 401 ada nobody :No such nick/channel
        ada> MODE #a +b :a b
        ada< :irc.example 696 ada #a b a_b :This parameter is not one for this mode
        ",
    );
}

#[test]
fn ranks_are_given_and_taken() {
    check(
        "+ada
        +bob
        +cy
        ada>> JOIN #a
        bob>> JOIN #a
        ada> MODE #a +oh-v bob bob bob
        ada< :ada!~ada@10.0.0.1 MODE #a +oh bob bob
        bob< :ada!~ada@10.0.0.1 MODE #a +oh bob bob
        ada> MODE #a +q bob
        ada< :irc.example 482 ada #a :You're not channel founder
        bob> MODE #a -o ada
        ada< :bob!~bob@10.0.0.2 MODE #a -o ada
        bob< :bob!~bob@10.0.0.2 MODE #a -o ada
        ada> MODE #a +o cy
        ada< :irc.example 441 ada cy #a :They aren't on that channel
        cy> MODE #a +v bob
        cy< :irc.example 482 cy #a :You're not channel operator
        bob> MODE #a -oh+v bob bob bob
        ada< :bob!~bob@10.0.0.2 MODE #a -oh bob bob
        bob< :irc.example 482 bob #a :You're not channel operator
        bob< :bob!~bob@10.0.0.2 MODE #a -oh bob bob
        bob> MODE #a +m
        bob< :irc.example 482 bob #a :You're not channel operator
        ",
    );
}

#[test]
fn lists_are_kept_and_told() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada> MODE #a +beI spam *!*@good me@home
        ada< :ada!~ada@10.0.0.1 MODE #a +beI spam!*@* *!*@good *!me@home
        bob< :ada!~ada@10.0.0.1 MODE #a +beI spam!*@* *!*@good *!me@home
        ada> MODE #a +b spam!*@*
        ada> MODE #a b
        ada< :irc.example 367 ada #a spam!*@* ada!~ada@10.0.0.1 1795363270
        ada< :irc.example 368 ada #a :End of channel ban list
        ada> MODE #a +e
        ada< :irc.example 348 ada #a *!*@good ada!~ada@10.0.0.1 1795363270
        ada< :irc.example 349 ada #a :End of channel exception list
        ada> MODE #a I
        ada< :irc.example 346 ada #a *!me@home ada!~ada@10.0.0.1 1795363270
        ada< :irc.example 347 ada #a :End of channel invite exception list
        bob> MODE #a b
        bob< :irc.example 367 bob #a spam!*@* ada!~ada@10.0.0.1 1795363270
        bob< :irc.example 368 bob #a :End of channel ban list
        bob> MODE #a e
        bob< :irc.example 482 bob #a :You're not channel operator
        ada> MODE #a -b spam
        ada< :ada!~ada@10.0.0.1 MODE #a -b spam!*@*
        bob< :ada!~ada@10.0.0.1 MODE #a -b spam!*@*
        ada> MODE #a b
        ada< :irc.example 368 ada #a :End of channel ban list
        bob> MODE #a +b x
        bob< :irc.example 482 bob #a :You're not channel operator
        ",
    );
}

#[test]
fn masks_that_differ_in_case_alone_are_the_same() {
    check(
        "+ada
        ada>> JOIN #a
        ada> MODE #a +b Spam!*@Host
        ada< :ada!~ada@10.0.0.1 MODE #a +b Spam!*@Host
        ada> MODE #a +b spam!*@host
        ada> MODE #a -b SPAM!*@host
        ada< :ada!~ada@10.0.0.1 MODE #a -b Spam!*@Host
        ada> MODE #a b
        ada< :irc.example 368 ada #a :End of channel ban list
        ",
    );
}

#[test]
fn a_rank_is_told_with_the_nick_as_it_is_worn() {
    check(
        "+ada
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada> MODE #a +v BOB
        ada< :ada!~ada@10.0.0.1 MODE #a +v bob
        bob< :ada!~ada@10.0.0.1 MODE #a +v bob
        ",
    );
}

#[test]
fn a_change_too_long_for_a_line_is_told_in_two() {
    let mask = |letter: &str| format!("{}!*@*", letter.repeat(70));
    let masks = ["a", "b", "c", "d", "e", "f"].map(mask).join(" ");
    let first = ["a", "b", "c", "d", "e", "f"].map(mask)[..5].join(" ");
    let last = mask("f");
    check(&format!(
        "+adalovelace-of-the-long-names
        adalovelace-of-the-long-names>> JOIN #a
        adalovelace-of-the-long-names> MODE #a +bbbbbb {masks}
        adalovelace-of-the-long-names< :adalovelace-of-the-long-names!~adalovelace-of-@10.0.0.1 MODE #a +bbbbb {first}
        adalovelace-of-the-long-names< :adalovelace-of-the-long-names!~adalovelace-of-@10.0.0.1 MODE #a +b {last}"
    ));
}

#[test]
fn who_takes_words_of_accounts_only_is_not_written_to_by_others() {
    check(
        "+ada
        +bob message-tags
        ++lin
        lin>> /nick lin
        ada> MODE ada +R
        ada< :ada MODE ada +R
        bob> PRIVMSG ada :psst
        bob< :irc.example 477 bob ada :They take no messages of those who are not logged in
        bob> NOTICE ada :psst
        bob> @+typing=active TAGMSG ada
        bob< :irc.example 477 bob ada :They take no messages of those who are not logged in
        lin> /msg ada psst
        lin< * ada reads only those who are logged in. See /help login.
        ada> PRIVMSG ada :a note
        ada< :ada!~ada@10.0.0.1 PRIVMSG ada :a note
        bob>> REGISTER * * pw
        bob> PRIVMSG ada :psst
        ada< :bob!~bob@10.0.0.2 PRIVMSG ada :psst
        ",
    );
}
