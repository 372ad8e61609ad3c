//! With `--secrets memory` nothing outlives a command: it connects first, answers, and leaves
//! nothing behind that looks like a connection.

use tallykey_core::flows::outside::Account;
use tallykey_core::flows::revoke::AtProvider;

use super::connect::{Way, connect};
use super::revoke::page;
use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
use crate::session::Session;

/// Connects, if secrets live only as long as this command.
///
/// # Errors
/// As [`connect`].
pub async fn begin(session: &mut Session<'_>, account: &Account) -> Result<(), Failure> {
    if session.is_forgetful() {
        connect(session, account, Way::default()).await?;
    }
    Ok(())
}

/// What comes of `work`. Where that is nothing, nobody has any use for the connection either.
///
/// # Errors
/// That of `work`, or [`Failure::Interrupted`].
pub async fn use_it<T>(
    session: &mut Session<'_>,
    account: &Account,
    work: impl Future<Output = tallykey_core::Result<T>>,
) -> Result<T, Failure> {
    let result = unless_interrupted(work).await;
    if result.is_err() {
        end(session, account).await;
    }
    result
}

/// Ends at the provider what nobody can use once this command is over.
pub async fn end(session: &mut Session<'_>, account: &Account) {
    if !session.is_forgetful() {
        return;
    }
    match session.desk.revoke(account).await {
        Ok(outcome) if outcome.at_provider == AtProvider::Confirmed => {
            let text = session.out.pick(
                "The connection was only in memory: revoked at the provider, and nothing is kept.",
                "接続はメモリにだけありました。プロバイダー側で取り消し、何も残していません。",
            );
            session.out.note(text);
        }
        _ => leave(session, account).await,
    }
}

/// Forgets here what the caller goes on using.
pub async fn leave(session: &mut Session<'_>, account: &Account) {
    if !session.is_forgetful() {
        return;
    }
    // Memory always forgets; a lock that is not free changes nothing, as memory ends with us.
    session.desk.forget(account.site.id).await.ok();
    let text = session.out.pick(
        "The connection was only in memory: it cannot be renewed or revoked from here. To end it:",
        "接続はメモリにだけありました。ここから更新や取り消しはできません。終了するには:",
    );
    let page = page(account);
    session.out.note(&format!("{text} {}", page.unwrap_or_default()));
}
