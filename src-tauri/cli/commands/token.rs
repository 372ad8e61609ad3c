//! `tallykey token`: an access token for whatever comes next in the script.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tallykey_core::flows::copy::Handed;
use tallykey_core::model::connection::MARGIN;
use tallykey_core::model::known::TokenFacts;
use tallykey_core::{CopyFormat, ExposeSecret};

use super::memory;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

pub async fn run(
    session: &mut Session<'_>,
    name: &str,
    min: Option<Duration>,
    new: bool,
    format: CopyFormat,
) -> Result<Exit, Failure> {
    let account = session.desk.named(name)?;
    memory::begin(session, &account).await?;
    let before = session.desk.status(account.site.id)?.known.token;
    let life = min.unwrap_or(MARGIN);
    let desk = session.desk.clone();
    let asked =
        async { if new { desk.new_token(&account, format).await } else { desk.token(&account, life, format).await } };
    let handed = memory::use_it(session, &account, asked).await?;
    session.out.answer(handed.text.expose_secret())?;
    tell_replaced(session, before.as_ref(), &handed);
    tell_short(session, life, &handed);
    memory::leave(session, &account).await;
    Ok(Exit::Done)
}

/// A token somebody may still use is not ended silently.
fn tell_replaced(session: &mut Session<'_>, before: Option<&TokenFacts>, handed: &Handed) {
    let lived = |token: &&TokenFacts| token.expires_at.is_none_or(|end| end > Timestamp::now());
    if let Some(before) = before.filter(lived).filter(|before| before.tail != handed.tail) {
        let text = session.out.pick(
            "The token before it is no longer valid. Its last characters:",
            "以前のトークンは無効になりました。その末尾:",
        );
        session.out.note(&format!("{text} {}", before.tail));
    }
}

/// Servers set the life of a token; asking for more gives the longest there is.
fn tell_short(session: &mut Session<'_>, wanted: Duration, handed: &Handed) {
    let Some(until) = handed.until else { return };
    let wanted = SignedDuration::try_from(wanted).unwrap_or(SignedDuration::MAX);
    if until.duration_since(Timestamp::now()) < wanted {
        let text = session.out.pick(
            "The server gives no token that lives so long. It ends at",
            "サーバーのトークンはそれほど長く使えません。期限:",
        );
        session.out.note(&format!("{text} {until:.0}"));
    }
}
