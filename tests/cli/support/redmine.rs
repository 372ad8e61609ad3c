//! The real Redmine of `tests/redmine/up`, at its host's root or below a path, and what alice does there.

use std::path::Path;
use std::process::Command;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use serde_json::Value;
use tallykey_core::Url;

use super::Computer;

pub struct Redmine {
    base: String,
    _turn: Turn,
}

/// Stories that change what others see have the one Redmine for themselves.
static TURNS: RwLock<()> = RwLock::new(());

#[expect(dead_code, reason = "what is held is not looked at")]
enum Turn {
    Shared(RwLockReadGuard<'static, ()>),
    Alone(RwLockWriteGuard<'static, ()>),
}

impl Redmine {
    /// The one that was brought up.
    pub fn brought_up() -> Self {
        Self::with(Turn::Shared(TURNS.read().unwrap_or_else(PoisonError::into_inner)))
    }

    /// The same, with nobody else there.
    pub fn alone() -> Self {
        Self::with(Turn::Alone(TURNS.write().unwrap_or_else(PoisonError::into_inner)))
    }

    fn with(turn: Turn) -> Self {
        Self { base: std::env::var("TALLYKEY_REDMINE").expect("TALLYKEY_REDMINE is its address"), _turn: turn }
    }

    /// Pulls a lever of `tests/redmine/lever`.
    pub fn lever(&self, arguments: &[&str]) {
        let port = Url::parse(&self.base).unwrap().port().unwrap().to_string();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/redmine/lever");
        let output = Command::new(script).args(arguments).env("PORT", port).output().unwrap();
        assert!(output.status.success(), "lever {arguments:?}: {output:?}");
    }

    /// What an administrator does by the API; the answer, null where there is none.
    pub fn as_admin(&self, method: &str, path: &str, body: &Value) -> Value {
        let (url, body) = (self.url(path), body.to_string());
        let json = "Content-Type: application/json";
        let answer = curl(&["-f", "-u", "admin:admin-pass-1", "-X", method, "-H", json, "-d", &body, &url]);
        serde_json::from_str(&answer).unwrap_or_default()
    }

    pub fn base(&self) -> &str {
        &self.base
    }

    /// An address below it.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// A computer with this Redmine as a site, once its address was looked at.
    pub fn added(&self) -> Computer {
        let computer = Computer::new();
        let done = computer.add_with("Redmine", &self.base, "tallykey-read-secret", &[]).ok();
        assert!(done.stderr.contains("✓ Redmine found") && done.stderr.contains("✓ OAuth2 is available"), "{done:?}");
        computer
    }

    /// Alice approves: the code that the page shows, or the address her browser is sent to. Otherwise
    /// the page's own sentence.
    pub fn approve(authorize_url: &str) -> Result<String, String> {
        Self::approve_as("alice", authorize_url)
    }

    /// The same for another person of the seed.
    pub fn approve_as(login: &str, authorize_url: &str) -> Result<String, String> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/redmine/approve");
        let password = format!("{login}-pass-1");
        let output = Command::new(script).args([login, &password, authorize_url]).output().unwrap();
        let line = |bytes| String::from_utf8(bytes).unwrap().trim().to_owned();
        if output.status.success() { Ok(line(output.stdout)) } else { Err(line(output.stderr)) }
    }
}

/// What curl prints.
pub fn curl(arguments: &[&str]) -> String {
    let output = Command::new("curl").args(["-sS", "--noproxy", "*"]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}
