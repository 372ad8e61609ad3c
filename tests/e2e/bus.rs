//! The parts of a desktop that Tallykey talks to, on the tests' own session bus: whoever shows trays,
//! and whoever shows notices.

#![expect(
    clippy::needless_pass_by_value,
    clippy::unused_self,
    clippy::used_underscore_binding,
    reason = "zbus wants interfaces like this, and makes more of them"
)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Structure, Value};
use zbus::{Connection, Proxy, interface};

use crate::driver::PATIENCE;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const NOTICES: &str = "/org/freedesktop/Notifications";

type Item = (String, String);
/// Revision, and the root with its id, its properties and its rows.
type Layout = (u32, (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>));
type Items = Arc<Mutex<Vec<Item>>>;

/// A panel with a tray.
pub struct Panel {
    bus: Connection,
    items: Items,
}

struct Watcher(Items);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, path: &str, #[zbus(header)] header: Header<'_>) {
        let sender = header.sender().expect("a sender").to_string();
        self.0.lock().unwrap().push((sender, path.to_owned()));
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }
}

/// A row of a tray's menu.
#[derive(Debug)]
pub struct Row {
    id: i32,
    pub label: String,
    pub rows: Vec<Row>,
}

impl Panel {
    /// Puts a panel on the bus.
    pub async fn start() -> Self {
        let items = Items::default();
        let bus = Connection::session().await.expect("a session bus");
        bus.object_server().at("/StatusNotifierWatcher", Watcher(items.clone())).await.unwrap();
        bus.request_name(WATCHER).await.unwrap();
        Self { bus, items }
    }

    /// Takes it away.
    pub async fn stop(self) {
        self.bus.release_name(WATCHER).await.unwrap();
    }

    /// The last tray that came, as soon as there is one.
    async fn item(&self) -> Item {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(item) = self.items.lock().unwrap().last() {
                return item.clone();
            }
            assert!(Instant::now() < deadline, "no tray came");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits for the tray.
    pub async fn wait_for_tray(&self) {
        self.item().await;
    }

    /// Waits until this stands beside the icon.
    pub async fn wait_for_label(&self, wanted: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (owner, path) = self.item().await;
            let item = Proxy::new(&self.bus, owner, path, "org.kde.StatusNotifierItem").await.unwrap();
            let label: String = item.get_property("XAyatanaLabel").await.unwrap();
            if label == wanted {
                return;
            }
            assert!(Instant::now() < deadline, "{label:?} beside the icon, not {wanted:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn menu(&self) -> Proxy<'static> {
        let (owner, path) = self.item().await;
        let item = Proxy::new(&self.bus, owner.clone(), path, "org.kde.StatusNotifierItem").await.unwrap();
        let menu: OwnedObjectPath = item.get_property("Menu").await.unwrap();
        Proxy::new(&self.bus, owner, menu, "com.canonical.dbusmenu").await.unwrap()
    }

    /// The rows of the tray's menu.
    pub async fn rows(&self) -> Vec<Row> {
        let menu = self.menu().await;
        let layout: Layout = menu.call("GetLayout", &(0, -1, Vec::<String>::new())).await.unwrap();
        layout.1.2.iter().map(row).collect()
    }

    /// The menu as it is read; what is below a row is indented.
    pub async fn text(&self) -> String {
        fn lines(rows: &[Row], indent: usize, text: &mut String) {
            for row in rows {
                writeln!(text, "{:indent$}{}", "", row.label).unwrap();
                lines(&row.rows, indent + 2, text);
            }
        }
        let mut text = String::new();
        lines(&self.rows().await, 0, &mut text);
        text
    }

    /// Waits until the menu holds these words; all of it.
    pub async fn wait_for_text(&self, words: &str) -> String {
        self.wait_for_menu(words, |menu| menu.contains(words)).await
    }

    /// Waits until the menu is like this: one that is drawn anew may be read before all of it is there.
    pub async fn wait_for_menu(&self, what: &str, fits: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let text = self.text().await;
            if fits(&text) {
                return text;
            }
            assert!(Instant::now() < deadline, "the menu never said {what:?}:\n{text}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the menu does not hold these words any more.
    pub async fn wait_until_gone(&self, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.text().await.contains(words) {
            assert!(Instant::now() < deadline, "the menu still says {words:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Chooses a row, by what the rows on the way to it begin with. A menu that is drawn anew has new rows: whoever
    /// pointed at one of before is refused, and looks again.
    pub async fn choose(&self, way: &[&str]) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let tried = match row_at(self.rows().await, way) {
                Some(row) => {
                    let clicked = (row, "clicked", Value::from(0), 0_u32);
                    self.menu().await.call::<_, _, ()>("Event", &clicked).await.map_err(|error| error.to_string())
                }
                None => Err("no such row".to_owned()),
            };
            let Err(error) = tried else { return };
            assert!(Instant::now() < deadline, "{way:?} cannot be chosen: {error}\n{}", self.text().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// The row at the end of this way.
fn row_at(mut rows: Vec<Row>, way: &[&str]) -> Option<i32> {
    let mut at = None;
    for label in way {
        let row = rows.into_iter().find(|row| row.label.starts_with(label))?;
        (at, rows) = (Some(row.id), row.rows);
    }
    at
}

fn row(value: &OwnedValue) -> Row {
    let row: &Structure<'_> = value.downcast_ref().expect("a row");
    let [Value::I32(id), Value::Dict(properties), Value::Array(below)] = row.fields() else { panic!("{row:?}") };
    let label: Option<String> = properties.get(&"label").unwrap_or_default();
    let rows = below.iter().map(|below| self::row(&below.try_to_owned().unwrap())).collect();
    // An underscore that is shown is doubled, as menus have it.
    Row { id: *id, label: label.unwrap_or_default().replace("__", "_"), rows }
}

/// A notice as the desktop got it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub title: String,
    pub body: String,
    id: u32,
    caller: String,
}

/// Whoever shows notices.
pub struct Notices {
    bus: Connection,
    shown: Arc<Mutex<Vec<Shown>>>,
}

struct Server(Arc<Mutex<Vec<Shown>>>);

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[expect(clippy::too_many_arguments, reason = "as the specification has it")]
    fn notify(
        &self,
        _program: &str,
        _replaces: u32,
        _icon: &str,
        title: &str,
        body: &str,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _milliseconds: i32,
        #[zbus(header)] header: Header<'_>,
    ) -> u32 {
        let mut shown = self.0.lock().unwrap();
        let id = u32::try_from(shown.len()).unwrap() + 1;
        let caller = header.sender().expect("a sender").to_string();
        shown.push(Shown { title: title.to_owned(), body: body.to_owned(), id, caller });
        id
    }

    fn get_capabilities(&self) -> Vec<&str> {
        vec!["body", "body-markup", "actions"]
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("tests", "tallykey", "1", "1.2")
    }
}

impl Notices {
    /// Puts it on the bus.
    pub async fn start() -> Self {
        let shown = Arc::<Mutex<Vec<Shown>>>::default();
        let bus = Connection::session().await.expect("a session bus");
        bus.object_server().at(NOTICES, Server(shown.clone())).await.unwrap();
        bus.request_name("org.freedesktop.Notifications").await.unwrap();
        Self { bus, shown }
    }

    /// The first notice, as soon as it is there.
    pub async fn first(&self) -> Shown {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(shown) = self.shown.lock().unwrap().first() {
                return shown.clone();
            }
            assert!(Instant::now() < deadline, "nothing was told");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub fn count(&self) -> usize {
        self.shown.lock().unwrap().len()
    }

    /// A person clicks on it.
    pub async fn click(&self, shown: &Shown) {
        let to = Some(shown.caller.as_str());
        let clicked = (shown.id, "default");
        let interface = "org.freedesktop.Notifications";
        self.bus.emit_signal(to, NOTICES, interface, "ActionInvoked", &clicked).await.unwrap();
    }
}

/// The screen is locked, as GNOME tells of it.
pub async fn lock_screen() {
    let bus = Connection::session().await.expect("a session bus");
    let (path, interface) = ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver");
    bus.emit_signal(None::<&str>, path, interface, "ActiveChanged", &true).await.unwrap();
}
