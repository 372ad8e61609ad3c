//! A product somebody described themselves, at a server somebody else wrote.

use std::fs;

use crate::alone;
use crate::browser::Browser;
use crate::window::{Form, Window};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display, a keychain and tests/oidc: ./dev test e2e"]
async fn a_definition_of_ones_own_is_accepted_and_connected() {
    let _alone = alone().await;
    let server = std::env::var("TALLYKEY_OIDC").expect("./dev test e2e sets TALLYKEY_OIDC");
    let folder = tempfile::TempDir::new().unwrap();
    let definitions = folder.path().join("config/providers");
    fs::create_dir_all(&definitions).unwrap();
    fs::write(definitions.join("oidc.toml"), include_str!("../oidc/oidc.toml")).unwrap();
    fs::write(definitions.join("broken.toml"), "schema = 1\nid = \"broken\"\nname 7\n").unwrap();
    let (window, browser) = (Window::open_again(folder, &[]).await, Browser::open().await);

    window.click("first-add-site").await;
    window.wait_for_text("broken.toml").await;
    window.click("product-oidc").await;
    window.get("receivers").await;
    window.picture("own-1-accept").await;
    let inputs = [("base", server.as_str())];
    let form = Form {
        found: Some("Server found"),
        application: Some("public"),
        client_id: "tallykey-public",
        ..Form::of("oidc", "Strict", &inputs)
    };
    window.add(&form).await;
    browser.sign_in_at_oidc(&window.opened(0).await, "alice-of-the-window").await;

    window.wait_for_text("First counts").await;
    window.click("dialog-done").await;
    assert_eq!(window.counts().await.keys().collect::<Vec<_>>(), ["closed", "open"]);
    window.picture("own-2-counted").await;
    window.revoke("confirmed").await;
}
