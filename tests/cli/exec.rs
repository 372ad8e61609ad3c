//! A command that finds a token in its environment.

#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::process::Command;

use tallykey_sites::Provider;

use crate::products::{connect, workfront};
use crate::support::{Computer, Tracker, need_keychain};

const SHOW: &str = "printf '%s\\n' \"$TALLYKEY_TOKEN\" \"$TALLYKEY_AUTHORIZATION\" \"$TALLYKEY_BASE\"";

#[test]
fn a_command_finds_token_header_and_address_in_its_environment() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let token = computer.token("Redmine");
    let done = computer.run(&["exec", "Redmine", "--", "sh", "-c", SHOW]).ok();
    let expected = format!("{token}\nAuthorization: Bearer {token}\n{}\n", tracker.base_url());
    assert_eq!((done.stdout, done.stderr.as_str()), (expected, ""));

    let curl = "curl -sS --noproxy '*' -H \"$TALLYKEY_AUTHORIZATION\" \"$TALLYKEY_BASE/users/current.json\"";
    let done = computer.run(&["exec", "Redmine", "--", "sh", "-c", curl]).ok();
    assert_eq!(done.json()["user"]["login"], "alice");
}

#[test]
fn the_header_is_the_one_of_the_product() {
    need_keychain!();
    let tracker = Tracker::of(Provider::Workfront);
    let computer = workfront::added(&workfront::WEB, &tracker);
    connect(&computer, "Workfront", &tracker).0.ok();
    let token = computer.token("Workfront");
    let done = computer.run(&["exec", "Workfront", "--", "sh", "-c", SHOW]).ok();
    let expected = format!("{token}\nsessionID: {token}\n{}/attask/api/v20.0\n", tracker.base_url());
    assert_eq!(done.stdout, expected);
}

#[test]
fn the_exit_code_and_stdin_are_the_commands_own() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    assert_eq!(computer.run(&["exec", "Redmine", "--", "sh", "-c", "exit 42"]).code, Some(42));
    assert_eq!(computer.run_with(&["exec", "Redmine", "--", "cat"], "a\nb").ok().stdout, "a\nb");
    assert_eq!(computer.run(&["exec", "Redmine", "--", "/nonexistent"]).code, Some(127));
    assert_eq!(computer.run(&["exec", "Redmine", "--", "/"]).code, Some(126));
    assert_eq!(computer.run(&["exec", "Redmine", "--"]).code, Some(2));
    assert_eq!(computer.run(&["exec", "Redmine", "true"]).code, Some(2));
}

#[test]
fn a_signal_ends_the_command_itself() {
    use std::os::unix::process::ExitStatusExt;

    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let script = "echo ready; exec sleep 60";
    let mut child = computer.command(&["exec", "Redmine", "--", "sh", "-c", script]).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(line, "ready\n");
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().signal(), Some(15));
}

#[test]
fn without_a_token_the_command_is_not_run() {
    need_keychain!();
    let (tracker, computer) = (Tracker::start(), Computer::new());
    computer.add("Redmine", &tracker).ok();
    let done = computer.run(&["exec", "Redmine", "--", "echo", "ran"]).refused(4, "not_connected");
    assert_eq!(done.stdout, "");
}
