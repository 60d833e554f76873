//! Targets and message ids as the single numbers that the database compares.
//!
//! A channel is its id, above zero. A pair of accounts is `-(low << 31 | high)`: at or below zero.
//! A message is `seq * 65536 + n`, so that the order of ids is the order of the journal.

use crate::bounds::{ACCOUNT_ID_MAX, SEQ_MAX};
use crate::error::Error;
use parlor_hub::change::{MetadataOf, Target};
use parlor_hub::id::{AccountId, ChannelId, MessageId, Seq};

/// A target as one number.
pub fn pack(target: Target) -> Result<i64, Error> {
    match target {
        Target::Channel(ChannelId(0)) => Err(Error::TargetOutOfBounds(target)),
        Target::Channel(ChannelId(id)) => Ok(i64::from(id)),
        Target::Pair(one, other) => {
            let (low, high) = (one.min(other).0, one.max(other).0);
            if high > ACCOUNT_ID_MAX {
                return Err(Error::TargetOutOfBounds(target));
            }
            Ok(-(i64::from(low) << 31 | i64::from(high)))
        }
    }
}

/// The target of a number, if it is one.
pub fn unpack(packed: i64) -> Option<Target> {
    if packed > 0 {
        return u32::try_from(packed).ok().map(|id| Target::Channel(ChannelId(id)));
    }
    let pair = packed.unsigned_abs();
    let low = u32::try_from(pair >> 31).ok()?;
    let high = (pair & u64::from(ACCOUNT_ID_MAX)) as u32;
    (low <= high).then_some(Target::Pair(AccountId(low), AccountId(high)))
}

/// A target as one word of the full-text index.
pub fn token(target: Target) -> String {
    match target {
        Target::Channel(ChannelId(id)) => format!("c{id}"),
        Target::Pair(one, other) => format!("p{}x{}", one.min(other).0, one.max(other).0),
    }
}

/// An account or a channel, of which something is noted, as two numbers.
pub fn pack_owner(of: MetadataOf) -> (u8, u32) {
    match of {
        MetadataOf::Account(account) => (0, account.0),
        MetadataOf::Channel(channel) => (1, channel.0),
    }
}

/// What two numbers stand for, if it is something.
pub fn unpack_owner(kind: u8, id: u32) -> Option<MetadataOf> {
    match kind {
        0 => Some(MetadataOf::Account(AccountId(id))),
        1 => Some(MetadataOf::Channel(ChannelId(id))),
        _ => None,
    }
}

/// A message's row id.
pub fn pack_message(id: MessageId) -> Result<i64, Error> {
    if id.seq > SEQ_MAX {
        return Err(Error::MessageOutOfBounds(id));
    }
    Ok((id.seq << 16 | u64::from(id.n)).cast_signed())
}

/// The message of a row.
pub fn unpack_message(epoch: u32, row: i64) -> MessageId {
    MessageId { epoch, seq: seq_of(row), n: row.cast_unsigned() as u16 }
}

/// The entry of a row.
pub fn seq_of(row: i64) -> Seq {
    row.cast_unsigned() >> 16
}

/// The greatest row id that a message of this entry, or an earlier one, can have.
pub fn last_row_of(seq: Seq) -> i64 {
    (seq.min(SEQ_MAX) << 16 | 0xffff).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn targets() -> impl Strategy<Value = Target> {
        prop_oneof![
            (1..=u32::MAX).prop_map(|id| Target::Channel(ChannelId(id))),
            (0..=ACCOUNT_ID_MAX, 0..=ACCOUNT_ID_MAX)
                .prop_map(|(one, other)| Target::pair(AccountId(one), AccountId(other))),
            (0..3u32, 0..3u32)
                .prop_map(|(one, other)| Target::pair(AccountId(one), AccountId(other))),
        ]
    }

    proptest! {
        #[test]
        fn a_target_reads_back_as_it_was_packed(target in targets()) {
            prop_assert_eq!(unpack(pack(target).unwrap()), Some(target));
        }

        #[test]
        fn different_targets_have_different_numbers_and_tokens(a in targets(), b in targets()) {
            prop_assert_eq!(a == b, pack(a).unwrap() == pack(b).unwrap());
            prop_assert_eq!(a == b, token(a) == token(b));
        }

        #[test]
        fn rows_are_ordered_as_messages_are(
            a in (0..=SEQ_MAX, any::<u16>()),
            b in (0..=SEQ_MAX, any::<u16>()),
        ) {
            let id = |(seq, n)| MessageId { epoch: 7, seq, n };
            let (row_a, row_b) = (pack_message(id(a)).unwrap(), pack_message(id(b)).unwrap());
            prop_assert_eq!(row_a.cmp(&row_b), a.cmp(&b));
            prop_assert_eq!(unpack_message(7, row_a), id(a));
            prop_assert!(row_a <= last_row_of(a.0));
            prop_assert_eq!(row_a > last_row_of(b.0), a.0 > b.0);
        }
    }

    #[test]
    fn the_order_of_a_pair_does_not_matter() {
        let (one, other) = (AccountId(9), AccountId(4));
        assert_eq!(
            pack(Target::Pair(one, other)).unwrap(),
            pack(Target::Pair(other, one)).unwrap()
        );
        assert_eq!(pack(Target::Pair(other, one)).unwrap(), -(4 << 31 | 9));
    }

    #[test]
    fn what_cannot_be_packed_is_refused() {
        let beyond = Target::Pair(AccountId(1), AccountId(ACCOUNT_ID_MAX + 1));
        assert!(matches!(pack(beyond), Err(Error::TargetOutOfBounds(_))));
        assert!(matches!(pack(Target::Channel(ChannelId(0))), Err(Error::TargetOutOfBounds(_))));
        let id = MessageId { epoch: 1, seq: SEQ_MAX + 1, n: 0 };
        assert!(matches!(pack_message(id), Err(Error::MessageOutOfBounds(_))));
        assert_eq!(unpack(i64::MAX), None);
        assert_eq!(unpack(-(9 << 31 | 4)), None);
        assert_eq!(unpack(i64::MIN), None);
        assert_eq!(last_row_of(Seq::MAX), i64::MAX);
    }
}
