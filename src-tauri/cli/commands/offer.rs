//! What there is to choose from, as it is shown.

use serde_json::{Value, json};
use tallykey_core::flows::choose::Offer;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::provider::Choice;
use tallykey_core::model::site::Chosen;

use crate::advice::word;
use crate::out::{Out, clean};
use crate::table::{Side, table};

/// What is chosen now.
pub fn chosen<'a>(account: &'a Account, choice: &Choice) -> &'a [Chosen] {
    account.site.choices.get(&choice.key).map_or(&[], Vec::as_slice)
}

/// A choice with all it can be made from, each as it is written on the command line.
pub fn lines(offer: &Offer, account: &Account, out: &Out) -> Vec<String> {
    let choice = &offer.choice;
    let name = |_, item: &Chosen| format!("--set {}={}", choice.key, word(&item.value));
    let several = if choice.many { out.pick(" (several)", "(複数可)") } else { "" };
    let optional = if choice.is_optional() {
        out.pick(" (optional; all with --set {key}=)", "(任意。すべてに戻す: --set {key}=)")
            .replace("{key}", &choice.key)
    } else {
        String::new()
    };
    let head = format!("{}  {}{several}{optional}", choice.key, out.text(&choice.label));
    std::iter::once(clean(&head)).chain(items(offer, account, name)).chain(cut(offer, out)).collect()
}

/// A choice with all it can be made from, numbered from 1.
pub fn numbered(offer: &Offer, account: &Account, out: &Out) -> Vec<String> {
    let number = |index: usize, _: &Chosen| (index + 1).to_string();
    let head = clean(out.text(&offer.choice.label));
    std::iter::once(head).chain(items(offer, account, number)).chain(cut(offer, out)).collect()
}

/// A line each; what is chosen now has a star.
fn items(offer: &Offer, account: &Account, name: impl Fn(usize, &Chosen) -> String) -> Vec<String> {
    let chosen = chosen(account, &offer.choice);
    let row = |(index, item): (usize, &Chosen)| {
        let is_chosen = chosen.iter().any(|one| one.value == item.value);
        [if is_chosen { "*" } else { "" }, &name(index, item), &item.text].map(clean).to_vec()
    };
    let rows: Vec<_> = offer.items.iter().enumerate().map(row).collect();
    table(&rows, Side::Left)
}

fn cut(offer: &Offer, out: &Out) -> Option<String> {
    let text = out.pick("… the server has more, which was not asked for", "… 以降は取得していません");
    offer.is_cut.then(|| text.to_owned())
}

/// The choice and what is chosen; what there is where `offer` says it.
pub fn as_json(choice: &Choice, account: &Account, offer: Option<&Offer>, out: &Out) -> Value {
    let one = |chosen: &Chosen| json!({ "value": chosen.value, "text": chosen.text });
    let mut object = json!({
        "key": choice.key,
        "label": out.text(&choice.label),
        "many": choice.many,
        "me": choice.me,
        "optional": choice.is_optional(),
        "chosen": chosen(account, choice).iter().map(one).collect::<Vec<_>>(),
    });
    if let Some(offer) = offer {
        object["items"] = offer.items.iter().map(one).collect();
        object["cut"] = offer.is_cut.into();
    }
    object
}
