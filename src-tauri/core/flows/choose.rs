//! What a connected site offers to choose from: which person one is, which projects to count.

use serde_json::Value;

use super::api::{Api, text_of};
use super::outside::{Account, Outside};
use super::refresh::{Need, connection};
use crate::error::{Error, ErrorCode, Result};
use crate::model::provider::{Choice, Query, QueryValue, Request};
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
    let (mut items, mut page, mut pages) = (Vec::new(), 1, 1);
    while page <= pages.min(MOST_PAGES) {
        let mut query: Query = choice.query.clone();
        if let Some(next) = &choice.next {
            let number = Template::try_from(page.to_string()).expect("a number has no braces");
            query.insert(next.page.clone(), QueryValue::One(number));
        }
        let found = api.get(Request { path: &choice.path, query: &query }, &account.site.inputs).await?;
        let missing = || Error::new(ErrorCode::UnexpectedAnswer).about(&account.site.name).detail(&choice.items);
        let list = found.at(&choice.items).and_then(|list| list.as_array().cloned()).ok_or_else(missing)?;
        items.extend(list.iter().filter_map(|item| chosen(choice, item)));
        pages = choice.next.as_ref().and_then(|next| found.number(std::slice::from_ref(&next.pages))).unwrap_or(1);
        page += 1;
    }
    Ok(Offer { choice: choice.clone(), items, is_cut: pages > MOST_PAGES })
}

/// An item without a value cannot be chosen; one without a name is called by its value.
fn chosen(choice: &Choice, item: &Value) -> Option<Chosen> {
    let read = |pointer: &str| item.pointer(pointer).cloned().and_then(text_of);
    let value = read(&choice.value)?;
    Some(Chosen { text: read(&choice.text).unwrap_or_else(|| value.clone()), value })
}
