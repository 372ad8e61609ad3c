//! What a connected site offers to choose from: which person one is, which projects to count.

use serde_json::Value;

use super::api::{Api, Found, text_of};
use super::outside::{Account, Outside};
use super::refresh::{Need, connection};
use crate::error::{Error, ErrorCode, Result};
use crate::model::provider::{Choice, Next, Query, QueryValue, Request, Saved};
use crate::model::site::Chosen;
use crate::model::template::Template;

/// A choice with everything it can be made from.
#[derive(Clone, Debug)]
pub struct Offer {
    /// What is chosen.
    pub choice: Choice,
    /// What there is, in the server's order.
    pub items: Vec<Chosen>,
    /// Whether the server has more than was asked for.
    pub is_cut: bool,
}

/// Pages asked for at most: a thousand items at a hundred each. Some products count every call.
const MOST_PAGES: u64 = 10;

/// Asks the site what there is to choose from.
///
/// # Errors
/// As [`connection`], or what an answer means.
pub async fn offers(outside: &Outside, account: &Account) -> Result<Vec<Offer>> {
    if account.provider.choices.is_empty() {
        return Ok(Vec::new());
    }
    let held = connection(outside, account, &Need::now()).await?;
    let api = Api::new(outside, account, &held.tokens.access_token);
    let mut offers = Vec::new();
    for choice in &account.provider.choices {
        offers.push(offer(&api, account, choice).await?);
    }
    Ok(offers)
}

async fn offer(api: &Api<'_>, account: &Account, choice: &Choice) -> Result<Offer> {
    let list = List { request: choice.request(), items: &choice.items, next: choice.next.as_ref() };
    let (items, is_cut) = list.all(api, account).await?;
    let items = items.iter().filter_map(|item| chosen(&choice.value, &choice.text, item)).collect();
    Ok(Offer { choice: choice.clone(), items, is_cut })
}

/// The queries that are saved at the site.
///
/// # Errors
/// [`ErrorCode::InvalidInput`] where the product has none, as [`connection`], or what an answer means.
pub async fn saved_queries(outside: &Outside, account: &Account) -> Result<Vec<Chosen>> {
    let saved = account.provider.own_counts.as_ref().and_then(|own| own.saved.as_ref());
    let saved = saved.ok_or_else(|| Error::new(ErrorCode::InvalidInput).about(&account.site.name))?;
    let held = connection(outside, account, &Need::now()).await?;
    let api = Api::new(outside, account, &held.tokens.access_token);
    let list = List { request: saved.request(), items: &saved.items, next: saved.next.as_ref() };
    let (items, _) = list.all(&api, account).await?;
    // A server may show a token that it does not know what everybody sees.
    api.identity().await?;
    let one = |item: &Value| {
        let query = chosen(&saved.value, &saved.text, item)?;
        let within = saved.within.as_ref().and_then(|within| item.pointer(&within.at).cloned().and_then(text_of));
        Some(Chosen { value: Saved::value(&query.value, within.as_deref()), text: query.text })
    };
    Ok(items.iter().filter_map(one).collect())
}

/// A list in pages.
struct List<'a> {
    request: Request<'a>,
    items: &'a str,
    next: Option<&'a Next>,
}

impl List<'_> {
    /// All items, and whether the server has more than was asked for.
    async fn all(&self, api: &Api<'_>, account: &Account) -> Result<(Vec<Value>, bool)> {
        let (mut items, mut page, mut pages) = (Vec::new(), 1, 1);
        while page <= pages.min(MOST_PAGES) {
            let mut query: Query = self.request.query.clone();
            if let Some(next) = self.next {
                query.insert(next.page.clone(), QueryValue::One(Template::literal(page.to_string())));
            }
            let found = api.get(Request { query: &query, ..self.request }, &account.site.inputs).await?;
            let missing = || Error::new(ErrorCode::UnexpectedAnswer).about(&account.site.name).detail(self.items);
            let list = found.at(self.items).and_then(|list| list.as_array().cloned()).ok_or_else(missing)?;
            if page == 1 {
                pages = self.next.map_or(1, |next| pages_of(next, &found, list.len()));
            }
            items.extend(list);
            page += 1;
        }
        Ok((items, pages > MOST_PAGES))
    }
}

/// How many pages there are; where only the number of items is told, by what the first one holds.
fn pages_of(next: &Next, found: &Found, held: usize) -> u64 {
    let number = |place: &Option<String>| found.number(place.as_slice());
    let by_items = || Some(number(&next.total)?.div_ceil(u64::try_from(held).ok().filter(|held| *held > 0)?));
    number(&next.pages).or_else(by_items).unwrap_or(1)
}

/// An item without a value cannot be chosen; one without a name is called by its value.
fn chosen(value: &str, text: &str, item: &Value) -> Option<Chosen> {
    let read = |pointer: &str| item.pointer(pointer).cloned().and_then(text_of);
    let value = read(value)?;
    Some(Chosen { text: read(text).unwrap_or_else(|| value.clone()), value })
}
