//! A WebDriver process and a session of it.

use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};
use tallykey_sites::free_port;

/// Stopped when dropped.
pub struct Driver {
    process: Child,
    port: u16,
}

/// A cold start of a web view on two busy cores takes about five seconds, and ten times as long where they are slow and
/// all else runs at once. Only what fails takes so long.
pub const PATIENCE: Duration = Duration::from_mins(3);

impl Driver {
    /// Starts a driver on a free port and waits until it listens.
    pub async fn start(mut command: Command) -> Self {
        let port = free_port();
        command.arg(format!("--port={port}")).stdin(Stdio::null());
        let process = command.spawn().expect("the driver is installed");
        let driver = Self { process, port };
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "the driver does not listen");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        driver
    }

    /// A session with these capabilities.
    pub async fn session(&self, capabilities: Value) -> Client {
        let Value::Object(capabilities) = capabilities else { panic!("capabilities are an object") };
        let capabilities: Map<String, Value> = capabilities;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let address = format!("http://127.0.0.1:{}", self.port);
        builder.capabilities(capabilities).connect(&address).await.expect("a session")
    }

    /// The driver's process id.
    pub fn pid(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // A driver that is stopped leaves behind what it started: first that, then itself.
        let driver = self.process.id().to_string();
        let children = Command::new("pgrep").args(["-P", &driver]).output().map(|output| output.stdout);
        Command::new("pkill").args(["-TERM", "-P", &driver]).status().ok();
        Command::new("kill").arg(&driver).status().ok();
        self.process.wait().ok();
        // A window that goes on takes over the next start on its folders.
        let deadline = Instant::now() + PATIENCE;
        for child in String::from_utf8_lossy(&children.unwrap_or_default()).split_whitespace() {
            while std::path::Path::new("/proc").join(child).exists() && Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }
}
