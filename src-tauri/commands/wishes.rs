//! What a person wishes of the counts of a site, and counts of their own.

use tauri::State;

use super::Reply;
use crate::shell::Shell;
use crate::views::{CountsSetup, ItemView, OwnCount};

#[tauri::command(async)]
pub fn counts_setup(site: String, shell: State<'_, Shell>) -> Reply<CountsSetup> {
    Ok(shell.desk.counts_setup(&shell.site(&site)?).into())
}

#[tauri::command]
pub async fn set_counts(site: String, setup: CountsSetup, shell: State<'_, Shell>) -> Reply<()> {
    let account = shell.desk.set_counts(&shell.site(&site)?, setup.into()).await?;
    let desk = shell.desk.clone();
    // What was not asked for until now is what a person wants to see.
    if desk.is_owed_counts(&account) {
        tauri::async_runtime::spawn(async move { drop(desk.refresh(&account).await) });
    }
    Ok(())
}

#[tauri::command]
pub async fn try_count(site: String, own: OwnCount, shell: State<'_, Shell>) -> Reply<u32> {
    let number = shell.desk.try_count(&shell.site(&site)?, &own.into()).await?;
    Ok(u32::try_from(number).unwrap_or(u32::MAX))
}

#[tauri::command]
pub async fn saved_queries(site: String, shell: State<'_, Shell>) -> Reply<Vec<ItemView>> {
    let saved = shell.desk.saved_queries(&shell.site(&site)?).await?;
    Ok(saved.iter().map(ItemView::from).collect())
}
