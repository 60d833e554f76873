use crate::common::check;

#[test]
fn a_name_is_kept_for_its_owner() {
    check(
        "++ada
        ada>
        ada> /register secret
        ada< Be kind.
        ada< * You are guest-1. /nick NAME changes that, /help tells more.
        ada< * #lobby: only you.
        ada< * Which name? /register NAME PASSWORD keeps one for you.
        ada> /register ada ADA
        ada< * The password is the name of the account.
        ada> /register ada secret
        ada< * You are now ada
        ada< * ada is yours now. Next time: /login ada PASSWORD
        ada> /register ada secret
        ada< * ada is registered already. Is it yours? /login ada PASSWORD
        ++bob
        bob> /nick ada
        bob< * Somebody is called ada already. Try another: /nick NAME
        bob< * Or press Enter to come in as guest-2.
        bob> /login ada wrong
        bob< * That is not the right name and password. Nothing has changed.
        bob> /login ada secret
        bob< Be kind.
        bob< * You are ada, logged in. /nick NAME changes that, /help tells more.
        bob< * #lobby: only you.
        ++eve
        eve> /nick eve
        ada< * eve joined
        bob< * eve joined
        eve< Be kind.
        eve< * You are eve. /nick NAME changes that, /help tells more.
        eve< * #lobby: ada and you.
        eve> /nick ada
        eve< * Somebody is called ada already. Try another: /nick NAME
        eve> /register ada other
        eve< * ada is registered already. Is it yours? /login ada PASSWORD
        eve> /login ada secret
        eve< * You are logged in as ada.
        eve< * Somebody is called ada already. Try another: /nick NAME
        ada> /logout
        ada< * ada belongs to your account: take another /nick first, then /logout.
        ada> /nick lovelace
        ada< * You are now lovelace
        bob< * You are now lovelace
        eve< * ada is now lovelace
        ada> /logout
        ada< * You are ada at other connections, or stay so: connect anew to be another.
        bob>> /quit
        ada> /logout
        ada< * You are logged out.
        eve> /nick ada
        ada< * eve is now ada
        eve< * You are now ada
        eve> /join #ops
        eve< * #ops: only you. What you type goes to #ops now.
        eve> /register #ops
        eve< * #ops is registered, and you are its founder
        eve< * You are a founder now",
    );
}

#[test]
fn those_who_run_the_server_do_so_from_a_terminal_too() {
    check(
        "++ada
        ada> /nick ada
        ada< Be kind.
        ada< * You are ada. /nick NAME changes that, /help tells more.
        ada< * #lobby: only you.
        ++bob
        bob> /nick bob
        ada< * bob joined
        bob< Be kind.
        bob< * You are bob. /nick NAME changes that, /help tells more.
        bob< * #lobby: ada and you.
        bob> /kill ada why not
        bob< * Only server operators may do that: /oper NAME PASSWORD
        ada> /oper admin wrong
        ada< * That is not the right name and password. Nothing has changed.
        ada> /oper admin secret
        ada< * You are a server operator now.
        ada< * For operators: ada!~line@10.0.0.1 is an operator now, as admin
        bob> /oper admin wrong
        ada< * For operators: bob!~line@10.0.0.2 gave a wrong password to be an operator, as admin
        bob< * That is not the right name and password. Nothing has changed.
        ada> /rehash
        ada< * The configuration is being read again.
        ada< * For operators: ada has the configuration read again
        ada> /kill bob spam
        ada< * For operators: ada killed bob: spam
        bob< * Goodbye: Killed (ada (spam)).",
    );
}

#[test]
fn the_owner_of_an_account_sees_to_it_in_plain_words() {
    check(
        "++ada
        ada>> /nick ada
        ada>> /register secret ada@example.org
        ada> /passwd wrong other
        ada< * That is not the right name and password. Nothing has changed.
        ada> /passwd secret Ada
        ada< * The password is the name of the account.
        ada> /passwd secret other
        ada< * Your password is another now
        ada> /sessions
        ada< * 1: ada from 10.0.0.1 since 2026-11-22 16:01, this one
        ++bob
        bob>> /login ada other
        ada> /sessions end 2
        ada< * One connection was ended
        bob< * Goodbye: Ended by another connection of yours.
        ada> /sessions end 9
        ada< * You have no such connection.
        ada> /prefer
        ada< * replay: default (lines shown on coming into a channel)
        ada< * autoaway: on (away while you are not connected)
        ada< * multiclient: on (several connections, one nick)
        ada< * dmhistory: on (direct messages are kept)
        ada> /prefer replay 5
        ada< * replay: 5 (lines shown on coming into a channel)
        ada< * autoaway: on (away while you are not connected)
        ada< * multiclient: on (several connections, one nick)
        ada< * dmhistory: on (direct messages are kept)
        ada> /prefer replay many
        ada< * This is how: /prefer [SETTING VALUE]
        ada> /verify ada code
        ada< * You are logged in already.
        ada> /unregister
        ada< * This cannot be undone. To end the account ada, say it again with the code dd0c6db5
        ada> /unregister wrong
        ada< * The code is wrong, or came too late.
        ++cy
        cy>> /nick cy
        cy> /regain ada
        cy< * That takes an account: /register NAME PASSWORD, or /login NAME PASSWORD
        ",
    );
}
