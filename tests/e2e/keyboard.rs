//! The main job without a pointer.

use std::fs;
use std::time::{Duration, Instant};

use fantoccini::Locator;
use fantoccini::key::Key;
use tallykey_sites::{CLIENT_ID, CLIENT_SECRET, Options, Provider, Site};
use tempfile::TempDir;
use tokio::time::sleep;

use crate::alone;
use crate::driver::PATIENCE;
use crate::window::{Window, clipboard};

/// Whether what has the focus shows it: by itself, or by what is around it.
const IS_SEEN: &str = "const s = getComputedStyle(arguments[0]), w = getComputedStyle(arguments[0].parentElement);
    return [s.outlineStyle, s.boxShadow, w.outlineStyle, w.boxShadow].some((v) => v !== 'none')";

impl Window {
    /// Presses Tab until the focus is on an element with a test id, and sees that it can be seen there. A page that
    /// changes meanwhile may take the focus away, or what had it.
    async fn tab_to(&self, id: &str) {
        let deadline = Instant::now() + PATIENCE;
        let mut passed = Vec::new();
        self.get(id).await;
        loop {
            let focused = self.page.active_element().await.ok();
            let name = match &focused {
                Some(focused) => focused.attr("data-testid").await.ok().flatten().unwrap_or_default(),
                None => String::new(),
            };
            if let Some(focused) = focused.filter(|_| name == id) {
                let argument = serde_json::to_value(&focused).expect("an element");
                let is_seen = self.page.execute(IS_SEEN, vec![argument]).await;
                if is_seen.is_ok_and(|seen| seen.as_bool() == Some(true)) {
                    return;
                }
                assert!(Instant::now() < deadline, "the focus on {id} cannot be seen");
                sleep(Duration::from_millis(50)).await;
                continue;
            }
            assert!(Instant::now() < deadline, "Tab never comes to {id}: {passed:?}");
            passed.push(name);
            self.key(Key::Tab).await;
        }
    }

    async fn press_on(&self, id: &str) {
        self.tab_to(id).await;
        self.key(Key::Enter).await;
    }

    /// Waits until the list has its sites in this order.
    async fn wait_for_order(&self, names: [&str; 3]) {
        let script =
            "return [...document.querySelectorAll('[data-testid=site-row]')].map((row) => row.dataset.siteName)";
        let deadline = Instant::now() + PATIENCE;
        loop {
            let order = self.page.execute(script, Vec::new()).await.expect("a script");
            if order == serde_json::json!(names) {
                return;
            }
            assert!(Instant::now() < deadline, "never {names:?}, but {order}");
            sleep(Duration::from_millis(50)).await;
        }
    }

    async fn type_into(&self, id: &str, text: &str) {
        self.tab_to(id).await;
        self.press(text).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a keychain: ./dev test e2e"]
async fn a_site_is_added_connected_copied_and_revoked_by_keyboard_alone() {
    let _alone = alone().await;
    let site = Site::start(Options::new(Provider::Redmine)).await.unwrap();
    let window = Window::open(&[]).await;

    window.press_on("first-add-site").await;
    window.tab_to("product-redmine").await;
    window.press(" ").await;
    window.press_on("wizard-next").await;
    window.type_into("input-base", site.base_url()).await;
    window.key(Key::Tab).await;
    window.wait_for_text("OAuth2").await;
    window.press_on("wizard-next").await;
    window.type_into("client-id", CLIENT_ID).await;
    window.type_into("client-secret", CLIENT_SECRET).await;
    window.press_on("connect-in-browser").await;
    let back = site.approve(&window.opened(0).await).redirect().expect("the browser is sent back").to_owned();
    window.type_into("code-field", &back).await;
    window.key(Key::Enter).await;
    window.wait_for_text("First counts").await;
    window.press_on("dialog-done").await;
    window.wait_until_shows_count("assigned_open", 15).await;

    window.press_on("copy-token").await;
    window.get("toast").await;
    assert!(clipboard().len() > 20, "a token is on the clipboard");

    window.press_on("revoke").await;
    window.press_on("revoke-confirm").await;
    window.get("revocation").await;
    window.press_on("dialog-done").await;
    window.wait_for_text("Not connected").await;
    let dialogs = window.page.find_all(Locator::Css("dialog[open]")).await.unwrap();
    assert!(dialogs.is_empty(), "the dialog is closed");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a keychain: ./dev test e2e"]
async fn the_order_of_the_list_is_changed_by_keyboard_and_kept() {
    let _alone = alone().await;
    let folder = TempDir::new().unwrap();
    let site = |(number, name): (usize, &str)| {
        format!(
            "[[site]]\nid = \"00000000-0000-4000-8000-00000000000{number}\"\nname = \"{name}\"\n\
             provider = \"redmine\"\nclient_id = \"tallykey\"\nredirect = \"loopback\"\n\
             scopes = [\"view_issues\"]\n[site.inputs]\nbase = \"https://{number}.example.com\"\n\n"
        )
    };
    let sites: String = ["Harbour", "Pier", "Quay"].into_iter().enumerate().map(site).collect();
    fs::create_dir_all(folder.path().join("config")).unwrap();
    fs::write(folder.path().join("config/sites.toml"), sites).unwrap();
    let window = Window::open_again(folder, &[]).await;
    window.wait_for_order(["Harbour", "Pier", "Quay"]).await;

    let first = window.find("[data-site-name='Harbour']").await;
    let argument = serde_json::to_value(&first).unwrap();
    window.page.execute("arguments[0].focus()", vec![argument]).await.unwrap();
    let down = [char::from(Key::Alt), char::from(Key::Down), char::from(Key::Null)].iter().collect::<String>();
    window.press(&down).await;
    window.wait_for_order(["Pier", "Harbour", "Quay"]).await;
    window.press(&down).await;
    window.wait_for_order(["Pier", "Quay", "Harbour"]).await;
    let focused = window.page.active_element().await.unwrap();
    assert_eq!(focused.attr("data-site-name").await.unwrap().as_deref(), Some("Harbour"), "the focus stays on it");
    let kept = || fs::read_to_string(window.folder.path().join("config/sites.toml")).unwrap_or_default();
    let deadline = Instant::now() + PATIENCE;
    while kept().rfind("Harbour") < kept().rfind("Quay") {
        assert!(Instant::now() < deadline, "never kept:\n{}", kept());
        sleep(Duration::from_millis(50)).await;
    }

    let window = Window::open_again(window.close().await, &[]).await;
    window.wait_for_order(["Pier", "Quay", "Harbour"]).await;
}
