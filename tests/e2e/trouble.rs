//! What goes wrong, told in the window, with nothing lost.

use crate::alone;
use crate::browser::Browser;
use crate::redmine::{CLIENT_ID, CLIENT_SECRET, base, lever};
use crate::window::Window;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display, a keychain and a Redmine: ./dev test e2e"]
async fn wrong_answers_are_told_and_the_right_one_still_connects() {
    let _alone = alone().await;
    let (window, browser) = (Window::open(&[]).await, Browser::open().await);
    window.click("first-add-site").await;
    let url = window.add_redmine("Harbour", &base(), CLIENT_ID, CLIENT_SECRET).await;

    for (answer, words) in [
        ("https://elsewhere.example/oauth/authorize/native?code=abcdefghijkl", "another site"),
        ("this is not a code", "no code in this text"),
        ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "This code was not accepted"),
    ] {
        window.fill("code-field", answer).await;
        window.click("connect-button").await;
        window.wait_for_text(words).await;
        window.picture(&format!("refused-{}", words.replace(' ', "-"))).await;
    }

    let code = browser.approve(&url, "bob").await;
    window.fill("code-field", &code).await;
    window.click("connect-button").await;
    window.wait_until_says("identity", "bob").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display, a keychain and a Redmine: ./dev test e2e"]
async fn a_wrong_client_secret_is_told_as_such() {
    let _alone = alone().await;
    let (window, browser) = (Window::open(&[]).await, Browser::open().await);
    window.click("first-add-site").await;
    let url = window.add_redmine("Harbour", &base(), CLIENT_ID, "not-the-secret").await;
    let code = browser.approve(&url, "bob").await;
    window.fill("code-field", &code).await;
    window.click("connect-button").await;
    window.wait_for_text("The application was refused").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display, a keychain and a Redmine: ./dev test e2e"]
async fn an_expired_access_token_is_renewed_without_a_word() {
    let _alone = alone().await;
    lever(&["forget-grants"]);
    let (window, browser) = (Window::open(&[]).await, Browser::open().await);
    window.click("first-add-site").await;
    let url = window.add_redmine("Harbour", &base(), CLIENT_ID, CLIENT_SECRET).await;
    let code = browser.approve(&url, "alice").await;
    window.fill("code-field", &code).await;
    window.click("connect-button").await;
    window.wait_for_text("First counts").await;
    window.click("dialog-done").await;
    let (before, tail) = (window.counts().await, window.get("token-tail").await.text().await.unwrap());

    lever(&["expire-access"]);
    window.click("refresh").await;
    window.wait_until_changed("token-tail", &tail).await;
    assert_eq!(window.counts().await, before);

    // The renewed token outlives the window: nothing asks to connect again.
    let window = Window::open_again(window.close().await, &[]).await;
    window.click("site-row").await;
    assert_eq!(window.counts().await, before);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display: ./dev test e2e"]
async fn without_a_keychain_the_window_offers_to_keep_secrets_until_it_quits() {
    let _alone = alone().await;
    let window = Window::open(&[("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")]).await;
    window.picture("no-keychain").await;
    window.click("use-memory").await;
    window.click("first-add-site").await;
    let url = window.add_redmine("Harbour", &base(), CLIENT_ID, CLIENT_SECRET).await;
    let browser = Browser::open().await;
    let code = browser.approve(&url, "bob").await;
    window.fill("code-field", &code).await;
    window.click("connect-button").await;
    window.wait_until_says("identity", "bob").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a Redmine: ./dev test e2e"]
async fn without_a_keychain_secrets_are_kept_in_an_encrypted_file_that_asks_at_each_start() {
    const PASSPHRASE: &str = "correct horse battery";
    let _alone = alone().await;
    let no_keychain = [("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")];
    let (window, browser) = (Window::open(&no_keychain).await, Browser::open().await);
    window.click("use-vault").await;
    window.fill("passphrase", PASSPHRASE).await;
    window.fill("passphrase-again", PASSPHRASE).await;
    window.picture("vault-made").await;
    window.click("vault-use").await;
    window.wait_until_gone("vault-form").await;
    window.click("first-add-site").await;
    let url = window.add_redmine("Harbour", &base(), CLIENT_ID, CLIENT_SECRET).await;
    let code = browser.approve(&url, "bob").await;
    window.fill("code-field", &code).await;
    window.click("connect-button").await;
    window.wait_until_says("identity", "bob").await;
    window.click("dialog-done").await;

    let window = Window::open_again(window.close().await, &no_keychain).await;
    window.click("unlock-vault").await;
    window.fill("passphrase", "another one").await;
    window.click("vault-unlock").await;
    window.wait_for_text("This is not the passphrase").await;
    window.picture("vault-wrong").await;
    window.fill("passphrase", PASSPHRASE).await;
    window.click("vault-unlock").await;
    window.wait_until_gone("dialog-unlock").await;
    window.find("[data-testid='site-row']").await.click().await.unwrap();
    assert!(!window.counts().await.is_empty());
}
