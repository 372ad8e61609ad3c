//! One request in a person's own words.

use tallykey_core::ErrorCode;
use tallykey_core::flows::request::Call;

use crate::support::{Here, Redmine, code, json};

fn get(path: &str) -> Call {
    Call { method: "GET".to_owned(), path: path.to_owned(), headers: Vec::new(), body: None }
}

#[tokio::test]
async fn a_request_is_made_below_the_sites_own_folder_with_its_token() {
    let here = Here::with(Redmine::at("/tracker").await);
    let site = here.connected().await;
    let token = here.use_site(&site).await.unwrap();

    let answer = here.desk.request(&site, get("users/current.json?a=b")).await.unwrap();

    assert_eq!((answer.status, &answer.json()["user"]["login"]), (200, &"alice".into()));
    let asked = here.redmine.take_asked().pop().unwrap();
    assert_eq!((asked.path(), asked.url.query()), ("/tracker/users/current.json", Some("a=b")));
    assert_eq!(asked.bearer(), token);
}

#[tokio::test]
async fn what_leads_elsewhere_is_refused_before_anything_is_asked_or_noted() {
    let here = Here::with(Redmine::at("/tracker").await);
    let site = here.stale().await;
    here.journal.take();

    for path in ["../users/current.json", "/..", "https://collector.example/x", &here.redmine.base()] {
        assert_eq!(code(here.desk.request(&site, get(path)).await), ErrorCode::ForeignPath, "{path}");
    }
    let mut call = get("/users/current.json");
    call.headers.push(("AUTHORIZATION".to_owned(), "Bearer mine".to_owned()));
    assert_eq!(code(here.desk.request(&site, call).await), ErrorCode::InvalidInput);

    assert!(here.journal.take().is_empty());
    assert_eq!(here.known(&site).trouble, None);
}

#[tokio::test]
async fn a_token_that_is_about_to_end_is_renewed_first() {
    let here = Here::new().await;
    let site = here.stale().await;
    let before = here.store.refresh_token(&site).unwrap();

    here.desk.request(&site, get("/users/current.json")).await.unwrap();

    assert_ne!(here.store.refresh_token(&site).unwrap(), before);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_the_same_is_sent_again() {
    let here = Here::new().await;
    let site = here.connected().await;
    for status in [401, 201] {
        here.redmine.next("/issues.json", json(status, serde_json::json!({})));
    }
    let call = Call { method: "post".to_owned(), body: Some(b"{}".to_vec()), ..get("/issues.json") };

    assert_eq!(here.desk.request(&site, call).await.unwrap().status, 201);

    let asked = here.redmine.take_asked();
    let sent: Vec<_> = asked.iter().filter(|asked| asked.path() == "/issues.json").collect();
    assert_eq!((sent.len(), &*sent[0].method, &*sent[1].body), (2, "POST", "{}"));
    assert_ne!(sent[0].bearer(), sent[1].bearer());
}

#[tokio::test]
async fn any_other_status_is_an_answer_and_no_trouble_of_the_site() {
    let here = Here::new().await;
    let site = here.connected().await;
    for status in [302, 403, 404, 422, 500] {
        here.redmine.next("/issues.json", json(status, serde_json::json!({})));
        assert_eq!(here.desk.request(&site, get("/issues.json")).await.unwrap().status, status);
    }
    assert_eq!(here.known(&site).trouble, None);
}
