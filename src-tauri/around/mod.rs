//! What is around the window: the tray, notifications, links, starting at login, and what becomes of
//! the program when the window is closed. None of it is needed: without a session bus or a tray the
//! window works as a window does.

mod act;
mod app_menu;
#[cfg(target_os = "linux")]
mod bus;
pub mod ending;
mod going;
mod launch;
mod link;
mod notices;
mod tray;
pub mod window;

use std::hash::{DefaultHasher, Hash, Hasher};

use tallykey_core::adapters::files::private_folder;
use tallykey_core::adapters::folders::Folders;
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Builder, Manager, RunEvent, Runtime, WindowEvent};
use tauri_plugin_deep_link::DeepLinkExt;
use tauri_plugin_window_state::StateFlags;
use tokio::sync::watch;

pub use self::ending::Ending;
pub use self::going::{Going, go};
use crate::shell::Shell;

/// How the program is started at login: it waits in the tray.
const HIDDEN: &str = "--hidden";

/// What is kept of the window.
const KEPT: StateFlags = StateFlags::SIZE.union(StateFlags::POSITION).union(StateFlags::MAXIMIZED);

/// The window with everything around it. The first of the plugins ends a second start.
pub fn surround<R: Runtime>(builder: Builder<R>, folders: &Folders) -> Builder<R> {
    let single = tauri_plugin_single_instance::Builder::new()
        .dbus_id(instance(folders))
        // The arguments may hold a link, and a link is nobody else's business: they are not logged.
        .callback(|app: &AppHandle<R>, arguments, _| {
            if !arguments.iter().any(|argument| argument == HIDDEN) {
                window::show(app);
            }
        });
    // The plugin writes without looking; where this fails, the window's place is not kept.
    private_folder(&folders.data).ok();
    let state = tauri_plugin_window_state::Builder::new()
        .with_state_flags(KEPT)
        .with_filename(folders.data.join("window.json").display().to_string());
    builder
        .plugin(single.build())
        .plugin(tauri_plugin_deep_link::init())
        .plugin(state.build())
        .plugin(tauri_plugin_autostart::Builder::new().arg(HIDDEN).build())
        .plugin(around())
}

/// Two windows on the same folders are one program; on other folders they are another.
fn instance(folders: &Folders) -> String {
    let mut hasher = DefaultHasher::new();
    (&folders.config, &folders.data).hash(&mut hasher);
    format!("app.tallykey.at-{:016x}", hasher.finish())
}

fn around<R: Runtime>() -> TauriPlugin<R> {
    tauri::plugin::Builder::new("around")
        .setup(|app, _| {
            ending::listen(app);
            Ok(())
        })
        .on_event(|app, event| match event {
            RunEvent::Ready => start(app),
            RunEvent::MenuEvent(event) => act::chosen(app, event.id().as_ref()),
            RunEvent::WindowEvent { event: WindowEvent::CloseRequested { api, .. }, .. }
                if window::stays_in_tray(app) =>
            {
                api.prevent_close();
                window::hide(app);
            }
            RunEvent::ExitRequested { code, api, .. } => ending::asked(app, *code, api),
            RunEvent::Exit => ending::at_last(app),
            #[cfg(target_os = "macos")]
            RunEvent::Reopen { .. } => window::show(app),
            _ => {}
        })
        .build()
}

/// The window is there, and was not shown yet.
fn start<R: Runtime>(app: &AppHandle<R>) {
    let shell = app.state::<Shell>().inner().clone();
    let (can_show, shown) = watch::channel(!cfg!(target_os = "linux"));
    app_menu::set(app, &shell);
    let handle = app.clone();
    tauri::async_runtime::spawn(tray::follow(handle, shell.clone(), shown.clone()));
    tauri::async_runtime::spawn(launch::follow(app.clone(), shell.clone()));
    tauri::async_runtime::spawn(notices::follow(app.clone(), shell.clone()));
    listen(app, shell, can_show);

    let opened = app.clone();
    app.deep_link().on_open_url(move |event| link::follow(&opened, &event.urls()));
    match app.deep_link().get_current() {
        Ok(Some(urls)) => link::follow(app, &urls),
        _ if std::env::args().any(|argument| argument == HIDDEN) && tray::is_possible() => {
            tauri::async_runtime::spawn(window::show_unless_in_tray(app.clone(), shown));
        }
        _ => window::show(app),
    }
}

/// What the desktop says: whether it shows trays, and that the screen was locked.
#[cfg(target_os = "linux")]
fn listen<R: Runtime>(app: &AppHandle<R>, shell: Shell, can_show: watch::Sender<bool>) {
    use self::bus::Said;

    // Kept for the whole run, so that who waits for a tray waits on.
    app.manage(can_show.clone());
    bus::listen(move |said| match said {
        Said::Tray(there) => drop(can_show.send(there && tray::is_possible())),
        Said::Locked => {
            let desk = shell.desk.clone();
            tauri::async_runtime::spawn(async move { desk.clear_clipboard().await });
        }
    });
}

/// Trays are always shown; a locked screen is not noticed here.
#[cfg(not(target_os = "linux"))]
fn listen<R: Runtime>(app: &AppHandle<R>, _: Shell, can_show: watch::Sender<bool>) {
    app.manage(can_show);
}
