//! How counts went: what `tallykey counts --history` adds.

use std::io;

use jiff::tz::TimeZone;
use serde_json::{Value, json};
use tallykey_core::flows::counted::What;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::history::{Change, Sample, Series};

use crate::out::{Out, clean};
use crate::session::Session;
use crate::table::{Side, table};

/// What is kept of each site, of so many days; nothing where it cannot be read.
pub async fn read(session: &Session<'_>, accounts: impl Iterator<Item = &Account>, days: u16) -> Vec<Series> {
    let mut went = Vec::new();
    for account in accounts {
        went.push(session.desk.history(account.site.id, days).await.unwrap_or_default());
    }
    went
}

/// Adds to each count of a site's JSON how it went.
pub fn add(counts: &mut Value, went: &Series) {
    let as_json = |sample: &Sample| json!({ "at": sample.at, "value": sample.value });
    for count in counts.as_array_mut().into_iter().flatten() {
        let samples = count["id"].as_str().and_then(|id| went.get(id));
        count["history"] = samples.into_iter().flatten().map(as_json).collect();
    }
}

/// A table under the site's name: a row for each count anything is kept of.
///
/// # Errors
/// What the pipe says.
pub fn show(out: &mut Out, account: &Account, went: &Series) -> io::Result<()> {
    let shown = account.shown_counts();
    let kept = shown.iter().filter_map(|count| Some((&count.what, went.get(count.what.id())?.as_slice())));
    let rows: Vec<Vec<String>> = kept.filter_map(|(what, samples)| row(out, what, samples)).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let head = [
        out.pick("first", "最初"),
        out.pick("lowest", "最小"),
        out.pick("highest", "最大"),
        out.pick("last", "最新"),
        out.pick("change", "増減"),
        out.pick("since", "開始日"),
    ];
    let head = std::iter::once(clean(&account.site.name)).chain(head.map(str::to_owned)).collect();
    out.answer("")?;
    for line in table(&std::iter::once(head).chain(rows).collect::<Vec<_>>(), Side::Right) {
        out.answer(&line)?;
    }
    Ok(())
}

fn row(out: &Out, what: &What<'_>, samples: &[Sample]) -> Option<Vec<String>> {
    let (first, last) = (*samples.first()?, *samples.last()?);
    let values = || samples.iter().map(|sample| sample.value);
    let day = first.at.to_zoned(TimeZone::system()).date();
    Some(vec![
        out.text(&what.label()).to_owned(),
        first.value.to_string(),
        values().min()?.to_string(),
        values().max()?.to_string(),
        last.value.to_string(),
        match Change::between(first, last).by {
            0 => "0".to_owned(),
            by => format!("{by:+}"),
        },
        day.to_string(),
    ])
}

/// What is wrong with the history concerns no count.
pub fn tell_trouble(session: &mut Session<'_>) {
    if let Some(error) = session.desk.history_trouble() {
        session.out.error(&error);
    }
}
