//! Ends the program as a person would, where the system asks it to: at the end of a session, by `kill`.

use tauri::{AppHandle, Runtime};

/// Waits for the system's wish. What is under way comes to its end then, and what lies on the clipboard
/// goes.
#[cfg(unix)]
pub async fn when_told<R: Runtime>(app: AppHandle<R>) {
    use tokio::signal::unix::{SignalKind, signal};

    let kinds = [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()];
    let (told, mut tells) = tokio::sync::mpsc::channel(1);
    for kind in kinds {
        // Without our own way to end, the system's holds.
        let Ok(mut signals) = signal(kind) else { continue };
        let told = told.clone();
        tauri::async_runtime::spawn(async move {
            if signals.recv().await.is_some() {
                told.send(()).await.ok();
            }
        });
    }
    drop(told);
    if tells.recv().await.is_some() {
        app.exit(0);
    }
}

/// The system closes the window first, which is told as every close is.
#[cfg(not(unix))]
pub async fn when_told<R: Runtime>(_app: AppHandle<R>) {}
