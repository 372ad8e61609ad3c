//! What the program says of itself.

use crate::support::Computer;

const COMMANDS: [&str; 21] = [
    "providers",
    "accept",
    "add",
    "connect",
    "choose",
    "list",
    "token",
    "request",
    "exec",
    "counts",
    "revoke",
    "forget",
    "rename",
    "duplicate",
    "secret",
    "trust",
    "remove",
    "doctor",
    "export",
    "import",
    "completions",
];

#[test]
fn help_names_every_command_and_no_other() {
    let help = Computer::new().run(&["--help"]).ok().stdout;
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let mut names: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names.pop(), Some("help"));
    assert_eq!(names, COMMANDS);
}

#[test]
fn help_names_every_exit_code() {
    let help = Computer::new().run(&["-h"]).ok().stdout;
    for code in 0..=7 {
        assert!(help.contains(&format!("\n  {code}  ")), "{code}");
    }
}

#[test]
fn every_command_that_answers_in_json_says_in_which_shape() {
    for command in ["providers", "connect", "choose", "list", "token", "counts", "revoke", "doctor"] {
        assert!(Computer::new().run(&[command, "--help"]).ok().stdout.contains("\nJSON:\n"), "{command}");
    }
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = Computer::new().run(&["completions", shell]).ok().stdout;
        for command in COMMANDS {
            assert!(script.contains(command), "{shell}: {command}");
        }
    }
}

#[test]
fn every_command_has_a_man_page() {
    let computer = Computer::new();
    let folder = computer.folder().join("man");
    computer.run(&["man", folder.to_str().unwrap()]).ok();
    for command in COMMANDS {
        let page = std::fs::read_to_string(folder.join(format!("tallykey-{command}.1"))).unwrap();
        assert!(page.contains("SYNOPSIS"), "{command}");
    }
    assert!(std::fs::read_to_string(folder.join("tallykey.1")).unwrap().contains("Exit codes"));
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    for arguments in [
        &["dance"][..],
        &[],
        &["token"],
        &["token", "x", "--format", "xml"],
        &["token", "x", "--min", "soon"],
        &["token", "x", "--min", "5m", "--new"],
        &["list", "--secrets", "drawer"],
        &["completions", "tcsh"],
    ] {
        let done = Computer::new().run(arguments);
        assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let mut child = Computer::new().command(&["completions", "bash"]).spawn().unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success() && done.stderr.is_empty(), "{done:?}");
}
