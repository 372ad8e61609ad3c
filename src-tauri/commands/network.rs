//! The proxy, and certificates that are trusted for single sites.

use tallykey_core::model::authority::Fingerprint;
use tallykey_core::model::proxy::Proxy;
use tallykey_core::{Error, ErrorCode};
use tauri::State;

use super::Reply;
use crate::shell::{Shell, site_id};
use crate::views::{AuthorityView, TrustedView};

#[tauri::command(async)]
pub fn save_proxy(proxy: Proxy, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.use_proxy(proxy)?)
}

/// What a file holds that the person chose; nothing is kept.
#[tauri::command(async)]
pub fn read_authority(content: Vec<u8>, shell: State<'_, Shell>) -> Reply<AuthorityView> {
    Ok(shell.desk.read_authority(&content)?.into())
}

/// Keeps it, to be trusted for the site that names it.
#[tauri::command(async)]
pub fn keep_authority(content: Vec<u8>, shell: State<'_, Shell>) -> Reply<AuthorityView> {
    Ok(shell.desk.keep_authority(&content)?.into())
}

#[tauri::command(async)]
pub fn authorities(shell: State<'_, Shell>) -> Reply<Vec<TrustedView>> {
    Ok(shell.desk.authorities()?.into_iter().map(TrustedView::from).collect())
}

/// Without one, the site trusts what the system trusts.
#[tauri::command]
pub async fn trust_authority(site: String, authority: Option<String>, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.trust(site_id(&site)?, fingerprint(authority)?).await?)
}

/// One of those that are listed, also a name that is none: somebody wrote it into the list by hand.
#[tauri::command]
pub async fn remove_authority(authority: String, shell: State<'_, Shell>) -> Reply<()> {
    let named = shell.desk.authorities()?.into_iter().find(|one| one.fingerprint.to_string() == authority);
    if let Some(named) = named {
        shell.desk.distrust(&named.fingerprint).await?;
    }
    Ok(())
}

/// A name as the page got it.
pub fn fingerprint(text: Option<String>) -> Result<Option<Fingerprint>, Error> {
    let known = |text: String| Fingerprint::parse(&text).ok_or_else(|| Error::from(ErrorCode::AuthorityMissing));
    text.map(known).transpose()
}
