//! The real window.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::json;
use tallykey_sites::{CLIENT_ID, CLIENT_SECRET, Site};
use tempfile::TempDir;

use crate::driver::{Driver, PATIENCE};

/// The window, its folders, and what it asked the system to open.
pub struct Window {
    pub page: Client,
    driver: Driver,
    pub folder: TempDir,
}

/// What a person fills in to add a site.
pub struct Form<'a> {
    pub provider: &'a str,
    pub name: &'a str,
    pub inputs: &'a [(&'a str, &'a str)],
    /// Whether some inputs are filled in already, and put aside.
    pub has_presets: bool,
    /// What the look at the address ends with, where there is one.
    pub found: Option<&'a str>,
    pub application: Option<&'a str>,
    pub client_id: &'a str,
    pub secret: Option<&'a str>,
}

impl<'a> Form<'a> {
    /// A form with the usual application and no secret.
    pub fn of(provider: &'a str, name: &'a str, inputs: &'a [(&'a str, &'a str)]) -> Self {
        let found = Some("OAuth2");
        Self { provider, name, inputs, has_presets: false, found, application: None, client_id: "", secret: None }
    }
}

/// The setting that leaves a copied token on the clipboard while a slow machine looks at it.
pub const AS_LONG_AS_CAN_BE: &str = "clearSeconds = 600\n";

/// Stands before the system's own `xdg-open` and writes down what it should open.
const XDG_OPEN: &str = "#!/bin/sh\nprintf '%s\\n' \"$1\" >> \"$TALLYKEY_OPENED\"\n";

impl Window {
    /// Opens it on throw-away folders, with these settings of the environment.
    pub async fn open(environment: &[(&str, &str)]) -> Self {
        Self::open_again(TempDir::new().expect("a folder"), environment).await
    }

    /// Opens it on the folders of an earlier window.
    pub async fn open_again(folder: TempDir, environment: &[(&str, &str)]) -> Self {
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("bin")).expect("a folder");
        fs::write(at("bin/xdg-open"), XDG_OPEN).expect("a script");
        fs::set_permissions(at("bin/xdg-open"), fs::Permissions::from_mode(0o755)).expect("a script");
        let path = format!("{}:{}", at("bin").display(), std::env::var("PATH").expect("a path"));
        let mut command = Command::new("WebKitWebDriver");
        command
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("TALLYKEY_CONFIG_DIR", at("config"))
            .env("TALLYKEY_DATA_DIR", at("data"))
            .env("XDG_DATA_HOME", at("webview"))
            .env("XDG_CACHE_HOME", at("cache"))
            .env("TALLYKEY_OPENED", at("opened"))
            .env("PATH", path)
            .env("LC_ALL", "C.UTF-8")
            .envs(environment.iter().copied());
        let errors = fs::File::options().create(true).append(true).open(at("stderr")).expect("a file");
        command.stderr(errors);
        let driver = Driver::start(command).await;
        let binary = env!("CARGO_BIN_EXE_tallykey-desktop");
        let page = driver.session(json!({ "webkitgtk:browserOptions": { "binary": binary, "args": [] } })).await;
        Self { page, driver, folder }
    }

    /// Closes the window; its folders stay.
    pub async fn close(self) -> TempDir {
        self.page.close().await.ok();
        drop(self.driver);
        self.folder
    }

    /// The element with a test id, as soon as it is there.
    pub async fn get(&self, id: &str) -> Element {
        self.find(&format!("[data-testid='{id}']")).await
    }

    /// The element a selector names, as soon as it is there.
    pub async fn find(&self, selector: &str) -> Element {
        let wait = self.page.wait().at_most(PATIENCE);
        match wait.for_element(Locator::Css(selector)).await {
            Ok(element) => element,
            Err(error) => panic!("no {selector}: {error}\n{}", self.text().await),
        }
    }

    /// All text the page shows.
    pub async fn text(&self) -> String {
        match self.page.find(Locator::Css("body")).await {
            Ok(body) => body.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Waits until the page shows a text.
    pub async fn wait_for_text(&self, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let text = self.text().await;
            if text.contains(words) {
                return;
            }
            assert!(Instant::now() < deadline, "never said {words:?}:\n{text}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Adds a Redmine through the wizard, up to the dialog that waits for a code; the address that the
    /// browser was then asked to open.
    pub async fn add_redmine(&self, name: &str, base: &str, client_id: &str, secret: &str) -> String {
        let inputs = [("base", base)];
        let form = Form { client_id, secret: Some(secret), ..Form::of("redmine", name, &inputs) };
        self.add(&form).await;
        self.opened(0).await;
        self.click("other-ways").await;
        self.click("way-oob").await;
        let url = self.opened(1).await;
        self.get("code-field").await;
        url
    }

    /// Adds a simulated Redmine to a list without sites and connects it.
    pub async fn connect_redmine(&self, name: &str, site: &Site) {
        self.click("first-add-site").await;
        let url = self.add_redmine(name, site.base_url(), CLIENT_ID, CLIENT_SECRET).await;
        let code = site.approve(&url).code().expect("a code");
        self.fill("code-field", &code).await;
        self.click("connect-button").await;
        self.wait_for_text("First counts").await;
        self.click("dialog-done").await;
    }

    /// Adds a site through the wizard, up to the waiting connect dialog.
    pub async fn add(&self, form: &Form<'_>) {
        self.click(&format!("product-{}", form.provider)).await;
        self.click_if_there("accept-definition").await;
        self.click("wizard-next").await;
        if form.has_presets {
            self.click_on("[data-testid='more-inputs'] summary").await;
        }
        for (key, value) in form.inputs {
            self.fill(&format!("input-{key}"), value).await;
        }
        self.key(Key::Tab).await;
        if let Some(words) = form.found {
            self.wait_for_text(words).await;
        }
        self.fill("site-name", form.name).await;
        self.click("wizard-next").await;
        if let Some(application) = form.application {
            self.click(&format!("application-{application}")).await;
        }
        self.fill("client-id", form.client_id).await;
        if let Some(secret) = form.secret {
            self.fill("client-secret", secret).await;
        }
        self.click("connect-in-browser").await;
        self.get("code-field").await;
    }

    /// The address the system was last asked to open, as soon as there is a new one.
    pub async fn opened(&self, number: usize) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let text = fs::read_to_string(self.folder.path().join("opened")).unwrap_or_default();
            if let Some(line) = text.lines().nth(number) {
                return line.to_owned();
            }
            assert!(Instant::now() < deadline, "only opened: {text}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The counts of the open site, by id.
    pub async fn counts(&self) -> BTreeMap<String, u64> {
        self.get("site-detail").await;
        let cells = Locator::Css("[data-testid='site-detail'] [data-testid^='count-']");
        let mut counts = BTreeMap::new();
        for cell in self.page.find_all(cells).await.expect("counts") {
            let id = cell.attr("data-testid").await.expect("an element").expect("an id");
            let figure = cell.find(Locator::Css(".figure")).await.expect("a figure");
            let text = figure.text().await.expect("a text").replace(',', "");
            counts.insert(id.trim_start_matches("count-").to_owned(), text.parse().expect("a number"));
        }
        counts
    }

    /// Waits until an element says just this. Dialogs fade in, and what is not seen says nothing.
    pub async fn wait_until_says(&self, id: &str, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let text = self.get(id).await.text().await.unwrap_or_default();
            if text == words {
                return;
            }
            assert!(Instant::now() < deadline, "{id} says {text:?}, not {words:?}\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until an element says something else than before.
    pub async fn wait_until_changed(&self, id: &str, before: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.get(id).await.text().await.is_ok_and(|text| text == before) {
            assert!(Instant::now() < deadline, "{id} still says {before:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until an element is gone.
    pub async fn wait_until_gone(&self, id: &str) {
        let deadline = Instant::now() + PATIENCE;
        let css = format!("[data-testid='{id}']");
        while !self.page.find_all(Locator::Css(&css)).await.expect("elements").is_empty() {
            assert!(Instant::now() < deadline, "{id} is still there");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// What lies on the clipboard, as soon as it begins like this.
    pub async fn clipboard_that_begins(&self, words: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let text = clipboard();
            if text.starts_with(words) {
                return text;
            }
            assert!(Instant::now() < deadline, "the clipboard never began with {words:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until a count of the open site is this.
    pub async fn wait_until_shows_count(&self, id: &str, number: u64) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let figure = self.find(&format!("[data-testid='site-detail'] [data-testid='count-{id}'] .figure")).await;
            let text = figure.text().await.unwrap_or_default();
            if text.replace(',', "") == number.to_string() {
                return;
            }
            assert!(Instant::now() < deadline, "{id} shows {text:?}, not {number}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Starts to connect the open site, which is connected.
    pub async fn connect_again(&self) {
        self.click("site-more").await;
        self.click("connect-again").await;
        self.get("code-field").await;
    }

    /// Revokes the open site's connection, with this outcome.
    pub async fn revoke(&self, outcome: &str) {
        self.click("revoke").await;
        self.click("revoke-confirm").await;
        let told = self.get("revocation").await;
        assert_eq!(told.attr("data-result").await.expect("an element").as_deref(), Some(outcome));
    }

    /// Keeps a picture of the window, where `TALLYKEY_PICTURES` says.
    pub async fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("TALLYKEY_PICTURES") else { return };
        let png = self.page.screenshot().await.expect("a picture");
        fs::write(PathBuf::from(folder).join(format!("{name}.png")), png).expect("a file");
    }

    /// The process of the window.
    pub fn program(&self) -> u32 {
        let children = Command::new("pgrep").args(["-P", &self.driver.pid().to_string(), "^tallykey"]).output();
        String::from_utf8(children.expect("pgrep").stdout).expect("a number").trim().parse().expect("one process")
    }

    /// The processes of driver and window, with what their command lines and environments hold.
    pub fn processes(&self) -> String {
        let driver = self.driver.pid().to_string();
        let children = Command::new("pgrep").args(["-P", &driver]).output().expect("pgrep");
        let children = String::from_utf8(children.stdout).expect("numbers");
        let mut held = String::new();
        for pid in children.split_whitespace().chain([driver.as_str()]) {
            for part in ["cmdline", "environ"] {
                let bytes = fs::read(Path::new("/proc").join(pid).join(part)).unwrap_or_default();
                held.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
        held
    }
}

/// The settings of a window that is opened on this folder next.
pub fn settings(folder: &Path, text: &str) {
    fs::create_dir_all(folder.join("config")).expect("a folder");
    fs::write(folder.join("config/settings.toml"), text).expect("a file");
}

/// What lies on the clipboard, as any other program sees it.
pub fn clipboard() -> String {
    let output = Command::new("xclip").args(["-selection", "clipboard", "-o"]).output().expect("xclip");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every file below a folder.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files
}
