//! The window as the X server has it.

use std::time::{Duration, Instant};

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt as _, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

use crate::driver::PATIENCE;

/// Place and size, in pixels.
pub type Area = (i16, i16, u16, u16);

/// The X server the tests run on.
pub struct Screen {
    server: RustConnection,
    root: Window,
}

impl Screen {
    /// Connects to it.
    pub fn new() -> Self {
        let (server, number) = x11rb::connect(None).expect("a display");
        let root = server.setup().roots[number].root;
        Self { server, root }
    }

    fn atom(&self, name: &str) -> u32 {
        self.server.intern_atom(false, name.as_bytes()).unwrap().reply().unwrap().atom
    }

    /// The program's window, mapped or not; `None` until it has one.
    fn window(&self, pid: u32) -> Option<Window> {
        let (of, name) = (self.atom("_NET_WM_PID"), AtomEnum::WM_NAME);
        let top = self.server.query_tree(self.root).ok()?.reply().ok()?.children;
        top.into_iter().find(|&window| {
            let owner = self.server.get_property(false, window, of, AtomEnum::CARDINAL, 0, 1).unwrap().reply();
            let is_its = owner.is_ok_and(|owner| owner.value32().and_then(|mut pids| pids.next()) == Some(pid));
            let name = self.server.get_property(false, window, name, AtomEnum::ANY, 0, 64).unwrap().reply();
            is_its && name.is_ok_and(|name| name.value == b"Tallykey")
        })
    }

    /// Whether the program's window is to be seen.
    pub fn shows(&self, pid: u32) -> bool {
        self.window(pid).is_some_and(|window| {
            let attributes = self.server.get_window_attributes(window).unwrap().reply();
            attributes.is_ok_and(|attributes| attributes.map_state == MapState::VIEWABLE)
        })
    }

    /// Waits until the program's window is to be seen, or is not any more.
    pub async fn wait_until_shows(&self, pid: u32, shown: bool) {
        let deadline = Instant::now() + PATIENCE;
        while self.shows(pid) != shown {
            assert!(Instant::now() < deadline, "the window should be {}", if shown { "shown" } else { "hidden" });
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Closes the window as the button in its frame does.
    pub fn close(&self, pid: u32) {
        let window = self.window(pid).expect("a window");
        let data = [self.atom("WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, self.atom("WM_PROTOCOLS"), data);
        self.server.send_event(false, window, EventMask::NO_EVENT, message).unwrap();
        self.server.flush().unwrap();
    }

    /// Puts the window somewhere, as a person does with the mouse, and waits until it is there.
    pub async fn put(&self, pid: u32, (x, y, width, height): Area) {
        let window = self.window(pid).expect("a window");
        let to = ConfigureWindowAux::new().x(i32::from(x)).y(i32::from(y));
        let to = to.width(u32::from(width)).height(u32::from(height));
        self.server.configure_window(window, &to).unwrap();
        self.server.flush().unwrap();
        self.wait_until_at(pid, (x, y, width, height)).await;
    }

    /// Waits until the window is somewhere.
    pub async fn wait_until_at(&self, pid: u32, wanted: Area) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let area = self.area(pid);
            if area == Some(wanted) {
                return;
            }
            assert!(Instant::now() < deadline, "the window is at {area:?}, not at {wanted:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the window begins on a screen of this size.
    pub async fn wait_until_within(&self, pid: u32, (width, height): (i16, i16)) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let area = self.area(pid);
            if area.is_some_and(|(x, y, ..)| x < width && y < height) {
                return;
            }
            assert!(Instant::now() < deadline, "the window is at {area:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Where the window is.
    fn area(&self, pid: u32) -> Option<Area> {
        let area = self.server.get_geometry(self.window(pid)?).ok()?.reply().ok()?;
        Some((area.x, area.y, area.width, area.height))
    }
}
