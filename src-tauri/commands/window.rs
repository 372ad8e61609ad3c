//! The window itself: closing it, ending the program, and where it was asked to go before it listened.

use tauri::{AppHandle, Runtime, State};

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
