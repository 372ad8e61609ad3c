//! `tallykey choose`: who one is there and what is counted, where the product cannot know.

use std::collections::BTreeMap;

use serde_json::Value;
use tallykey_core::flows::choose::Offer;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::site::Chosen;
use tallykey_core::{Error, ErrorCode};

use super::memory;
use super::offer::{as_json, chosen, lines, numbered};
use crate::advice::word;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
use crate::session::Session;

type Choices = BTreeMap<String, Vec<Chosen>>;

pub async fn run(session: &mut Session<'_>, name: &str, given: Vec<(String, String)>) -> Result<Exit, Failure> {
    let account = session.desk.named(name)?;
    memory::begin(session, &account).await?;
    let result = choose(session, &account, given).await;
    memory::end(session, &account).await;
    result.map(|()| Exit::Done)
}

/// What is still open after a sign-in: asked at a terminal, named elsewhere.
///
/// # Errors
/// What the terminal or the command line says; the site is connected all the same.
pub async fn after_connect(session: &mut Session<'_>, account: &Account) -> Result<Exit, Failure> {
    let account = session.desk.site(account.site.id)?;
    if session.is_forgetful() || account.open_choices().next().is_none() {
        return Ok(Exit::Done);
    }
    let mut exit = Exit::Done;
    if session.input.is_terminal && !session.out.is_json() {
        match ask_open(session, &account).await {
            Ok(()) => return Ok(Exit::Done),
            Err(Failure::Core(error)) => session.out.error(&error),
            Err(Failure::Interrupted(by)) => {
                session.out.note("");
                exit = by;
            }
            Err(failure) => return Err(failure),
        }
    }
    if !session.out.is_json() {
        let text = session.out.pick("Left to choose before counting:", "集計の前に選択が必要です:");
        session.out.note(&format!("{text} tallykey choose {}", word(&account.site.name)));
    }
    Ok(exit)
}

async fn ask_open(session: &mut Session<'_>, account: &Account) -> Result<(), Failure> {
    let mut offers = unless_interrupted(session.desk.offers(account)).await?;
    offers.retain(|offer| !offer.choice.is_optional() && chosen(account, &offer.choice).is_empty());
    let choices = ask(session, account, &offers).await?;
    keep(session, account, choices).await
}

async fn choose(session: &mut Session<'_>, account: &Account, given: Vec<(String, String)>) -> Result<(), Failure> {
    let offers = unless_interrupted(session.desk.offers(account)).await?;
    if offers.is_empty() && !session.out.is_json() {
        session.out.note(session.out.pick("There is nothing to choose here.", "選択する項目はありません。"));
    }
    let choices = if !given.is_empty() {
        picked(session, account, &offers, given)?
    } else if session.input.is_terminal && !session.out.is_json() {
        ask(session, account, &offers).await?
    } else {
        return list(session, account, &offers);
    };
    keep(session, account, choices).await
}

fn list(session: &mut Session<'_>, account: &Account, offers: &[Offer]) -> Result<(), Failure> {
    if session.out.is_json() {
        let list = offers.iter().map(|offer| as_json(&offer.choice, account, Some(offer), session.out));
        let list: Vec<Value> = list.collect();
        session.out.answer_json(&list.into())?;
        return Ok(());
    }
    for line in offers.iter().flat_map(|offer| lines(offer, account, session.out)).collect::<Vec<_>>() {
        session.out.answer(&line)?;
    }
    Ok(())
}

async fn keep(session: &mut Session<'_>, account: &Account, choices: Choices) -> Result<(), Failure> {
    let account = session.desk.choose(account, choices).await?;
    let choices = &account.provider.choices;
    if session.out.is_json() {
        let list: Vec<Value> = choices.iter().map(|choice| as_json(choice, &account, None, session.out)).collect();
        session.out.answer_json(&list.into())?;
        return Ok(());
    }
    for choice in choices {
        let texts: Vec<&str> = chosen(&account, choice).iter().map(|one| one.text.as_str()).collect();
        if !texts.is_empty() {
            let line = format!("✓ {} {}", session.out.text(&choice.label), texts.join(", "));
            session.out.note(&line);
        }
    }
    Ok(())
}

/// What the command line names, as the server calls it.
fn picked(
    session: &mut Session<'_>,
    account: &Account,
    offers: &[Offer],
    given: Vec<(String, String)>,
) -> Result<Choices, Failure> {
    let mut choices = Choices::new();
    for (key, value) in given {
        let offer = offers.iter().find(|offer| offer.choice.key == key);
        if value.is_empty() && offer.is_some_and(|offer| offer.choice.is_optional()) {
            choices.insert(key, Vec::new());
            continue;
        }
        let item = offer.and_then(|offer| offer.items.iter().find(|item| item.value == value));
        let Some(item) = item else {
            let what = format!("{key}={value}");
            session.out.error(&Error::new(ErrorCode::InvalidInput).about(&account.site.name).detail(what));
            let there = offers.iter().filter(|there| offer.is_none_or(|offer| offer.choice.key == there.choice.key));
            let there: Vec<_> = there.flat_map(|there| lines(there, account, session.out)).collect();
            if !session.out.is_json() {
                session.out.note(&there.join("\n"));
            }
            return Err(Failure::Told(Exit::Usage));
        };
        let chosen = choices.entry(key).or_default();
        if !chosen.contains(item) {
            chosen.push(item.clone());
        }
    }
    Ok(choices)
}

/// Asks for each choice until there is an answer to it.
async fn ask(session: &mut Session<'_>, account: &Account, offers: &[Offer]) -> Result<Choices, Failure> {
    let mut choices = Choices::new();
    for offer in offers {
        session.out.note(&numbered(offer, account, session.out).join("\n"));
        if offer.items.is_empty() {
            session.out.note(session.out.pick("The list is empty.", "一覧は空です。"));
            continue;
        }
        let text = if offer.choice.is_optional() {
            session.out.pick("Number, or all: ", "番号または all: ")
        } else if offer.choice.many {
            session.out.pick("Numbers, such as 1,3, or all: ", "番号(例: 1,3)または all: ")
        } else {
            session.out.pick("Number: ", "番号: ")
        };
        let chosen = loop {
            let Some(line) = session.ask(text).await? else { return Err(Failure::Interrupted(Exit::Interrupted)) };
            match read(&line, offer, chosen(account, &offer.choice)) {
                Some(chosen) => break chosen,
                None => session.out.note(session.out.pick("Not in the list.", "一覧にありません。")),
            }
        };
        choices.insert(offer.choice.key.clone(), chosen);
    }
    Ok(choices)
}

/// What a line of numbers means; an empty one leaves what is chosen.
fn read(line: &str, offer: &Offer, before: &[Chosen]) -> Option<Vec<Chosen>> {
    let is_optional = offer.choice.is_optional();
    if line.is_empty() {
        return (is_optional || !before.is_empty()).then(|| before.to_vec());
    }
    if is_optional && line.eq_ignore_ascii_case("all") {
        return Some(Vec::new());
    }
    if offer.choice.many && line.eq_ignore_ascii_case("all") {
        return Some(offer.items.clone());
    }
    let mut chosen: Vec<Chosen> = Vec::new();
    for number in line.split([',', '、', ' ']).filter(|number| !number.is_empty()) {
        let item = offer.items.get(number.parse::<usize>().ok()?.checked_sub(1)?)?;
        if !chosen.contains(item) {
            chosen.push(item.clone());
        }
    }
    (chosen.len() == 1 || offer.choice.many && !chosen.is_empty()).then_some(chosen)
}
