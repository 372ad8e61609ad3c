//! Another person than before signs in: asked about, and never silently taken over.

use tallykey_sites::Change;

use crate::support::{Computer, Done, Tracker, need_keychain};

/// Alice's site, at a Redmine where bob sits at the browser now.
fn bob_at_alices() -> (Tracker, Computer) {
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    tracker.change(Change { browser_user: Some("bob".to_owned()), ..Change::default() }).unwrap();
    (tracker, computer)
}

fn connect(computer: &Computer, tracker: &Tracker, more: &[&str]) -> Done {
    let approve = |url: &str| tracker.code(url) + "\n";
    let arguments = [&["connect", "Redmine", "--no-browser"], more].concat();
    computer.connecting(&arguments, "", vec![Box::new(approve)])
}

/// Who the site belongs to, and that nobody else's tokens live.
#[track_caller]
fn belongs_to(computer: &Computer, tracker: &Tracker, name: &str) {
    assert_eq!(computer.list()[0]["identity"]["text"], name);
    assert_eq!(computer.run(&["counts", "--json"]).ok().json()[0]["identity"]["text"], name);
    assert_eq!(tracker.traffic().live_pairs, 1);
}

#[test]
fn a_script_keeps_the_person_and_says_what_became_of_the_other() {
    need_keychain!();
    let (tracker, computer) = bob_at_alices();
    let done = connect(&computer, &tracker, &[]).refused(1, "other_person");
    assert!(done.stderr.contains("Still alice. The login of bob is not kept"), "{done:?}");
    assert!(done.stderr.contains("tallykey connect Redmine --switch"), "{done:?}");
    belongs_to(&computer, &tracker, "alice");
}

#[test]
fn with_json_the_error_is_all_that_is_told() {
    need_keychain!();
    let (tracker, computer) = bob_at_alices();
    let done = connect(&computer, &tracker, &["--json"]).refused(1, "other_person");
    let lines: Vec<&str> = done.stderr.lines().filter(|line| !line.starts_with("open: ")).collect();
    assert_eq!((lines.len(), done.stdout.as_str()), (1, ""), "{done:?}");
    belongs_to(&computer, &tracker, "alice");
}

#[test]
fn a_script_that_wants_it_takes_the_site_over() {
    need_keychain!();
    let (tracker, computer) = bob_at_alices();
    let done = connect(&computer, &tracker, &["--switch"]).ok();
    assert!(done.stderr.contains("connected as bob"), "{done:?}");
    belongs_to(&computer, &tracker, "bob");
}

#[test]
fn the_same_person_is_not_asked_about() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let done = connect(&computer, &tracker, &["--switch"]).ok();
    assert!(done.stderr.contains("connected as alice"), "{done:?}");
    belongs_to(&computer, &tracker, "alice");
}

#[cfg(target_os = "linux")]
mod at_a_terminal {
    use tallykey_sites::Spot;

    use super::*;
    use crate::support::{CTRL_C, Terminal, until, visit};

    const QUESTION: &str = "Redmine was connected as alice; you logged in as bob. Use bob from now on? [y/N] ";

    /// Signs bob in by a pasted code, and answers the question.
    fn answered(computer: &Computer, tracker: &Tracker, answer: &str) -> Done {
        let mut terminal = Terminal::run(computer, &["connect", "Redmine", "--no-browser"]);
        terminal.wait_for("open: ");
        let url = terminal.wait_for("\r\n");
        terminal.wait_for("Paste the code or the address: ");
        terminal.type_in(&(tracker.code(&url) + "\n"));
        terminal.wait_for(QUESTION);
        terminal.type_in(answer);
        terminal.end()
    }

    #[test]
    fn a_no_keeps_the_person() {
        need_keychain!();
        let (tracker, computer) = bob_at_alices();
        for answer in ["\n", "n\n", "bob\n"] {
            answered(&computer, &tracker, answer).refused(1, "other_person");
            belongs_to(&computer, &tracker, "alice");
        }
    }

    #[test]
    fn ctrl_c_keeps_the_person_and_leaves_no_token() {
        need_keychain!();
        let (tracker, computer) = bob_at_alices();
        let done = answered(&computer, &tracker, CTRL_C);
        assert_eq!(done.code, Some(130), "{done:?}");
        belongs_to(&computer, &tracker, "alice");
    }

    #[test]
    fn a_yes_takes_the_site_over() {
        need_keychain!();
        let (tracker, computer) = bob_at_alices();
        let done = answered(&computer, &tracker, "y\n");
        assert_eq!(done.code, Some(0), "{done:?}");
        belongs_to(&computer, &tracker, "bob");
    }

    #[test]
    fn an_answer_that_came_by_itself_is_asked_about_too() {
        need_keychain!();
        let (tracker, computer) = bob_at_alices();
        let arguments = ["connect", "Redmine", "--no-browser", "--redirect", "loopback"];
        let mut terminal = Terminal::run(&computer, &arguments);
        terminal.wait_for("open: ");
        let url = terminal.wait_for("\r\n");
        visit(&tracker.redirect(&url));
        terminal.wait_for(QUESTION);
        terminal.type_in("n\n");
        terminal.end().refused(1, "other_person");
        belongs_to(&computer, &tracker, "alice");
    }

    #[test]
    fn ctrl_c_in_the_middle_of_an_exchange_waits_for_it_and_leaves_no_token() {
        need_keychain!();
        let (tracker, computer) = bob_at_alices();
        tracker.hold(Spot::Token);
        let exchanged = || tracker.traffic().grant_types["authorization_code"];
        let arguments = ["connect", "Redmine", "--no-browser", "--redirect", "loopback"];
        let mut terminal = Terminal::run(&computer, &arguments);
        terminal.wait_for("open: ");
        let url = terminal.wait_for("\r\n");
        visit(&tracker.redirect(&url));
        until("the code is exchanged", || tracker.traffic().count("POST /oauth/token") == 2);
        terminal.interrupt();
        assert_eq!(exchanged(), 1, "it is in the middle");
        tracker.let_go();
        assert_eq!(terminal.end().code, Some(130));
        assert_eq!(exchanged(), 2, "it was waited for");
        belongs_to(&computer, &tracker, "alice");
    }

    #[test]
    fn ctrl_c_after_the_connection_was_kept_says_that_it_was() {
        need_keychain!();
        let tracker = Tracker::start();
        let computer = Computer::connected("Redmine", &tracker);
        tracker.hold(Spot::Revoke);
        let arguments = ["connect", "Redmine", "--no-browser", "--redirect", "loopback"];
        let mut terminal = Terminal::run(&computer, &arguments);
        terminal.wait_for("open: ");
        let url = terminal.wait_for("\r\n");
        visit(&tracker.redirect(&url));
        until("the grant before it is ended", || tracker.traffic().count("POST /oauth/revoke") == 1);
        terminal.interrupt();
        tracker.let_go();
        let done = terminal.end();
        assert!(done.code == Some(130) && done.stderr.contains("the connection is made and kept"), "{done:?}");
        assert!(!done.stderr.contains("Nothing"), "{done:?}");
        belongs_to(&computer, &tracker, "alice");
    }
}
