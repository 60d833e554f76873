use crate::common::check;

#[test]
fn several_channels_are_told_apart() {
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
        ada> /join #ops
        ada< * #ops: only you. What you type goes to #ops now.
        ada> now in ops
        bob> in the lobby
        ada< #lobby <bob> in the lobby
        bob> /join ops
        ada< * bob joined
        bob< * #ops: @ada and you. What you type goes to #ops now.
        bob< * Earlier in #ops, the last line:
        bob< [16:01] <ada> now in ops
        bob< * That was before; it is 16:01 now.
        bob> in ops
        ada< <bob> in ops
        ada> /join #lobby
        ada< * What you type goes to #lobby now.
        bob> still ops
        ada< #ops <bob> still ops
        ada> in the lobby again
        bob< #lobby <ada> in the lobby again
        ada> /part #ops enough
        ada< * You left #ops. What you type goes to #lobby now.
        bob< * ada left (enough)
        ada> /part
        ada< * You left #lobby. You are in no channel now: /join #lobby to talk.
        bob< #lobby * ada left
        ada> to nobody
        ada< * You are in no channel, so nobody would read it. /join #lobby to talk, or see the /list.
        ada> /join #lobby
        ada< * #lobby: bob and you.
        ada< * Earlier in #lobby, the last 2 lines:
        ada< [16:01] <bob> in the lobby
        ada< [16:01] <ada> in the lobby again
        ada< * That was before; it is 16:01 now.
        bob< #lobby * ada joined
        bob> /part
        bob< * You left #ops. What you type goes to #lobby now.",
    );
}

// One table: a transcript whose lines depend on those before.
#[test]
fn channels_are_kept_and_told() {
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
        ada> /join #ops
        ada< * #ops: only you. What you type goes to #ops now.
        ada> /topic
        ada< * #ops has no topic.
        ada> /topic all about operations
        ada< * You set the topic: all about operations
        ada> /mode +k sesame
        ada< * You set the channel's key to sesame
        bob> /join #ops
        bob< * #ops takes a key: /join #ops KEY
        bob< * What you type still goes to #lobby.
        bob> hello?
        ada< #lobby <bob> hello?
        bob> /join #ops sesame
        ada< * bob joined
        bob< * #ops is about: all about operations (ada, 16:01)
        bob< * #ops: @ada and you. What you type goes to #ops now.
        bob> /topic mine
        bob< * Only operators of #ops may do that.
        ada> /mode +to bob
        ada< * You made bob an operator
        bob< * ada made you an operator
        ada> /mode
        ada< * #ops: only those inside speak (+n); only operators set the topic (+t); the key is sesame (+k).
        bob> /topic ours
        ada< * bob set the topic: ours
        bob< * You set the topic: ours
        bob> /kick ada too slow
        ada< * bob put you out of #ops (too slow)
        bob< * You kicked ada (too slow)
        ada> anybody?
        ada< * You are not looking at a channel, so nobody would read it. /join one of yours: #lobby
        ada> /join #ops
        ada< * #ops takes a key: /join #ops KEY
        bob> /mode +b ada
        bob< * You banned ada
        bob> /mode +b
        bob< * Banned from #ops:
        bob<   ada!*@*  by bob, 16:01
        bob> /mode -k
        bob< * You took the channel's key away
        ada> /join #ops
        ada< * You are banned from #ops.
        bob> /invite ada
        ada< * bob invites you to #ops: /join #ops
        bob< * You invited ada to #ops.
        ada> /join #ops
        ada< * #ops is about: ours (bob, 16:01)
        ada< * #ops: @bob and you. What you type goes to #ops now.
        bob< * ada joined
        ada> /names
        ada< * #ops: @bob and you. What you type goes to #ops now.
        ada> /who
        ada< * 2 people are in #ops:
        ada<   @bob  ~line@10.0.0.2
        ada<   ada  ~line@10.0.0.1
        ada> /whois bob
        ada< * bob is ~line@10.0.0.2 (at a terminal)
        ada<   not logged in
        ada<   in #lobby and @#ops
        ada<   here since 16:01
        ada> /whois nobody
        ada< * Nobody here is called nobody. See /who.
        ada> /list
        ada< * 2 channels:
        ada<   #lobby  2 people
        ada<   #ops  2 people  ours
        ada> /names #nowhere
        ada< * There is no #nowhere that you can see.
        ada> /kick bob
        ada< * Only operators of #ops may do that.
        ada> /register #ops
        ada< * Only operators of #ops may do that.",
    );
}
