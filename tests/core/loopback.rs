//! Answers that come by themselves: where they come to, what becomes of them, and when nobody
//! waits for them any more.

use std::net::TcpListener;
use std::time::Duration;

use tallykey_core::flows::connect::Attempt;
use tallykey_core::model::known::State;
use tallykey_core::model::site::Redirect;
use tallykey_core::{ErrorCode, Event, Url};
use tallykey_sites::free_port;

use crate::support::{Here, Redmine, closed, code, html, knock, refused, visit};

fn redirect_uri(attempt: &Attempt) -> Url {
    let asked = attempt.url.query_pairs().find(|(key, _)| key == "redirect_uri").unwrap().1.into_owned();
    assert_eq!(asked, attempt.redirect_uri());
    asked.parse().unwrap()
}

#[tokio::test]
async fn an_answer_that_comes_by_itself_makes_the_connection() {
    let here = Here::new().await;
    let (site, attempt) = here.listening().await;
    let mut events = here.desk.events();
    here.desk.open_attempt(&attempt.id).await.unwrap();

    assert!(visit(&here.redmine.redirect(&here.browser.opened()[0])).await.says_taken());
    let (account, connected) = here.desk.wait_connect(&attempt.id).await.unwrap();

    assert_eq!(account.site.id, site.site.id);
    assert_eq!(connected.identity.unwrap().text, "alice");
    assert_eq!((connected.scopes.len(), connected.unsaved), (1, None));
    assert_eq!(here.known(&site).state, State::Connected);
    assert!(here.desk.attempt().is_none());
    assert_eq!(events.recv().await, Ok(Event::Changed));
    here.use_site(&site).await.unwrap();
}

#[tokio::test]
async fn both_requests_name_the_port_that_was_free() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let uri = redirect_uri(&attempt);

    visit(&here.redmine.redirect(&attempt.url)).await;
    here.desk.wait_connect(&attempt.id).await.unwrap();

    assert_eq!((uri.scheme(), uri.host_str(), uri.path()), ("http", Some("127.0.0.1"), "/callback"));
    assert_eq!(here.redmine.asked("/oauth/token")[0].field("redirect_uri").as_deref(), Some(attempt.redirect_uri()));
}

#[tokio::test]
async fn two_programs_listen_at_ports_of_their_own() {
    let here = Here::new().await;
    let (site, first) = here.listening().await;
    let other = here.another_desk();
    let second = other.begin_connect_by(site, Redirect::Loopback).await.unwrap();

    assert_ne!(redirect_uri(&first).port(), redirect_uri(&second).port());
    visit(&here.redmine.redirect(&second.url)).await;
    other.wait_connect(&second.id).await.unwrap();

    assert_eq!(here.desk.attempt().unwrap().id, first.id);
}

#[tokio::test]
async fn the_outcome_is_told_as_often_as_it_is_asked_for() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    visit(&here.redmine.redirect(&attempt.url)).await;

    for _ in 0..2 {
        here.desk.wait_connect(&attempt.id).await.unwrap();
    }

    assert_eq!(code(here.desk.wait_connect("no attempt").await), ErrorCode::AttemptOver);
}

#[tokio::test]
async fn a_code_that_cannot_be_exchanged_ends_the_attempt() {
    let here = Here::new().await;
    let (site, attempt) = here.listening().await;
    let mine = here.redmine.redirect(&attempt.url);
    here.redmine.loses_answer_of("/oauth/token");

    assert!(visit(&mine).await.says_taken());

    let error = refused(here.desk.wait_connect(&attempt.id).await);
    assert_eq!((error.code, error.site.as_deref()), (ErrorCode::Unreachable, Some("Harbour")));
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1, "its code may be spent: it is not sent again");
    assert_eq!(code(here.desk.finish_connect(&attempt.id, mine.as_str()).await), ErrorCode::AttemptOver);
    assert!(here.store.connection(&site).is_none());
    closed(&mine).await;
}

#[tokio::test]
async fn another_persons_answer_is_refused_as_when_pasted() {
    let here = Here::new().await;
    let site = here.connected().await;
    let before = here.store.refresh_token(&site);
    here.redmine.bob_signs_in();
    let attempt = here.desk.begin_connect_by(site.clone(), Redirect::Loopback).await.unwrap();

    visit(&here.redmine.redirect(&attempt.url)).await;

    assert_eq!(code(here.desk.wait_connect(&attempt.id).await), ErrorCode::OtherPerson);
    assert_eq!(here.store.refresh_token(&site), before);
}

#[tokio::test]
async fn a_paste_is_taken_while_the_listener_waits() {
    let here = Here::new().await;
    for whole in [true, false] {
        let site = here.desk.add(here.form(if whole { "Whole" } else { "Code" })).await.unwrap();
        let attempt = here.desk.begin_connect_by(site, Redirect::Loopback).await.unwrap();
        let mine = here.redmine.redirect(&attempt.url);
        let bare = mine.query_pairs().find(|(key, _)| key == "code").unwrap().1.into_owned();

        here.desk.finish_connect(&attempt.id, if whole { mine.as_str() } else { &bare }).await.unwrap();

        here.desk.wait_connect(&attempt.id).await.expect("the same outcome");
        closed(&mine).await;
    }
}

#[tokio::test]
async fn a_wrong_paste_does_not_end_the_listening() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let foreign = "http://127.0.0.1:1/callback?code=abc";
    assert_eq!(code(here.desk.finish_connect(&attempt.id, foreign).await), ErrorCode::WrongSite);
    assert_eq!(code(here.desk.finish_connect(&attempt.id, "not-the-code").await), ErrorCode::CodeRefused);

    assert!(visit(&here.redmine.redirect(&attempt.url)).await.says_taken());

    here.desk.wait_connect(&attempt.id).await.unwrap();
}

#[tokio::test]
async fn a_code_that_comes_and_is_pasted_is_spent_once() {
    let here = Here::new().await;
    let (site, attempt) = here.listening().await;
    let mine = here.redmine.redirect(&attempt.url);

    let (pasted, _) = tokio::join!(here.desk.finish_connect(&attempt.id, mine.as_str()), visit(&mine));
    let waited = here.desk.wait_connect(&attempt.id).await;

    assert!(pasted.is_ok() && waited.is_ok(), "whichever was first");
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
    assert!(here.store.connection(&site).is_some());
}

#[tokio::test]
async fn cancelling_closes_the_port() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;

    here.desk.cancel_connect(&attempt.id);

    closed(&redirect_uri(&attempt)).await;
    assert_eq!(code(here.desk.wait_connect(&attempt.id).await), ErrorCode::AttemptOver);
}

#[tokio::test]
async fn removing_the_site_closes_the_port() {
    let here = Here::new().await;
    let (site, attempt) = here.listening().await;

    here.desk.remove(site.site.id).await.unwrap();

    closed(&redirect_uri(&attempt)).await;
}

#[tokio::test]
async fn when_the_time_is_over_the_port_is_closed() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;

    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(599)).await;
    assert!(here.desk.attempt().is_some());
    tokio::time::advance(Duration::from_secs(1)).await;

    assert_eq!(code(here.desk.wait_connect(&attempt.id).await), ErrorCode::AttemptOver);
    closed(&redirect_uri(&attempt)).await;
    assert!(here.desk.attempt().is_none());
}

#[tokio::test]
async fn an_attempt_without_a_listener_ends_by_itself_too() {
    let here = Here::new().await;
    let (_, attempt) = here.begun().await;

    tokio::time::pause();
    tokio::time::advance(Duration::from_mins(10)).await;

    assert_eq!(code(here.desk.wait_connect(&attempt.id).await), ErrorCode::AttemptOver);
}

#[tokio::test]
async fn after_a_long_sleep_of_the_computer_an_answer_is_too_late() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let mine = here.redmine.redirect(&attempt.url);
    here.clock.forward(600);

    assert!(visit(&mine).await.says_other());

    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn the_end_of_the_desk_closes_the_port() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let clone = here.desk.clone();

    drop(here.desk);
    clone.open_attempt(&attempt.id).await.expect("a clone is the same desk");
    drop(clone);

    closed(&redirect_uri(&attempt)).await;
}

#[tokio::test]
async fn a_registered_port_is_listened_at_again_and_again() {
    let here = Here::new().await;
    let port = free_port();
    let site = here.with_ways(r#"["loopback-port"]"#, port).await;
    let first = here.desk.begin_connect(site.clone()).await.unwrap();
    let second = here.desk.begin_connect(site.clone()).await.expect("the first was given up");
    here.desk.cancel_connect(&second.id);
    let third = here.desk.begin_connect(site).await.expect("the second has closed");

    assert_eq!(code(here.desk.wait_connect(&first.id).await), ErrorCode::AttemptOver);
    assert_eq!(third.redirect_uri(), format!("http://127.0.0.1:{port}/callback"));
    visit(&here.redmine.redirect(&third.url)).await;
    here.desk.wait_connect(&third.id).await.unwrap();
}

#[tokio::test]
async fn a_registered_port_that_is_taken_is_told() {
    let here = Here::new().await;
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let site = here.with_ways(r#"["loopback-port", "paste"]"#, holder.local_addr().unwrap().port()).await;

    let error = refused(here.desk.begin_connect(site).await);

    assert_eq!((error.code, error.site.as_deref()), (ErrorCode::PortTaken, Some("Harbour")));
    assert!(here.desk.attempt().is_none());
}

#[tokio::test]
async fn where_the_provider_can_show_a_code_a_taken_port_stops_nobody() {
    let here = Here::new().await;
    let holder = TcpListener::bind("127.0.0.1:0").unwrap();
    let site = here.with_ways(r#"["loopback-port", "oob"]"#, holder.local_addr().unwrap().port()).await;

    let attempt = here.desk.begin_connect(site).await.unwrap();

    assert_eq!(attempt.redirect, Redirect::Oob);
    assert_eq!(attempt.instead_of.as_ref().unwrap().code, ErrorCode::PortTaken);
    here.finish(&attempt).await.unwrap();
}

#[tokio::test]
async fn localhost_is_listened_at_by_its_name() {
    let here = Here::new().await;
    let port = free_port();
    let site = here.with_ways(r#"["localhost-port"]"#, port).await;
    let attempt = here.desk.begin_connect(site).await.unwrap();
    let mine = here.redmine.redirect(&attempt.url);
    assert_eq!(attempt.redirect_uri(), format!("http://localhost:{port}/callback"));

    let by_address = crate::support::get(&mine).replacen("localhost", "127.0.0.1", 1);
    assert_eq!(knock(&mine, by_address.as_bytes()).await.unwrap().status, 421);
    let has_ipv6 = TcpListener::bind("[::1]:0").is_ok();
    assert!(!has_ipv6 || TcpListener::bind(("::1", port)).is_err(), "nobody else has the other localhost");

    assert!(visit(&mine).await.says_taken());
    here.desk.wait_connect(&attempt.id).await.unwrap();
}

#[tokio::test]
async fn the_whole_address_is_pasted_where_nobody_listens() {
    let here = Here::new().await;
    let site = here.added().await;
    let attempt = here.desk.begin_connect_by(site.clone(), Redirect::Paste).await.unwrap();
    let mine = here.redmine.redirect(&attempt.url);
    closed(&mine).await;

    here.desk.finish_connect(&attempt.id, mine.as_str()).await.unwrap();

    assert_eq!(here.redmine.asked("/oauth/token")[0].field("redirect_uri").as_deref(), Some(attempt.redirect_uri()));
    assert!(here.store.connection(&site).is_some());
}

#[tokio::test]
async fn a_pasted_denial_is_told() {
    let here = Here::new().await;
    let attempt = here.desk.begin_connect_by(here.added().await, Redirect::Paste).await.unwrap();
    let denial = Redmine::deny(&attempt.url);

    assert_eq!(code(here.desk.finish_connect(&attempt.id, denial.as_str()).await), ErrorCode::Denied);
}

#[tokio::test]
async fn a_way_the_provider_does_not_have_is_not_taken() {
    let here = Here::new().await;
    let site = here.added().await;

    let error = refused(here.desk.begin_connect_by(site, Redirect::LocalhostPort).await);

    assert_eq!((error.code, error.detail.as_deref()), (ErrorCode::InvalidInput, Some("redirect")));
}

#[tokio::test]
async fn a_site_is_added_with_the_way_it_will_be_connected() {
    let here = Here::new().await;
    let mut form = here.form("Harbour");
    form.redirect = Some(Redirect::Loopback);
    here.desk.add(form).await.unwrap();

    let attempt = here.desk.begin_connect(here.another_desk().named("Harbour").unwrap()).await.unwrap();

    assert_eq!(attempt.redirect, Redirect::Loopback);
    assert!(std::fs::read_to_string(here.sites_toml()).unwrap().contains("redirect = \"loopback\""));
}

#[tokio::test]
async fn a_store_that_fails_is_part_of_the_outcome() {
    let here = Here::new().await;
    let (site, attempt) = here.listening().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);

    visit(&here.redmine.redirect(&attempt.url)).await;

    let (_, connected) = here.desk.wait_connect(&attempt.id).await.unwrap();
    assert_eq!(connected.unsaved.unwrap().code, ErrorCode::KeychainLocked);
    here.use_site(&site).await.expect("it is held in memory");
}

#[tokio::test]
async fn a_server_in_trouble_keeps_an_earlier_connection() {
    let here = Here::new().await;
    let site = here.connected().await;
    let before = here.store.everything();
    let attempt = here.desk.begin_connect_by(site, Redirect::Loopback).await.unwrap();
    here.redmine.next("/oauth/token", html(503, "later"));

    visit(&here.redmine.redirect(&attempt.url)).await;

    assert_eq!(code(here.desk.wait_connect(&attempt.id).await), ErrorCode::ServerTrouble);
    assert_eq!(here.store.everything(), before);
}
