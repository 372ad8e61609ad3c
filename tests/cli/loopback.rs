//! Connecting without carrying a code: the browser brings the answer.

use std::io::{BufRead, BufReader, Write};

use tallykey_sites::CLIENT_SECRET;

use crate::support::{Computer, Done, Tracker, need_keychain, visit};

const BY_ITSELF: [&str; 6] = ["connect", "Redmine", "--no-browser", "--json", "--redirect", "loopback"];

/// Connects with secrets in memory; the person who opens the address does `act`, and types what that
/// makes of it before stdin ends.
fn connect(tracker: &Tracker, arguments: &[&str], act: impl FnMut(&str) -> String) -> Done {
    let computer = Computer::forgetful();
    computer.add("Redmine", tracker).ok();
    computer.connecting(arguments, &format!("{CLIENT_SECRET}\n"), vec![Box::new(act)])
}

#[test]
fn an_answer_that_comes_by_itself_is_enough() {
    let tracker = Tracker::start();
    let mut page = String::new();
    let done = connect(&tracker, &BY_ITSELF, |url| {
        page = visit(&tracker.redirect(url));
        String::new()
    })
    .ok();
    assert_eq!(done.json()["identity"]["text"], "alice");
    assert!(page.contains("200 OK") && page.contains("Tallykey has the answer"), "{page}");
}

#[test]
fn a_site_may_be_added_with_it() {
    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add_with("Redmine", tracker.base_url(), CLIENT_SECRET, &["--redirect", "loopback"]).ok();
    let arguments = ["connect", "Redmine", "--no-browser"];
    let act = |url: &str| {
        visit(&tracker.redirect(url));
        String::new()
    };
    let done = computer.connecting(&arguments, &format!("{CLIENT_SECRET}\n"), vec![Box::new(act)]).ok();
    assert!(done.stderr.contains("Waiting for the browser") && done.stderr.contains("connected as alice"), "{done:?}");
}

#[test]
fn the_address_may_be_pasted_all_the_same() {
    let tracker = Tracker::start();
    connect(&tracker, &BY_ITSELF, |url| tracker.redirect(url) + "\n").ok();
    connect(&tracker, &BY_ITSELF, |url| tracker.code(url) + "\n").ok();
}

#[test]
fn a_denial_in_the_browser_ends_with_7() {
    let tracker = Tracker::start();
    connect(&tracker, &BY_ITSELF, |url| {
        visit(&tracker.denying_redirect(url));
        String::new()
    })
    .refused(7, "denied");
}

#[test]
fn neither_a_foreign_answer_nor_the_end_of_stdin_ends_the_waiting() {
    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add("Redmine", &tracker).ok();
    let mut child = computer.command(&BY_ITSELF).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{CLIENT_SECRET}").unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap()).lines();
    let url = stderr.find_map(|line| line.unwrap().strip_prefix("open: ").map(str::to_owned)).unwrap();
    let mine = tracker.redirect(&url);

    assert!(visit(&mine.replace("state=", "state=x")).contains("did not take this answer"));
    stderr.find(|line| line.as_ref().unwrap().contains("it was left alone")).unwrap().unwrap();

    assert!(visit(&mine).contains("has the answer"));
    stderr.for_each(drop);
    Done::from(child.wait_with_output().unwrap()).ok();
}

#[test]
fn where_nobody_listens_the_whole_address_is_pasted() {
    let tracker = Tracker::start();
    let arguments = [&BY_ITSELF[..5], &["paste"]].concat();
    let done = connect(&tracker, &arguments, |url| tracker.redirect(url) + "\n").ok();
    assert!(done.stderr.contains("paste the whole address"), "{done:?}");
}

#[test]
fn a_way_the_product_does_not_have_is_wrong_usage() {
    let tracker = Tracker::start();
    let computer = Computer::forgetful();
    computer.add("Redmine", &tracker).ok();
    computer.run(&[&BY_ITSELF[..5], &["localhost-port"]].concat()).refused(2, "invalid_input");
    assert_eq!(computer.run(&[&BY_ITSELF[..5], &["pigeon"]].concat()).code, Some(2));
}

#[test]
fn nothing_of_the_answer_is_printed_or_logged() {
    let tracker = Tracker::start();
    let mut answer = String::new();
    let done = connect(&tracker, &[&BY_ITSELF[..], &["-v"]].concat(), |url| {
        answer = tracker.redirect(url);
        visit(&answer);
        String::new()
    })
    .ok();
    let code = answer.split(['=', '&']).nth(1).unwrap();
    assert!(answer.contains("?code=") && !done.stderr.contains(code) && !done.stdout.contains(code), "{done:?}");
}

#[test]
fn a_site_connected_by_itself_is_used_and_revoked() {
    need_keychain!();
    let (tracker, computer) = (Tracker::start(), Computer::new());
    computer.add("Redmine", &tracker).ok();
    let act = |url: &str| {
        visit(&tracker.redirect(url));
        String::new()
    };
    computer.connecting(&BY_ITSELF, "", vec![Box::new(act)]).ok();
    assert_eq!(computer.list()[0]["state"], "connected");
    computer.token("Redmine");
    computer.run(&["revoke", "Redmine"]).ok();
    assert_eq!(tracker.traffic().live_pairs, 0);
}
