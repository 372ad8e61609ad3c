//! Sites as a file: written by one, added by another.

use serde_json::json;
use tallykey_sites::CLIENT_SECRET;

use crate::support::{Computer, Tracker, need_keychain};

#[test]
fn what_one_exports_another_imports_and_connects() {
    need_keychain!();
    let (tracker, colleague) = (Tracker::start(), Computer::new());
    let computer = Computer::connected("My work", &tracker);
    let token = computer.token("My work");
    let file = computer.run(&["export", "my work"]).ok();
    assert!(!file.stdout.contains(CLIENT_SECRET) && !file.stdout.contains(&token), "{file:?}");
    assert!(file.stderr.is_empty(), "{file:?}");

    let path = colleague.folder().join("team.tallykey");
    std::fs::write(&path, &file.stdout).unwrap();
    let added = colleague.run(&["import", path.to_str().unwrap()]).ok();
    assert!(added.stdout.is_empty(), "{added:?}");
    for next in ["  tallykey secret 'My work'\n", "  tallykey connect 'My work'\n"] {
        assert!(added.stderr.contains(next), "{added:?}");
    }
    colleague.run(&["connect", "My work", "--no-browser"]).refused(1, "client_secret_missing");
    colleague.run_with(&["secret", "My work", "--stdin"], &format!("{CLIENT_SECRET}\n")).ok();
    colleague.connect("My work", &tracker).ok();
    assert_ne!(colleague.token("My work"), token);
}

#[test]
fn a_file_is_read_from_stdin_and_added_as_a_whole_or_not_at_all() {
    let (tracker, computer, other) = (Tracker::start(), Computer::forgetful(), Computer::forgetful());
    computer.add("One", &tracker).ok();
    computer.add("Two", &tracker).ok();
    let file = computer.run(&["export"]).ok().stdout;

    other.add("two", &tracker).ok();
    let refused = other.run_with(&["import", "-"], &file).refused(2, "name_taken");
    assert!(refused.stderr.contains("tallykey rename Two …"), "{refused:?}");
    assert_eq!(other.list().as_array().unwrap().len(), 1);

    other.run(&["rename", "two", "Three"]).ok();
    let added = other.run_with(&["import", "-"], &file).ok();
    assert!(!added.stderr.contains("tallykey secret"), "nothing keeps one here: {added:?}");
    let names: Vec<_> = other.list().as_array().unwrap().iter().map(|site| site["name"].clone()).collect();
    assert_eq!(names, [json!("Three"), json!("One"), json!("Two")]);
}

#[test]
fn what_is_no_file_of_sites_is_told_with_its_line() {
    let computer = Computer::forgetful();
    let refused = computer.run_with(&["import", "-"], "schema = 1\n[[site]]\nclient_secret = \"hunter2\"\n");
    let refused = refused.refused(2, "not_a_site_file");
    assert!(refused.stderr.contains("line 3") && !refused.stderr.contains("hunter2"), "{refused:?}");
    computer.run(&["import", "/nonexistent.tallykey"]).refused(1, "file_unreadable");
    computer.run(&["export", "nobody"]).refused(3, "no_such_site");
    let nothing = computer.run(&["export"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (Some(1), ""));
    assert!(computer.list().as_array().unwrap().is_empty());
}
