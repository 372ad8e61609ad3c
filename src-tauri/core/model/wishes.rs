//! What a person wishes of the counts of a site: which are shown, in which order, from which number
//! on one is a warning, and counts of their own. Kept with the site in `sites.toml`.

use serde::{Deserialize, Serialize};

use super::site::Chosen;

/// What a person wishes of one count. A wish for a count that the definition does not have (any more)
/// is kept and ignored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountWish {
    /// The count's id: the definition's, or that of a count of one's own.
    pub id: String,
    /// Not shown, and not asked for.
    #[serde(default, skip_serializing_if = "is_off")]
    pub hidden: bool,
    /// The number from which on it is a warning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn: Option<u32>,
    /// Whether a rise is told.
    #[serde(default, skip_serializing_if = "is_off")]
    pub notify: bool,
}

/// A count that a person made: a filter typed in, or a query saved at the site. Exactly one of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnCount {
    /// Never given to another count: what was counted under it stays under it.
    pub id: String,
    /// The person's name for it.
    pub label: String,
    /// Parameters as they were typed, such as `priority_id=5&status_id=open`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// The query that was saved at the site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved: Option<Chosen>,
}

/// All wishes for the counts of one site, as they are set and asked for together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountsSetup {
    /// The order is the list's; counts without a wish follow in the definition's.
    pub wishes: Vec<CountWish>,
    /// Counts of the person's own.
    pub own: Vec<OwnCount>,
}

/// Each is one or two requests a round; more than fit on a screen serve nobody.
pub const MOST_OWN: usize = 20;
/// A name longer than this is cut wherever it is shown.
const LABEL_CHARS: usize = 60;
/// The longest address that every server takes is about 8000 bytes.
const FILTER_CHARS: usize = 2000;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn is_off(value: &bool) -> bool {
    !value
}

impl OwnCount {
    /// Whether it says one thing, in a form that can be kept.
    pub fn is_sound(&self) -> bool {
        let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let has_id =
            self.id.strip_prefix("own-").is_some_and(|id| (1..=40).contains(&id.len()) && id.chars().all(is_id));
        let one = match (&self.filter, &self.saved) {
            (Some(filter), None) => is_line(filter, FILTER_CHARS),
            (None, Some(saved)) => is_line(&saved.value, FILTER_CHARS) && is_line(&saved.text, FILTER_CHARS),
            _ => false,
        };
        has_id && is_line(&self.label, LABEL_CHARS) && one
    }

    /// Whether the numbers of both are comparable: a name is only a name.
    pub fn counts_as(&self, other: &Self) -> bool {
        let saved = |own: &Self| own.saved.as_ref().map(|saved| saved.value.clone());
        self.id == other.id && self.filter == other.filter && saved(self) == saved(other)
    }
}

impl CountsSetup {
    /// Whether every id names one thing and every count of one's own is sound.
    pub fn is_sound(&self) -> bool {
        let wished: std::collections::BTreeSet<_> = self.wishes.iter().map(|wish| &wish.id).collect();
        let own: std::collections::BTreeSet<_> = self.own.iter().map(|own| &own.id).collect();
        let once = wished.len() == self.wishes.len() && own.len() == self.own.len();
        once && self.own.len() <= MOST_OWN
            && self.wishes.iter().all(|wish| is_line(&wish.id, LABEL_CHARS))
            && self.own.iter().all(OwnCount::is_sound)
    }
}

fn is_line(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(id: &str, filter: Option<&str>, saved: bool) -> OwnCount {
        let saved = saved.then(|| Chosen { value: "7".to_owned(), text: "Mine".to_owned() });
        OwnCount { id: id.to_owned(), label: "Urgent".to_owned(), filter: filter.map(str::to_owned), saved }
    }

    #[test]
    fn a_count_of_ones_own_is_a_filter_or_a_saved_query() {
        assert!(own("own-1", Some("a=1"), false).is_sound());
        assert!(own("own-1", None, true).is_sound());
        assert!(!own("own-1", Some("a=1"), true).is_sound());
        assert!(!own("own-1", None, false).is_sound());
        assert!(!own("own-1", Some(" "), false).is_sound());
    }

    #[test]
    fn its_id_is_never_one_of_a_definition() {
        for id in ["open", "own-", "own", "", "own-A", "own-1/2", "own-\n"] {
            assert!(!own(id, Some("a=1"), false).is_sound(), "{id}");
        }
    }

    #[test]
    fn every_id_is_there_once() {
        let wish = CountWish { id: "open".to_owned(), ..CountWish::default() };
        let twice = CountsSetup { wishes: vec![wish.clone(), wish.clone()], own: Vec::new() };
        assert!(!twice.is_sound());
        let same = own("own-1", Some("a=1"), false);
        assert!(!CountsSetup { wishes: vec![wish.clone()], own: vec![same.clone(), same.clone()] }.is_sound());
        assert!(CountsSetup { wishes: vec![wish], own: vec![same] }.is_sound());
    }

    #[test]
    fn another_name_leaves_the_numbers_comparable_and_another_filter_does_not() {
        let count = own("own-1", Some("a=1"), false);
        assert!(count.counts_as(&OwnCount { label: "Other".to_owned(), ..count.clone() }));
        assert!(!count.counts_as(&own("own-1", Some("a=2"), false)));
        assert!(!count.counts_as(&own("own-1", None, true)));
    }
}
