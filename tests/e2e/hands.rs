//! What a person's hands do to the window: press and type, also while the page is still moving.

use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::Value;

use crate::driver::PATIENCE;
use crate::window::Window;

/// Listens whether a click reaches an element; answers with nothing while the element is not where it was a
/// moment ago.
const LISTEN: &str = "
    const [element, done] = arguments;
    element.scrollIntoView({ block: 'nearest' });
    const place = () => JSON.stringify(element.getBoundingClientRect());
    const before = place();
    requestAnimationFrame(() => requestAnimationFrame(() => {
        if (!element.isConnected || place() !== before) return done(false);
        window.reached = false;
        const reach = (event) => { window.reached ||= event.composedPath().includes(element); };
        document.addEventListener('click', reach, { capture: true, once: true });
        done(true);
    }));";

/// How long a click may take from the driver to the page before it counts as one that missed.
const UNDERWAY: Duration = Duration::from_secs(5);

impl Window {
    /// Clicks an element with a test id, as soon as it can be clicked.
    pub async fn click(&self, id: &str) {
        self.click_on(&format!("[data-testid='{id}']")).await;
    }

    /// Clicks the element a selector names, as soon as it can be clicked. A driver looks where it is first and
    /// presses then, and between the two the page may move it away: a click that went elsewhere is made again.
    pub async fn click_on(&self, selector: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let element = self.find(selector).await;
            if self.is_at_rest(&element).await && element.click().await.is_ok() && self.was_reached().await {
                return;
            }
            assert!(Instant::now() < deadline, "{selector} cannot be clicked\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Clicks an element with a test id, if there is one now.
    pub async fn click_if_there(&self, id: &str) {
        if self.page.find(Locator::Css(&format!("[data-testid='{id}']"))).await.is_ok() {
            self.click(id).await;
        }
    }

    async fn is_at_rest(&self, element: &Element) -> bool {
        let enabled = element.is_enabled().await.unwrap_or(false);
        let argument = serde_json::to_value(element).expect("an element");
        enabled && self.page.execute_async(LISTEN, vec![argument]).await.is_ok_and(|rests| rests == Value::Bool(true))
    }

    async fn was_reached(&self) -> bool {
        let deadline = Instant::now() + UNDERWAY;
        loop {
            // A window that ends with the click has nothing to say.
            match self.page.execute("return window.reached", Vec::new()).await {
                Ok(Value::Bool(false)) if Instant::now() < deadline => {}
                Ok(Value::Bool(false)) => return false,
                _ => return true,
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Types into an element with a test id, in place of what it held.
    pub async fn fill(&self, id: &str, text: &str) {
        let deadline = Instant::now() + PATIENCE;
        while let Err(error) = self.try_to_fill(id, text).await {
            assert!(Instant::now() < deadline, "{id} cannot be filled: {error}\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn try_to_fill(&self, id: &str, text: &str) -> Result<(), CmdError> {
        let field = self.get(id).await;
        // WebKit's driver does not scroll within a dialog, as a person would.
        let script = "arguments[0].scrollIntoView({ block: 'center' })";
        let argument = serde_json::to_value(&field).expect("an element");
        self.page.execute(script, vec![argument]).await?;
        field.clear().await?;
        field.send_keys(text).await
    }

    /// Presses keys wherever the focus is. What has it may be gone before the driver comes to press.
    pub async fn press(&self, keys: &str) {
        let deadline = Instant::now() + PATIENCE;
        while let Err(error) = self.try_to_press(keys).await {
            assert!(Instant::now() < deadline, "nothing takes keys: {error}\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn try_to_press(&self, keys: &str) -> Result<(), CmdError> {
        self.page.active_element().await?.send_keys(keys).await
    }

    /// Presses one key.
    pub async fn key(&self, key: Key) {
        self.press(&char::from(key).to_string()).await;
    }
}
