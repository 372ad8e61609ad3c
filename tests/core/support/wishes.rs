//! What a person wishes, in a few words.

use tallykey_core::model::site::Chosen;
use tallykey_core::model::wishes::{CountWish, OwnCount};

/// A wish for a count that says nothing yet.
pub fn wish(id: &str) -> CountWish {
    CountWish { id: id.to_owned(), ..CountWish::default() }
}

/// A count made of a typed filter.
pub fn typed(id: &str, filter: &str) -> OwnCount {
    OwnCount { id: id.to_owned(), label: "Urgent".to_owned(), filter: Some(filter.to_owned()), saved: None }
}

/// A count made of a saved query.
pub fn saved(id: &str, value: &str) -> OwnCount {
    let saved = Chosen { value: value.to_owned(), text: "Release blockers".to_owned() };
    OwnCount { id: id.to_owned(), label: "Blockers".to_owned(), filter: None, saved: Some(saved) }
}
