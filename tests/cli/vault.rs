//! Secrets in the encrypted file, on a machine without a keychain.

use std::fs;
use std::path::Path;

use tallykey_sites::CLIENT_SECRET;

use crate::support::{Computer, Tracker, until};

const PASSPHRASE: &str = "correct horse battery";
const COMMAND: &str = "TALLYKEY_PASSPHRASE_COMMAND";
/// As often as one test has time for: each program opens the file first, which is dear on purpose.
const KILLS: u32 = 3;

fn computer() -> Computer {
    Computer::without_keychain().with("TALLYKEY_SECRETS", "vault")
}

/// A computer where a script knows the passphrase.
fn scripted() -> Computer {
    computer().with(COMMAND, &format!("echo '{PASSPHRASE}'; echo more"))
}

/// Every file below a folder, with its text.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned()));
        }
    }
    found
}

#[test]
fn a_site_is_added_connected_killed_in_a_refresh_and_revoked_and_nothing_secret_is_in_plain() {
    let (tracker, computer) = (Tracker::start(), scripted());
    let mut said = vec![computer.add("Redmine", &tracker).ok(), computer.connect("Redmine", &tracker).ok()];
    let site = &computer.list()[0];
    assert_eq!((&site["secrets"], &site["state"]), (&"vault".into(), &"connected".into()));
    let mut secrets = vec![PASSPHRASE.to_owned(), CLIENT_SECRET.to_owned(), computer.token("Redmine")];

    for _ in 0..KILLS {
        let before = tracker.traffic();
        let mut child = computer.command(&["token", "Redmine", "--new"]).spawn().unwrap();
        until("a refresh is asked for", || tracker.traffic().grant_types != before.grant_types);
        child.kill().unwrap();
        child.wait().unwrap();
        secrets.push(computer.run(&["token", "Redmine", "--new"]).ok().line().to_owned());
    }
    said.push(computer.run(&["-v", "counts"]).ok());
    let kept = files(computer.folder());
    assert!(kept.iter().any(|(path, _)| path.contains("/vault/items/connection.")));

    said.push(computer.run(&["-v", "revoke", "Redmine"]).ok());
    assert_eq!(computer.list()[0]["state"], "not_connected");
    for secret in &secrets {
        for done in &said {
            assert!(!done.stdout.contains(secret) && !done.stderr.contains(secret), "{secret} in {done:#?}");
        }
        for (path, text) in kept.iter().chain(&files(computer.folder())) {
            assert!(!text.contains(secret), "{secret} in {path}");
        }
    }
    assert!(!files(computer.folder()).iter().any(|(path, _)| path.contains("/items/connection.")));
}

#[test]
fn where_nobody_can_be_asked_the_file_stays_locked_and_the_variable_is_named() {
    let (tracker, computer) = (Tracker::start(), computer());
    let done = computer.add("Redmine", &tracker).refused(6, "vault_locked");
    assert!(done.stderr.contains(COMMAND), "{done:?}");
    assert!(!computer.folder().join("data/vault").exists());
    // What needs no secret needs no passphrase.
    computer.run(&["list"]).ok();
    let doctor = computer.run(&["doctor"]);
    assert_eq!(doctor.code, Some(6), "{doctor:?}");
}

#[test]
fn a_command_that_fails_and_a_wrong_passphrase_are_told_and_change_nothing() {
    let tracker = Tracker::start();
    let short = computer().with(COMMAND, "echo short");
    short.add("Redmine", &tracker).refused(6, "passphrase_too_short");
    let failing = computer().with(COMMAND, "echo 'no key in this agent' >&2; exit 3");
    let done = failing.add("Redmine", &tracker).refused(6, "vault_locked");
    assert!(done.stderr.contains("no key in this agent") && done.stderr.contains('3'), "{done:?}");

    let right = scripted();
    right.add("Redmine", &tracker).ok();
    let mut wrong = right.command(&["secret", "Redmine", "--stdin"]);
    let output = wrong.env(COMMAND, "echo 'another one'").output().unwrap();
    crate::support::Done::from(output).refused(6, "passphrase_wrong");
    right.connect("Redmine", &tracker).ok();
}

#[test]
fn without_the_option_secrets_are_where_the_settings_say() {
    let (tracker, computer) = (Tracker::start(), Computer::without_keychain().with(COMMAND, "echo 'long enough'"));
    fs::create_dir_all(computer.folder().join("config")).unwrap();
    fs::write(computer.folder().join("config/settings.toml"), "secrets = \"vault\"\n").unwrap();
    computer.add("Redmine", &tracker).ok();
    computer.connect("Redmine", &tracker).ok();
    assert_eq!(computer.list()[0]["secrets"], "vault");
    computer.run(&["--secrets", "keychain", "counts"]).refused(6, "keychain_missing");
}

#[cfg(target_os = "linux")]
#[test]
fn a_passphrase_is_typed_unseen_twice_when_the_file_is_made() {
    use crate::support::Terminal;

    let (tracker, computer) = (Tracker::start(), computer());
    let base = format!("base={}", tracker.base_url());
    let add = ["add", "Redmine", "--provider", "redmine", "--set", &base, "--client-id", "tallykey-read"];
    let mut terminal = Terminal::run(&computer, &add);
    terminal.wait_for("New passphrase for the encrypted file: ");
    terminal.type_in(&format!("{PASSPHRASE}\n"));
    terminal.wait_for("The same again: ");
    terminal.type_in("something else\n");
    let done = terminal.end();
    assert_eq!(done.code, Some(2), "{done:?}");
    assert!(!computer.folder().join("data/vault/key.age").exists());

    let mut terminal = Terminal::run(&computer, &add);
    for question in ["New passphrase for the encrypted file: ", "The same again: "] {
        terminal.wait_for(question);
        terminal.type_in(&format!("{PASSPHRASE}\n"));
    }
    terminal.wait_for("Client secret: ");
    terminal.type_in(&format!("{CLIENT_SECRET}\n"));
    let done = terminal.end();
    assert!(done.code == Some(0) && !done.stderr.contains(PASSPHRASE), "{done:?}");

    let mut terminal = Terminal::run(&computer, &["doctor"]);
    terminal.wait_for("Passphrase of the encrypted file: ");
    terminal.type_in("not this one\n");
    terminal.wait_for("That is not it.");
    terminal.wait_for("Passphrase of the encrypted file: ");
    terminal.type_in(&format!("{PASSPHRASE}\n"));
    let done = terminal.end();
    assert!(done.stderr.contains("✓ Secrets are kept in an encrypted file"), "{done:?}");
}
