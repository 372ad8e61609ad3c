//! A program that is stopped in the middle of a refresh, as by a computer that goes to sleep, or asked to end.

use std::io::Read;
use std::path::Path;
use std::process::{Child, Command};

use tallykey_sites::{Change, Rotation, Spot};

use crate::support::{Computer, Tracker, need_keychain, until};

/// Sends a signal to one program.
pub fn signal(child: &Child, name: &str) {
    let done = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(done.success());
}

/// Whether the kernel has stopped all its threads.
fn is_stopped(child: &Child) -> bool {
    let mut threads = std::fs::read_dir(format!("/proc/{}/task", child.id())).unwrap();
    threads.all(|thread| {
        let stat = std::fs::read_to_string(thread.unwrap().path().join("stat")).unwrap_or_default();
        stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('T'))
    })
}

/// Whether a signal that was sent has come: the kernel has none left to hand over. Only Linux tells.
pub fn has_its_signal(child: &Child) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let pending = status.lines().find_map(|line| line.strip_prefix("ShdPnd:")).unwrap_or_default();
    pending.trim().bytes().all(|digit| digit == b'0')
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
    tracker.change(Change { expire_tokens: true, ..Change::default() }).unwrap();
    tracker.hold(Spot::Token);
    let refreshes = || tracker.traffic().grant_types.get("refresh_token").copied().unwrap_or_default();
    let asked = || tracker.traffic().count("POST /oauth/token");

    let first = computer.command(&["token", "Redmine"]).spawn().unwrap();
    until("the first asks", || asked() == 2);
    signal(&first, "-STOP");
    until("the first is stopped", || is_stopped(&first));
    tracker.let_go();
    until("its refresh is carried out", || refreshes() == 1);

    let second = computer.command(&["token", "Redmine"]).spawn().unwrap();
    let lock = computer.folder().join("data/locks");
    until("the second is at the lock", || opens(&second, &lock));
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

#[test]
#[cfg_attr(not(unix), ignore = "asks a program to end by Unix's signals")]
fn a_program_that_is_asked_to_end_in_its_refresh_keeps_what_it_brings() {
    need_keychain!();
    for (name, exit) in [("-TERM", 143), ("-HUP", 129), ("-INT", 130)] {
        let tracker = Tracker::with(Change { rotation: Some(Rotation::Strict), ..Change::default() });
        let computer = Computer::connected("Redmine", &tracker);
        computer.expire_token();
        tracker.change(Change { expire_tokens: true, ..Change::default() }).unwrap();
        for command in [["token", "Redmine"], ["counts", "Redmine"]] {
            let asked = tracker.traffic().count("POST /oauth/token");
            tracker.hold(Spot::Token);
            // Whatever the tests themselves were told to live through.
            let by: &[&str] = if cfg!(target_os = "linux") { &["env", "--default-signal"] } else { &["env"] };
            let mut child = computer.command_by(by, &command).spawn().unwrap();
            until("it asks", || tracker.traffic().count("POST /oauth/token") > asked);
            signal(&child, name);
            until("it has the signal", || has_its_signal(&child));
            tracker.let_go();

            assert_eq!(child.wait().unwrap().code(), Some(exit), "{command:?} {name}");

            let refreshes = tracker.traffic().refreshes;
            computer.token("Redmine");
            assert_eq!(tracker.traffic().refreshes, refreshes, "{command:?} {name}: it was kept");
            computer.expire_token();
        }
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "elsewhere nobody can ask what was ignored")]
fn what_was_ignored_when_the_program_was_started_ends_nothing() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    computer.expire_token();
    tracker.change(Change { expire_tokens: true, ..Change::default() }).unwrap();
    let asked = tracker.traffic().count("POST /oauth/token");
    tracker.hold(Spot::Token);
    let mut child = computer.command_by(&["nohup"], &["token", "Redmine"]).spawn().unwrap();
    until("it asks", || tracker.traffic().count("POST /oauth/token") > asked);

    signal(&child, "-HUP");
    tracker.let_go();

    assert!(child.wait().unwrap().success(), "its terminal was closed, which nohup wants it to live through");
}
