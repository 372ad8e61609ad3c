//! The real Redmine of `tests/redmine/up`, at its host's root or below a path, and what alice does there.

use std::path::Path;
use std::process::Command;

use super::Computer;

pub struct Redmine {
    base: String,
}

impl Redmine {
    /// The one that was brought up.
    pub fn brought_up() -> Self {
        Self { base: std::env::var("TALLYKEY_REDMINE").expect("TALLYKEY_REDMINE is its address") }
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
        assert!(done.stderr.contains("✓ Redmine found") && done.stderr.contains("✓ OAuth 2 is available"), "{done:?}");
        computer
    }

    /// Alice approves: the code that the page shows, or the address her browser is sent to. Otherwise
    /// the page's own sentence.
    pub fn approve(authorize_url: &str) -> Result<String, String> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/redmine/approve");
        let output = Command::new(script).args(["alice", "alice-pass-1", authorize_url]).output().unwrap();
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
