//! The tray: an icon, a number, and a menu that follows what is known.

mod draw;
mod entries;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use tallykey_core::model::settings::Tray;
use tauri::{AppHandle, Runtime};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use self::draw::Drawn;
pub use self::entries::{ASSIGNED, Act};
use super::{ending, window};
use crate::shell::Shell;
use crate::texts;
use crate::views::Overview;

const ID: &str = "tray";
/// Changes come in bursts, and nobody reads a menu ten times a second.
const BURST: Duration = Duration::from_millis(100);
/// How long a token lives is told in minutes.
const MINUTE: Duration = Duration::from_secs(30);
/// What is left on the clipboard is told in seconds.
const SECOND: Duration = Duration::from_secs(1);

/// Whether the icon is there.
pub fn is_shown<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.tray_by_id(ID).is_some()
}

/// Keeps the tray as the settings and the desktop will have it, until the program ends.
pub async fn follow<R: Runtime>(app: AppHandle<R>, shell: Shell, mut can_show: watch::Receiver<bool>) {
    let mut events = shell.desk.events();
    let mut drawn: Option<Drawn<R>> = None;
    loop {
        let ends = ending::has_begun(&app);
        let here = *can_show.borrow_and_update() && !ends;
        let (handle, looks) = (app.clone(), shell.clone());
        // It reads files of every site, and menus wait for the main thread.
        let done = tauri::async_runtime::spawn_blocking(move || draw(&handle, &looks, drawn, here)).await;
        let counts_down;
        (drawn, counts_down) = done.unwrap_or_default();
        if ends {
            return;
        }
        tokio::select! {
            event = events.recv() => {
                if matches!(event, Err(RecvError::Closed)) {
                    return;
                }
                tokio::time::sleep(BURST).await;
                while events.try_recv().is_ok() {}
            }
            // Its sender lives as long as the program.
            _ = can_show.changed() => {}
            () = ending::begins(&app) => {}
            () = tokio::time::sleep(if counts_down { SECOND } else { MINUTE }) => {}
        }
    }
}

/// What is drawn now, and whether something in it is told in seconds.
fn draw<R: Runtime>(
    app: &AppHandle<R>,
    shell: &Shell,
    mut drawn: Option<Drawn<R>>,
    here: bool,
) -> (Option<Drawn<R>>, bool) {
    let Ok(overview) = shell.overview() else { return (drawn, false) };
    update(app, &mut drawn, &overview, here);
    (drawn, overview.clipboard.is_some())
}

fn update<R: Runtime>(app: &AppHandle<R>, drawn: &mut Option<Drawn<R>>, overview: &Overview, here: bool) {
    let wanted = overview.settings.tray;
    if !here || wanted == Tray::Hidden {
        if drawn.take().is_some() {
            app.remove_tray_by_id(ID);
            // Nothing else leads to it now.
            window::show_if_hidden(app);
        }
        return;
    }
    let entries = entries::entries(overview, texts::of(overview.settings.language), Timestamp::now());
    let title = entries::title(overview).filter(|_| wanted == Tray::Count);
    let done = match drawn {
        Some(drawn) => drawn.update(app, entries, title),
        None => Drawn::new(app, entries, title).map(|new| *drawn = Some(new)),
    };
    if let Err(error) = done {
        tracing::warn!(%error, "the tray cannot be drawn");
    }
}

/// Whether a tray can be made at all. Tauri's ends the program where this library is missing.
#[cfg(target_os = "linux")]
pub fn is_possible() -> bool {
    const NAMES: [&str; 2] = ["libayatana-appindicator3.so.1", "libappindicator3.so.1"];
    static FOUND: std::sync::LazyLock<bool> =
        std::sync::LazyLock::new(|| folders().iter().any(|folder| NAMES.iter().any(|name| folder.join(name).exists())));
    *FOUND
}

#[cfg(not(target_os = "linux"))]
pub fn is_possible() -> bool {
    true
}

/// Where the loader looks: what it is told, and wherever it found the libraries that are loaded already.
#[cfg(target_os = "linux")]
fn folders() -> std::collections::BTreeSet<PathBuf> {
    let told = std::env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap_or_default();
    let loaded = maps.lines().filter_map(|line| {
        let path = Path::new(line.get(line.find('/')?..)?);
        let is_library = path.file_name()?.to_str()?.contains(".so");
        path.parent().filter(|_| is_library).map(Path::to_path_buf)
    });
    std::env::split_paths(&told).chain(loaded).collect()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn the_loaders_folders_are_found() {
        assert!(folders().iter().any(|folder| folder.join("libgtk-3.so.0").exists()));
    }
}
