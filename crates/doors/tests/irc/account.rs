//! Accounts.

use crate::common::check;

#[test]
fn an_account_is_registered_and_owns_its_nick() {
    check(
        "+ada draft/account-registration
        ada> REGISTER * * secret
        ada< :irc.example REGISTER SUCCESS ada :The account ada is yours
        ada< :irc.example 900 ada ada!~ada@10.0.0.1 ada :You are now logged in as ada
        ada> REGISTER other * secret
        ada< :irc.example FAIL REGISTER ALREADY_AUTHENTICATED other :You are logged in already
        ada> QUIT
        ada< ERROR :Closing link: Quit
        ++eve
        eve> NICK ada
        eve> USER eve 0 * :Eve
        eve< :irc.example 433 * ada :Nickname belongs to an account: log in to use it
        eve> NICK eve
        eve< :irc.example 001 eve :Welcome to the Example Network, eve!~eve@10.0.0.2
        eve> NICK Ada
        eve< :irc.example 433 eve Ada :Nickname belongs to an account: log in to use it
        eve> REGISTER ADA * secret
        eve< :irc.example FAIL REGISTER ACCOUNT_EXISTS ADA :This name is an account's already
        eve> REGISTER 1x * secret
        eve< :irc.example FAIL REGISTER BAD_ACCOUNT_NAME 1x :The name of an account is a nickname
        eve> REGISTER eve *
        eve< :irc.example 461 eve REGISTER :Not enough parameters
        ",
    );
}

#[test]
fn a_name_that_cannot_be_an_accounts_is_refused_as_one() {
    check(
        "+ada
        +bob
        ada> REGISTER nickserv * pw
        ada< :irc.example FAIL REGISTER BAD_ACCOUNT_NAME nickserv :This name is a service's
        ada> REGISTER bob * pw
        ada< :irc.example FAIL REGISTER BAD_ACCOUNT_NAME bob :Someone else is here with this nickname
        ",
    );
}

#[test]
fn sasl_plain_before_the_sign_on() {
    check(
        "+ada
        ada>> REGISTER ada * pw
        ada> QUIT
        ada< ERROR :Closing link: Quit
        ++bob
        bob>> CAP LS 302
        bob> AUTHENTICATE PLAIN
        bob< :irc.example 904 * :SASL is not enabled: CAP REQ sasl
        bob> CAP REQ :sasl account-tag
        bob< :irc.example CAP * ACK :sasl account-tag
        bob> AUTHENTICATE SCRAM-SHA-512
        bob< :irc.example 908 * PLAIN,SCRAM-SHA-256 :are available SASL mechanisms
        bob< :irc.example 904 * :SASL authentication failed
        bob> AUTHENTICATE PLAIN
        bob< AUTHENTICATE +
        bob> AUTHENTICATE AGFkYQBubw==
        bob< :irc.example 904 * :SASL authentication failed: Name or password is wrong
        bob> AUTHENTICATE PLAIN
        bob< AUTHENTICATE +
        bob> AUTHENTICATE *
        bob< :irc.example 906 * :SASL authentication aborted
        bob> AUTHENTICATE PLAIN
        bob< AUTHENTICATE +
        bob> AUTHENTICATE nonsense!
        bob< :irc.example 904 * :SASL authentication failed
        bob> AUTHENTICATE PLAIN
        bob< AUTHENTICATE +
        bob> AUTHENTICATE Ym9iAGFkYQBwdw==
        bob< :irc.example 904 * :SASL authentication failed
        bob> NICK ada
        bob> USER bob 0 * :Bob
        bob> AUTHENTICATE plain
        bob< AUTHENTICATE +
        bob> AUTHENTICATE AGFkYQBwdw==
        bob< :irc.example 900 * ada!~bob@10.0.0.2 ada :You are now logged in as ada
        bob< :irc.example 903 * :SASL authentication successful
        bob> CAP END
        bob< :irc.example 001 ada :Welcome to the Example Network, ada!~bob@10.0.0.2
        bob> PRIVMSG ada :me
        bob< @account=ada :ada!~bob@10.0.0.2 PRIVMSG ada :me
        ",
    );
}

#[test]
fn sasl_plain_after_the_sign_on_and_in_pieces() {
    let account = "ada";
    let password = "x".repeat(295);
    // 300 bytes, which are exactly one full piece; so an empty one ends it.
    let piece = format!("AGFkYQB4{}", "eHh4".repeat(98));
    check(&format!(
        "+{account}
        ada> REGISTER ada * {password}
        ada< :irc.example REGISTER SUCCESS ada :The account ada is yours
        ada< :irc.example 900 ada ada!~ada@10.0.0.1 ada :You are now logged in as ada
        +bob sasl
        bob> AUTHENTICATE PLAIN
        bob< AUTHENTICATE +
        bob> AUTHENTICATE {piece}
        bob> AUTHENTICATE +
        bob< :irc.example 900 bob bob!~bob@10.0.0.2 ada :You are now logged in as ada
        bob< :irc.example 903 bob :SASL authentication successful
        bob> AUTHENTICATE PLAIN
        bob< AUTHENTICATE +
        bob> AUTHENTICATE {piece}x
        bob< :irc.example 905 bob :SASL message too long"
    ));
}

#[test]
fn an_exchange_that_registration_overtakes_is_aborted() {
    check(
        "++ada
        ada> CAP REQ sasl
        ada< :irc.example CAP * ACK :sasl
        ada> NICK ada
        ada> USER ada 0 * :Ada
        ada> AUTHENTICATE PLAIN
        ada< AUTHENTICATE +
        ada> CAP END
        ada< :irc.example 906 * :SASL authentication aborted
        ada< :irc.example 001 ada :Welcome to the Example Network, ada!~ada@10.0.0.1
        ",
    );
}

#[test]
fn a_password_may_carry_the_account() {
    check(
        "+ada
        ada>> REGISTER ada * pw
        ada> QUIT
        ada< ERROR :Closing link: Quit
        ++bob
        bob> PASS ada:pw
        bob> NICK ada
        bob> USER bob 0 * :Bob
        bob< :irc.example 900 * ada!~bob@10.0.0.2 ada :You are now logged in as ada
        bob< :irc.example 001 ada :Welcome to the Example Network, ada!~bob@10.0.0.2
        ++cy
        cy> PASS ada:wrong
        cy> NICK cy
        cy> USER cy 0 * :Cy
        cy< :irc.example 464 * :Password incorrect
        cy< :irc.example 001 cy :Welcome to the Example Network, cy!~cy@10.0.0.3
        ",
    );
}

#[test]
fn old_clients_have_their_services() {
    check(
        "+ada
        ada> NS
        ada< :irc.example 461 ada NS :Not enough parameters
        ada>> NS HELP
        ada> NS HELP IDENTIFY
        ada< :NickServ!NickServ@irc.example NOTICE ada :IDENTIFY [account] <password>
        ada< :NickServ!NickServ@irc.example NOTICE ada :logs you in
        ada> NS HELP DANCE
        ada< :NickServ!NickServ@irc.example NOTICE ada :There is no DANCE: HELP tells what there is
        ada> NS dance
        ada< :NickServ!NickServ@irc.example NOTICE ada :There is no DANCE: HELP tells what there is
        ada> NS IDENTIFY
        ada< :NickServ!NickServ@irc.example NOTICE ada :IDENTIFY [account] <password>
        ada> NICKSERV REGISTER pw mail@example
        ada< :NickServ!NickServ@irc.example NOTICE ada :The account ada is yours
        ada< :irc.example 900 ada ada!~ada@10.0.0.1 ada :You are now logged in as ada
        ada> PRIVMSG NickServ :REGISTER again
        ada< :NickServ!NickServ@irc.example NOTICE ada :You are logged in already
        ada> CS REGISTER #a
        ada< :irc.example 403 ada #a :No such channel
        ada> JOIN #a
        ada< :ada!~ada@10.0.0.1 JOIN #a
        ada< :irc.example 353 ada = #a :@ada
        ada< :irc.example 366 ada #a :End of /NAMES list
        ada> PRIVMSG ChanServ :REGISTER #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a is registered, and you are its founder
        ada< :irc.example MODE #a +q ada
        ada> CHANSERV register #a
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :#a is registered already
        +bob
        bob> PRIVMSG nickserv :IDENTIFY ada wrong
        bob< :NickServ!NickServ@irc.example NOTICE bob :Name or password is wrong
        bob> NS IDENTIFY ada pw
        bob< :irc.example 900 bob bob!~bob@10.0.0.2 ada :You are now logged in as ada
        bob< :NickServ!NickServ@irc.example NOTICE bob :You are now logged in as ada
        +cy
        cy> JOIN #c
        cy< :cy!~cy@10.0.0.3 JOIN #c
        cy< :irc.example 353 cy = #c :@cy
        cy< :irc.example 366 cy #c :End of /NAMES list
        cy> CS REGISTER #c
        cy< :ChanServ!ChanServ@irc.example NOTICE cy :Log in to an account first
        cy> CS REGISTER #a
        cy< :irc.example 442 cy #a :You're not on that channel
        cy> NS IDENTIFY pw
        cy< :NickServ!NickServ@irc.example NOTICE cy :Name or password is wrong
        ",
    );
}

#[test]
fn chanserv_tells_what_it_can_be_told() {
    check(
        "+ada
        ada> CS HELP
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :ChanServ: channels, which are kept for you
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :ACCESS <#channel> [+|-rank <account>] - does what AMODE does
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :AMODE <#channel> [+|-rank <account>] - ranks that accounts have whenever they come: q a o h v
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :BAN <#channel> <mask> - keeps people out
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :CLEAR <#channel> USERS [reason] | ACCESS | BANS - puts everyone else out, takes all lasting ranks but yours, or lifts all bans
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :DEHALFOP <#channel> [nick]… - takes a half-operator's rank
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :DEOP <#channel> [nick]… - takes an operator's rank
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :DEVOICE <#channel> [nick]… - takes a voice
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :DROP <#channel> [code] - the same as UNREGISTER
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :GET <#channel> - shows how a channel is wanted
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :GETKEY <#channel> - tells the key
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :HALFOP <#channel> [nick]… - makes people half-operators
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :INFO <#channel> - tells about a channel
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :INVITE <#channel> [nick] - lets someone in, or yourself if you have a lasting rank
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :KICK <#channel> <nick> [reason] - puts someone out
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :LIST [mask] - lists registered channels; for operators
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :OP <#channel> [nick]… - makes people operators
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :PURGE ADD <#channel> [reason] | DEL <#channel> | LIST - ends a channel and forbids its name; for operators
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :REGISTER <#channel> - keeps a channel for ever, with you as its founder
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :SET <#channel> [<setting> <value>] - says how you want a channel of yours: HISTORY, EARLIER
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :SUSPEND <#channel> [reason] - lets nobody into a channel; for operators
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :TOPIC <#channel> [topic] - sets or clears the topic
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :TRANSFER <#channel> <account> | ACCEPT <#channel> | CANCEL <#channel> - offers a channel of yours to another account; operators give it away with FORCE in front
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :UNBAN <#channel> [mask] - lets people in again, or yourself if you have a lasting rank
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :UNREGISTER <#channel> [code] - keeps a channel no longer: first asks you for a code
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :UNSUSPEND <#channel> - lets people into a channel again; for operators
        ada< :ChanServ!ChanServ@irc.example NOTICE ada :VOICE <#channel> [nick]… - gives people a voice
        ",
    );
}

#[test]
fn what_a_service_is_told_is_told_to_nobody_else() {
    check(
        "+ada
        +bob
        ada> PRIVMSG bob,NickServ :REGISTER pw
        ada< :irc.example 407 ada bob :What a service is told is for nobody else
        ada< :NickServ!NickServ@irc.example NOTICE ada :The account ada is yours
        ada< :irc.example 900 ada ada!~ada@10.0.0.1 ada :You are now logged in as ada
        ",
    );
}
