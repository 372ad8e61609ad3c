//! A person's own definition in use: only once its hosts were accepted, and only as it then was.

use std::fs;
use std::path::PathBuf;

use serde_json::json;
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::revoke::AtProvider;
use tallykey_core::model::known::State;
use tallykey_core::model::provider::Receiver;
use tallykey_core::model::site::Redirect;
use tallykey_core::{ErrorCode, NewSite, Url};

use crate::support::{Ask, Here, Recorded, answer, code, json as json_answer, own_redmine, query_of};

/// A person puts a definition into the folder.
fn put(here: &Here, text: &str) -> PathBuf {
    let file = here.desk.definitions_folder().join("mine.toml");
    fs::create_dir_all(here.desk.definitions_folder()).unwrap();
    fs::write(&file, text).unwrap();
    file
}

fn form(here: &Here) -> NewSite {
    NewSite { provider: "mine".to_owned(), ..here.form("Harbour") }
}

/// A connected site of a definition that was accepted.
async fn connected(here: &Here) -> Account {
    put(here, &own_redmine("mine"));
    here.accept("mine").unwrap();
    let site = here.desk.add(form(here)).await.unwrap();
    here.connect_again(&site).await.unwrap();
    here.redmine.take_asked();
    site
}

#[tokio::test]
async fn a_definition_that_was_not_accepted_is_shown_and_not_used() {
    let here = Here::new().await;
    put(&here, &own_redmine("mine"));

    assert!(!here.desk.definition("mine").unwrap().is_accepted);
    assert_eq!(code(here.desk.add(form(&here)).await), ErrorCode::NotAccepted);
    assert_eq!(code(here.desk.check("mine", &form(&here).inputs, None).await), ErrorCode::NotAccepted);

    assert!(here.redmine.take_asked().is_empty() && here.store.everything().is_empty());
    assert!(here.desk.sites().unwrap().is_empty());
}

#[tokio::test]
async fn only_what_is_there_can_be_accepted() {
    let here = Here::new().await;
    assert_eq!(code(here.accept("mine")), ErrorCode::NoSuchProvider);
    put(&here, "schema = 1");
    assert_eq!(code(here.accept("mine")), ErrorCode::NoSuchProvider);
}

#[tokio::test]
async fn an_accepted_definition_works_as_one_that_came_with_the_program() {
    let here = Here::new().await;
    let site = connected(&here).await;

    assert_eq!(here.desk.count(&site).await.unwrap().counts.len(), 7);
    assert!(here.another_desk().named("Harbour").is_ok(), "it was written down");
    assert_eq!(here.desk.revoke(&site).await.unwrap().at_provider, AtProvider::Confirmed);
}

#[tokio::test]
async fn a_changed_definition_is_asked_for_again_and_used_no_more() {
    let here = Here::new().await;
    let site = connected(&here).await;
    put(&here, &own_redmine("mine").replace("limit = \"1\"", "limit = \"2\""));

    assert_eq!(code(here.desk.named("Harbour")), ErrorCode::NotAccepted);
    let status = here.desk.status(site.site.id).unwrap();
    assert_eq!((code(status.account), status.known.state), (ErrorCode::NotAccepted, State::Connected));
    assert_eq!(code(here.desk.add(form(&here)).await), ErrorCode::NotAccepted);
    assert!(here.redmine.take_asked().is_empty());

    here.accept("mine").unwrap();
    let site = here.desk.named("Harbour").unwrap();
    assert_eq!(here.desk.count(&site).await.unwrap().counts.len(), 7, "its connection was kept");
}

#[tokio::test]
async fn what_was_accepted_before_is_asked_for_again_once_it_was_changed() {
    let here = Here::new().await;
    connected(&here).await;
    put(&here, &own_redmine("mine").replace("Redmine", "Other"));
    here.accept("mine").unwrap();

    put(&here, &own_redmine("mine"));

    assert!(!here.desk.definition("mine").unwrap().is_accepted);
}

#[tokio::test]
async fn tokens_stay_where_they_are_from_when_an_accepted_definition_moves() {
    let here = Here::new().await;
    connected(&here).await;
    put(&here, &own_redmine("mine").replace("{base}/oauth/token", "{base}/oauth/elsewhere"));
    here.accept("mine").unwrap();

    let site = here.desk.named("Harbour").unwrap();

    assert_eq!(code(here.desk.count(&site).await), ErrorCode::AddressChanged);
    assert_eq!(code(here.desk.revoke(&site).await), ErrorCode::AddressChanged);
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_definition_that_is_gone_leaves_its_sites_until_they_are_removed() {
    let here = Here::new().await;
    let site = connected(&here).await;
    let secrets = here.store.everything();
    fs::remove_file(put(&here, "")).unwrap();

    let status = here.desk.status(site.site.id).unwrap();
    assert_eq!((code(status.account), status.site.name.as_str()), (ErrorCode::NoSuchProvider, "Harbour"));
    assert_eq!(code(here.desk.named("Harbour")), ErrorCode::NoSuchProvider);
    assert_eq!((here.store.everything(), secrets.len()), (secrets, 2), "nothing is lost by it");

    here.desk.remove(site.site.id).await.unwrap();

    assert!(here.store.everything().is_empty() && here.desk.sites().unwrap().is_empty());
    assert!(here.redmine.take_asked().is_empty());
}

/// A definition that signs in at one host, asks at another and looks at a third.
fn of_three_hosts(signs_in: &str, api: &str, looks: &str) -> String {
    let replaced = [
        ("{base}/oauth/authorize\"\ntoken", format!("{signs_in}/oauth/authorize\"\ntoken")),
        ("{base}/oauth/token", format!("{signs_in}/oauth/token")),
        ("{base}/oauth/revoke", format!("{api}/oauth/revoke")),
        ("base = \"{base}\"", format!("base = \"{api}\"")),
        ("auth = \"basic\"", "auth = \"body\"".to_owned()),
        ("redirect = [\"loopback\", \"oob\", \"paste\"]", "redirect = [\"oob\"]".to_owned()),
        ("{base}/", format!("{looks}/")),
    ];
    replaced.iter().fold(own_redmine("mine"), |text, (what, by)| {
        assert!(text.contains(what), "{what}");
        text.replace(what, by)
    })
}

fn host(server: &Recorded) -> Receiver {
    Receiver::Host(server.base().replace("http://", ""))
}

#[tokio::test]
async fn the_hosts_that_are_shown_are_those_that_get_a_secret() {
    const SECRETS: [&str; 4] = ["the-code", "access-1", "refresh-1", crate::support::CLIENT_SECRET];
    let here = Here::new().await;
    let (signs_in, api, looks) = (Recorded::new().await, Recorded::new().await, Recorded::new().await);
    put(&here, &of_three_hosts(&signs_in.base(), &api.base(), &looks.base()));
    let mut shown = here.desk.definition("mine").unwrap().provider.receivers();
    here.accept("mine").unwrap();

    looks.answers(Ask::look("/users/current.json"), answer(401));
    looks.answers(Ask::look("/oauth/authorize"), answer(302));
    here.desk.check("mine", &form(&here).inputs, None).await.unwrap();
    let site = here.desk.add(form(&here)).await.unwrap();
    let own = [("client_id", "tallykey-read"), ("client_secret", crate::support::CLIENT_SECRET)];
    let code =
        [("grant_type", "authorization_code"), ("code", "the-code"), ("redirect_uri", "urn:ietf:wg:oauth:2.0:oob")];
    let verifier = [("code_verifier", crate::support::ANY)];
    let pair = json!({ "access_token": "access-1", "token_type": "Bearer", "refresh_token": "refresh-1" });
    signs_in.answers(Ask::tokens("/oauth/token", &[&own[..], &code, &verifier].concat()), json_answer(200, pair));
    api.knows_only(&["access-1"]);
    api.answers(
        Ask::api("/users/current.json", &[]),
        json_answer(200, json!({ "user": { "id": 5, "login": "alice" } })),
    );
    let attempt = here.desk.begin_connect_by(site.clone(), Redirect::Oob).await.unwrap();
    assert_eq!(query_of(&attempt.url)["client_id"], "tallykey-read");
    here.desk.finish_connect(&attempt.id, "the-code").await.unwrap();
    for (token, hint) in [("refresh-1", "refresh_token"), ("access-1", "access_token")] {
        let fields = [&own[..], &[("token", token), ("token_type_hint", hint)]].concat();
        api.answers(Ask::form("/oauth/revoke", &fields), json_answer(200, json!({})));
    }
    here.desk.revoke(&site).await.unwrap();

    let mut told = Vec::new();
    for server in [&signs_in, &api, &looks] {
        let asked = server.take_asked();
        assert!(!asked.is_empty());
        let words = asked.iter().map(|asked| format!("{} {:?} {}", asked.url, asked.headers, asked.body));
        if words.into_iter().any(|words| SECRETS.iter().any(|secret| words.contains(secret))) {
            told.push(host(server));
        }
    }
    let by_name = |receiver: &Receiver| format!("{receiver:?}");
    shown.sort_by_key(by_name);
    told.sort_by_key(by_name);
    assert_eq!(told, shown);
    assert!(here.redmine.take_asked().is_empty(), "what the person entered is not where it goes");
}

#[tokio::test]
async fn a_host_that_is_only_a_default_is_shown_too() {
    let here = Here::new().await;
    let hint = "hint = \"https://redmine.example.jp\"";
    let text = own_redmine("mine");
    assert!(text.contains(hint));
    put(&here, &text.replace(hint, "default = \"https://Tracker.example.jp:8443/sub\""));

    let shown = here.desk.definition("mine").unwrap().provider.receivers();

    let host = Url::parse("https://tracker.example.jp:8443").unwrap();
    let host = tallykey_core::model::address::host(&host);
    assert_eq!(shown, [Receiver::Input("base".to_owned()), Receiver::Host(host)]);
}
