//! Leading the page somewhere. A page that does not listen yet fetches it as soon as it does.

use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, Emitter, Manager, Runtime};

use super::window;
use crate::views::Goto;

/// Where the page is to go once it listens.
#[derive(Default)]
pub struct Going(Mutex<Page>);

#[derive(Default)]
struct Page {
    listens: bool,
    waiting: Option<Goto>,
}

impl Going {
    /// The page listens from now on; where it was to go before that.
    pub fn arrive(&self) -> Option<Goto> {
        let mut page = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        page.listens = true;
        page.waiting.take()
    }

    /// What is to be told at once; otherwise it waits.
    fn depart(&self, to: Goto) -> Option<Goto> {
        let mut page = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if page.listens {
            return Some(to);
        }
        page.waiting = Some(to);
        None
    }
}

/// Shows the window, and there this place.
pub fn go<R: Runtime>(app: &AppHandle<R>, to: Goto) {
    window::show(app);
    if let Some(to) = app.state::<Going>().depart(to) {
        app.emit("go", to).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_does_not_listen_yet_misses_nothing() {
        let going = Going::default();
        assert!(going.depart(Goto::Settings).is_none());
        assert!(matches!(going.arrive(), Some(Goto::Settings)));
        assert!(matches!(going.depart(Goto::About), Some(Goto::About)));
        assert!(going.arrive().is_none(), "it is told once");
    }
}
