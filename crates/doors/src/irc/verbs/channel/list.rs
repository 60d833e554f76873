//! LIST: the channels there are, with the conditions of `ELIST=CMNTU`. Names are as many as fit a line
//! (`TARGMAX`); masks are not.

use crate::irc::verbs::Reading;
use crate::names::Casemapping;
use parlor_hub::Query;
use parlor_hub::bounds::TARGETS_PER_COMMAND_MAX;
use parlor_hub::name::ChannelName;
use parlor_hub::query::ChannelFilter;
use parlor_wire::irc::numeric;

pub(crate) fn list(reading: &mut Reading<'_, '_>) {
    let mut filter = ChannelFilter::default();
    let casemapping = reading.facts().casemapping;
    for word in reading.param(0).unwrap_or_default().split(',').filter(|word| !word.is_empty()) {
        if condition(word, &mut filter).is_none() {
            name_or_mask(word, casemapping, &mut filter);
        }
    }
    // Conditions may also stand alone after the names (modern-irc, "LIST message").
    for word in reading.param(1).unwrap_or_default().split(',') {
        let _ = condition(word, &mut filter);
    }
    // With masks, names are only further masks.
    if !filter.matching.is_empty() {
        let names = std::mem::take(&mut filter.names);
        filter.matching.extend(names.iter().map(|name| name.folded().clone()));
    }
    // Each mask is looked for in the name of every channel.
    for masks in [&mut filter.matching, &mut filter.not_matching] {
        if let Some(beyond) = masks.get(TARGETS_PER_COMMAND_MAX) {
            reading.say(numeric::ERR_TOOMANYTARGETS, &[beyond], "Too many masks");
        }
        masks.truncate(TARGETS_PER_COMMAND_MAX);
    }
    reading.desk.ask(Query::Channels(Box::new(filter)));
}

/// `>5`, `<5`, `C>5`, `C<5`, `T>5`, `T<5`.
fn condition(word: &str, filter: &mut ChannelFilter) -> Option<()> {
    let sign = word.find(['<', '>']).filter(|sign| *sign <= 1)?;
    let number: u64 = word[sign + 1..].parse().ok()?;
    let members = usize::try_from(number).ok()?;
    match &word.to_ascii_uppercase()[..=sign] {
        ">" => filter.more_than = Some(members),
        "<" => filter.fewer_than = Some(members),
        "C>" => filter.made_before_minutes = Some(number),
        "C<" => filter.made_within_minutes = Some(number),
        "T>" => filter.topic_before_minutes = Some(number),
        "T<" => filter.topic_within_minutes = Some(number),
        _ => return None,
    }
    Some(())
}

fn name_or_mask(word: &str, casemapping: Casemapping, filter: &mut ChannelFilter) {
    if let Some(mask) = word.strip_prefix('!') {
        filter.not_matching.push(casemapping.fold(mask));
    } else if let Ok(name) = ChannelName::parse(word, casemapping) {
        filter.names.push(name);
    } else {
        // A mask; or a word that is no channel's name, which finds none.
        filter.matching.push(casemapping.fold(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read() {
        let mut filter = ChannelFilter::default();
        for word in [">5", "<9", "c<10", "T>60"] {
            assert_eq!(condition(word, &mut filter), Some(()), "{word}");
        }
        assert_eq!(
            filter,
            ChannelFilter {
                more_than: Some(5),
                fewer_than: Some(9),
                made_within_minutes: Some(10),
                topic_before_minutes: Some(60),
                ..ChannelFilter::default()
            }
        );
        for word in ["#a", ">x", "X>1", "é>1", "#ab>1"] {
            assert_eq!(condition(word, &mut filter), None, "{word}");
        }
    }
}
