//! What a person does with the window every day: copying, finding, choosing, and opening it again.

use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use tallykey_sites::{CLIENT_ID, CLIENT_SECRET, Options, Provider, Site};

use crate::alone;
use crate::window::{Form, Window, clipboard};

/// A window with one connected Redmine, its detail open.
async fn connected(site: &Site) -> Window {
    let window = Window::open(&[]).await;
    let inputs = [("base", site.base_url())];
    let form = Form { client_id: CLIENT_ID, secret: Some(CLIENT_SECRET), ..Form::of("redmine", "Harbour", &inputs) };
    window.click("first-add-site").await;
    window.add(&form).await;
    let back = site.approve(&window.opened(0).await).redirect().expect("the browser is sent back").to_owned();
    window.fill("code-field", &back).await;
    window.click("connect-button").await;
    window.wait_for_text("First counts").await;
    window.click("dialog-done").await;
    window.wait_until_shows_count("assigned_open", 15).await;
    window
}

impl Window {
    /// Chooses an option of a list by its value.
    async fn choose(&self, id: &str, value: &str) {
        self.get(id).await.select_by_value(value).await.expect("an option");
    }

    /// Waits until the root of the page has an attribute with this value.
    async fn wait_until_is(&self, attribute: &str, value: &str) {
        self.find(&format!("html[{attribute}='{value}']")).await;
    }

    async fn hold(&self, key: char) {
        let down = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value: key });
        self.page.perform_actions(down).await.expect("a key");
    }

    async fn let_go(&self) {
        self.page.release_actions().await.expect("no key");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a keychain: ./dev test e2e"]
async fn a_token_is_copied_in_every_form_and_seen_only_while_a_key_is_held() {
    let _alone = alone().await;
    let site = Site::start(Options::new(Provider::Redmine)).await.unwrap();
    let window = connected(&site).await;

    window.click("copy-token").await;
    window.wait_for_text("Copied").await;
    let token = clipboard();
    let url = format!("{}/users/current.json", site.base_url());
    for (form, begins, holds) in [
        ("header", "Authorization: Bearer ".to_owned(), String::new()),
        ("curl", " curl ".to_owned(), url.clone()),
        ("httpie", " http ".to_owned(), url.clone()),
        ("powershell", " Invoke-RestMethod ".to_owned(), url.clone()),
        ("env", "TALLYKEY_TOKEN=".to_owned(), String::new()),
        ("json", "{".to_owned(), "\"access_token\"".to_owned()),
        ("raw", token.clone(), String::new()),
    ] {
        window.click("copy-as").await;
        window.click(&format!("copy-{form}")).await;
        let copied = window.clipboard_that_begins(&begins).await;
        assert!(copied.contains(&token) && copied.contains(&holds), "{form}: {copied}");
        assert!(!window.page.source().await.unwrap().contains(&token), "{form}: the page does not hold it");
    }

    window.click("token-hold").await;
    window.hold(' ').await;
    assert_eq!(window.get("token-whole").await.text().await.unwrap(), token);
    window.picture("everyday-1-held").await;
    window.let_go().await;
    window.wait_until_gone("token-whole").await;
    assert!(!window.page.source().await.unwrap().contains(&token), "nothing is left of it");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a keychain: ./dev test e2e"]
async fn everything_is_found_by_the_palette_and_settings_hold() {
    let _alone = alone().await;
    let site = Site::start(Options::new(Provider::Redmine)).await.unwrap();
    let window = connected(&site).await;

    window.press(&format!("{}k{}", char::from(Key::Control), char::from(Key::Null))).await;
    window.fill("palette-field", "curl har").await;
    window.picture("everyday-2-palette").await;
    window.key(Key::Enter).await;
    assert!(window.clipboard_that_begins(" curl ").await.contains(site.base_url()));

    window.press(&format!("{},{}", char::from(Key::Control), char::from(Key::Null))).await;
    window.get("dialog-settings").await;
    window.click_on("[aria-label='Appearance'] button:last-child").await;
    window.wait_until_is("data-theme", "dark").await;
    for (language, title) in [("de", "Einstellungen"), ("ja", "設定")] {
        window.choose("language", language).await;
        window.wait_until_is("lang", language).await;
        window.wait_for_text(title).await;
        window.picture(&format!("everyday-3-settings-{language}")).await;
    }
    window.click("dialog-done").await;

    let window = Window::open_again(window.close().await, &[]).await;
    window.wait_until_is("lang", "ja").await;
    window.wait_until_is("data-theme", "dark").await;
    window.wait_for_text("すべてのサイト").await;
    window.picture("everyday-4-again").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a keychain: ./dev test e2e"]
async fn the_last_numbers_are_there_before_any_network() {
    let _alone = alone().await;
    let site = Site::start(Options::new(Provider::Redmine)).await.unwrap();
    let folder = connected(&site).await.close().await;
    drop(site);

    let window = Window::open_again(folder, &[]).await;
    window.find("[data-site-name='Harbour']").await;
    // The number that was last seen.
    window.wait_for_text("15").await;
    window.key(Key::F5).await;
    window.wait_for_text("Offline").await;
    window.picture("everyday-5-offline").await;
    assert!(window.text().await.contains("15"), "and it stays");
    let failed = window.page.find_all(Locator::Css("dialog[open]")).await.unwrap();
    assert!(failed.is_empty(), "nobody is interrupted");
}
