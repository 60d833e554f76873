//! SASL SCRAM-SHA-256. The town's proof is the password itself; `tests/accounts/scram.rs` has a real one.

use crate::common::check;

#[test]
fn scram_before_the_sign_on() {
    check(
        "+ada
        ada>> REGISTER ada * pw
        ada>> QUIT
        ++bob
        bob> CAP REQ sasl
        bob< :irc.example CAP * ACK :sasl
        bob> AUTHENTICATE scram-sha-256
        bob< AUTHENTICATE +
        bob> AUTHENTICATE biwsbj1hZGEscj14
        bob< AUTHENTICATE cj14KyxzPWMyRnNkQT09LGk9NDA5Ng==
        bob> AUTHENTICATE Yz1iaXdzLHI9eCsscD1ubw==
        bob< :irc.example 904 * :SASL authentication failed: Name or password is wrong
        bob> AUTHENTICATE SCRAM-SHA-256
        bob< AUTHENTICATE +
        bob> AUTHENTICATE biwsbj1hZGEscj14
        bob< AUTHENTICATE cj14KyxzPWMyRnNkQT09LGk9NDA5Ng==
        bob> AUTHENTICATE Yz1iaXdzLHI9eCsscD1wdw==
        bob< AUTHENTICATE dj1wcm9vZg==
        bob> AUTHENTICATE +
        bob< :irc.example 900 * *!*@10.0.0.2 ada :You are now logged in as ada
        bob< :irc.example 903 * :SASL authentication successful
        bob> NICK ada
        bob> USER bob 0 * :Bob
        bob> CAP END
        bob< :irc.example 001 ada :Welcome to the Example Network, ada!~bob@10.0.0.2
        ",
    );
}

#[test]
fn an_exchange_that_goes_wrong_ends_at_once_and_another_may_begin() {
    check(
        "+ada
        ada>> REGISTER ada * pw
        +bob sasl
        bob> AUTHENTICATE SCRAM-SHA-256
        bob< AUTHENTICATE +
        bob> AUTHENTICATE bixhPWJvYixuPWFkYSxyPXg=
        bob< :irc.example 904 bob :SASL authentication failed
        bob> AUTHENTICATE SCRAM-SHA-256
        bob< AUTHENTICATE +
        bob> AUTHENTICATE biwsbj1ldmUscj14
        bob< :irc.example 904 bob :SASL authentication failed: Name or password is wrong
        bob> AUTHENTICATE SCRAM-SHA-256
        bob< AUTHENTICATE +
        bob> AUTHENTICATE biwsbj1hZGEscj14
        bob< AUTHENTICATE cj14KyxzPWMyRnNkQT09LGk9NDA5Ng==
        bob> AUTHENTICATE *
        bob< :irc.example 906 bob :SASL authentication aborted
        bob> AUTHENTICATE SCRAM-SHA-256
        bob< AUTHENTICATE +
        bob> AUTHENTICATE biwsbj1hZGEscj14
        bob< AUTHENTICATE cj14KyxzPWMyRnNkQT09LGk9NDA5Ng==
        bob> AUTHENTICATE Yz1iaXdzLHI9eCsscD1wdw==
        bob< AUTHENTICATE dj1wcm9vZg==
        bob> AUTHENTICATE bm8=
        bob< :irc.example 904 bob :SASL authentication failed
        bob> AUTHENTICATE SCRAM-SHA-256
        bob< AUTHENTICATE +
        bob> AUTHENTICATE biwsbj1hZGEscj14
        bob< AUTHENTICATE cj14KyxzPWMyRnNkQT09LGk9NDA5Ng==
        bob> AUTHENTICATE Yz1iaXdzLHI9eCsscD1wdw==
        bob< AUTHENTICATE dj1wcm9vZg==
        bob> AUTHENTICATE +
        bob< :irc.example 900 bob bob!~bob@10.0.0.2 ada :You are now logged in as ada
        bob< :irc.example 903 bob :SASL authentication successful
        ",
    );
}
