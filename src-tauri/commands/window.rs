//! The window itself: closing it, ending the program, and where it was asked to go before it listened.

use tauri::{AppHandle, Runtime, State, WebviewWindow};

use crate::around::{Going, window};
use crate::views::Goto;

/// As the window's own button does: it may stay in the tray.
#[tauri::command]
pub fn close_window<R: Runtime>(app: AppHandle<R>) {
    window::close(&app);
}

#[tauri::command]
pub fn quit<R: Runtime>(app: AppHandle<R>) {
    app.exit(0);
}

/// The page listens from now on.
#[tauri::command]
pub fn waiting_go(going: State<'_, Going>) -> Option<Goto> {
    going.arrive()
}

/// How large the page is drawn: 1 is 100 %. What no person can read or see whole is not taken.
#[tauri::command]
pub fn set_zoom<R: Runtime>(factor: f64, window: WebviewWindow<R>) {
    if let Err(error) = window.set_zoom(factor.clamp(0.5, 3.0)) {
        tracing::warn!(%error, "could not zoom");
    }
}
