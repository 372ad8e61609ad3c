//! The facts of `tests/guides.md` that are data, and the table itself.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use tallykey_core::flows::outside::Account;
use tallykey_core::model::answer::{Answer, Expected};
use tallykey_core::model::provider::{ClientAuth, Pkce, Provider};
use tallykey_core::model::site::{Redirect, SiteId};
use tallykey_core::providers::built_in;
use tallykey_core::{ErrorCode, Secret};
use url::Url;

use crate::support::{CLIENT_ID, CLIENT_SECRET, Here, code};

const TABLE: &str = include_str!("../guides.md");
const TESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

fn provider(id: &str) -> Arc<Provider> {
    built_in().iter().find(|provider| provider.id == id).expect("it comes with the program").clone()
}

/// Fact and tests of each line.
fn lines() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    TABLE.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [fact, _, tests] = cells[..] else { return None };
        let is_fact = fact.len() > 1 && fact[1..].bytes().all(|byte| byte.is_ascii_digit());
        is_fact.then(|| (fact, tests.split(", ").map(|test| test.trim_matches('`')).collect()))
    })
}

#[test]
fn no_fact_of_a_guide_is_missing() {
    let numbered = [("R", 17), ("P", 11), ("J", 9), ("W", 14)];
    let wanted = numbered.iter().flat_map(|(guide, last)| (1..=*last).map(move |number| format!("{guide}{number}")));
    assert_eq!(lines().map(|(fact, _)| fact.to_owned()).collect::<Vec<_>>(), wanted.collect::<Vec<_>>());
}

#[test]
fn every_test_that_is_said_to_hold_a_fact_exists() {
    let mut sources = String::new();
    for folder in ["tests", "src-tauri"] {
        read_all(&Path::new(TESTS).join(folder), &mut sources);
    }
    let missing: BTreeSet<_> =
        lines().flat_map(|(_, tests)| tests).filter(|test| !sources.contains(&format!("fn {test}()"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

fn read_all(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            read_all(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_endpoint_is_where_its_guide_says() {
    for (id, base, authorize, token) in [
        ("redmine", "https://redmine.example.jp", "/oauth/authorize", "/oauth/token"),
        ("planio", "https://your-domain.plan.io", "/oauth/authorize", "/oauth/token"),
        ("jooto", "https://app.jooto.com", "/oauth2/login", "/oauth2/token"),
        (
            "workfront",
            "https://myorganization.my.workfront.com",
            "/integrations/oauth2/authorize",
            "/integrations/oauth2/api/v1/token",
        ),
    ] {
        let oauth = &provider(id).oauth;
        let inputs = BTreeMap::from([("base".to_owned(), base.to_owned())]);
        assert_eq!(oauth.authorize.url(&inputs).unwrap().as_str(), format!("{base}{authorize}"));
        assert_eq!(oauth.token.url(&inputs).unwrap().as_str(), format!("{base}{token}"));
    }
}

#[test]
fn every_product_is_registered_as_its_guide_says() {
    use Redirect::{Loopback, LoopbackPort, Oob, Paste};
    for (id, auths, ways, scopes) in [
        ("redmine", vec![ClientAuth::Basic], vec![Loopback, Oob, Paste], vec!["view_issues"]),
        ("planio", vec![ClientAuth::Basic], vec![Oob, Loopback, Paste], vec!["view_issues"]),
        ("jooto", vec![ClientAuth::Body], vec![LoopbackPort, Paste], vec![]),
        ("workfront", vec![ClientAuth::Basic, ClientAuth::Body, ClientAuth::None], vec![LoopbackPort, Paste], vec![]),
    ] {
        let oauth = &provider(id).oauth;
        assert_eq!(oauth.applications.iter().map(|one| one.auth).collect::<Vec<_>>(), auths, "{id}");
        assert_eq!(oauth.redirects, ways, "{id}");
        assert_eq!(oauth.scopes.iter().map(|scope| scope.id.as_str()).collect::<Vec<_>>(), scopes, "{id}");
    }
    let jooto = provider("jooto");
    assert_eq!(jooto.oauth.applications[0].pkce, Pkce::Off, "its guide does not name it");
}

#[test]
fn every_lifetime_is_that_of_its_guide() {
    assert_eq!(provider("jooto").oauth.access_ttl, Some(3600));
    let workfront = provider("workfront");
    assert_eq!((workfront.oauth.access_ttl, workfront.oauth.code_ttl), (None, 120));
}

#[test]
fn where_to_register_and_to_end_is_told_in_the_words_of_the_guide() {
    for (id, language, register, end) in [
        ("redmine", "ja", "管理 → アプリケーション", "認可"),
        ("planio", "en", "Administration → Applications → New Application", "My Account → Authorized Applications"),
        ("jooto", "ja", "組織の設定 → アプリケーション → アプリケーションを追加", "組織の設定 → アプリケーション"),
        ("workfront", "en", "OAuth2 applications", "OAuth2 applications"),
    ] {
        let help = &provider(id).help;
        assert!(help.register[language].contains(register), "{id}: {}", help.register[language]);
        assert!(help.revoke[language].contains(end), "{id}: {}", help.revoke[language]);
    }
}

#[test]
fn the_number_of_the_organization_is_found_where_the_guide_says() {
    let jooto = provider("jooto");
    let input = jooto.inputs.iter().find(|input| input.key == "org").unwrap();
    assert_eq!(input.hint.as_deref(), Some("https://app.jooto.com/boards?organization_id=XXXXX"));
}

#[test]
fn no_definition_asks_with_an_api_key() {
    for provider in built_in() {
        let header = &provider.api.header;
        assert!(["Authorization", "sessionID"].contains(&header.name.as_str()), "{}", provider.id);
        assert!(["Bearer ", ""].contains(&header.prefix.as_str()), "{}", provider.id);
        assert!(provider.inputs.iter().all(|input| !input.key.contains("key")), "{}", provider.id);
    }
}

#[tokio::test]
async fn the_address_to_authorize_has_the_bytes_of_the_redmine_guide() {
    let here = Here::new().await;
    let (_, attempt) = here.begun().await;
    let sent: BTreeSet<&str> = attempt.url.query().unwrap().split('&').collect();
    let client_id = format!("client_id={CLIENT_ID}");
    for pair in [
        client_id.as_str(),
        "redirect_uri=urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob",
        "response_type=code",
        "scope=view_issues",
    ] {
        assert!(sent.contains(pair), "{pair} is not in {}", attempt.url);
    }
    assert_eq!(attempt.url.path(), "/oauth/authorize");
}

#[tokio::test]
async fn an_answer_of_another_domain_or_lane_is_refused() {
    let here = Here::new().await;
    let mut site = here.added().await.site;
    site.id = SiteId::random();
    let base = "https://myorganization.preview.workfront.com";
    site.inputs = [("base", base), ("version", "20.0")].map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    site.redirect = Redirect::Paste;
    let account = Account { site, provider: provider("workfront") };
    here.desk.set_client_secret(&account, Secret::from(CLIENT_SECRET)).await.unwrap();
    let attempt = here.desk.begin_connect(account).await.unwrap();
    let Expected { state, fields, .. } = attempt.expected();
    assert_eq!((fields["domain"].as_str(), fields["lane"].as_str()), ("myorganization", "preview"));

    for (more, is_ours) in [
        ("&domain=myorganization&lane=preview", true),
        ("", true),
        ("&domain=another&lane=preview", false),
        ("&domain=myorganization&lane=my", false),
    ] {
        let query = format!("code=abc&state={state}{more}");
        assert_eq!(Answer::read(&query).unwrap().is_of(attempt.expected()), is_ours, "{more}");
        let pasted = format!("{}?{query}", attempt.redirect_uri());
        if !is_ours {
            assert_eq!(code(here.desk.finish_connect(&attempt.id, &pasted).await), ErrorCode::WrongSite, "{more}");
        }
    }
    assert!(Url::parse(attempt.redirect_uri()).is_ok());
}

#[test]
fn a_person_has_ten_minutes_even_where_a_code_has_two() {
    let life = provider("workfront").oauth.attempt_life();
    assert_eq!(life.as_secs(), 600, "a code's life begins when it is given out");
}
