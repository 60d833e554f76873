//! DEBUG: what operators see of what the server holds.

use crate::common::{Town, check, check_in, operator};
use parlor_hub::modes::Grants;

#[test]
fn only_operators_whose_class_sees_are_told() {
    let guard = || operator("guard", "word", Grants::KILL);
    check_in(
        Town::with(|facts| facts.operators.push(guard())),
        "+ada labeled-response batch
        ada> DEBUG
        ada< :irc.example 481 ada :Permission Denied- You're not an IRC operator
        ada> @label=a DEBUG COUNTS
        ada< @label=a :irc.example 481 ada :Permission Denied- You're not an IRC operator
        ada>> OPER guard word
        ada> DEBUG USER ada
        ada< :irc.example 723 ada see :Insufficient oper privileges.
        ada>> OPER admin secret
        ada> @label=b DEBUG nonsense
        ada< @label=b :irc.example BATCH +l1 labeled-response
        ada< @batch=l1 :irc.example NOTICE ada :DEBUG COUNTS: how many there are of what
        ada< @batch=l1 :irc.example NOTICE ada :DEBUG USER <nick>: a person, their connections and channels
        ada< @batch=l1 :irc.example NOTICE ada :DEBUG CHANNEL <#channel>: a channel and its members
        ada< :irc.example BATCH -l1
        ada> DEBUG USER
        ada< :irc.example 461 ada DEBUG :Not enough parameters
        ada> DEBUG USER nobody
        ada< :irc.example 401 ada nobody :No such nick/channel
        ada> DEBUG CHANNEL #nowhere
        ada< :irc.example 403 ada #nowhere :No such channel
        ada> DEBUG CHANNEL nonsense
        ada< :irc.example 403 ada nonsense :No such channel
        ",
    );
}

#[test]
fn everything_is_counted() {
    check(
        "+ada
        +bob draft/metadata-2 batch
        bob>> JOIN #a
        bob>> MODE #a +b *!*@evil
        bob>> INVITE ada #a
        ada>> MONITOR + bob,cy
        bob>> METADATA * SUB avatar
        bob>> METADATA * SET avatar :https://x.example/
        ada>> OPER admin secret
        ada>> DLINE 10.9.0.0/16
        ada> DEBUG COUNTS
        ada< :irc.example NOTICE ada :people: 2
        ada< :irc.example NOTICE ada :people without a connection: 0
        ada< :irc.example NOTICE ada :sessions: 2
        ada< :irc.example NOTICE ada :operators: 1
        ada< :irc.example NOTICE ada :channels: 2
        ada< :irc.example NOTICE ada :registered channels: 1
        ada< :irc.example NOTICE ada :memberships: 1
        ada< :irc.example NOTICE ada :masks of channels: 1
        ada< :irc.example NOTICE ada :invitations: 1
        ada< :irc.example NOTICE ada :accounts: 0
        ada< :irc.example NOTICE ada :accounts to be verified: 0
        ada< :irc.example NOTICE ada :accounts that are always on: 0
        ada< :irc.example NOTICE ada :certificates: 0
        ada< :irc.example NOTICE ada :bans: 1
        ada< :irc.example NOTICE ada :values of metadata: 1
        ada< :irc.example NOTICE ada :subscriptions to metadata: 1
        ada< :irc.example NOTICE ada :monitors: 2
        ada< :irc.example NOTICE ada :read marks: 0
        ada< :irc.example NOTICE ada :people who were here: 0
        ",
    );
}

#[test]
fn a_person_is_shown_with_every_connection_and_channel() {
    check(
        "+ada
        ada>> OPER admin secret
        ada>> NS SAREGISTER bob pw
        ++bob
        bob>> PASS bob:pw
        bob>> NICK bob
        bob>> USER bob 0 * :Bob
        ++bob2
        bob2>> PASS bob:pw
        bob2>> NICK bob
        bob2>> USER bob 0 * :Bob
        bob>> JOIN #a
        bob>> MODE #a +s
        bob>> MONITOR + cy
        ada> DEBUG USER BOB
        ada< :irc.example NOTICE ada :bob!~bob@10.0.0.2: account bob, modes +
        ada< :irc.example NOTICE ada :real name Bob
        ada< :irc.example NOTICE ada :here since Sun Nov 22 2026 at 16:01:10 UTC, last said something Sun Nov 22 2026 at 16:01:10 UTC
        ada< :irc.example NOTICE ada :invitations 0, values of metadata 0
        ada< :irc.example NOTICE ada :session 2: plain, since Sun Nov 22 2026 at 16:01:10 UTC
        ada< :irc.example NOTICE ada :session 2: from 10.0.0.2, called 10.0.0.2, shown as 10.0.0.2
        ada< :irc.example NOTICE ada :session 2: line 6, monitors 1, subscriptions to metadata 0
        ada< :irc.example NOTICE ada :session 3: plain, since Sun Nov 22 2026 at 16:01:10 UTC
        ada< :irc.example NOTICE ada :session 3: from 10.0.0.3, called 10.0.0.3, shown as 10.0.0.3
        ada< :irc.example NOTICE ada :session 3: line 3, monitors 0, subscriptions to metadata 0
        ada< :irc.example NOTICE ada :in @#a
        ada> DEBUG USER ada
        ada< :irc.example NOTICE ada :ada!~ada@10.0.0.1: account none, modes +os
        ada< :irc.example NOTICE ada :real name ada of Example
        ada< :irc.example NOTICE ada :operator admin: kill,ban,rehash,sa,see
        ada< :irc.example NOTICE ada :here since Sun Nov 22 2026 at 16:01:10 UTC, last said something Sun Nov 22 2026 at 16:01:10 UTC
        ada< :irc.example NOTICE ada :invitations 0, values of metadata 0
        ada< :irc.example NOTICE ada :session 1: plain, since Sun Nov 22 2026 at 16:01:10 UTC
        ada< :irc.example NOTICE ada :session 1: from 10.0.0.1, called 10.0.0.1, shown as 10.0.0.1
        ada< :irc.example NOTICE ada :session 1: line 5, monitors 0, subscriptions to metadata 0
        ",
    );
}

#[test]
fn a_channel_is_shown_with_its_members_and_without_its_key() {
    check(
        "+ada
        +bob
        +cy
        bob>> JOIN #a
        cy>> JOIN #a
        bob>> MODE #a +kslv key 5 cy
        bob>> MODE #a +b *!*@evil
        ada>> OPER admin secret
        ada> DEBUG CHANNEL #A
        ada< :irc.example NOTICE ada :#a: modes +nstkl * 5, made Sun Nov 22 2026 at 16:01:10 UTC
        ada< :irc.example NOTICE ada :members 2, places 0, lasting ranks 0
        ada< :irc.example NOTICE ada :masks +b 1, +e 0, +I 0; values of metadata 0
        ada< :irc.example NOTICE ada :history: messages are kept for ever; whoever comes may read what was said before
        ada< :irc.example NOTICE ada :member @bob!~bob@10.0.0.2
        ada< :irc.example NOTICE ada :member +cy!~cy@10.0.0.3
        ",
    );
}
