use crate::common::{Town, check, check_in};

#[test]
fn a_silent_caller_is_greeted_and_becomes_a_person_with_the_first_line() {
    check(
        "+irc
        irc> JOIN #lobby
        irc< :irc!~irc@10.0.0.1 JOIN #lobby
        irc< :irc.example 353 irc = #lobby :irc
        irc< :irc.example 366 irc #lobby :End of /NAMES list
        ++ada
        ~499
        ~1
        ada< * Welcome to Example. Nobody is here yet.
        ada< * Press Enter to come in as guest-1, or /nick NAME. /help tells more.
        ada>
        irc< :guest-1!~line@10.0.0.2 JOIN #lobby
        ada< Be kind.
        ada< * You are guest-1. /nick NAME changes that, /help tells more.
        ada< * #lobby: irc and you.
        ada>
        ada> hello
        irc< :guest-1!~line@10.0.0.2 PRIVMSG #lobby :hello
        irc> PRIVMSG #lobby :welcome
        ada< <irc> welcome",
    );
}

#[test]
fn a_pipe_says_its_line_and_leaves() {
    check(
        "+irc
        irc> JOIN #lobby
        irc< :irc!~irc@10.0.0.1 JOIN #lobby
        irc< :irc.example 353 irc = #lobby :irc
        irc< :irc.example 366 irc #lobby :End of /NAMES list
        ++pipe
        pipe> deploy done
        irc< :guest-1!~line@10.0.0.2 JOIN #lobby
        irc< :guest-1!~line@10.0.0.2 PRIVMSG #lobby :deploy done
        pipe< Be kind.
        pipe< * You are guest-1. /nick NAME changes that, /help tells more.
        pipe< * #lobby: irc and you.
        pipe> /quit done
        irc< :guest-1!~line@10.0.0.2 QUIT :Quit: done
        pipe< * Goodbye.",
    );
}

#[test]
fn a_chosen_nick_that_is_taken_is_told_in_words() {
    check(
        "++ada
        ada> /nick ada
        ada< Be kind.
        ada< * You are ada. /nick NAME changes that, /help tells more.
        ada< * #lobby: only you.
        ++bob
        bob> /nick ada
        bob< * Somebody is called ada already. Try another: /nick NAME
        bob< * Or press Enter to come in as guest-2.
        bob> /nick 7up
        bob< * \"7up\" cannot be a nick: '7' cannot stand there.
        bob> /who
        bob< * Nobody is here yet. Press Enter to come in and see who.
        bob> /nick bob
        ada< * bob joined
        bob< Be kind.
        bob< * You are bob. /nick NAME changes that, /help tells more.
        bob< * #lobby: ada and you.
        bob> /nick ada
        bob< * Somebody is called ada already. Try another: /nick NAME
        bob> /nick bobby
        ada< * bob is now bobby
        bob< * You are now bobby",
    );
}

#[test]
fn who_was_refused_can_still_leave() {
    check(
        "++ada
        ada> /nick ada
        ada< Be kind.
        ada< * You are ada. /nick NAME changes that, /help tells more.
        ada< * #lobby: only you.
        ++bob
        bob> /nick ada
        bob< * Somebody is called ada already. Try another: /nick NAME
        bob< * Or press Enter to come in as guest-2.
        bob> /quit
        bob< * Goodbye.",
    );
}

#[test]
fn help_is_there_before_and_inside() {
    check(
        "++ada
        ada> /help
        ada< * What you type is said in the channel, unless it begins with a slash:
        ada<   /nick NAME                      be called so
        ada<   /join #CHANNEL [KEY]            come into a channel, or look at it again
        ada<   /part [#CHANNEL] [WHY]          leave the channel, or the one named
        ada<   /msg NICK|#CHANNEL TEXT         say TEXT to one alone, or in another channel
        ada<   /me DOES                        say what you do: /me waves
        ada<   /who [#CHANNEL|MASK]            who is in the channel, a line each
        ada<   /names [#CHANNEL]               who is in the channel, in one line
        ada<   /list [WORD]                    the channels there are, or those like WORD
        ada<   /whois NICK                     what there is to know about someone
        ada<   /away [WHY]                     be away; without a reason, be back
        ada<   /topic [#CHANNEL] [TEXT]        see what the channel is about, or say so
        ada<   /history [NUMBER] [#CHAN|NICK]  the last lines, of here or of you and NICK
        ada<   /search [#CHAN|@NICK] WORDS     lines with all these words
        ada<   /register [NAME] PASSWORD       keep your name, or NAME, as your own
        ada<   /login [NAME] PASSWORD          be the one whose account it is
        ada<   /invite NICK [#CHANNEL]         ask someone into the channel
        ada<   /kick [#CHANNEL] NICK [WHY]     put someone out of the channel
        ada<   /mode [#CHANNEL] [+-MODES...]   see or change how the channel is kept
        ada<   /help [COMMAND]                 this list, or more about one of it
        ada<   /quit [WHY]                     leave
        ada<   //TEXT                          say a line that begins with a slash
        ada< * Rarely needed: /rename /stay /logout /passwd /sessions /prefer /regain
        ada<   /verify /forget /unregister /pass /oper /kill /wallops /rehash.
        ada> /help register
        ada< * /register [NAME] PASSWORD: keep your name, or NAME, as your own.
        ada<   Nobody else can take the name then. /register #CHANNEL keeps a channel for ever.
        ada<   Your address may stand behind the password: some servers send a code there, for /verify.
        ada<   What you type is not encrypted on its way: take a password that you use nowhere else.
        ada> /hepl
        ada< * No /hepl here. Did you mean /help?
        ada>
        ada< Be kind.
        ada< * You are guest-1. /nick NAME changes that, /help tells more.
        ada< * #lobby: only you.
        ada> /help /join
        ada< * /join #CHANNEL [KEY]: come into a channel, or look at it again.
        ada<   What you type goes there then. You stay in the others: their lines have the channel's name
        ada<   in front. Several at once: /join #A,#B
        ada<   Also: /j /channel",
    );
}

#[test]
fn a_server_with_a_password_lets_in_who_knows_it() {
    check_in(
        Town::with(|facts| facts.password = Some("phc:sesame".into())),
        "++ada
        ~500
        ada< * Welcome to Example. Nobody is here yet.
        ada< * This server asks for a password first: /pass WORD
        ada> hello
        ada< * This server asks for a password first: /pass WORD
        ada> /nick ada
        ada< * This server asks for a password first: /pass WORD
        ada> /pass wrong
        ada< * That is not the password of this server.
        ada> /pass sesame
        ada< * That is right. Press Enter to come in as guest-1, or /nick NAME.
        ada> /nick ada
        ada< Be kind.
        ada< * You are ada. /nick NAME changes that, /help tells more.
        ada< * #lobby: only you.
        ada> hello",
    );
}
