//! The browser a person signs in with: headless Chromium.

use std::process::Command;

use fantoccini::{Client, Locator};
use serde_json::json;

use crate::driver::Driver;

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

    /// Opens the address, signs in where Redmine asks, chooses a button of the consent page, and
    /// returns what the page then says.
    pub async fn answer(&self, authorize_url: &str, login: &str, button: &str) -> String {
        self.page.goto(authorize_url).await.expect("the page opens");
        if let Ok(field) = self.page.find(Locator::Id("username")).await {
            field.send_keys(login).await.expect("typing");
            let password = self.page.find(Locator::Id("password")).await.expect("a password field");
            password.send_keys(&format!("{login}-pass-1")).await.expect("typing");
            self.press("input[name=login]").await;
        }
        self.press(&format!("input[type=submit][value={button}]")).await;
        self.page.find(Locator::Css("body")).await.expect("a page").text().await.expect("a text")
    }

    /// Approves; the code the page shows.
    pub async fn approve(&self, authorize_url: &str, login: &str) -> String {
        self.answer(authorize_url, login, "Authorize").await;
        let code = self.page.find(Locator::Css("fieldset.tabular code")).await.expect("the page shows a code");
        code.text().await.expect("a text")
    }

    /// How many rows a list of issues has in all.
    pub async fn rows(&self, url: &str) -> u64 {
        self.page.goto(url).await.expect("the page opens");
        let Ok(items) = self.page.find(Locator::Css("span.items")).await else {
            self.page.find(Locator::Css("p.nodata")).await.expect("an empty list says so");
            return 0;
        };
        let text = items.text().await.expect("a text");
        let (_, total) = text.trim_matches(['(', ')']).split_once('/').expect("(1-22/22)");
        total.parse().expect("a number")
    }

    async fn press(&self, selector: &str) {
        let button = self.page.find(Locator::Css(selector)).await.unwrap_or_else(|_| panic!("no {selector}"));
        button.click().await.expect("a click");
    }
}
