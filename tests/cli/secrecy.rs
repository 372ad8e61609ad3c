//! Secrets are where they belong and nowhere else: not in what is printed, logged or written.

use std::fs;
use std::path::Path;

use tallykey_core::ExposeSecret;
use tallykey_sites::{CLIENT_SECRET, Change, Fault, Spot};

use crate::support::{Computer, Done, Tracker, connection_of, need_keychain};

/// Every file below a folder, with its text.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            found.push((path.display().to_string(), String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    found
}

#[test]
fn no_secret_is_printed_logged_or_written() {
    need_keychain!();
    let (tracker, computer) = (Tracker::start(), Computer::new());
    let mut secrets = vec![CLIENT_SECRET.to_owned()];
    let mut said: Vec<Done> = Vec::new();

    said.push(computer.add_with("Redmine", tracker.base_url(), CLIENT_SECRET, &["-v"]).ok());
    let connect = ["-v", "connect", "Redmine", "--no-browser", "--json"];
    let mut codes = Vec::new();
    said.push(computer.connecting(
        &connect,
        "",
        vec![Box::new(|url: &str| {
            let code = tracker.code(url);
            codes.push(code.clone());
            format!("https://evil.example/?code={code}\n{code}\n")
        })],
    ));
    secrets.extend(codes);
    let keep = |secrets: &mut Vec<String>| {
        let tokens = connection_of(&computer.sites_toml()).tokens;
        secrets.push(tokens.access_token.expose_secret().to_owned());
        secrets.push(tokens.refresh_token.unwrap().expose_secret().to_owned());
    };
    keep(&mut secrets);
    said.push(computer.run(&["-v", "counts"]).ok());

    // A renewal that goes wrong on the way back, and one that goes well.
    tracker.fail_tokens(Fault::BrokenJson, 1);
    said.push(computer.run(&["-v", "token", "Redmine", "--new"]).refused(5, "unexpected_answer"));
    let mut renewed = computer.run(&["-v", "token", "Redmine", "--new"]).ok();
    keep(&mut secrets);
    assert_eq!(renewed.line(), secrets[4]);
    // The answer of this command is the token.
    renewed.stdout.clear();
    said.push(renewed);

    // What is logged is really seen: a grant that is replaced, and cannot be ended.
    tracker.change(Change { fault: Some(Fault::Status(503, None)), on: Spot::Revoke, ..Change::default() }).unwrap();
    let again = computer.connecting(&connect, "", vec![Box::new(|url: &str| tracker.code(url) + "\n")]).ok();
    assert!(again.stderr.contains("an unused grant could not be revoked"), "{again:?}");
    said.push(again);

    for arguments in [&["-v", "list"][..], &["-v", "list", "--json"], &["-v", "counts", "--json"]] {
        said.push(computer.run(arguments).ok());
    }
    tracker.change(Change { forget_grants: true, ..Change::default() }).unwrap();
    said.push(computer.run(&["-v", "counts", "--json"]).refused(4, "needs_sign_in"));
    let before = files(computer.folder());
    said.push(computer.run(&["-v", "revoke", "Redmine"]).ok());

    assert_eq!(secrets.len(), 6);
    for secret in &secrets {
        for done in &said {
            assert!(!done.stdout.contains(secret) && !done.stderr.contains(secret), "{secret} in {done:#?}");
        }
        for (path, text) in before.iter().chain(&files(computer.folder())) {
            assert!(!text.contains(secret), "{secret} in {path}");
        }
    }
    assert!(before.iter().any(|(path, _)| path.ends_with("sites.toml")));
}

#[cfg(unix)]
#[test]
fn folders_are_for_the_user_alone() {
    use std::os::unix::fs::PermissionsExt;

    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add("Redmine", &tracker).ok();
    for folder in ["config", "data"] {
        let mode = fs::metadata(computer.folder().join(folder)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{folder}");
    }
}
