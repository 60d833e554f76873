//! Account and real name of those who come in.

use crate::common::check;

#[test]
fn who_comes_in_is_told_with_account_and_real_name() {
    check(
        "+ada extended-join
        +bob
        +cy
        ada>> JOIN #a
        cy>> JOIN #a
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a * :bob of Example
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada cy bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        cy< :bob!~bob@10.0.0.2 JOIN #a
        bob>> PART #a
        bob>> REGISTER * * pw
        bob>> SETNAME :Robert
        bob> JOIN #a
        ada< :bob!~bob@10.0.0.2 JOIN #a bob :Robert
        bob< :bob!~bob@10.0.0.2 JOIN #a
        bob< :irc.example 353 bob = #a :@ada cy bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        cy< :bob!~bob@10.0.0.2 JOIN #a
        ",
    );
}
