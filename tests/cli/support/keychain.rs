//! The keychain that the tests run with, and a look into it.

use std::io::Write;
use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use tallykey_core::adapters::keychain::Keychain;
use tallykey_core::model::connection::Connection;
use tallykey_core::ports::SecretStore;

/// Whether there is one. Says so where there is none, past the test runner's own capture.
pub fn keychain() -> bool {
    static TROUBLE: LazyLock<Option<String>> =
        LazyLock::new(|| Keychain.read("check").err().map(|error| error.to_string()));
    let Some(trouble) = &*TROUBLE else { return true };
    assert!(std::env::var_os("TALLYKEY_REQUIRE_KEYRING").is_none(), "no keychain: {trouble}");
    let name = std::thread::current().name().unwrap_or_default().to_owned();
    let line = format!("SKIPPED {name}: no keychain ({trouble}); run under tests/with-keyring\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
    false
}

/// What is kept for the only site in a list of sites.
pub fn connection_of(sites_toml: &str) -> Connection {
    let item = Keychain.read(&name_of(sites_toml)).unwrap().expect("it is connected");
    Connection::from_item(&item).unwrap()
}

/// The access token of the only site ran out a second ago, as far as is known here.
pub fn expire_token_of(sites_toml: &str) {
    let mut held = connection_of(sites_toml);
    held.tokens.expires_at = Some(Timestamp::now() - SignedDuration::from_secs(1));
    Keychain.write(&name_of(sites_toml), &held.to_item()).unwrap();
}

fn name_of(sites_toml: &str) -> String {
    let id = sites_toml.lines().find_map(|line| line.strip_prefix("id = ")).unwrap().trim_matches('"');
    format!("connection/{id}")
}
