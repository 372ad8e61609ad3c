//! Whether somebody looks at the window, and whether the computer runs on its battery: how often sites
//! are asked depends on both.

use std::time::Duration;

use starship_battery::{Manager as Batteries, State};
use tallykey_core::model::pace::Presence;
use tauri::{AppHandle, Manager, Runtime, Window, WindowEvent};

use crate::around::ending;
use crate::shell::Shell;

/// Minimising and unplugging tell nobody on some systems. Sites are asked by the minute.
const LOOK: Duration = Duration::from_secs(30);

/// Looks from time to time, until the program ends.
pub async fn watch<R: Runtime>(app: AppHandle<R>, shell: Shell) {
    loop {
        let (looks, told) = (app.clone(), shell.clone());
        // A battery may take its time, and a window asks the main thread.
        tauri::async_runtime::spawn_blocking(move || look(&looks, &told)).await.ok();
        tokio::select! {
            () = ending::begins(&app) => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

fn look<R: Runtime>(app: &AppHandle<R>, shell: &Shell) {
    shell.power(on_battery());
    if let Some(window) = app.get_webview_window("main") {
        // What cannot be told is as if somebody looked.
        let visible = window.is_visible().unwrap_or(true) && !window.is_minimized().unwrap_or_default();
        tell(shell, visible, window.is_focused().unwrap_or_default());
    }
}

/// Looks again where an event says that something changed.
pub fn seen<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    if let WindowEvent::Focused(focused) = event {
        let visible = window.is_visible().unwrap_or(true) && !window.is_minimized().unwrap_or_default();
        tell(&window.state::<Shell>(), visible, *focused);
        let (desk, begins) = (window.state::<Shell>().desk.clone(), *focused);
        tauri::async_runtime::spawn(async move { desk.visited(begins).await });
    }
}

fn tell(shell: &Shell, visible: bool, focused: bool) {
    let on_battery = shell.on_battery();
    shell.desk.see_presence(Presence { visible: visible || focused, focused, on_battery });
}

/// A computer without a battery, or whose battery cannot be asked, does not run on it.
fn on_battery() -> bool {
    let is_used = |battery: starship_battery::Battery| battery.state() == State::Discharging;
    let batteries = Batteries::new().and_then(|manager| manager.batteries());
    batteries.is_ok_and(|mut all| all.any(|battery| battery.is_ok_and(is_used)))
}
