//! What a real Redmine answers when something is wrong: never a number, always the reason.

use serde_json::Value;

use crate::support::{Computer, Redmine, need_keychain};

const OWN: &str =
    "\n[[site.own_count]]\nid = \"own-1\"\nlabel = \"Normal\"\nfilter = \"priority_id=2&status_id=open\"\n";

/// bob has connected the Redmine and made a count of his own.
fn connected(redmine: &Redmine, client: &str, scope: &str) -> Computer {
    let computer = Computer::new();
    let base = format!("base={}", redmine.base());
    let add = ["add", "Redmine", "--provider", "redmine", "--set", &base, "--client-id", client, "--scope", scope];
    let add = [&add[..], &["--redirect", "oob", "--client-secret-stdin"]].concat();
    computer.run_with(&add, &format!("{client}-secret\n")).ok();
    let answer = |url: &str| Redmine::approve_as("bob", url).unwrap() + "\n";
    computer.connecting(&["connect", "Redmine", "--no-browser"], "", vec![Box::new(answer)]).ok();
    let path = computer.folder().join("config/sites.toml");
    std::fs::write(path, computer.sites_toml() + OWN).unwrap();
    computer
}

/// Every number, or why it is none.
fn answers(computer: &Computer) -> (Option<i32>, Vec<Result<u64, String>>) {
    let done = computer.run(&["counts", "--json"]);
    let one = |count: &Value| {
        let code = count["error"].as_str().unwrap_or_default().to_owned();
        count["value"].as_u64().filter(|_| code.is_empty()).ok_or(code)
    };
    let counts = done.json()[0]["counts"].as_array().unwrap().iter().map(one).collect();
    (done.code, counts)
}

#[track_caller]
fn only_says(computer: &Computer, exit: i32, reason: &str) {
    let (code, answers) = answers(computer);
    assert_eq!(answers, vec![Err(reason.to_owned()); 8]);
    assert_eq!(code, Some(exit));
}

#[track_caller]
fn counts_again(computer: &Computer) {
    let (code, answers) = answers(computer);
    assert!(code == Some(0) && answers.len() == 8 && answers.iter().all(Result::is_ok), "{answers:?}");
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn rest_that_is_switched_off_at_a_real_redmine_is_told_and_passes() {
    need_keychain!();
    let redmine = Redmine::alone();
    let computer = connected(&redmine, "tallykey-read", "view_issues");
    counts_again(&computer);
    redmine.lever(&["rest", "off"]);
    only_says(&computer, 7, "api_off");
    redmine.lever(&["rest", "on"]);
    counts_again(&computer);
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn a_locked_person_of_a_real_redmine_has_no_numbers() {
    need_keychain!();
    let redmine = Redmine::alone();
    let computer = connected(&redmine, "tallykey-read", "view_issues");
    counts_again(&computer);
    redmine.lever(&["lock", "bob"]);
    // It stumbles over the token of somebody who is locked, and says no more than that.
    let done = answers(&computer);
    redmine.lever(&["unlock", "bob"]);
    assert_eq!(done, (Some(5), vec![Err("server_trouble".to_owned()); 8]));
    counts_again(&computer);
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn what_everybody_sees_at_a_real_redmine_is_not_taken_for_a_persons_numbers() {
    need_keychain!();
    let redmine = Redmine::alone();
    let computer = connected(&redmine, "tallykey-read", "view_issues");
    counts_again(&computer);
    let token = computer.token("Redmine");
    // It answers the token it no longer knows with the numbers of an anonymous visitor.
    redmine.lever(&["forget-grants"]);
    let header = format!("Authorization: Bearer {token}");
    let anonymous = crate::support::curl(&["-H", &header, &redmine.url("/issues.json?limit=1")]);
    assert!(anonymous.contains("\"total_count\":19"), "{anonymous}");
    only_says(&computer, 4, "needs_sign_in");
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn a_token_without_the_scope_of_a_real_redmine_counts_nothing() {
    need_keychain!();
    let redmine = Redmine::brought_up();
    let computer = connected(&redmine, "tallykey-narrow", "view_project");
    only_says(&computer, 7, "forbidden");
}
