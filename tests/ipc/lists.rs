//! Three lists name the commands; a command missing from one is a command that fails at run time.

use std::collections::BTreeSet;

const PERMISSIONS: &str = include_str!("../../src-tauri/permissions/page.toml");
const CAPABILITY: &str = include_str!("../../src-tauri/capabilities/main.json");
const REGISTERED: &str = include_str!("../../src-tauri/lib.rs");
const PAGE: &str = include_str!("../../ui/src/bridge/host.ts");

/// The words of `text` between two marks.
fn between<'a>(text: &'a str, open: &str, close: &str) -> BTreeSet<&'a str> {
    let parts = text.split(open).skip(1);
    parts.filter_map(|part| part.split_once(close).map(|(word, _)| word)).collect()
}

fn permitted() -> BTreeSet<&'static str> {
    let (_, list) = PERMISSIONS.split_once("commands.allow = [").unwrap();
    list.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\",")).collect()
}

#[test]
fn every_registered_command_is_permitted_and_no_other() {
    let registered = between(REGISTERED, "            commands::", ",");
    let names: BTreeSet<_> = registered.into_iter().filter_map(|path| path.rsplit("::").next()).collect();
    assert_eq!(names, permitted());
}

#[test]
fn the_page_calls_every_command_and_no_other() {
    assert_eq!(between(PAGE, " call('", "'"), permitted());
}

#[test]
fn no_command_of_a_plugin_is_open_to_the_page() {
    let capability: serde_json::Value = serde_json::from_str(CAPABILITY).unwrap();
    let granted = capability["permissions"].as_array().unwrap();
    for permission in granted.iter().map(|permission| permission.as_str().unwrap()) {
        assert!(permission == "page" || permission.starts_with("core:"), "{permission}");
    }
}
