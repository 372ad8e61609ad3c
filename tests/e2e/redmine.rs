//! The real Redmine that `tests/redmine/up` started, and the levers that save hours of waiting.

use std::process::Command;

/// An application of `tests/redmine/seed.rb`, with the out-of-band redirect.
pub const CLIENT_ID: &str = "tallykey-read";
/// Its secret.
pub const CLIENT_SECRET: &str = "tallykey-read-secret";

/// Its base address.
pub fn base() -> String {
    std::env::var("TALLYKEY_REDMINE").expect("./dev test e2e sets TALLYKEY_REDMINE")
}

/// Pulls a lever of `tests/redmine/lever`.
pub fn lever(arguments: &[&str]) {
    let (_, port) = base().rsplit_once(':').map(|(host, port)| (host.to_owned(), port.to_owned())).expect("a port");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/redmine/lever");
    let status = Command::new(script).args(arguments).env("PORT", port).status().expect("the lever");
    assert!(status.success(), "lever {arguments:?}");
}

/// What curl gets for a header line: status and body.
pub fn curl(path: &str, header: &str) -> (u16, String) {
    let url = format!("{}{path}", base());
    let output = Command::new("curl").args(["-sS", "-w", "\n%{http_code}", "-H", header, &url]).output().expect("curl");
    let text = String::from_utf8(output.stdout).expect("text");
    let (body, status) = text.rsplit_once('\n').expect("a status line");
    (status.parse().expect("a status"), body.to_owned())
}
