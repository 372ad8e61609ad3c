//! The ways an answer comes back from a real Redmine, the one of `tests/redmine/up`.

use tallykey_core::Url;

use crate::support::{Computer, Redmine, need_keychain, visit};

/// Connects the site, alice's answer coming back as `arguments` say, and revokes what came of it.
fn connect(redmine: &Redmine, arguments: &[&str], mut carry: impl FnMut(String) -> String) {
    let computer = redmine.added();
    let answer = |url: &str| carry(Redmine::approve(url).expect("alice approves"));
    let arguments = [&["connect", "Redmine", "--no-browser"], arguments].concat();
    let done = computer.connecting(&arguments, "", vec![Box::new(answer)]).ok();
    assert!(done.stderr.contains("connected as alice"), "{done:?}");
    assert_eq!(computer.run(&["revoke", "Redmine", "--json"]).ok().json()["provider"], "confirmed");
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn the_code_that_a_real_redmine_shows_is_pasted() {
    need_keychain!();
    connect(&Redmine::brought_up(), &["--redirect", "oob"], |code| code + "\n");
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn the_address_of_the_page_that_shows_it_is_pasted() {
    need_keychain!();
    let redmine = Redmine::brought_up();
    connect(&redmine, &["--redirect", "oob"], |code| redmine.url(&format!("/oauth/authorize/native?code={code}\n")));
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn a_real_redmine_sends_the_browser_to_whatever_port() {
    need_keychain!();
    connect(&Redmine::brought_up(), &["--redirect", "loopback"], |redirected| {
        assert!(redirected.contains("/callback?code="), "{redirected}");
        assert!(visit(&redirected).contains("Tallykey has the answer"));
        String::new()
    });
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn the_whole_address_it_sends_the_browser_to_is_pasted() {
    need_keychain!();
    connect(&Redmine::brought_up(), &["--redirect", "paste"], |redirected| redirected + "\n");
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn a_registered_line_holds_for_any_port_and_for_its_own_path_only() {
    let authorize = |client: &str, redirect_uri: &str| {
        let path = "/oauth/authorize?response_type=code&scope=view_issues";
        Redmine::approve(&Redmine::brought_up().url(&format!("{path}&client_id={client}&redirect_uri={redirect_uri}")))
    };
    // Registered: http://127.0.0.1/callback for the first, http://127.0.0.1 for the other.
    for (client, redirect_uri) in [
        ("tallykey-read", "http://127.0.0.1:41000/callback"),
        ("tallykey-read", "http://127.0.0.1:61000/callback"),
        ("tallykey-bare", "http://127.0.0.1:41000"),
        ("tallykey-bare", "http://127.0.0.1:61000/"),
    ] {
        let redirected = authorize(client, redirect_uri).unwrap();
        assert!(redirected.starts_with(&format!("{redirect_uri}?code=")), "{redirected}");
    }
    for (client, redirect_uri) in [
        ("tallykey-read", "http://127.0.0.1:41000"),
        ("tallykey-read", "http://127.0.0.1:41000/callback/"),
        ("tallykey-read", "http://localhost:41000/callback"),
        ("tallykey-bare", "http://127.0.0.1:41000/callback"),
        ("tallykey-bare", "http://localhost:41000"),
    ] {
        assert!(authorize(client, redirect_uri).unwrap_err().contains("redirect URI"), "{redirect_uri}");
    }
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn an_address_above_or_below_the_redmine_is_not_taken_for_it() {
    let redmine = Redmine::brought_up();
    let host = Url::parse(redmine.base()).unwrap().origin().ascii_serialization();
    let above = (host != redmine.base()).then_some(host);
    for base in above.into_iter().chain([redmine.url("/elsewhere")]) {
        let computer = Computer::forgetful();
        computer.add_with("Redmine", &base, "tallykey-read-secret", &[]).refused(1, "not_this_product");
    }
}
