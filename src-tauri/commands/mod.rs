//! What the page may ask: parse, one call of the core, a view. `permissions/page.toml` lists the
//! same names; a test keeps them the same.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]

pub mod connect;
pub mod history;
pub mod network;
pub mod pace;
pub mod pages;
pub mod setup;
pub mod sites;
pub mod vault;
pub mod window;
pub mod wishes;

use std::collections::BTreeMap;

use tallykey_core::CopyFormat;
use tallykey_core::model::settings::Settings;
use tauri::State;

use crate::shell::{Shell, site_id};
use crate::views::{ClipboardEnd, ClipboardView, ErrorView, GivenEnd, Overview, RevocationView};

type Reply<T> = Result<T, ErrorView>;
type Inputs = BTreeMap<String, String>;

#[tauri::command(async)]
pub fn overview(shell: State<'_, Shell>) -> Reply<Overview> {
    Ok(shell.overview()?)
}

#[tauri::command]
pub async fn copy_token(site: String, format: CopyFormat, shell: State<'_, Shell>) -> Reply<ClipboardView> {
    let account = shell.site(&site)?;
    let copied = shell.desk.copy(&account, format).await?;
    Ok(ClipboardView::new(&copied, &account.site.name))
}

#[tauri::command]
pub async fn copy_text(text: String, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.copy_plain(&text).await?)
}

/// Ends the given token with this tail.
#[tauri::command]
pub async fn end_given(site: String, tail: String, shell: State<'_, Shell>) -> Reply<GivenEnd> {
    Ok(shell.desk.end_given(&shell.site(&site)?, &tail).await?.into())
}

#[tauri::command]
pub async fn clear_clipboard(shell: State<'_, Shell>) -> Reply<ClipboardEnd> {
    // Nothing of ours there any more is as good as cleared.
    Ok(shell.desk.clear_clipboard().await.map_or(ClipboardEnd::Cleared, ClipboardEnd::from))
}

#[tauri::command]
pub async fn revoke(site: String, shell: State<'_, Shell>) -> Reply<RevocationView> {
    let account = shell.site(&site)?;
    let outcome = shell.desk.revoke(&account).await?;
    Ok(RevocationView::new(&outcome, account.provider.pages.revoke.is_some()))
}

#[tauri::command]
pub async fn forget(site: String, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.forget(site_id(&site)?).await?)
}

#[tauri::command(async)]
pub fn save_settings(settings: Settings, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.save_settings(&settings)?)
}
