//! `tallykey counts`: the numbers of all sites, asked at the same time.

use serde_json::{Value, json};
use tallykey_core::flows::outside::Account;
use tallykey_core::model::known::{CountResult, Known};
use tallykey_core::model::provider::Count;
use tallykey_core::{Error, ErrorCode};
use tokio::task::JoinSet;

use super::{identity_json, memory};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Out, clean};
use crate::session::Session;
use crate::table::{Side, table};

/// A site and what it answered.
type Answer = (Account, Result<Known, Error>);

pub async fn run(session: &mut Session<'_>, names: &[String]) -> Result<Exit, Failure> {
    let accounts = chosen(session, names)?;
    begin(session, &accounts).await?;
    let answers = ask(session, accounts).await;
    if session.out.is_json() {
        let list: Vec<Value> = answers.iter().map(|answer| as_json(answer, session.out)).collect();
        session.out.answer_json(&list.into())?;
    } else {
        for line in table(&rows(&answers, session.out), Side::Right) {
            session.out.answer(&line)?;
        }
    }
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
    session.out.progress(session.out.pick("Counting …", "集計中…"));
    // They end with the command, should it be interrupted.
    let mut asked = JoinSet::new();
    for (index, account) in accounts.into_iter().enumerate() {
        let desk = session.desk.clone();
        asked.spawn(async move {
            let answer = desk.count(&account).await;
            (index, (account, answer))
        });
    }
    let mut answers = asked.join_all().await;
    answers.sort_by_key(|(index, _)| *index);
    session.out.done();
    answers.into_iter().map(|(_, answer)| answer).collect()
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
    let mut counts: Vec<&Count> = Vec::new();
    for count in answered.iter().flat_map(|(account, _)| &account.provider.counts) {
        if !counts.iter().any(|known| known.id == count.id) {
            counts.push(count);
        }
    }
    if counts.is_empty() {
        return Vec::new();
    }
    let names = answered.iter().map(|(account, _)| clean(&account.site.name));
    let head = std::iter::once(String::new()).chain(names).collect();
    let row = |count: &Count| {
        let numbers = answered.iter().map(|(_, known)| match value(known, &count.id) {
            Some(number) => number.to_string(),
            None => "-".to_owned(),
        });
        std::iter::once(out.text(&count.label).to_owned()).chain(numbers).collect()
    };
    std::iter::once(head).chain(counts.into_iter().map(row)).collect()
}

fn as_json((account, answer): &Answer, out: &Out) -> Value {
    let known = answer.as_ref().ok();
    let own = |count: &Count| known?.counts.iter().find(|result| result.id == count.id)?.error;
    let code = |count: &Count| answer.as_ref().err().map(|error| error.code).or_else(|| own(count));
    let counts = account.provider.counts.iter().map(|count| {
        json!({
            "id": count.id,
            "label": out.text(&count.label),
            "value": known.and_then(|known| value(known, &count.id)),
            "error": code(count).map(ErrorCode::name),
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
