//! `tallykey counts`: the numbers of all sites, asked at the same time.

use serde_json::{Value, json};
use tallykey_core::flows::counted::{Counted, What};
use tallykey_core::flows::outside::Account;
use tallykey_core::model::known::{CountResult, Known};
use tallykey_core::{Error, ErrorCode};
use tokio::task::JoinSet;

use super::{history, identity_json, memory};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
use crate::out::{Out, clean};
use crate::session::Session;
use crate::table::{Side, table};

/// A site and what it answered.
type Answer = (Account, Result<Known, Error>);

/// `days`: how far back the history is shown, if at all.
pub async fn run(session: &mut Session<'_>, names: &[String], days: Option<u16>) -> Result<Exit, Failure> {
    let accounts = chosen(session, names)?;
    begin(session, &accounts).await?;
    let asked = unless_interrupted(async { Ok::<_, Failure>(ask(session, accounts.clone()).await) }).await;
    if asked.is_err() {
        session.out.done();
        for account in &accounts {
            memory::end(session, account).await;
        }
    }
    let answers = asked?;
    let went = match days {
        Some(days) => Some(history::read(session, answers.iter().map(|(account, _)| account), days).await),
        None => None,
    };
    if session.out.is_json() {
        let mut list: Vec<Value> = answers.iter().map(|answer| as_json(answer, session.out)).collect();
        for (site, went) in list.iter_mut().zip(went.iter().flatten()) {
            history::add(&mut site["counts"], went);
        }
        session.out.answer_json(&list.into())?;
    } else {
        for line in table(&rows(&answers, session.out), Side::Right) {
            session.out.answer(&line)?;
        }
        for ((account, _), went) in answers.iter().zip(went.iter().flatten()) {
            history::show(session.out, account, went)?;
        }
    }
    history::tell_trouble(session);
    let mut exit = Exit::Done;
    for (account, answer) in &answers {
        for error in errors(account, answer) {
            session.out.error(&error);
            exit = exit.max(error.code.into());
        }
        memory::end(session, account).await;
    }
    Ok(exit)
}

/// Of all sites, those whose definition can be used; why the others cannot is told.
fn chosen(session: &mut Session<'_>, names: &[String]) -> Result<Vec<Account>, Failure> {
    if names.is_empty() {
        let (mut accounts, sites) = (Vec::new(), session.desk.sites()?);
        for site in sites {
            match site.account {
                Ok(account) => accounts.push(account),
                Err(error) => session.out.error(&error),
            }
        }
        return Ok(accounts);
    }
    Ok(names.iter().map(|name| session.desk.named(name)).collect::<Result<_, _>>()?)
}

/// With secrets in memory, one site after the other is connected; one that fails ends the others too.
async fn begin(session: &mut Session<'_>, accounts: &[Account]) -> Result<(), Failure> {
    for (index, account) in accounts.iter().enumerate() {
        if let Err(failure) = memory::begin(session, account).await {
            for connected in &accounts[..index] {
                memory::end(session, connected).await;
            }
            return Err(failure);
        }
    }
    Ok(())
}

async fn ask(session: &mut Session<'_>, accounts: Vec<Account>) -> Vec<Answer> {
    let (of, mut answers, mut rounds) = (accounts.len(), Vec::new(), JoinSet::new());
    for (place, account) in accounts.into_iter().enumerate() {
        let desk = session.desk.clone();
        rounds.spawn(async move {
            let answer = desk.refresh(&account).await;
            (place, (account, answer))
        });
    }
    loop {
        tell(session.out, answers.len(), of);
        let Some(answered) = rounds.join_next().await else { break };
        answers.push(answered.expect("counting does not panic and is not cancelled"));
    }
    session.out.done();
    answers.sort_by_key(|(place, _)| *place);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// How many sites have answered, where there are several.
fn tell(out: &mut Out, done: usize, of: usize) {
    let text = match of {
        0 | 1 => out.pick("Counting …", "集計中…").to_owned(),
        _ => format!("{} {done}/{of}", out.pick("Counting …", "集計中…")),
    };
    out.done();
    out.progress(&text);
}

/// Why numbers are missing: the site's own error, or that of each count without one.
fn errors(account: &Account, answer: &Result<Known, Error>) -> Vec<Error> {
    let name = &account.site.name;
    match answer {
        Err(error) => vec![error.clone().about(name).at(&account.host())],
        Ok(known) => {
            let refused = |count: &CountResult| Some(Error::new(count.error?).about(name).detail(&count.id));
            known.counts.iter().filter_map(refused).map(|error| error.at(&account.host())).collect()
        }
    }
}

/// A column for each site that answered, a row for each count.
fn rows(answers: &[Answer], out: &Out) -> Vec<Vec<String>> {
    let answered: Vec<(&Account, &Known)> =
        answers.iter().filter_map(|(account, answer)| Some((account, answer.as_ref().ok()?))).collect();
    let mut counts: Vec<Counted<'_>> = Vec::new();
    for count in answered.iter().flat_map(|(account, _)| account.shown_counts()) {
        if !counts.iter().any(|known| is_same(known.what, count.what)) {
            counts.push(count);
        }
    }
    if counts.is_empty() {
        return Vec::new();
    }
    let names = answered.iter().map(|(account, _)| clean(&account.site.name));
    let head = std::iter::once(String::new()).chain(names).collect();
    let row = |count: &Counted<'_>| {
        let numbers = answered.iter().map(|(account, known)| {
            let has = account.shown_counts().iter().any(|own| is_same(own.what, count.what));
            let number = has.then(|| value(known, count.what.id())).flatten();
            number.map_or_else(|| "-".to_owned(), |number| number.to_string())
        });
        std::iter::once(clean(out.text(&count.what.label()))).chain(numbers).collect()
    };
    std::iter::once(head).chain(counts.iter().map(row)).collect()
}

/// The same id means the same in every definition; counts of a person's own are of one site each.
fn is_same(one: What<'_>, other: What<'_>) -> bool {
    match (one, other) {
        (What::Own(one), What::Own(other)) => one.label == other.label && one.counts_as(other),
        _ => one.id() == other.id(),
    }
}

fn as_json((account, answer): &Answer, out: &Out) -> Value {
    let known = answer.as_ref().ok();
    let its_own = |id: &str| known?.counts.iter().find(|result| result.id == id)?.error;
    let code = |id: &str| answer.as_ref().err().map(|error| error.code).or_else(|| its_own(id));
    let shown = account.shown_counts();
    let counts = shown.iter().map(|Counted { what, .. }| {
        json!({
            "id": what.id(),
            "label": out.text(&what.label()),
            "value": known.and_then(|known| value(known, what.id())),
            "error": code(what.id()).map(ErrorCode::name),
        })
    });
    json!({
        "site": account.site.name,
        "identity": identity_json(known.and_then(|known| known.identity.as_ref())),
        "at": known.and_then(|known| known.counted_at),
        "counts": counts.collect::<Vec<_>>(),
    })
}

fn value(known: &Known, id: &str) -> Option<u64> {
    known.counts.iter().find(|result| result.id == id)?.value
}
