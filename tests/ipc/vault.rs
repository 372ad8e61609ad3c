//! Secrets in the encrypted file, as the page asks for it.

use serde_json::{Value, json};

use crate::bridge::{Tracker, Window, connected};

const PASSPHRASE: &str = "correct horse battery";

fn store(window: &Window) -> Value {
    window.call("overview", json!({})).unwrap()["store"].clone()
}

fn open(window: &Window, passphrase: &str, is_new: bool) -> Result<Value, Value> {
    window.call("open_vault", json!({ "passphrase": passphrase, "isNew": is_new }))
}

fn code(refused: Result<Value, Value>) -> Value {
    refused.unwrap_err()["code"].clone()
}

#[test]
fn connections_are_moved_into_the_file_and_opened_at_the_next_start() {
    let (window, tracker) = (Window::with_keychain(), Tracker::start());
    let site = connected(&window, &tracker);
    assert_eq!(store(&window)["vault"], "missing");
    assert_eq!(code(open(&window, "short", true)), "passphrase_too_short");
    assert_eq!(code(window.call("use_store", json!({ "kind": "vault" }))), "vault_missing");
    open(&window, PASSPHRASE, true).unwrap();
    assert_eq!((&store(&window)["kind"], &store(&window)["vault"]), (&json!("keychain"), &json!("open")));
    window.call("use_store", json!({ "kind": "vault" })).unwrap();
    let overview = window.call("overview", json!({})).unwrap();
    assert_eq!((&overview["store"]["kind"], &overview["settings"]["secrets"]), (&json!("vault"), &json!("vault")));
    window.call("copy_token", json!({ "site": site, "format": "raw" })).unwrap();

    let next = window.again_with_vault();
    assert_eq!(code(next.call("copy_token", json!({ "site": site, "format": "raw" }))), "vault_locked");
    // What was last seen is shown all the same.
    assert_eq!(next.seen(&site)["state"], "connected");
    assert_eq!(code(open(&next, "another one", false)), "passphrase_wrong");
    assert_eq!(store(&next)["vault"], "locked");
    open(&next, PASSPHRASE, false).unwrap();
    assert_eq!(store(&next)["error"], Value::Null);
    next.call("copy_token", json!({ "site": site, "format": "raw" })).unwrap();

    next.call("use_store", json!({ "kind": "keychain" })).unwrap();
    assert_eq!(store(&next)["kind"], "keychain");
    next.call("copy_token", json!({ "site": site, "format": "raw" })).unwrap();
}

#[test]
fn a_window_takes_up_the_place_that_another_program_chose() {
    let (window, tracker) = (Window::with_keychain(), Tracker::start());
    let site = connected(&window, &tracker);
    open(&window, PASSPHRASE, true).unwrap();
    std::fs::write(window.folder.path().join("config/settings.toml"), "secrets = 'vault'").unwrap();
    assert_eq!(code(window.call("forget", json!({ "site": site }))), "secrets_moved");
    window.call("refresh_counts", json!({})).unwrap();
    assert_eq!(store(&window)["kind"], "vault");
}

#[test]
fn a_passphrase_is_changed_by_who_knows_the_one_before() {
    let window = Window::with_keychain();
    open(&window, PASSPHRASE, true).unwrap();
    let change =
        |before: &str, after: &str| window.call("change_passphrase", json!({ "before": before, "after": after }));
    assert_eq!(code(change("another one", "battery staple")), "passphrase_wrong");
    assert_eq!(code(change(PASSPHRASE, "short")), "passphrase_too_short");
    change(PASSPHRASE, "battery staple").unwrap();
    assert_eq!(code(open(&window, PASSPHRASE, false)), "passphrase_wrong");
    open(&window, "battery staple", false).unwrap();
}

#[test]
fn who_forgot_the_passphrase_begins_anew_and_the_list_says_so() {
    let (window, tracker) = (Window::with_keychain(), Tracker::start());
    let site = connected(&window, &tracker);
    open(&window, PASSPHRASE, true).unwrap();
    window.call("use_store", json!({ "kind": "vault" })).unwrap();
    let next = window.again_with_vault();
    next.call("set_vault_aside", json!({})).unwrap();
    assert_eq!((&store(&next)["vault"], &store(&next)["error"]), (&json!("missing"), &json!("vault_missing")));
    open(&next, "battery staple", true).unwrap();
    assert_eq!(code(next.call("copy_token", json!({ "site": site, "format": "raw" }))), "not_connected");
    assert_eq!(next.seen(&site)["state"], "notConnected");
    let kept = std::fs::read_dir(next.folder.path().join("data")).unwrap();
    assert!(kept.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("vault-")));
}

#[test]
fn a_passphrase_comes_back_in_no_answer_and_no_file() {
    let window = Window::with_keychain();
    open(&window, PASSPHRASE, true).unwrap();
    window.call("use_store", json!({ "kind": "vault" })).unwrap();
    let said = window.call("overview", json!({})).unwrap().to_string()
        + &window.call("doctor", json!({})).unwrap().to_string();
    let mut texts = vec![said];
    let mut folders = vec![window.folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                texts.push(String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).into_owned());
            }
        }
    }
    assert!(texts.len() > 3 && !texts.iter().any(|text| text.contains(PASSPHRASE)));
}
