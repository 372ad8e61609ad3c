//! `tallykey token`: an access token for whatever comes next in the script.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tallykey_core::flows::copy::{Handed, hand_out};
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::refresh::Need;
use tallykey_core::model::connection::MARGIN;
use tallykey_core::model::known::TokenFacts;
use tallykey_core::{CopyFormat, ExposeSecret, Result};

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
    let handed = if new {
        another(session, &account, format).await?
    } else {
        session.desk.token(&account, life, format).await?
    };
    session.out.answer(handed.text.expose_secret())?;
    tell_replaced(session, before.as_ref(), &handed);
    tell_short(session, life, &handed);
    memory::leave(session, &account).await;
    Ok(Exit::Done)
}

/// A token other than the one held now.
async fn another(session: &Session<'_>, account: &Account, format: CopyFormat) -> Result<Handed> {
    let held = session.desk.connection(account, &Need::Life(Duration::ZERO)).await?;
    let other = Need::Other(held.tokens.access_token);
    hand_out(account, &session.desk.connection(account, &other).await?, format)
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
