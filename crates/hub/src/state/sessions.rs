//! The connections of one person.

use crate::id::SessionId;
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// The connections of one person, oldest first. Most have one, which takes no memory of its own.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Sessions {
    One(SessionId),
    /// None, or several.
    Other(Box<[SessionId]>),
}

const _: () = assert!(size_of::<Sessions>() <= 16);

impl Sessions {
    pub fn add(&mut self, session: SessionId) {
        *self = match &**self {
            [] => Self::One(session),
            some => Self::Other([some, &[session]].concat().into()),
        };
    }

    pub fn remove(&mut self, session: SessionId) {
        let left: Vec<_> = self.iter().copied().filter(|other| *other != session).collect();
        *self = if let [one] = left[..] { Self::One(one) } else { Self::Other(left.into()) };
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self::Other(Box::default())
    }
}

impl Deref for Sessions {
    type Target = [SessionId];

    fn deref(&self) -> &[SessionId] {
        match self {
            Self::One(session) => std::slice::from_ref(session),
            Self::Other(sessions) => sessions,
        }
    }
}

impl<'s> IntoIterator for &'s Sessions {
    type Item = &'s SessionId;
    type IntoIter = std::slice::Iter<'s, SessionId>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_come_and_go_in_their_order() {
        let mut sessions = Sessions::default();
        assert!(sessions.is_empty());
        for number in 1..=3 {
            sessions.add(SessionId(number));
        }
        assert_eq!(*sessions, [1, 2, 3].map(SessionId));
        sessions.remove(SessionId(1));
        sessions.remove(SessionId(7));
        assert_eq!(*sessions, [2, 3].map(SessionId));
        sessions.remove(SessionId(3));
        assert!(matches!(sessions, Sessions::One(SessionId(2))));
        sessions.remove(SessionId(2));
        assert!(sessions.is_empty());
    }
}
