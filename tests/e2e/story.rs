//! The main job, from an empty window to a revoked connection.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use tallykey_core::ExposeSecret;
use tallykey_core::adapters::keychain::Keychain;
use tallykey_core::model::connection::Connection;
use tallykey_core::ports::SecretStore;
use tempfile::TempDir;

use crate::alone;
use crate::browser::Browser;
use crate::redmine::{CLIENT_ID, CLIENT_SECRET, base, curl, lever};
use crate::window::{AS_LONG_AS_CAN_BE, Window, clipboard, files_below, settings};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display, a keychain and a Redmine: ./dev test e2e"]
async fn a_person_adds_connects_counts_copies_and_revokes() {
    let _alone = alone().await;
    lever(&["forget-grants"]);
    let (folder, browser) = (TempDir::new().unwrap(), Browser::open().await);
    settings(folder.path(), AS_LONG_AS_CAN_BE);
    let window = Window::open_again(folder, &[]).await;

    window.get("first-add-site").await;
    window.picture("1-first-run").await;
    window.click("first-add-site").await;
    let url = window.add_redmine("Harbour", &base(), CLIENT_ID, CLIENT_SECRET).await;
    window.picture("2-waiting").await;

    let code = browser.approve(&url, "alice").await;
    window.fill("code-field", &code).await;
    window.click("connect-button").await;
    window.wait_until_says("identity", "alice").await;
    window.wait_for_text("First counts").await;
    window.picture("3-connected").await;
    window.click("dialog-done").await;

    let shown = window.counts().await;
    assert_eq!(shown, rows_of_the_pages(&browser).await);
    window.picture("4-counts").await;

    window.click("copy-token").await;
    window.get("toast").await;
    let token = clipboard();
    let header = format!("Authorization: Bearer {token}");
    let (status, me) = curl("/users/current.json", &header);
    let me: Value = serde_json::from_str(&me).unwrap();
    assert_eq!((status, me["user"]["login"].as_str()), (200, Some("alice")));
    window.picture("5-copied").await;

    nothing_holds_a_secret(&window, &[&token, &code, CLIENT_SECRET], &refresh_token(&window)).await;

    window.note_toasts().await;
    window.click("clear-now").await;
    window.wait_until_told("Clipboard cleared").await;
    assert_eq!(clipboard(), "");

    window.click("revoke").await;
    window.picture("6-revoke").await;
    window.click("revoke-confirm").await;
    let outcome = window.get("revocation").await;
    assert_eq!(outcome.attr("data-result").await.unwrap().as_deref(), Some("confirmed"));
    assert_eq!(curl("/users/current.json", &header).0, 401);
    window.picture("7-revoked").await;
    window.click("dialog-done").await;
    window.wait_for_text("Not connected").await;
    assert!(refresh_token(&window).is_empty(), "the keychain still holds the connection");
}

/// The rows of the page each count opens, in Redmine's own words.
async fn rows_of_the_pages(browser: &Browser) -> BTreeMap<String, u64> {
    let providers = tallykey_core::providers::built_in();
    let redmine = providers.iter().find(|provider| provider.id == "redmine").unwrap();
    let inputs = BTreeMap::from([("base".to_owned(), base())]);
    let mut rows = BTreeMap::new();
    for count in &redmine.counts {
        let page = count.page.url(&inputs).unwrap();
        rows.insert(count.id.clone(), browser.rows(page.as_str()).await);
    }
    rows
}

/// The refresh token the keychain holds for the only site; empty without a connection.
fn refresh_token(window: &Window) -> String {
    let sites = fs::read_to_string(window.folder.path().join("config/sites.toml")).unwrap();
    let id = sites.lines().find_map(|line| line.strip_prefix("id = \"")?.strip_suffix('"')).expect("a site");
    let item = Keychain.read(&format!("connection/{id}")).unwrap();
    let connection = item.map(|item| Connection::from_item(&item).unwrap());
    let token = connection.and_then(|connection| connection.tokens.refresh_token);
    token.map(|token| token.expose_secret().to_owned()).unwrap_or_default()
}

/// No file of ours or of the web view, no command line, no environment, no page.
async fn nothing_holds_a_secret(window: &Window, secrets: &[&str], refresh_token: &str) {
    assert!(refresh_token.len() > 20, "the keychain holds a refresh token");
    let page = window.page.source().await.unwrap();
    let processes = window.processes();
    assert!(processes.contains("tallykey-desktop"), "the window's process is among them");
    let files = files_below(window.folder.path());
    assert!(files.iter().any(|file| file.ends_with("sites.toml")));
    for secret in secrets.iter().copied().chain([refresh_token]) {
        assert!(!page.contains(secret) && !processes.contains(secret));
        for file in &files {
            let content = String::from_utf8_lossy(&fs::read(file).unwrap_or_default()).into_owned();
            assert!(!content.contains(secret), "{}", file.display());
        }
    }
}
