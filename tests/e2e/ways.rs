//! The answer of a sign-in, brought by the browser itself.

use crate::alone;
use crate::browser::Browser;
use crate::redmine::{CLIENT_ID, CLIENT_SECRET, base, lever};
use crate::window::{Form, Window};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display, a keychain and a Redmine: ./dev test e2e"]
async fn the_browser_brings_the_answer_and_nobody_pastes_anything() {
    let _alone = alone().await;
    lever(&["forget-grants"]);
    let (window, browser) = (Window::open(&[]).await, Browser::open().await);
    let base = base();
    let inputs = [("base", base.as_str())];
    let form = Form { client_id: CLIENT_ID, secret: Some(CLIENT_SECRET), ..Form::of("redmine", "Harbour", &inputs) };

    window.click("first-add-site").await;
    window.add(&form).await;
    window.picture("by-itself-1-waiting").await;
    browser.approve_and_return(&window.opened(0).await, "alice").await;

    window.wait_until_says("identity", "alice").await;
    window.wait_for_text("First counts").await;
    window.picture("by-itself-2-connected").await;
    window.click("dialog-done").await;
    window.wait_until_shows_count("assigned_open", 15).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display, a keychain and a Redmine: ./dev test e2e"]
async fn another_persons_sign_in_is_asked_about() {
    let _alone = alone().await;
    lever(&["forget-grants"]);
    let window = Window::open(&[]).await;
    window.click("first-add-site").await;
    let url = window.add_redmine("Harbour", &base(), CLIENT_ID, CLIENT_SECRET).await;
    let code = Browser::open().await.approve(&url, "alice").await;
    window.fill("code-field", &code).await;
    window.click("connect-button").await;
    window.wait_for_text("First counts").await;
    window.click("dialog-done").await;

    window.connect_again().await;
    // The way that worked is the one that is taken again.
    let code = Browser::open().await.approve(&window.opened(2).await, "bob").await;
    window.fill("code-field", &code).await;
    window.click("connect-button").await;
    window.wait_for_text("bob").await;
    window.picture("other-person").await;
    window.click("other-switch").await;
    // The detail behind the dialog names a person too.
    window.wait_for_text("First counts: 8 assigned to you").await;
    window.picture("other-person-switched").await;
    window.click("dialog-done").await;
    window.wait_until_shows_count("assigned_open", 8).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display, a keychain and a Redmine: ./dev test e2e"]
async fn a_planio_is_a_redmine_under_another_name() {
    let _alone = alone().await;
    lever(&["forget-grants"]);
    let (window, browser) = (Window::open(&[]).await, Browser::open().await);
    let base = base();
    let inputs = [("base", base.as_str())];
    let form = Form { client_id: CLIENT_ID, secret: Some(CLIENT_SECRET), ..Form::of("planio", "Planio", &inputs) };

    window.click("first-add-site").await;
    window.add(&form).await;
    let code = browser.approve(&window.opened(0).await, "bob").await;
    window.fill("code-field", &code).await;
    window.click("connect-button").await;
    window.wait_for_text("First counts").await;
    window.click("dialog-done").await;

    window.wait_until_shows_count("open", 26).await;
    window.revoke("confirmed").await;
}
