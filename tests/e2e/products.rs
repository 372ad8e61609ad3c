//! Products nobody can install, from an empty window to the end of the connection.

use tallykey_sites::{CLIENT_ID, CLIENT_SECRET, Options, Provider, SINGLE_PAGE_ID, Site};

use crate::alone;
use crate::browser::Browser;
use crate::window::{Form, Window};

/// What alice's browser is sent to when she allows access.
fn allowed(site: &Site, url: &str) -> String {
    site.approve(url).redirect().expect("the browser is sent back").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a keychain: ./dev test e2e"]
async fn a_jooto_is_connected_chosen_from_and_counted() {
    let _alone = alone().await;
    let site = Site::start(Options::new(Provider::Jooto)).await.unwrap();
    let (window, browser) = (Window::open(&[]).await, Browser::open().await);
    let (base, api) = (site.base_url(), format!("{}/v1", site.base_url()));
    let inputs = [("org", "1"), ("base", base), ("api", api.as_str())];
    let form = Form {
        has_presets: true,
        found: None,
        client_id: CLIENT_ID,
        secret: Some(CLIENT_SECRET),
        ..Form::of("jooto", "Launch", &inputs)
    };

    window.click("first-add-site").await;
    window.add(&form).await;
    window.picture("jooto-1-waiting").await;
    browser.sees(&allowed(&site, &window.opened(0).await), "Tallykey has the answer").await;
    window.click("choose-now").await;
    window.click("item-5").await;
    window.click("all-board").await;
    window.picture("jooto-2-choose").await;
    window.click("choose-done").await;
    window.wait_until_shows_count("assigned_open", 15).await;
    window.picture("jooto-3-counted").await;
    window.wait_until_shows_count("open", 22).await;

    window.revoke("unsupported").await;
    window.picture("jooto-4-revoked").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a keychain: ./dev test e2e"]
async fn a_workfront_is_connected_with_a_secret_and_without() {
    let _alone = alone().await;
    for (application, client_id, secret) in [
        ("web", CLIENT_ID, Some(CLIENT_SECRET)),
        ("web-form", CLIENT_ID, Some(CLIENT_SECRET)),
        ("single-page", SINGLE_PAGE_ID, None),
    ] {
        let site = Site::start(Options::new(Provider::Workfront)).await.unwrap();
        let (window, browser) = (Window::open(&[]).await, Browser::open().await);
        let inputs = [("base", site.base_url())];
        let form = Form {
            found: None,
            application: Some(application),
            client_id,
            secret,
            ..Form::of("workfront", "Studio", &inputs)
        };

        window.click("first-add-site").await;
        window.add(&form).await;
        window.get("code-life").await;
        window.picture(&format!("workfront-1-{application}")).await;
        browser.sees(&allowed(&site, &window.opened(0).await), "Tallykey has the answer").await;
        window.wait_for_text("First counts").await;
        window.click("dialog-done").await;
        window.wait_until_shows_count("assigned_open", 15).await;
        window.picture(&format!("workfront-2-{application}")).await;

        window.revoke("accessOnly").await;
        window.picture(&format!("workfront-3-{application}")).await;
    }
}
