//! The menu of macOS: there, copying and pasting by keyboard go through it. Elsewhere a window like this
//! one has none.

use tauri::menu::{Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Runtime};

use super::act::id;
use super::tray::Act;
use crate::shell::Shell;
use crate::texts::{self, Texts};

/// Puts the menu at the top of the screen.
pub fn set<R: Runtime>(app: &AppHandle<R>, shell: &Shell) {
    if cfg!(target_os = "macos") {
        let set = menu(app, texts::of(shell.desk.settings().language)).and_then(|menu| app.set_menu(menu));
        if let Err(error) = set {
            tracing::warn!(%error, "no menu");
        }
    }
}

fn menu<R: Runtime>(app: &AppHandle<R>, texts: &Texts) -> tauri::Result<Menu<R>> {
    let about = MenuItem::with_id(app, id(&Act::About), &texts.about, true, None::<&str>)?;
    let line = || PredefinedMenuItem::separator(app);
    let settings = MenuItem::with_id(app, id(&Act::Settings), &texts.settings, true, Some("CmdOrCtrl+,"))?;
    // Not the system's own, which ends a program without asking it.
    let quit = MenuItem::with_id(app, id(&Act::Quit), &texts.quit, true, Some("CmdOrCtrl+Q"))?;
    let own = Submenu::with_items(
        app,
        "Tallykey",
        true,
        &[
            &about,
            &line()?,
            &settings,
            &line()?,
            &PredefinedMenuItem::services(app, None)?,
            &PredefinedMenuItem::hide(app, None)?,
            &PredefinedMenuItem::hide_others(app, None)?,
            &line()?,
            &quit,
        ],
    )?;
    let edit = Submenu::with_items(
        app,
        &texts.edit,
        true,
        &[
            &PredefinedMenuItem::undo(app, None)?,
            &PredefinedMenuItem::redo(app, None)?,
            &line()?,
            &PredefinedMenuItem::cut(app, None)?,
            &PredefinedMenuItem::copy(app, None)?,
            &PredefinedMenuItem::paste(app, None)?,
            &PredefinedMenuItem::select_all(app, None)?,
        ],
    )?;
    let window = Submenu::with_items(
        app,
        &texts.window,
        true,
        &[
            &PredefinedMenuItem::minimize(app, None)?,
            &PredefinedMenuItem::fullscreen(app, None)?,
            &line()?,
            &PredefinedMenuItem::close_window(app, None)?,
        ],
    )?;
    Menu::with_items(app, &[&own, &edit, &window])
}
