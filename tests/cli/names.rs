//! Another name, another account at the same place, another secret.

use serde_json::json;
use tallykey_sites::{CLIENT_SECRET, Change};

use crate::support::{Computer, Tracker, need_keychain};

#[test]
fn a_site_with_another_name_is_the_same_site() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let token = computer.token("Redmine");
    let done = computer.run(&["rename", "redmine", " 開発 "]).ok();
    assert!(done.stderr.contains("Redmine → 開発"), "{done:?}");
    assert_eq!(computer.token("開発"), token);
    computer.run(&["token", "Redmine"]).refused(3, "no_such_site");
}

#[test]
fn a_name_that_is_taken_or_empty_is_refused_but_for_the_sites_own() {
    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add("One", &tracker).ok();
    computer.add("Two", &tracker).ok();
    computer.run(&["rename", "One", "tWO"]).refused(2, "name_taken");
    computer.run(&["rename", "One", " "]).refused(2, "invalid_input");
    computer.run(&["rename", "One", "a\tb"]).refused(2, "invalid_input");
    computer.run(&["rename", "One", "ONE"]).ok();
    let list = computer.list();
    assert_eq!((&list[0]["name"], &list[1]["name"]), (&json!("ONE"), &json!("Two")));
    computer.run(&["duplicate", "ONE", "two"]).refused(2, "name_taken");
    assert_eq!(computer.list().as_array().unwrap().len(), 2);
}

#[test]
fn a_site_for_another_account_has_the_same_application_and_no_connection() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Alice", &tracker);
    let done = computer.run(&["duplicate", "Alice", "Bob"]).ok();
    assert!(done.stderr.contains("tallykey connect Bob"), "{done:?}");
    assert_eq!(computer.list()[1]["state"], "not_connected");

    tracker.change(Change { browser_user: Some("bob".to_owned()), ..Change::default() }).unwrap();
    computer.connect("Bob", &tracker).ok();
    let counts = computer.run(&["counts", "--json"]).ok().json();
    assert_eq!((&counts[0]["identity"]["text"], &counts[1]["identity"]["text"]), (&json!("alice"), &json!("bob")));
    computer.run(&["remove", "Bob"]).ok();
    computer.run(&["counts", "Alice"]).ok();
}

#[test]
fn a_secret_that_was_refused_is_replaced() {
    need_keychain!();
    let (tracker, computer) = (Tracker::start(), Computer::new());
    computer.add_with("Redmine", tracker.base_url(), "mistyped", &[]).ok();
    let refused = computer.connect("Redmine", &tracker).refused(7, "client_refused");
    assert!(refused.stderr.contains("tallykey secret Redmine"), "{refused:?}");
    let done = computer.run_with(&["secret", "Redmine", "--stdin"], &format!("{CLIENT_SECRET}\n")).ok();
    assert!(!done.stderr.contains(CLIENT_SECRET) && done.stdout.is_empty(), "{done:?}");
    computer.connect("Redmine", &tracker).ok();
}

#[test]
fn a_secret_is_not_taken_where_none_is_kept_wanted_or_piped_in() {
    let (tracker, computer) = (Tracker::start(), Computer::without_keychain());
    let memory = ["--secrets", "memory"];
    computer.add_with("Redmine", tracker.base_url(), "", &memory).ok();
    let done = computer.run_with(&[&["secret", "Redmine"], &memory[..]].concat(), "x\n");
    assert!(done.code == Some(2) && done.stderr.contains("--secrets memory"), "{done:?}");
    let done = computer.run_with(&["secret", "Redmine"], "x\n");
    assert!(done.code == Some(2) && done.stderr.contains("--stdin"), "{done:?}");
    let base = "base=https://acme.my.workfront.com";
    let add = ["add", "Page", "--provider", "workfront", "--set", base, "--application", "single-page"];
    computer.run(&[&add[..], &["--client-id", "x", "--no-check"]].concat()).ok();
    let done = computer.run_with(&["secret", "Page", "--stdin"], "x\n");
    assert!(done.code == Some(2) && done.stderr.contains("has no secret"), "{done:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_secret_that_is_typed_is_not_shown() {
    use crate::support::Terminal;

    need_keychain!();
    let (tracker, computer) = (Tracker::start(), Computer::new());
    computer.add_with("Redmine", tracker.base_url(), "mistyped", &[]).ok();
    let mut terminal = Terminal::run(&computer, &["secret", "Redmine"]);
    terminal.wait_for("Client secret: ");
    terminal.type_in(&format!("{CLIENT_SECRET}\n"));
    let done = terminal.end().ok();
    assert!(done.stderr.contains("Kept.") && !done.stderr.contains(CLIENT_SECRET), "{done:?}");
    computer.connect("Redmine", &tracker).ok();
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_shows_what_is_typed_again_after_the_secret() {
    use crate::support::{CTRL_C, Terminal};

    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add_with("Redmine", tracker.base_url(), "", &[]).ok();
    let mut terminal = Terminal::run(&computer, &["connect", "Redmine", "--no-browser"]);
    terminal.wait_for("Client secret: ");
    terminal.type_in("typed unseen\n");
    terminal.wait_for("Paste the code or the address: ");
    terminal.type_in("typed and seen");
    terminal.wait_for("typed and seen");
    terminal.type_in(CTRL_C);
    let done = terminal.end();
    assert!(done.code == Some(130) && !done.stderr.contains("unseen"), "{done:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_at_the_question_for_a_secret_ends_the_command() {
    use crate::support::{CTRL_C, Terminal};

    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add_with("Redmine", tracker.base_url(), "", &[]).ok();
    let mut terminal = Terminal::run(&computer, &["connect", "Redmine", "--no-browser"]);
    terminal.wait_for("Client secret: ");
    terminal.type_in(CTRL_C);
    assert_eq!(terminal.end().code, Some(130));
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_between_two_questions_ends_the_command_too() {
    use crate::support::{CTRL_C, Terminal};

    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add_with("Redmine", tracker.base_url(), "", &[]).ok();
    let mut terminal = Terminal::run(&computer, &["connect", "Redmine", "--no-browser"]);
    terminal.wait_for("Client secret: ");
    terminal.type_in("typed unseen\n");
    terminal.wait_for("\n");
    terminal.type_in(CTRL_C);
    assert_eq!(terminal.end().code, Some(130));
}
