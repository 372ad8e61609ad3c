//! Showing the window and hiding it.

use std::time::Duration;

use tallykey_core::model::settings::Tray;
use tauri::{AppHandle, Manager, Runtime, WebviewWindow};
use tokio::sync::watch;

use super::{ending, tray};
use crate::shell::Shell;

/// A desktop that is just starting may bring up its tray after us.
const TRAY_MAY_TAKE: Duration = Duration::from_secs(20);

fn main<R: Runtime>(app: &AppHandle<R>) -> Option<WebviewWindow<R>> {
    app.get_webview_window("main")
}

/// Shows the window, whatever became of it, and puts it in front; unless the program ends.
pub fn show<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = main(app).filter(|_| !ending::has_begun(app)) {
        // A window system may refuse each of these; then it looks as the person left it.
        window.show().ok();
        window.unminimize().ok();
        window.set_focus().ok();
    }
}

/// Hides the window; the tray has it.
pub fn hide<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = main(app) {
        window.hide().ok();
    }
}

/// Shows the window if nothing else leads to it any more.
pub fn show_if_hidden<R: Runtime>(app: &AppHandle<R>) {
    if main(app).is_some_and(|window| window.is_visible().is_ok_and(|visible| !visible)) {
        show(app);
    }
}

/// Closes the window as its own button does.
pub fn close<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = main(app) {
        window.close().ok();
    }
}

/// Whether closing the window leaves the program in the tray: the person wants it, and finds it there.
pub fn stays_in_tray<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.state::<Shell>().desk.settings().close_to_tray && tray::is_shown(app)
}

/// Started at login: the window stays away if the tray comes.
pub async fn show_unless_in_tray<R: Runtime>(app: AppHandle<R>, mut shown: watch::Receiver<bool>) {
    let wants_tray = app.state::<Shell>().desk.settings().tray != Tray::Hidden;
    let comes = tokio::time::timeout(TRAY_MAY_TAKE, shown.wait_for(|there| *there)).await;
    if !wants_tray || !matches!(comes, Ok(Ok(_))) {
        show(&app);
    }
}
