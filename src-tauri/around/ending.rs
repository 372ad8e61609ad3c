//! How the program ends, whoever asks for it: a person, the system at the end of a session, `kill`. The
//! first wish begins it, and Tauri's loop goes on until it is over: who waits for the main thread is
//! answered, and what is under way comes to its end.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tauri::{AppHandle, ExitRequestApi, Manager, Runtime};
use tauri_plugin_window_state::AppHandleExt;
use tokio::sync::watch;

use super::{KEPT, window};
use crate::shell::Shell;

/// The desk takes 35 s at most, and a clipboard 5 s beside it.
const LONGEST: Duration = Duration::from_secs(45);

/// Whether the program ends.
#[derive(Default)]
pub struct Ending {
    begun: watch::Sender<bool>,
    over: Mutex<bool>,
    told: Condvar,
}

impl Ending {
    fn begin(&self) -> bool {
        !self.begun.send_replace(true)
    }

    fn is_over(&self) -> bool {
        *self.over.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self) {
        *self.over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.told.notify_all();
    }

    /// Waits by a clock that goes on whatever becomes of the tasks.
    fn wait(&self, longest: Duration) {
        let over = self.over.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.told.wait_timeout_while(over, longest, |over| !*over));
    }
}

/// Whether the end has begun: nothing is shown any more.
pub fn has_begun<R: Runtime>(app: &AppHandle<R>) -> bool {
    *app.state::<Ending>().begun.borrow()
}

/// Returns when the end begins.
pub async fn begins<R: Runtime>(app: &AppHandle<R>) {
    let mut begun = app.state::<Ending>().begun.subscribe();
    // Its sender lives as long as the program.
    begun.wait_for(|begun| *begun).await.ok();
}

/// Tauri would end now. It does when everything else has ended.
pub fn asked<R: Runtime>(app: &AppHandle<R>, code: Option<i32>, api: &ExitRequestApi) {
    if app.state::<Ending>().is_over() {
        return;
    }
    api.prevent_exit();
    if !begin(app) {
        return;
    }
    let ends = app.clone();
    let waits = thread::Builder::new().name("ending".to_owned()).spawn(move || {
        let ending = ends.state::<Ending>();
        ending.wait(LONGEST);
        ending.end();
        ends.exit(code.unwrap_or_default());
    });
    if let Err(error) = waits {
        tracing::warn!(%error, "ends at once");
        app.state::<Ending>().end();
        app.exit(code.unwrap_or_default());
    }
}

/// Tauri ends now, also where the system did not ask: by macOS's Quit, and when Windows shuts down.
pub fn at_last<R: Runtime>(app: &AppHandle<R>) {
    begin(app);
    app.state::<Ending>().wait(LONGEST);
}

/// What we put on the clipboard does not outlive us, nor what is under way. Whether this began it.
fn begin<R: Runtime>(app: &AppHandle<R>) -> bool {
    if !app.state::<Ending>().begin() {
        return false;
    }
    // Who starts now is a program of its own: it finds the window's place, and shares the rest as the
    // terminal does.
    if let Err(error) = app.save_window_state(KEPT) {
        tracing::warn!(%error, "the window's place is not kept");
    }
    tauri_plugin_single_instance::destroy(app);
    window::hide(app);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let desk = &app.state::<Shell>().desk;
        tokio::join!(desk.clear_clipboard(), desk.close());
        app.state::<Ending>().end();
    });
    true
}

/// Hears the system's wishes from now on, so it is called before there is anything to bring to an end.
#[cfg(unix)]
pub fn listen<R: Runtime>(app: &AppHandle<R>) {
    use tallykey_core::adapters::signals::is_ignored;
    use tokio::signal::unix::{SignalKind, signal};

    let runtime = tauri::async_runtime::handle();
    let _inside = runtime.inner().enter();
    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
        if is_ignored(kind.as_raw_value()) {
            continue;
        }
        // Without our own way to end, the system's holds.
        let Ok(mut signals) = signal(kind) else { continue };
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            if signals.recv().await.is_some() {
                app.exit(0);
            }
        });
    }
}

/// The system closes the window first, which is told as every close is.
#[cfg(not(unix))]
pub fn listen<R: Runtime>(_app: &AppHandle<R>) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_begins_once() {
        let ending = Ending::default();
        assert!(ending.begin());
        assert!(!ending.begin());
        assert!(!ending.is_over());
    }

    #[test]
    fn who_waits_for_the_end_is_told_and_never_waits_longer_than_it_may_take() {
        let ending = Ending::default();
        ending.wait(Duration::from_millis(1));
        assert!(!ending.is_over(), "the time was over before the rest was");
        thread::scope(|threads| {
            let waits = threads.spawn(|| ending.wait(Duration::MAX));
            ending.end();
            waits.join().unwrap();
        });
        assert!(ending.is_over());
    }
}
