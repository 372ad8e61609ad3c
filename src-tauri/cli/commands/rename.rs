//! `tallykey rename`: another name for a site.

use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

pub async fn run(session: &mut Session<'_>, name: &str, new: &str) -> Result<Exit, Failure> {
    let site = session.desk.listed_as(name)?;
    let renamed = session.desk.rename(site.id, new).await?;
    let text = session.out.pick("Renamed:", "名前を変更しました:");
    session.out.note(&format!("{text} {} → {}", site.name, renamed.name));
    Ok(Exit::Done)
}
