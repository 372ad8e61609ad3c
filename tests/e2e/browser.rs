//! The browser a person signs in with: headless Chromium.

use std::process::Command;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::json;

use crate::driver::{Driver, PATIENCE};

/// A browser with an empty profile.
pub struct Browser {
    pub page: Client,
    _driver: Driver,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Opens it.
    pub async fn open() -> Self {
        let profile = tempfile::TempDir::new().expect("a folder");
        let driver = Driver::start(Command::new("chromedriver")).await;
        let options = json!({ "browserName": "chrome", "goog:chromeOptions": { "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            format!("--user-data-dir={}", profile.path().display()),
        ] } });
        let page = driver.session(options).await;
        Self { page, _driver: driver, _profile: profile }
    }

    /// Opens the address, signs in where Redmine asks, and approves where it asks; the code the page
    /// then shows. Redmine asks nobody twice who still holds a token.
    pub async fn approve(&self, authorize_url: &str, login: &str) -> String {
        self.page.goto(authorize_url).await.expect("the page opens");
        let asks = "#username, input[type=submit][value=Authorize], fieldset.tabular code";
        loop {
            let element = self.find(asks).await;
            match element.tag_name().await.expect("a tag").as_str() {
                "code" => return element.text().await.expect("a text"),
                "input" if element.attr("id").await.expect("an element").as_deref() == Some("username") => {
                    element.send_keys(login).await.expect("typing");
                    self.find("#password").await.send_keys(&format!("{login}-pass-1")).await.expect("typing");
                    self.leave_by("input[name=login]").await;
                }
                _ => self.leave_by("input[type=submit][value=Authorize]").await,
            }
        }
    }

    /// Opens the address, signs in and approves; the browser is sent to the window's own page.
    pub async fn approve_and_return(&self, authorize_url: &str, login: &str) {
        self.page.goto(authorize_url).await.expect("the page opens");
        let deadline = Instant::now() + PATIENCE;
        while !self.shows("Tallykey has the answer").await {
            assert!(Instant::now() < deadline, "neither asked nor sent back: {}", self.text().await);
            if self.has("#username").await {
                self.find("#username").await.send_keys(login).await.expect("typing");
                self.find("#password").await.send_keys(&format!("{login}-pass-1")).await.expect("typing");
                self.leave_by("input[name=login]").await;
            } else if self.has("input[type=submit][value=Authorize]").await {
                self.leave_by("input[type=submit][value=Authorize]").await;
            }
        }
    }

    /// Opens the address, and signs in and consents in the way of `tests/oidc`; the browser is sent to
    /// the window's own page.
    pub async fn sign_in_at_oidc(&self, authorize_url: &str, login: &str) {
        self.page.goto(authorize_url).await.expect("the page opens");
        let deadline = Instant::now() + PATIENCE;
        while !self.shows("Tallykey has the answer").await {
            assert!(Instant::now() < deadline, "says: {}", self.text().await);
            let mut url = self.page.current_url().await.expect("an address");
            if url.path().starts_with("/interaction/") && url.query().is_none() {
                url.set_query(Some(&format!("login={login}")));
                self.page.goto(url.as_str()).await.expect("the page opens");
            }
        }
    }

    /// Opens an address and waits for these words.
    pub async fn sees(&self, url: &str, words: &str) {
        self.page.goto(url).await.expect("the page opens");
        let deadline = Instant::now() + PATIENCE;
        while !self.shows(words).await {
            assert!(Instant::now() < deadline, "{url} says: {}", self.text().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn shows(&self, words: &str) -> bool {
        self.text().await.contains(words)
    }

    async fn has(&self, selector: &str) -> bool {
        self.page.find(Locator::Css(selector)).await.is_ok()
    }

    async fn text(&self) -> String {
        match self.page.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// How many rows a list of issues has in all.
    pub async fn rows(&self, url: &str) -> u64 {
        self.page.goto(url).await.expect("the page opens");
        let items = self.find("span.items, p.nodata").await;
        let text = items.text().await.expect("a text");
        if items.tag_name().await.expect("a tag") == "p" {
            return 0;
        }
        let (_, total) = text.trim_matches(['(', ')']).split_once('/').expect("(1-22/22)");
        total.parse().expect("a number")
    }

    async fn find(&self, selector: &str) -> Element {
        let wait = self.page.wait().at_most(PATIENCE);
        wait.for_element(Locator::Css(selector)).await.unwrap_or_else(|_| panic!("no {selector}"))
    }

    /// Clicks what leads to another page, and waits until that one is there.
    async fn leave_by(&self, selector: &str) {
        let here = self.find("html").await;
        self.find(selector).await.click().await.expect("a click");
        let deadline = Instant::now() + PATIENCE;
        // An element of a page that was left is stale.
        while here.tag_name().await.is_ok() {
            assert!(Instant::now() < deadline, "{selector} leads nowhere");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
