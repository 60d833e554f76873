//! What a connection notes before it is a person (draft/metadata-2, `before-connect`). It is all that there is of
//! it until then: what their account has noted comes with the sign-on.

use parlor_hub::answer::{MetadataIs, MetadataRow, MetadataValue};
use parlor_hub::bounds::{METADATA_KEYS_MAX, METADATA_SUBSCRIPTIONS_MAX};
use parlor_hub::command::{About, EarlyMetadata, MetadataChange};
use parlor_hub::name::Text;
use parlor_hub::query::MetadataAsked;
use parlor_hub::refusal::MetadataRefused;

/// What is asked of it.
pub(crate) fn ask(early: &EarlyMetadata, asked: MetadataAsked) -> MetadataIs {
    let own = About::Oneself.shown();
    let row = |(key, value): (&Text, &Text)| MetadataRow::Value(key.clone(), value.clone());
    match asked {
        MetadataAsked::Get(_, keys) => {
            let row = |key| match key {
                Ok(key) => match early.values.get(&key) {
                    Some(value) => MetadataRow::Value(key, value.clone()),
                    None => MetadataRow::NotSet(key),
                },
                Err(word) => MetadataRow::Invalid(word),
            };
            MetadataIs::Values(own, keys.into_iter().map(row).collect())
        }
        MetadataAsked::List(_) => MetadataIs::Values(own, early.values.iter().map(row).collect()),
        MetadataAsked::Sync(_) => {
            let heard = early.values.iter().filter(|(key, _)| early.keys.contains(*key));
            let told = |(key, value): (&Text, &Text)| MetadataValue {
                of: own.clone(),
                key: key.clone(),
                value: value.clone(),
            };
            let told = heard.map(told).collect();
            MetadataIs::Told(Some(own), told)
        }
        MetadataAsked::Subscriptions => {
            MetadataIs::Subscriptions(early.keys.iter().cloned().collect())
        }
    }
}

/// Changes it. Returns what is answered, and why not all was done.
pub(crate) fn change(
    early: &mut EarlyMetadata,
    change: MetadataChange,
) -> (Option<MetadataIs>, Option<MetadataRefused>) {
    match change {
        MetadataChange::Set(about, key, value) => match set(early, &about, &key, value.as_ref()) {
            Ok(()) => (Some(MetadataIs::Now(about.shown(), key, value)), None),
            Err(why) => (None, Some(why)),
        },
        MetadataChange::Clear(about) => {
            let was = std::mem::take(&mut early.values).into_iter();
            let rows = was.map(|(key, value)| MetadataRow::Value(key, value)).collect();
            (Some(MetadataIs::Values(about.shown(), rows)), None)
        }
        MetadataChange::Subscribe(keys) => subscribe(early, keys),
        MetadataChange::Unsubscribe(keys) => {
            early.keys.retain(|key| !keys.contains(key));
            (Some(MetadataIs::Unsubscribed(keys)), None)
        }
    }
}

fn set(
    early: &mut EarlyMetadata,
    about: &About,
    key: &Text,
    value: Option<&Text>,
) -> Result<(), MetadataRefused> {
    let is_known = early.values.contains_key(key);
    match value {
        None if !is_known => return Err(MetadataRefused::NotSet(about.shown(), key.clone())),
        None => drop(early.values.remove(key)),
        Some(_) if !is_known && early.values.len() >= METADATA_KEYS_MAX => {
            return Err(MetadataRefused::LimitReached(about.shown()));
        }
        Some(value) => drop(early.values.insert(key.clone(), value.clone())),
    }
    Ok(())
}

/// In the order of the keys: the first for which there is no room is the last that is looked at.
fn subscribe(
    early: &mut EarlyMetadata,
    keys: Vec<Text>,
) -> (Option<MetadataIs>, Option<MetadataRefused>) {
    let (mut told, mut beyond) = (Vec::new(), None);
    for key in keys {
        if early.keys.len() >= METADATA_SUBSCRIPTIONS_MAX && !early.keys.contains(&key) {
            beyond = Some(MetadataRefused::TooManySubscriptions(key));
            break;
        }
        early.keys.insert(key.clone());
        told.push(key);
    }
    let is = (!told.is_empty()).then_some(MetadataIs::Subscribed(told));
    (is, beyond)
}
