//! What the page may ask: parse, one call of the core, a view. `permissions/page.toml` lists the
//! same names; a test keeps them the same.

#![expect(clippy::needless_pass_by_value, reason = "Tauri hands arguments over by value")]

use std::collections::BTreeMap;

use tallykey_core::model::settings::Settings;
use tallykey_core::model::template::Template;
use tallykey_core::{CopyFormat, Error, ErrorCode, Secret};
use tauri::State;

use crate::background::count_all;
use crate::shell::Shell;
use crate::views::{
    AttemptView, CheckView, ClipboardEnd, ClipboardView, ConnectedView, ErrorView, NewSite, Overview, Page,
    RevocationView, SiteView, StoreKind,
};

type Reply<T> = Result<T, ErrorView>;
type Inputs = BTreeMap<String, String>;

#[tauri::command(async)]
pub fn overview(shell: State<'_, Shell>) -> Reply<Overview> {
    Ok(shell.overview()?)
}

#[tauri::command]
pub async fn check_address(provider: String, inputs: Inputs, shell: State<'_, Shell>) -> Reply<Vec<CheckView>> {
    let findings = shell.desk.check(&provider, &inputs).await?;
    Ok(findings.into_iter().map(CheckView::from).collect())
}

#[tauri::command]
pub async fn add_site(site: NewSite, shell: State<'_, Shell>) -> Reply<SiteView> {
    let added = shell.desk.add(site.into()).await?;
    Ok(shell.site_view(added.site.id)?)
}

#[tauri::command]
pub async fn remove_site(site: String, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.remove(&shell.site(&site)?).await?)
}

#[tauri::command]
pub async fn start_connect(site: String, shell: State<'_, Shell>) -> Reply<AttemptView> {
    let attempt = shell.desk.begin_connect(shell.site(&site)?).await?;
    let not_opened = shell.desk.open_attempt(&attempt.id).err();
    Ok(AttemptView::new(&attempt, not_opened))
}

#[tauri::command(async)]
pub fn reopen_browser(attempt: String, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.open_attempt(&attempt)?)
}

#[tauri::command(async)]
pub fn copy_connect_link(attempt: String, shell: State<'_, Shell>) -> Reply<()> {
    let waiting = shell.desk.attempt().filter(|waiting| waiting.id == attempt);
    let waiting = waiting.ok_or_else(|| Error::new(ErrorCode::AttemptOver))?;
    Ok(shell.desk.copy_plain(waiting.url.as_str())?)
}

#[tauri::command]
pub async fn finish_connect(attempt: String, answer: String, shell: State<'_, Shell>) -> Reply<ConnectedView> {
    let (account, connected) = shell.desk.finish_connect(&attempt, &answer).await?;
    let (desk, counted) = (shell.desk.clone(), account.clone());
    // The first counts come by themselves; a failure shows as the site's trouble.
    tauri::async_runtime::spawn(async move { drop(desk.count(&counted).await) });
    let site = shell.site_view(account.site.id)?;
    Ok(ConnectedView { site, unsaved: connected.unsaved.map(ErrorView::from) })
}

#[tauri::command(async)]
pub fn cancel_connect(attempt: String, shell: State<'_, Shell>) {
    shell.desk.cancel_connect(&attempt);
}

#[tauri::command]
pub async fn save_connection(site: String, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.save_again(&shell.site(&site)?).await?)
}

#[tauri::command]
pub async fn copy_token(site: String, format: CopyFormat, shell: State<'_, Shell>) -> Reply<ClipboardView> {
    let account = shell.site(&site)?;
    let copied = shell.desk.copy(&account, format).await?;
    Ok(ClipboardView::new(&copied, &account.site.name))
}

#[tauri::command(async)]
pub fn copy_text(text: String, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.copy_plain(&text)?)
}

#[tauri::command]
pub async fn clear_clipboard(shell: State<'_, Shell>) -> Reply<ClipboardEnd> {
    // Nothing of ours there any more is as good as cleared.
    Ok(shell.desk.clear_clipboard().await.map_or(ClipboardEnd::Cleared, ClipboardEnd::from))
}

#[tauri::command]
pub async fn refresh_counts(site: Option<String>, shell: State<'_, Shell>) -> Reply<()> {
    shell.look_at_store().await;
    match site {
        // What went wrong shows as the site's trouble.
        Some(site) => drop(shell.desk.count(&shell.site(&site)?).await),
        None => count_all(&shell.desk).await,
    }
    Ok(())
}

#[tauri::command]
pub async fn revoke(site: String, shell: State<'_, Shell>) -> Reply<RevocationView> {
    let account = shell.site(&site)?;
    let outcome = shell.desk.revoke(&account).await?;
    Ok(RevocationView::new(&outcome, account.provider.pages.revoke.is_some()))
}

#[tauri::command]
pub async fn forget(site: String, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.forget(&shell.site(&site)?).await?)
}

#[tauri::command(async)]
pub fn open_page(page: Page, shell: State<'_, Shell>) -> Reply<()> {
    let missing = || Error::new(ErrorCode::InvalidAddress);
    let url = match page {
        Page::Register { provider, inputs } => {
            let provider = shell.desk.provider(&provider)?;
            let inputs = provider.normalized_inputs(&inputs)?;
            provider.pages.register.as_ref().and_then(|page| page.url(&inputs)).ok_or_else(missing)?
        }
        Page::Home { site } => page_of(&shell, &site, |account| Some(&account.provider.pages.home))?,
        Page::Revoke { site } => page_of(&shell, &site, |account| account.provider.pages.revoke.as_ref())?,
        Page::Count { site, count } => page_of(&shell, &site, |account| {
            account.provider.counts.iter().find(|known| known.id == count).map(|known| &known.page)
        })?,
    };
    Ok(shell.desk.open(&url)?)
}

#[tauri::command]
pub async fn use_store(kind: StoreKind, shell: State<'_, Shell>) -> Reply<()> {
    shell.use_store(kind).await;
    Ok(())
}

#[tauri::command(async)]
pub fn save_settings(settings: Settings, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.save_settings(settings)?)
}

fn page_of(
    shell: &Shell,
    site: &str,
    pick: impl FnOnce(&tallykey_core::flows::outside::Account) -> Option<&Template>,
) -> Result<tallykey_core::Url, Error> {
    let account = shell.site(site)?;
    let template = pick(&account).ok_or_else(|| Error::new(ErrorCode::InvalidAddress))?;
    account.url(template)
}

impl From<NewSite> for tallykey_core::NewSite {
    fn from(new: NewSite) -> Self {
        let secret = new.client_secret.as_deref().map(str::trim).filter(|secret| !secret.is_empty());
        Self {
            name: new.name,
            provider: new.provider,
            inputs: new.inputs,
            client_id: new.client_id,
            client_secret: secret.map(Secret::from),
            redirect: None,
            scopes: Vec::new(),
        }
    }
}
