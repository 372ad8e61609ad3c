//! How a site's counts went, and what was done with it.

use tauri::State;

use super::Reply;
use crate::shell::{Shell, site_id};
use crate::views::{ActivityView, HistoryView, Reach};

#[tauri::command]
pub async fn history(site: String, reach: Reach, shell: State<'_, Shell>) -> Reply<HistoryView> {
    Ok(shell.desk.chart(site_id(&site)?, reach.into()).await?.into())
}

/// The file that was written.
#[tauri::command]
pub async fn export_history(site: String, shell: State<'_, Shell>) -> Reply<String> {
    let file = shell.desk.export_history(site_id(&site)?, &shell.downloads()?).await?;
    Ok(file.display().to_string())
}

#[tauri::command(async)]
pub fn activity(site: String, shell: State<'_, Shell>) -> Reply<Vec<ActivityView>> {
    let done = shell.desk.activity(site_id(&site)?)?;
    Ok(done.into_iter().map(ActivityView::from).collect())
}
