//! `tallykey forget` and `tallykey remove`: this computer's half alone.

use std::sync::Arc;

use tallykey_core::ErrorCode;
use tallykey_core::adapters::keychain::Keychain;
use tallykey_core::adapters::memory::MemoryStore;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::known::State;
use tallykey_core::model::settings::Place;
use tallykey_core::model::site::Site;

use super::revoke::page;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::passphrase;
use crate::session::Session;

/// With `--secrets memory` the place that was chosen may still hold secrets of the site, which would
/// outlive it. A machine without a keychain holds none.
async fn reach_kept(session: &mut Session<'_>) -> Result<(), Failure> {
    if session.is_forgetful() && session.desk.settings().secrets == Place::Vault {
        passphrase::unlock(session, false).await?;
        session.desk.use_store(session.vault.clone());
    } else if session.is_forgetful() {
        session.desk.use_store(Arc::new(Keychain));
        match session.desk.check_store().await {
            Err(error) if error.code == ErrorCode::KeychainMissing => {
                session.desk.use_store(Arc::new(MemoryStore::default()));
            }
            result => result?,
        }
    }
    Ok(())
}

pub async fn forget(session: &mut Session<'_>, name: &str) -> Result<Exit, Failure> {
    reach_kept(session).await?;
    let site = session.desk.listed_as(name)?;
    let before = session.desk.status(site.id)?.known.state;
    session.desk.forget(site.id).await?;
    let text = session.out.pick("Forgotten here.", "この端末から消去しました。");
    tell(session, text, before, site);
    Ok(Exit::Done)
}

pub async fn remove(session: &mut Session<'_>, name: &str) -> Result<Exit, Failure> {
    reach_kept(session).await?;
    let site = session.desk.listed_as(name)?;
    let before = session.desk.status(site.id)?.known.state;
    session.desk.remove(site.id).await?;
    let text = session.out.pick("Removed from this computer.", "この端末から削除しました。");
    tell(session, text, before, site);
    Ok(Exit::Done)
}

/// The server's half lives on; only a person can end it now.
fn tell(session: &mut Session<'_>, done: &str, before: State, site: Site) {
    session.out.note(done);
    if matches!(before, State::Connected | State::RevokePending) {
        let text = session.out.pick(
            "The provider was not told. The connection is ended there:",
            "プロバイダーには通知していません。接続はここで終了できます:",
        );
        let provider = session.desk.definition(&site.provider).map(|definition| definition.provider);
        let page = provider.ok().and_then(|provider| page(&Account { site, provider }));
        session.out.note(&format!("{text} {}", page.unwrap_or_default()));
    }
}
