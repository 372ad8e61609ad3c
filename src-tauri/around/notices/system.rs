//! Notices where the system has its own way to show them. It tells nobody of a click.

use std::time::Duration;

use tauri::{AppHandle, Runtime};

use super::Notice;

/// Whoever shows notices.
pub struct Desktop<R: Runtime> {
    app: AppHandle<R>,
}

impl<R: Runtime> Desktop<R> {
    /// It is asked when there is something to show.
    pub fn new(app: AppHandle<R>) -> Self {
        Self { app }
    }

    /// Shows a notice; whoever calls this has asked whether the person wants it. Whether there was an answer
    /// in time.
    pub async fn show(&mut self, notice: Notice, patience: Duration) -> bool {
        let mut shown = notify_rust::Notification::new();
        shown.appname("Tallykey").summary(&notice.title).body(&notice.body);
        #[cfg(windows)]
        shown.app_id(&self.app.config().identifier);
        #[cfg(not(windows))]
        let _ = &self.app;
        drop(notice.target);
        let asked = tauri::async_runtime::spawn_blocking(move || shown.show().map(drop));
        let done = tokio::time::timeout(patience, asked).await;
        if let Ok(Ok(Err(error))) = &done {
            tracing::info!(%error, "the system shows no notices");
        }
        done.is_ok()
    }
}
