//! The real Redmine of `tests/redmine/up`.

use std::path::Path;
use std::process::Command;

/// Where it answers.
pub fn redmine_address() -> String {
    std::env::var("TALLYKEY_REDMINE").expect("TALLYKEY_REDMINE is its address")
}

/// The code that its page shows to alice when she approves.
pub fn approve_at_redmine(authorize_url: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/redmine/approve");
    let output = Command::new(script).args(["alice", "alice-pass-1", authorize_url]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}
