use crate::common::check;

#[test]
fn two_doors_see_one_conversation() {
    check(
        "+irc
        irc> JOIN #lobby
        irc< :irc!~irc@10.0.0.1 JOIN #lobby
        irc< :irc.example 353 irc = #lobby :irc
        irc< :irc.example 366 irc #lobby :End of /NAMES list
        ++ada
        ada> /nick ada
        irc< :ada!~line@10.0.0.2 JOIN #lobby
        ada< Be kind.
        ada< * You are ada. /nick NAME changes that, /help tells more.
        ada< * #lobby: irc and you.
        ++bob
        bob> /nick bob
        irc< :bob!~line@10.0.0.3 JOIN #lobby
        ada< * bob joined
        bob< Be kind.
        bob< * You are bob. /nick NAME changes that, /help tells more.
        bob< * #lobby: irc, ada and you.
        ada> hello all
        irc< :ada!~line@10.0.0.2 PRIVMSG #lobby :hello all
        bob< <ada> hello all
        bob> //shrug
        irc< :bob!~line@10.0.0.3 PRIVMSG #lobby :/shrug
        ada< <bob> /shrug
        bob> /me waves
        irc< :bob!~line@10.0.0.3 PRIVMSG #lobby :\\x01ACTION waves\\x01
        ada< * bob waves
        irc> PRIVMSG #lobby :\\x01ACTION nods\\x01
        ada< * irc nods
        bob< * irc nods
        irc> PRIVMSG #lobby :\\x01VERSION\\x01
        irc> NOTICE #lobby :beep
        ada< -irc- beep
        bob< -irc- beep
        irc> PRIVMSG ada :psst
        ada< [irc] psst
        ada> /msg irc yes?
        irc< :ada!~line@10.0.0.2 PRIVMSG irc :yes?
        ada> /msg bob hi
        bob< [ada] hi
        ada> /msg nobody hi
        ada< * Nobody here is called nobody. See /who.
        bob> /away lunch
        bob< * You are away now. /away alone says that you are back.
        ada> /msg bob still there?
        ada< * bob is away (lunch)
        bob< [ada] still there?
        bob> /away
        bob< * You are back.
        irc> QUIT :bye
        irc< ERROR :Closing link: Quit: bye
        ada< * irc is gone (Quit: bye)
        bob< * irc is gone (Quit: bye)",
    );
}

#[test]
fn what_was_said_can_be_read_again() {
    check(
        "++ada
        ada> /nick ada
        ada< Be kind.
        ada< * You are ada. /nick NAME changes that, /help tells more.
        ada< * #lobby: only you.
        ada> one apple
        ada> two apples
        ada> three pears
        ~86400000
        ada> four pears
        ++bob
        bob> /nick bob
        ada< * bob joined
        bob< Be kind.
        bob< * You are bob. /nick NAME changes that, /help tells more.
        bob< * #lobby: ada and you.
        bob< * Earlier in #lobby, the last 3 lines:
        bob< [2026-11-22 16:01] <ada> two apples
        bob< [2026-11-22 16:01] <ada> three pears
        bob< [16:01] <ada> four pears
        bob< * That was before; it is 16:01 now.
        bob> /history 2
        bob< * Earlier in #lobby, the last 2 lines:
        bob< [2026-11-22 16:01] <ada> three pears
        bob< [16:01] <ada> four pears
        bob< * That was before; it is 16:01 now.
        bob> /history #nowhere
        bob< * You read only where you are. /join #nowhere first.
        bob> /history ada
        bob< * Nothing is kept of you and ada: for that you both must be logged in. See /help login.
        bob> /search apples
        bob< * Found 1 line:
        bob< [2026-11-22 16:01] #lobby <ada> two apples
        bob> /search #lobby pears
        bob< * Found 2 lines:
        bob< [2026-11-22 16:01] #lobby <ada> three pears
        bob< [16:01] #lobby <ada> four pears
        bob> /search plums
        bob< * Nothing found.",
    );
}

#[test]
fn nobody_paints_anothers_terminal() {
    check(
        "+irc
        irc> JOIN #lobby
        irc< :irc!~irc@10.0.0.1 JOIN #lobby
        irc< :irc.example 353 irc = #lobby :irc
        irc< :irc.example 366 irc #lobby :End of /NAMES list
        ++ada
        ada> /nick ada
        irc< :ada!~line@10.0.0.2 JOIN #lobby
        ada< Be kind.
        ada< * You are ada. /nick NAME changes that, /help tells more.
        ada< * #lobby: irc and you.
        irc> PRIVMSG #lobby :\\x034red\\x0f \\x1b[2Jclear\\x07
        ada< <irc> red clear�
        irc> TOPIC #lobby :\\x1b]0;title\\x07topic
        irc< :irc.example 482 irc #lobby :You're not channel operator
        ada> \\x1b[31mred\\x01
        irc< :ada!~line@10.0.0.2 PRIVMSG #lobby :red�",
    );
}
