//! The whole story at a real Redmine, the one of `tests/redmine/up`.

use std::time::{Duration, Instant};

use serde_json::Value;
use tallykey_core::providers::built_in;
use tempfile::TempDir;

use crate::support::{Redmine, curl, need_keychain};

/// A person's own browser, signed in.
struct Browser {
    jar: TempDir,
}

impl Browser {
    fn sign_in(redmine: &Redmine, login: &str, password: &str) -> Self {
        let browser = Self { jar: TempDir::new().unwrap() };
        let page = browser.page(&redmine.url("/login"), &[]);
        let after = page.split("name=\"authenticity_token\" value=\"").nth(1).unwrap();
        let fields = [
            ("authenticity_token", after.split('"').next().unwrap()),
            ("username", login),
            ("password", password),
            ("login", "Login"),
        ]
        .map(|(name, value)| format!("{name}={value}"));
        let fields: Vec<&str> = fields.iter().flat_map(|field| ["--data-urlencode", field.as_str()]).collect();
        browser.page(&redmine.url("/login"), &fields);
        assert!(browser.page(&redmine.url("/my/account"), &[]).contains("id=\"my_account_form\""), "not signed in");
        browser
    }

    fn page(&self, url: &str, more: &[&str]) -> String {
        let jar = self.jar.path().join("cookies");
        let jar = jar.to_str().unwrap();
        curl(&[&["-b", jar, "-c", jar, url], more].concat())
    }
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn a_real_redmine_is_counted_used_and_revoked() {
    need_keychain!();
    let redmine = Redmine::brought_up();
    let computer = redmine.added();
    let answer = |url: &str| Redmine::approve(url).unwrap() + "\n";
    let done = computer.connecting(&["connect", "Redmine", "--no-browser"], "", vec![Box::new(answer)]).ok();
    assert!(done.stderr.contains("connected as alice"), "{done:?}");

    let counts = computer.run(&["counts", "--json"]).ok().json();
    let browser = Browser::sign_in(&redmine, "alice", "alice-pass-1");
    let provider = built_in().iter().find(|provider| provider.id == "redmine").unwrap();
    let inputs = [("base".to_owned(), redmine.base().to_owned())].into();
    for (definition, count) in provider.counts.iter().zip(counts[0]["counts"].as_array().unwrap()) {
        let page = definition.page.url(&inputs).unwrap();
        let html = browser.page(&format!("{page}&per_page=100"), &[]);
        let rows = html.matches("<tr id=\"issue-").count();
        assert_eq!(
            (count["id"].as_str(), count["value"].as_u64()),
            (Some(definition.id.as_str()), u64::try_from(rows).ok())
        );
    }

    let header = computer.run(&["token", "Redmine", "--format", "header"]).ok().line().to_owned();
    let me = redmine.url("/users/current.json");
    let user: Value = serde_json::from_str(&curl(&["-H", &header, &me])).unwrap();
    assert_eq!(user["user"]["login"], "alice");
    let renewed = computer.run(&["token", "Redmine", "--new", "--format", "header"]).ok().line().to_owned();
    assert_ne!(renewed, header);
    let status = |header: &str| curl(&["-o", "/dev/null", "-w", "%{http_code}", "-H", header, &me]);
    assert_eq!((status(&header).as_str(), status(&renewed).as_str()), ("401", "200"));

    assert_eq!(computer.run(&["revoke", "Redmine", "--json"]).ok().json()["provider"], "confirmed");
    // From "revoked" on, not a second passes in which it still works.
    let started = Instant::now();
    assert_eq!(status(&renewed), "401");
    assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
    computer.run(&["token", "Redmine"]).refused(4, "not_connected");
}
