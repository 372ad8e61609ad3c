//! What is counted of a site, in the person's order: the definition's counts and their own.

use url::Url;

use super::account::Account;
use crate::error::{Error, ErrorCode, Result};
use crate::model::connection::Identity;
use crate::model::provider::{Count, LANGUAGES, Pairs, Query, QueryValue, Text, Unusable};
use crate::model::template::Template;
use crate::model::wishes::{CountWish, OwnCount};

/// A count of a site with what is wished of it.
#[derive(Clone, Debug)]
pub struct Counted<'a> {
    /// What is counted.
    pub what: What<'a>,
    /// What is wished of it; nothing where the person said nothing.
    pub wish: CountWish,
}

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub enum What<'a> {
    /// What the definition says.
    Defined(&'a Count),
    /// What the person said.
    Own(&'a OwnCount),
}

impl What<'_> {
    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Defined(count) => &count.id,
            Self::Own(own) => &own.id,
        }
    }

    /// Its name; a person's own is the same in every language.
    pub fn label(&self) -> Text {
        match self {
            Self::Defined(count) => count.label.clone(),
            Self::Own(own) => LANGUAGES.map(|language| (language.to_owned(), own.label.clone())).into(),
        }
    }

    /// Whether the person made it.
    pub fn is_own(&self) -> bool {
        matches!(self, Self::Own(_))
    }
}

impl Account {
    /// Everything that can be counted, hidden or not: first in the order of the person's wishes, then
    /// what has no wish. Wishes for what is not there (any more) are left out.
    pub fn counts(&self) -> Vec<Counted<'_>> {
        let own = self.provider.own_counts.iter().flat_map(|_| &self.site.own_counts);
        let mut rest: Vec<What<'_>> =
            self.provider.counts.iter().map(What::Defined).chain(own.map(What::Own)).collect();
        let mut counts = Vec::new();
        for wish in &self.site.wishes {
            if let Some(index) = rest.iter().position(|what| what.id() == wish.id) {
                counts.push(Counted { what: rest.remove(index), wish: wish.clone() });
            }
        }
        let unwished = |what: What<'_>| CountWish { id: what.id().to_owned(), ..CountWish::default() };
        counts.extend(rest.into_iter().map(|what| Counted { what, wish: unwished(what) }));
        counts
    }

    /// The same without what is hidden.
    pub fn shown_counts(&self) -> Vec<Counted<'_>> {
        let mut counts = self.counts();
        counts.retain(|count| !count.wish.hidden);
        counts
    }

    /// The page that lists what a count counts, by its id.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidAddress`] for an id that is not there, or as [`Account::page`].
    pub fn count_page(&self, id: &str, identity: Option<&Identity>, now: jiff::Timestamp) -> Result<Url> {
        match self.counts().into_iter().map(|count| count.what).find(|what| what.id() == id) {
            Some(What::Defined(count)) => self.page(count, identity, now),
            Some(What::Own(own)) => self.own_page(own),
            None => Err(Error::new(ErrorCode::InvalidAddress).about(&self.site.name)),
        }
    }

    fn own_page(&self, own: &OwnCount) -> Result<Url> {
        let missing = || Error::new(ErrorCode::InvalidAddress).about(&self.site.name);
        let url = self.url(&self.provider.own_counts.as_ref().ok_or_else(missing)?.page)?;
        Ok(added(url, &self.own_pairs(own)?))
    }

    /// The parameters of a count of the person's own.
    ///
    /// # Errors
    /// [`ErrorCode::FilterUnknown`] with the name in `detail`, or [`ErrorCode::InvalidInput`] with what
    /// cannot be read.
    pub fn own_pairs(&self, own: &OwnCount) -> Result<Pairs> {
        let refused = |code, words: &str| Error::new(code).about(&self.site.name).detail(words);
        let known = self.provider.own_counts.as_ref();
        let pairs = match (&own.filter, &own.saved) {
            (Some(typed), None) => known.and_then(|known| known.filter.as_ref()).map(|filter| filter.pairs(typed)),
            (None, Some(saved)) => known.and_then(|known| known.saved.as_ref()).map(|way| Ok(way.pairs(&saved.value))),
            _ => None,
        };
        match pairs.ok_or_else(|| refused(ErrorCode::InvalidInput, &own.label))? {
            Ok(pairs) => Ok(pairs),
            Err(Unusable::Name(name)) => Err(refused(ErrorCode::FilterUnknown, &name)),
            Err(Unusable::Form(part)) => Err(refused(ErrorCode::InvalidInput, &part)),
        }
    }

    /// The parameters with which choices narrow every count of the definition and its page.
    pub(super) fn narrowing(&self) -> Pairs {
        let chosen = |key: &str| self.site.choices.get(key)?.first();
        let narrowing =
            self.provider.choices.iter().filter_map(|choice| choice.narrows.as_ref().zip(chosen(&choice.key)));
        narrowing.map(|(name, chosen)| (name.clone(), chosen.value.clone())).collect()
    }
}

/// A query with parameters of a person's beside its own.
pub(super) fn with(query: &Query, pairs: &Pairs) -> Query {
    let given = pairs.iter().map(|(name, value)| (name.clone(), QueryValue::One(Template::literal(value))));
    query.clone().into_iter().chain(given).collect()
}

/// An address with parameters of a person's at its end.
pub(super) fn added(mut url: Url, pairs: &Pairs) -> Url {
    if !pairs.is_empty() {
        url.query_pairs_mut().extend_pairs(pairs);
    }
    url
}
