//! A window without a screen, asked the way the page asks.

use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tallykey_core::adapters::clock::SystemClock;
use tallykey_core::adapters::folders::Folders;
use tallykey_core::adapters::memory::MemoryStore;
use tallykey_core::adapters::vault::Vault;
use tallykey_core::ports::{Browser, Clipboard, SecretStore, StoreKind};
use tallykey_core::{Desk, ExposeSecret, Result, Secret, Url};
use tallykey_desktop::{Shell, Stores, builder, context};
use tallykey_sites::{CLIENT_ID, CLIENT_SECRET, Options, Provider, Site};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewWindow, WebviewWindowBuilder};
use tempfile::TempDir;

/// Remembers what it was asked to open.
#[derive(Default)]
pub struct Opened(Mutex<Vec<Url>>);

impl Browser for Opened {
    fn open(&self, url: &Url) -> Result<()> {
        self.0.lock().unwrap().push(url.clone());
        Ok(())
    }

    fn open_folder(&self, folder: &Path) -> Result<()> {
        self.open(&Url::from_directory_path(folder).unwrap())
    }
}

/// A keychain nobody else uses.
#[derive(Default)]
pub struct Ring(MemoryStore);

impl SecretStore for Ring {
    fn kind(&self) -> StoreKind {
        StoreKind::Keychain
    }

    fn read(&self, name: &str) -> Result<Option<Secret>> {
        self.0.read(name)
    }

    fn write(&self, name: &str, secret: &Secret) -> Result<()> {
        self.0.write(name, secret)
    }

    fn delete(&self, name: &str) -> Result<()> {
        self.0.delete(name)
    }
}

/// A clipboard nobody else uses.
#[derive(Default)]
pub struct Pasteboard(Mutex<Option<Secret>>);

impl Clipboard for Pasteboard {
    fn write(&self, text: &Secret) -> Result<()> {
        *self.0.lock().unwrap() = Some(text.clone());
        Ok(())
    }

    fn read(&self) -> Result<Option<Secret>> {
        Ok(self.0.lock().unwrap().clone())
    }

    fn clear(&self) -> Result<()> {
        *self.0.lock().unwrap() = None;
        Ok(())
    }
}

/// The window under test.
pub struct Window {
    page: WebviewWindow<MockRuntime>,
    opened: Arc<Opened>,
    pasteboard: Arc<Pasteboard>,
    pub folder: TempDir,
    _app: App<MockRuntime>,
}

impl Window {
    /// A window over throw-away folders and secrets in memory.
    pub fn open() -> Self {
        Self::over(Arc::new(MemoryStore::default()), TempDir::new().unwrap())
    }

    /// The same with a keychain, so that what is seen is kept in files.
    pub fn with_keychain() -> Self {
        Self::over(Arc::new(Ring::default()), TempDir::new().unwrap())
    }

    /// The next run of the program on these folders; its secrets are in the encrypted file.
    pub fn again_with_vault(self) -> Self {
        let Self { folder, _app: app, .. } = self;
        drop(app);
        let folders = Folders { config: folder.path().join("config"), data: folder.path().join("data") };
        Self::over(Arc::new(Vault::with_work(&folders, 1)), folder)
    }

    fn over(store: Arc<dyn SecretStore>, folder: TempDir) -> Self {
        let folders = Folders { config: folder.path().join("config"), data: folder.path().join("data") };
        let (opened, pasteboard) = (Arc::<Opened>::default(), Arc::<Pasteboard>::default());
        let keychain = if store.kind() == StoreKind::Keychain { store.clone() } else { Arc::new(Ring::default()) };
        let stores = Stores::new(keychain, Vault::with_work(&folders, 1));
        // The encrypted file is one for the whole run.
        let store = if store.kind() == StoreKind::Vault { stores.of(StoreKind::Vault) } else { store };
        let desk = Desk::new(&folders, store, opened.clone(), pasteboard.clone(), Arc::new(SystemClock)).unwrap();
        let is_chosen = desk.store_kind().place() == Some(desk.settings().secrets);
        let desk = if is_chosen { desk.following_settings() } else { desk };
        let app = builder(mock_builder(), Shell::new(desk, stores).saving_to(folder.path().to_owned()))
            .build(context())
            .unwrap();
        let page = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build().unwrap();
        Self { page, opened, pasteboard, folder, _app: app }
    }

    /// What the page gets when it calls a command: the answer, or the error.
    pub fn call(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        self.call_from("tauri://localhost", command, arguments)
    }

    /// The same for a page that came from elsewhere.
    pub fn call_from(&self, origin: &str, command: &str, arguments: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: origin.parse().unwrap(),
            body: InvokeBody::Json(arguments),
            headers: http::HeaderMap::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(&self.page, request).map(|body| body.deserialize::<Value>().unwrap())
    }

    /// The address the browser was last sent to.
    pub fn last_opened(&self) -> String {
        self.opened.0.lock().unwrap().last().expect("nothing was opened").to_string()
    }

    /// What lies on the clipboard.
    pub fn pasted(&self) -> Option<String> {
        self.pasteboard.read().unwrap().map(|text| text.expose_secret().to_owned())
    }

    /// Adds a site by the page's own command; its id.
    pub fn add(&self, name: &str, base: &str, secret: &str) -> Result<String, Value> {
        let site = json!({
            "provider": "redmine", "name": name, "inputs": { "base": base },
            "clientId": CLIENT_ID, "clientSecret": secret, "redirect": "oob",
        });
        let added = self.call("add_site", json!({ "site": site }))?;
        Ok(added["id"].as_str().unwrap().to_owned())
    }

    /// Starts to connect; the attempt's id.
    pub fn start_connect(&self, site: &str) -> String {
        let attempt = self.call("start_connect", json!({ "site": site })).unwrap();
        attempt["id"].as_str().unwrap().to_owned()
    }

    /// The site as the overview shows it.
    pub fn seen(&self, site: &str) -> Value {
        let overview = self.call("overview", json!({})).unwrap();
        let sites = overview["sites"].as_array().unwrap();
        sites.iter().find(|seen| seen["id"] == site).expect("the site is listed").clone()
    }
}

/// A simulated Redmine that runs on a thread of its own.
pub struct Tracker {
    runtime: tokio::runtime::Runtime,
    pub site: Site,
}

impl Tracker {
    /// A site where alice is signed in with her browser.
    pub fn start() -> Self {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let site = runtime.block_on(Site::start(Options::new(Provider::Redmine))).unwrap();
        Self { runtime, site }
    }

    /// Does something beside the tracker.
    pub fn block_on<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// Its base address.
    pub fn base(&self) -> String {
        self.site.base_url().to_owned()
    }

    /// Approves as a person would; the code the page shows.
    pub fn approve(&self, authorize_url: &str) -> String {
        let _inside = self.runtime.enter();
        self.site.approve(authorize_url).code().expect("a code").clone()
    }
}

impl Tracker {
    /// Where the browser is sent once a person approves.
    pub fn redirect(&self, authorize_url: &str) -> String {
        let _inside = self.runtime.enter();
        self.site.approve(authorize_url).redirect().expect("a redirect").to_owned()
    }

    /// Goes to an address as a browser does.
    pub fn visit(url: &str) {
        let url = Url::parse(url).unwrap();
        let mut stream = std::net::TcpStream::connect((url.host_str().unwrap(), url.port().unwrap())).unwrap();
        let target = &url[url::Position::BeforePath..];
        let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
        write!(stream, "GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n").unwrap();
        std::io::copy(&mut stream, &mut std::io::sink()).unwrap();
    }
}

/// A site, added and connected by the page's own commands.
pub fn connected(window: &Window, tracker: &Tracker) -> String {
    let site = window.add("Kaizen Core", &tracker.base(), CLIENT_SECRET).unwrap();
    let attempt = window.start_connect(&site);
    let code = tracker.approve(&window.last_opened());
    window.call("finish_connect", json!({ "attempt": attempt, "answer": code })).unwrap();
    // The first counts come by themselves; asked for, they are there.
    window.call("refresh_counts", json!({ "site": site })).unwrap();
    site
}
