//! `tallykey duplicate`: a site for another account at the same place.

use crate::advice::word;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

pub async fn run(session: &mut Session<'_>, name: &str, new: &str) -> Result<Exit, Failure> {
    let account = session.desk.named(name)?;
    let account = session.desk.duplicate(&account, new).await?;
    let added = session.out.pick("Added. Next:", "追加しました。次:");
    session.out.note(&format!("{added} tallykey connect {}", word(&account.site.name)));
    Ok(Exit::Done)
}
