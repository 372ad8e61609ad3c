//! Notices where the system has its own way to show them. It tells nobody of a click.

use std::time::Duration;

use tauri::async_runtime::{self, JoinHandle};
use tauri::{AppHandle, Runtime};

use super::Notice;

/// Whoever shows notices.
pub struct Desktop<R: Runtime> {
    app: AppHandle<R>,
    /// Asked before, and not answered in time.
    hangs: Option<JoinHandle<()>>,
}

impl<R: Runtime> Desktop<R> {
    /// It is asked when there is something to show.
    pub fn new(app: AppHandle<R>) -> Self {
        Self { app, hangs: None }
    }

    /// Shows a notice; whoever calls this has asked whether the person wants it. Whether there was an answer
    /// in time. Where one before still waits for its answer this one waits behind it: each that hangs holds a
    /// thread.
    pub async fn show(&mut self, notice: Notice, patience: Duration) -> bool {
        let mut shown = notify_rust::Notification::new();
        shown.appname("Tallykey").summary(&notice.title).body(&notice.body);
        #[cfg(windows)]
        shown.app_id(&self.app.config().identifier);
        #[cfg(not(windows))]
        let _ = &self.app;
        drop(notice.target);
        if let Some(before) = self.hangs.take() {
            before.await.ok();
        }
        let mut asked = async_runtime::spawn_blocking(move || {
            if let Err(error) = shown.show() {
                tracing::info!(%error, "the system shows no notices");
            }
        });
        let in_time = tokio::time::timeout(patience, &mut asked).await.is_ok();
        self.hangs = (!in_time).then_some(asked);
        in_time
    }
}
