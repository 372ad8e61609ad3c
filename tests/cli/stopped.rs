//! A program that is stopped in the middle of a refresh, as by a computer that goes to sleep.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use tallykey_sites::Change;

use crate::support::{Computer, Tracker, need_keychain};

/// Sends a signal to one program.
fn signal(child: &Child, name: &str) {
    let done = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(done.success());
}

fn until(what: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !what() {
        assert!(Instant::now() < deadline, "it is never so");
        std::thread::yield_now();
    }
}

/// Whether the kernel has stopped it.
fn is_stopped(child: &Child) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('T'))
}

fn line_of(mut child: Child) -> String {
    let mut line = String::new();
    child.stdout.take().unwrap().read_to_string(&mut line).unwrap();
    assert!(child.wait().unwrap().success());
    line
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "stops a program by Linux's own signals")]
fn nobody_refreshes_behind_the_back_of_a_program_that_was_stopped_in_its_refresh() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    computer.expire_token();
    tracker.change(Change { latency_ms: Some(300), expire_tokens: true, ..Change::default() }).unwrap();
    let refreshes = || tracker.traffic().grant_types.get("refresh_token").copied().unwrap_or_default();
    let asked = || tracker.traffic().count("POST /oauth/token");

    let first = computer.command(&["token", "Redmine"]).spawn().unwrap();
    until(|| asked() == 2);
    signal(&first, "-STOP");
    until(|| is_stopped(&first) && refreshes() == 1);

    let second = computer.command(&["token", "Redmine"]).spawn().unwrap();
    let lock = computer.folder().join("data/locks");
    until(|| opens(&second, &lock));
    assert_eq!(asked(), 2, "the second waits for its turn");
    signal(&first, "-CONT");

    let (first, second) = (line_of(first), line_of(second));
    assert_eq!(first, second);
    assert_eq!(refreshes(), 1);
}

/// Whether a program has a file of this folder open.
fn opens(child: &Child, folder: &Path) -> bool {
    let open = std::fs::read_dir(format!("/proc/{}/fd", child.id())).unwrap();
    open.flatten().filter_map(|file| std::fs::read_link(file.path()).ok()).any(|path| path.starts_with(folder))
}
