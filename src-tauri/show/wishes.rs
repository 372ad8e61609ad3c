//! From wishes and counts to what the page may see, and back.

use tallykey_core::flows::counted::Counted;
use tallykey_core::model::known::{CountResult, Known};
use tallykey_core::model::past::Past;
use tallykey_core::model::provider::OwnCounts;
use tallykey_core::model::site::Chosen;
use tallykey_core::model::wishes;

use super::history::number;
use crate::views::{ChangeView, CountView, CountWish, CountWishView, CountsSetup, ItemView, OwnCount, OwnCountsView};

/// A count with its last number.
pub fn count_view(count: &Counted<'_>, known: &Known, past: &Past) -> CountView {
    let id = count.what.id();
    let found: Option<&CountResult> = known.counts.iter().find(|result| result.id == id);
    CountView {
        id: id.to_owned(),
        label: count.what.label(),
        value: found.and_then(|result| result.value).map(number),
        error: found.and_then(|result| result.error),
        day: past.since_yesterday(id).map(ChangeView::from),
        visit: past.since_visit(id).map(ChangeView::from),
        wish: CountWishView {
            hidden: count.wish.hidden,
            warn: count.wish.warn,
            notify: count.wish.notify,
            own: count.what.is_own(),
        },
    }
}

impl From<&OwnCounts> for OwnCountsView {
    fn from(own: &OwnCounts) -> Self {
        Self {
            saved: own.saved.is_some(),
            filter: own.filter.is_some(),
            hint: own.filter.as_ref().map(|filter| filter.hint.clone()).unwrap_or_default(),
        }
    }
}

impl From<wishes::CountsSetup> for CountsSetup {
    fn from(setup: wishes::CountsSetup) -> Self {
        let wish = |wishes::CountWish { id, hidden, warn, notify }| CountWish { id, hidden, warn, notify };
        Self {
            wishes: setup.wishes.into_iter().map(wish).collect(),
            own: setup.own.into_iter().map(OwnCount::from).collect(),
        }
    }
}

impl From<CountsSetup> for wishes::CountsSetup {
    fn from(setup: CountsSetup) -> Self {
        let wish = |CountWish { id, hidden, warn, notify }| wishes::CountWish { id, hidden, warn, notify };
        Self {
            wishes: setup.wishes.into_iter().map(wish).collect(),
            own: setup.own.into_iter().map(wishes::OwnCount::from).collect(),
        }
    }
}

impl From<wishes::OwnCount> for OwnCount {
    fn from(own: wishes::OwnCount) -> Self {
        let saved = own.saved.as_ref().map(ItemView::from);
        Self { id: own.id, label: own.label, filter: own.filter, saved }
    }
}

impl From<OwnCount> for wishes::OwnCount {
    fn from(own: OwnCount) -> Self {
        Self { id: own.id, label: own.label, filter: own.filter, saved: own.saved.map(Chosen::from) }
    }
}
