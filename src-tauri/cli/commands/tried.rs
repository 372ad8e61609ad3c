//! `tallykey counts --try`: a count of one's own that is not kept.

use serde_json::json;
use tallykey_core::model::wishes::OwnCount;

use super::memory;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
use crate::session::Session;

pub async fn run(session: &mut Session<'_>, names: &[String], filter: String) -> Result<Exit, Failure> {
    let [name] = names else {
        return Err(Failure::Usage {
            en: "A filter is tried at one site.",
            ja: "フィルターを試せるのは1つのサイトだけです。",
        });
    };
    let account = session.desk.named(name)?;
    memory::begin(session, &account).await?;
    // Nothing is kept, so any id will do.
    let own = OwnCount { id: "own-tried".to_owned(), label: filter.clone(), filter: Some(filter), saved: None };
    let number = unless_interrupted(session.desk.try_count(&account, &own)).await;
    memory::end(session, &account).await;
    let number = number?;
    if session.out.is_json() {
        session.out.answer_json(&json!({ "site": account.site.name, "filter": own.filter, "value": number }))?;
    } else {
        session.out.answer(&number.to_string())?;
    }
    Ok(Exit::Done)
}
