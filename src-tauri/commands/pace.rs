//! Asking for counts, and when it is done by itself.

use tauri::State;

use super::Reply;
use crate::shell::{Shell, site_id};

#[tauri::command]
pub async fn refresh_counts(site: Option<String>, shell: State<'_, Shell>) -> Reply<()> {
    shell.look_at_store().await;
    match site {
        // What went wrong shows as the site's trouble.
        Some(site) => drop(shell.desk.refresh(&shell.site(&site)?).await),
        None => shell.desk.refresh_all().await,
    }
    Ok(())
}

#[tauri::command(async)]
pub fn stop_refresh(shell: State<'_, Shell>) {
    shell.desk.stop_refresh();
}

/// For so many minutes; `None` to go on.
#[tauri::command(async)]
pub fn pause_refresh(minutes: Option<u16>, shell: State<'_, Shell>) {
    shell.desk.pause_refresh(minutes);
}

/// `None` for the usual interval, 0 for "only when I ask".
#[tauri::command]
pub async fn set_pace(site: String, minutes: Option<u16>, shell: State<'_, Shell>) -> Reply<()> {
    shell.desk.set_pace(site_id(&site)?, minutes).await?;
    Ok(())
}
