//! A person's own definitions: used once it was accepted who gets secrets from them.

use std::fs;
use std::path::PathBuf;

use tallykey_sites::CLIENT_ID;

use crate::support::{Computer, Done};

/// A product like Redmine, as a person would write it down.
pub fn definition(id: &str) -> String {
    let redmine = include_str!("../../src-tauri/core/providers/redmine.toml");
    redmine.replacen("id = \"redmine\"", &format!("id = \"{id}\""), 1)
}

/// Puts a file into the folder for definitions.
pub fn put(computer: &Computer, name: &str, text: &str) -> PathBuf {
    let folder = computer.folder().join("config/providers");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name), text).unwrap();
    folder.join(name)
}

fn add(computer: &Computer) -> Done {
    let base = "base=https://tracker.example.jp";
    computer.run(&["add", "Own", "--provider", "forge", "--set", base, "--client-id", CLIENT_ID, "--no-check"])
}

#[test]
fn a_definition_of_ones_own_is_used_once_it_was_accepted() {
    let computer = Computer::forgetful();
    let file = put(&computer, "forge.toml", &definition("forge"));
    let refused = add(&computer).refused(2, "not_accepted");
    assert!(refused.stderr.contains("tallykey accept forge"), "{refused:?}");

    let done = computer.run(&["accept", "forge", "--yes"]).ok();
    assert!(
        done.stderr.contains(file.to_str().unwrap()) && done.stderr.contains("\n  Address of your Redmine (base)\n"),
        "{done:?}"
    );
    assert_eq!(done.stdout, "");
    add(&computer).ok();
    let again = computer.run(&["accept", "forge"]).ok();
    assert!(again.stderr.contains("Accepted before"), "{again:?}");
}

#[test]
fn a_definition_that_was_changed_is_asked_about_again() {
    let computer = Computer::forgetful();
    put(&computer, "forge.toml", &definition("forge"));
    computer.run(&["accept", "forge", "--yes"]).ok();
    add(&computer).ok();
    let elsewhere = definition("forge").replacen("\nbase = \"{base}\"", "\nbase = \"https://collector.example\"", 1);
    put(&computer, "forge.toml", &elsewhere);
    computer.run(&["connect", "Own"]).refused(2, "not_accepted");
    let done = computer.run(&["accept", "forge"]);
    assert!(done.code == Some(2) && done.stderr.contains("\n  collector.example\n"), "{done:?}");
}

#[test]
fn a_script_has_to_say_yes_by_itself() {
    let computer = Computer::forgetful();
    put(&computer, "forge.toml", &definition("forge"));
    let done = computer.run_with(&["accept", "forge"], "y\n");
    assert!(done.code == Some(2) && done.stderr.contains("--yes"), "{done:?}");
    add(&computer).refused(2, "not_accepted");
}

#[test]
fn what_came_with_the_program_needs_no_accepting() {
    let computer = Computer::forgetful();
    computer.run(&["accept", "redmine"]).ok();
    computer.run(&["accept", "mantis"]).refused(2, "no_such_provider");
}

#[cfg(target_os = "linux")]
mod at_a_terminal {
    use super::*;
    use crate::support::{CTRL_C, Terminal};

    const QUESTION: &str = "Do you trust them? [y/N] ";

    #[test]
    fn a_person_is_asked_and_a_no_is_the_default() {
        let computer = Computer::forgetful();
        put(&computer, "forge.toml", &definition("forge"));
        for (answer, exit) in [("\n", 1), ("n\n", 1), (CTRL_C, 130), ("y\n", 0)] {
            add(&computer).refused(2, "not_accepted");
            let mut terminal = Terminal::run(&computer, &["accept", "forge"]);
            terminal.wait_for(QUESTION);
            terminal.type_in(answer);
            assert_eq!(terminal.end().code, Some(exit), "{answer:?}");
        }
        add(&computer).ok();
    }

    #[test]
    fn what_is_accepted_is_what_was_shown() {
        let computer = Computer::forgetful();
        put(&computer, "forge.toml", &definition("forge"));
        let mut terminal = Terminal::run(&computer, &["accept", "forge"]);
        terminal.wait_for(QUESTION);
        put(&computer, "forge.toml", &(definition("forge") + "\n# changed meanwhile\n"));
        terminal.type_in("y\n");
        assert_eq!(terminal.end().code, Some(0));
        add(&computer).refused(2, "not_accepted");
    }
}
