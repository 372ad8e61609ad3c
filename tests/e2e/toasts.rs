//! What the window says for some seconds only.

use std::time::{Duration, Instant};

use crate::driver::PATIENCE;
use crate::window::Window;

/// Keeps what every toast says from now on, also of one that is gone before anybody looks.
const NOTE: &str = "window.told = '';
    const note = () => document.querySelectorAll('[data-testid=toast]').forEach((toast) => {
      window.told += toast.textContent + '\\n';
    });
    new MutationObserver(note).observe(document.body, { childList: true, subtree: true, characterData: true });";

impl Window {
    /// From now on [`Self::wait_until_told`] knows what toasts say.
    pub async fn note_toasts(&self) {
        self.page.execute(NOTE, Vec::new()).await.expect("a script");
    }

    /// Waits until a toast has said this.
    pub async fn wait_until_told(&self, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let told = self.page.execute("return window.told", Vec::new()).await.expect("a script");
            let told = told.as_str().expect("toasts are noted");
            if told.contains(words) {
                return;
            }
            assert!(Instant::now() < deadline, "no toast said {words:?}: {told:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
