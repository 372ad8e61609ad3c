//! The program, started as a desktop starts it: without a driver.

use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::driver::PATIENCE;

/// Killed when dropped.
pub struct Program(Child);

impl Program {
    /// Starts it on these folders.
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        // Whoever runs the tests may live through signals, and their children with them.
        let mut command = Command::new("env");
        command.args(["--default-signal=HUP,INT,TERM", env!("CARGO_BIN_EXE_tallykey-desktop")]).args(arguments);
        Self::start_by(command, folder)
    }

    /// Starts it to live on when its terminal closes.
    pub fn start_with_nohup(folder: &Path) -> Self {
        let mut command = Command::new("nohup");
        command.arg(env!("CARGO_BIN_EXE_tallykey-desktop"));
        Self::start_by(command, folder)
    }

    fn start_by(mut command: Command, folder: &Path) -> Self {
        let at = |name: &str| folder.join(name);
        command
            .env("TALLYKEY_CONFIG_DIR", at("config"))
            .env("TALLYKEY_DATA_DIR", at("data"))
            .env("HOME", at("home"))
            .env("XDG_DATA_HOME", at("webview"))
            .env("XDG_CACHE_HOME", at("cache"))
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null());
        Self(command.spawn().expect("the program"))
    }

    pub fn pid(&self) -> u32 {
        self.0.id()
    }

    /// Sends it a signal.
    pub fn signal(&self, name: &str) {
        signal(self.pid(), name);
    }

    /// Waits until it ends by itself.
    pub async fn ended(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.0.try_wait().expect("a child") {
                return status;
            }
            assert!(Instant::now() < deadline, "the program goes on");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub fn goes_on(&mut self) -> bool {
        self.0.try_wait().expect("a child").is_none()
    }
}

/// Sends a signal to one program.
pub fn signal(pid: u32, name: &str) {
    let sent = Command::new("kill").args(["-s", name, &pid.to_string()]).status();
    assert!(sent.expect("kill").success());
}

impl Drop for Program {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
