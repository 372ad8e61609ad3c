//! Choosing what a product cannot know. The product is a Jooto with two users, two open projects and an archived one.

use serde_json::{Value, json};
use tallykey_sites::{Change, Fault, Provider, Spot};

use crate::products::{connect, jooto, workfront};
use crate::support::{Computer, Tracker, need_keychain};

fn connected() -> (Tracker, Computer) {
    let tracker = Tracker::of(Provider::Jooto);
    let computer = jooto::added(&tracker);
    connect(&computer, "Jooto", &tracker).0.ok();
    (tracker, computer)
}

fn choices(computer: &Computer) -> Value {
    computer.run(&["choose", "Jooto", "--json"]).ok().json()
}

#[test]
fn a_connect_in_json_names_what_is_left_to_choose() {
    need_keychain!();
    let tracker = Tracker::of(Provider::Jooto);
    let computer = jooto::added(&tracker);
    let arguments = ["connect", "Jooto", "--no-browser", "--redirect", "paste", "--json"];
    let approve = |url: &str| tracker.redirect(url) + "\n";
    let done = computer.connecting(&arguments, "", vec![Box::new(approve)]).ok();
    assert_eq!(done.json()["open_choices"], json!(["user", "board"]));
}

#[test]
fn a_script_gets_the_list_as_it_is_written_on_the_command_line() {
    need_keychain!();
    let (_tracker, computer) = connected();
    let list = computer.run(&["choose", "Jooto"]).ok().stdout;
    let expected = "user  Your user in Jooto\n  --set user=6  Bob Builder\n  --set user=5  Alice Liddell\n\
                    board  Projects to count (several)\n  --set board=12  Support\n  --set board=11  Website\n";
    assert_eq!(list, expected);
    computer.run(&["choose", "Jooto", "--set", "user=6"]).ok();
    assert!(computer.run(&["choose", "Jooto"]).ok().stdout.contains("\n*  --set user=6  Bob Builder\n"));
}

#[test]
fn what_is_chosen_is_kept_with_the_names_of_the_server() {
    need_keychain!();
    let (_tracker, computer) = connected();
    let done = computer.run(&["choose", "Jooto", "--set", "user=5", "--set", "board=12", "--json"]).ok();
    let chosen: Vec<_> = done.json().as_array().unwrap().iter().map(|choice| choice["chosen"].clone()).collect();
    let expected = json!([[{ "value": "5", "text": "Alice Liddell" }], [{ "value": "12", "text": "Support" }]]);
    assert_eq!(json!(chosen), expected);

    let choices = choices(&computer);
    assert_eq!(choices[0]["items"][0], json!({ "value": "6", "text": "Bob Builder" }));
    assert_eq!(
        (&choices[0]["many"], &choices[0]["me"], &choices[0]["cut"]),
        (&json!(false), &json!(true), &json!(false))
    );
    assert_eq!(choices[1]["chosen"], expected[1]);
}

#[test]
fn a_choice_that_is_not_named_stays_and_one_named_twice_counts_once() {
    need_keychain!();
    let (_tracker, computer) = connected();
    let set = |more: &[&str]| computer.run(&[&["choose", "Jooto"], more].concat()).ok();
    set(&["--set", "user=5", "--set", "board=11"]);
    set(&["--set", "board=12", "--set", "board=11", "--set", "board=12"]);
    let choices = choices(&computer);
    assert_eq!(choices[0]["chosen"][0]["value"], "5");
    assert_eq!(choices[1]["chosen"].as_array().unwrap().len(), 2);
    let counts = computer.run(&["counts", "--json"]).ok().json();
    assert_eq!(counts[0]["counts"][3]["value"], 22);
}

#[test]
fn what_is_not_there_is_refused_with_what_is() {
    need_keychain!();
    let (_tracker, computer) = connected();
    // The archived project is not offered.
    for (set, listed, other) in [
        ("user=7", "--set user=6  Bob Builder", "--set board"),
        ("board=13", "--set board=12  Support", "--set user"),
        ("project=11", "--set board=11  Website", "Old website"),
    ] {
        let done = computer.run(&["choose", "Jooto", "--set", set]).refused(2, "invalid_input");
        assert!(done.stderr.contains(listed) && !done.stderr.contains(other), "{done:?}");
        assert!(done.stderr.contains(&format!("{set}]")), "{done:?}");
    }
    computer.run(&["choose", "Jooto", "--set", "user=5", "--set", "user=6"]).refused(2, "invalid_input");
    assert_eq!(choices(&computer)[0]["chosen"], json!([]));
}

#[test]
fn a_new_sign_in_asks_again_who_it_is_and_keeps_the_projects() {
    need_keychain!();
    let (tracker, computer) = connected();
    computer.run(&["choose", "Jooto", "--set", "user=5", "--set", "board=11"]).ok();
    let done = connect(&computer, "Jooto", &tracker).0.ok();
    assert!(done.stderr.contains("tallykey choose Jooto"), "{done:?}");
    let choices = choices(&computer);
    assert_eq!((&choices[0]["chosen"], &choices[1]["chosen"][0]["value"]), (&json!([]), &json!("11")));
}

#[test]
fn a_site_without_choices_says_so() {
    need_keychain!();
    let tracker = Tracker::of(Provider::Workfront);
    let computer = workfront::added(&workfront::WEB, &tracker);
    connect(&computer, "Workfront", &tracker).0.ok();
    assert!(computer.run(&["choose", "Workfront"]).ok().stderr.contains("nothing to choose"));
    assert_eq!(computer.run(&["choose", "Workfront", "--json"]).ok().json(), json!([]));
}

#[test]
fn a_project_narrows_the_counts_of_a_redmine_until_all_are_chosen_again() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("Redmine", &tracker);
    let list = computer.run(&["choose", "Redmine"]).ok().stdout;
    assert!(list.starts_with("project  Project to count (optional; all with --set project=)\n"), "{list}");
    let chosen = |set: &str| {
        let done = computer.run(&["choose", "Redmine", "--set", set, "--json"]).ok().json();
        done[0]["chosen"].as_array().unwrap().len()
    };
    assert_eq!(chosen("project=1"), 1);
    assert_eq!(computer.run(&["counts", "--json"]).ok().json()[0]["counts"][0]["value"], 15);
    assert_eq!(chosen("project="), 0);
    assert!(!computer.sites_toml().contains("choices"));
}

#[test]
fn trouble_with_the_lists_has_the_usual_exit_codes() {
    need_keychain!();
    let (tracker, computer) = connected();
    let fault = Change { fault: Some(Fault::Status(503, None)), on: Spot::Choices, ..Change::default() };
    tracker.change(fault).unwrap();
    computer.run(&["choose", "Jooto", "--json"]).refused(5, "server_trouble");
    computer.run(&["forget", "Jooto"]).ok();
    computer.run(&["choose", "Jooto"]).refused(4, "not_connected");
}

#[cfg(target_os = "linux")]
mod at_a_terminal {
    use super::*;
    use crate::support::{CTRL_C, Terminal};

    const ONE: &str = "Number: ";
    const SEVERAL: &str = "Numbers, such as 1,3, or all: ";

    #[test]
    fn a_person_chooses_by_number() {
        need_keychain!();
        let (_tracker, computer) = connected();
        let mut terminal = Terminal::run(&computer, &["choose", "Jooto"]);
        assert!(terminal.wait_for(ONE).contains("1  Bob Builder"));
        terminal.type_in("3\n");
        terminal.wait_for("Not in the list.");
        terminal.wait_for(ONE);
        terminal.type_in("1\n");
        terminal.wait_for(SEVERAL);
        terminal.type_in("all\n");
        let done = terminal.end().ok();
        assert!(done.stderr.contains("Your user in Jooto Bob Builder"), "{done:?}");
        assert!(done.stderr.contains("Projects to count Support, Website"), "{done:?}");

        // Enter leaves what is chosen.
        let mut terminal = Terminal::run(&computer, &["choose", "Jooto"]);
        assert!(terminal.wait_for(ONE).contains("*  1  Bob Builder"));
        terminal.type_in("\n");
        terminal.wait_for(SEVERAL);
        terminal.type_in("1\n");
        terminal.end().ok();
        let choices = choices(&computer);
        assert_eq!(choices[0]["chosen"][0]["value"], "6");
        assert_eq!(choices[1]["chosen"], json!([{ "value": "12", "text": "Support" }]));
    }

    #[test]
    fn a_connect_asks_at_once_and_ctrl_c_leaves_it_for_later() {
        need_keychain!();
        let tracker = Tracker::of(Provider::Jooto);
        let computer = jooto::added(&tracker);
        let arguments = ["connect", "Jooto", "--no-browser", "--redirect", "paste"];
        for (answer, exit) in [(CTRL_C, 130), ("1\n", 0)] {
            let mut terminal = Terminal::run(&computer, &arguments);
            terminal.wait_for("open: ");
            let url = terminal.wait_for("\r\n");
            terminal.wait_for("Paste the code or the address: ");
            terminal.type_in(&(tracker.redirect(&url) + "\n"));
            terminal.wait_for(ONE);
            terminal.type_in(answer);
            if answer == CTRL_C {
                terminal.wait_for("tallykey choose Jooto");
            } else {
                terminal.wait_for(SEVERAL);
                terminal.type_in("1, 2\n");
            }
            assert_eq!(terminal.end().code, Some(exit));
            assert_eq!(computer.list()[0]["state"], "connected");
        }
        computer.run(&["counts"]).ok();
    }
}
