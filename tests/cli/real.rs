//! The whole story at a real Redmine, the one of `tests/redmine/up`.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;
use tallykey_core::providers::built_in;
use tempfile::TempDir;

use crate::support::{Computer, need_keychain, visit};

fn curl(arguments: &[&str]) -> String {
    let output = Command::new("curl").args(["-sS", "--noproxy", "*"]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A person's own browser, signed in.
struct Browser {
    base: String,
    jar: TempDir,
}

impl Browser {
    fn sign_in(base: &str, login: &str, password: &str) -> Self {
        let browser = Self { base: base.to_owned(), jar: TempDir::new().unwrap() };
        let page = browser.page("/login", &[]);
        let after = page.split("name=\"authenticity_token\" value=\"").nth(1).unwrap();
        let fields = [
            ("authenticity_token", after.split('"').next().unwrap()),
            ("username", login),
            ("password", password),
            ("login", "Login"),
        ]
        .map(|(name, value)| format!("{name}={value}"));
        let fields: Vec<&str> = fields.iter().flat_map(|field| ["--data-urlencode", field.as_str()]).collect();
        browser.page("/login", &fields);
        assert!(browser.page("/my/account", &[]).contains("id=\"my_account_form\""), "not signed in");
        browser
    }

    fn page(&self, path: &str, more: &[&str]) -> String {
        let (url, jar) = (format!("{}{path}", self.base), self.jar.path().join("cookies"));
        let jar = jar.to_str().unwrap();
        curl(&[&["-b", jar, "-c", jar, url.as_str()], more].concat())
    }
}

/// The code that Redmine's page shows to alice when she approves.
fn approve(authorize_url: &str) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/redmine/approve");
    let output = Command::new(script).args(["alice", "alice-pass-1", authorize_url]).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn a_real_redmine_is_counted_used_and_revoked() {
    need_keychain!();
    let base = std::env::var("TALLYKEY_REDMINE").expect("TALLYKEY_REDMINE is its address");
    let computer = Computer::new();
    computer.add_with("Redmine", &base, "tallykey-read-secret", &[]).ok();
    let answer = |url: &str| format!("{base}/oauth/authorize/native?code={}", approve(url));
    let done = computer.connecting(&["connect", "Redmine", "--no-browser"], "", vec![Box::new(answer)]).ok();
    assert!(done.stderr.contains("connected as alice"), "{done:?}");

    let counts = computer.run(&["counts", "--json"]).ok().json();
    let browser = Browser::sign_in(&base, "alice", "alice-pass-1");
    let provider = built_in().iter().find(|provider| provider.id == "redmine").unwrap();
    let inputs = [("base".to_owned(), base.clone())].into();
    for (definition, count) in provider.counts.iter().zip(counts[0]["counts"].as_array().unwrap()) {
        let page = definition.page.url(&inputs).unwrap();
        let html = browser.page(&format!("{}?{}&per_page=100", page.path(), page.query().unwrap()), &[]);
        let rows = html.matches("<tr id=\"issue-").count();
        assert_eq!(
            (count["id"].as_str(), count["value"].as_u64()),
            (Some(definition.id.as_str()), u64::try_from(rows).ok())
        );
    }

    let header = computer.run(&["token", "Redmine", "--format", "header"]).ok().line().to_owned();
    let me = format!("{base}/users/current.json");
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

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn a_real_redmine_sends_the_browser_to_any_port() {
    need_keychain!();
    let base = std::env::var("TALLYKEY_REDMINE").expect("TALLYKEY_REDMINE is its address");
    let computer = Computer::new();
    computer.add_with("Redmine", &base, "tallykey-read-secret", &[]).ok();
    for (kind, comes_by_itself) in [("loopback", true), ("paste", false)] {
        let answer = |url: &str| {
            let redirected = approve(url);
            if comes_by_itself {
                assert!(visit(redirected.trim()).contains("Tallykey has the answer"));
                return String::new();
            }
            redirected
        };
        let arguments = ["connect", "Redmine", "--no-browser", "--redirect", kind];
        let done = computer.connecting(&arguments, "", vec![Box::new(answer)]).ok();
        assert!(done.stderr.contains("connected as alice"), "{kind}: {done:?}");
    }
    computer.run(&["revoke", "Redmine"]).ok();
}
