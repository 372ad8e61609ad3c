//! Connecting a site.

use tallykey_core::flows::outside::Account;
use tallykey_core::model::site::Redirect;
use tallykey_core::{Connected, Error, ErrorCode};
use tauri::State;

use super::Reply;
use crate::shell::Shell;
use crate::views::{AttemptView, ConnectedView, ErrorView};

#[tauri::command]
pub async fn start_connect(site: String, redirect: Option<Redirect>, shell: State<'_, Shell>) -> Reply<AttemptView> {
    let account = shell.site(&site)?;
    let attempt = match redirect {
        Some(redirect) => shell.desk.begin_connect_by(account, redirect).await?,
        None => shell.desk.begin_connect(account).await?,
    };
    let not_opened = shell.desk.open_attempt(&attempt.id).await.err();
    Ok(AttemptView::new(&attempt, not_opened))
}

#[tauri::command]
pub async fn reopen_browser(attempt: String, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.open_attempt(&attempt).await?)
}

#[tauri::command]
pub async fn copy_connect_link(attempt: String, shell: State<'_, Shell>) -> Reply<()> {
    let waiting = shell.desk.attempt().filter(|waiting| waiting.id == attempt);
    let waiting = waiting.ok_or_else(|| Error::new(ErrorCode::AttemptOver))?;
    Ok(shell.desk.copy_plain(waiting.url.as_str()).await?)
}

#[tauri::command]
pub async fn finish_connect(attempt: String, answer: String, shell: State<'_, Shell>) -> Reply<ConnectedView> {
    view(&shell, shell.desk.finish_connect(&attempt, &answer).await?)
}

/// How the attempt ends, when its answer comes by itself.
#[tauri::command]
pub async fn wait_connect(attempt: String, shell: State<'_, Shell>) -> Reply<ConnectedView> {
    view(&shell, shell.desk.wait_connect(&attempt).await?)
}

#[tauri::command]
pub async fn switch_person(attempt: String, shell: State<'_, Shell>) -> Reply<ConnectedView> {
    view(&shell, shell.desk.switch_person(&attempt).await?)
}

#[tauri::command]
pub async fn keep_person(shell: State<'_, Shell>) -> Reply<()> {
    shell.desk.keep_person().await;
    Ok(())
}

fn view(shell: &Shell, (account, connected): (Account, Connected)) -> Reply<ConnectedView> {
    // The first counts come by themselves; a failure shows as the site's trouble. Where calls are
    // scarce or something is left to choose, the person asks.
    if account.provider.api.automatic && account.open_choices().next().is_none() {
        let (desk, counted) = (shell.desk.clone(), account.clone());
        tauri::async_runtime::spawn(async move { drop(desk.refresh(&counted).await) });
    }
    let site = shell.site_view(account.site.id)?;
    Ok(ConnectedView { site, unsaved: connected.unsaved.map(ErrorView::from), ended: connected.ended })
}

#[tauri::command(async)]
pub fn cancel_connect(attempt: String, shell: State<'_, Shell>) {
    shell.desk.cancel_connect(&attempt);
}

#[tauri::command]
pub async fn save_connection(site: String, shell: State<'_, Shell>) -> Reply<()> {
    Ok(shell.desk.save_again(&shell.site(&site)?).await?)
}
