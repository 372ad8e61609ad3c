//! `tallykey export`: sites as a file to pass on, on stdout.

use tallykey_core::model::site::SiteId;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

pub fn run(session: &mut Session<'_>, names: &[String]) -> Result<Exit, Failure> {
    let ids: Vec<SiteId> = if names.is_empty() {
        session.desk.sites()?.into_iter().map(|status| status.site.id).collect()
    } else {
        let listed = names.iter().map(|name| Ok(session.desk.listed_as(name)?.id));
        listed.collect::<Result<_, Failure>>()?
    };
    if ids.is_empty() {
        let text = session.out.pick("No sites yet: tallykey add", "サイトはまだありません: tallykey add");
        session.out.note(text);
        return Ok(Exit::Other);
    }
    let text = session.desk.passed_on(&ids)?;
    session.out.answer_bytes(text.as_bytes())?;
    Ok(Exit::Done)
}
