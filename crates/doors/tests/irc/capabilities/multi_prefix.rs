//! All the ranks of a member, and not the highest alone.

use crate::common::check;

#[test]
fn names_who_and_whois_have_all_signs_highest_first() {
    check(
        "+ada multi-prefix
        +bob
        ada>> JOIN #a
        bob>> JOIN #a
        ada>> MODE #a +vh ada ada
        ada> NAMES #a
        ada< :irc.example 353 ada = #a :@%+ada bob
        ada< :irc.example 366 ada #a :End of /NAMES list
        bob> NAMES #a
        bob< :irc.example 353 bob = #a :@ada bob
        bob< :irc.example 366 bob #a :End of /NAMES list
        ada> WHO ada
        ada< :irc.example 352 ada #a ~ada 10.0.0.1 irc.example ada H@%+ :0 ada of Example
        ada< :irc.example 315 ada ada :End of WHO list
        bob> WHOIS ada
        bob< :irc.example 311 bob ada ~ada 10.0.0.1 * :ada of Example
        bob< :irc.example 319 bob ada :@#a
        bob< :irc.example 312 bob ada irc.example :a Parlor server
        bob< :irc.example 317 bob ada 0 1795363270 :seconds idle, signon time
        bob< :irc.example 318 bob ada :End of /WHOIS list
        bob>> CAP REQ multi-prefix
        bob> WHOIS ada
        bob< :irc.example 311 bob ada ~ada 10.0.0.1 * :ada of Example
        bob< :irc.example 319 bob ada :@%+#a
        bob< :irc.example 312 bob ada irc.example :a Parlor server
        bob< :irc.example 317 bob ada 0 1795363270 :seconds idle, signon time
        bob< :irc.example 318 bob ada :End of /WHOIS list
        ",
    );
}
