//! Ending a connection: at the provider, then here, each half told truthfully.

use std::sync::Arc;

use serde_json::json;
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::revoke::{AtProvider, Wish, revoke};
use tallykey_core::model::activity::ActivityKind;
use tallykey_core::model::known::State;
use tallykey_core::model::provider::Provider;
use tallykey_core::{CopyFormat, ErrorCode, Secret};

use crate::support::{Here, TOKEN_LIFE, answer, code, html, json as json_answer, refused};

#[tokio::test]
async fn revoking_ends_the_refresh_token_first_and_shows_that_the_access_token_is_dead() {
    let here = Here::new().await;
    let site = here.connected().await;

    let outcome = here.desk.revoke(&site).await.unwrap();

    assert_eq!((outcome.at_provider, outcome.forgotten), (AtProvider::Confirmed, true));
    assert_eq!((outcome.status, outcome.refused_with), (Some(200), Some(401)));
    let asked = here.redmine.asked("/oauth/revoke");
    let told: Vec<_> = asked.iter().map(|a| (a.field("token").unwrap(), a.field("token_type_hint").unwrap())).collect();
    let wanted = [
        ("a-refresh-token-of-many-letters-0000".to_owned(), "refresh_token".to_owned()),
        ("a-access-token-of-many-letters-0000".to_owned(), "access_token".to_owned()),
    ];
    assert_eq!(told, wanted);
    assert!(here.redmine.living().is_empty());
}

#[tokio::test]
async fn a_revocation_proves_who_asks_in_one_way_only() {
    let here = Here::new().await;
    let site = here.connected().await;

    here.desk.revoke(&site).await.unwrap();

    for asked in here.redmine.asked("/oauth/revoke") {
        assert_eq!(asked.header("content-type"), "application/x-www-form-urlencoded");
        assert!(asked.header("authorization").starts_with("Basic "));
        assert_eq!((asked.field("client_id"), asked.field("client_secret")), (None, None));
        assert_eq!(asked.url.query(), None);
    }
}

#[tokio::test]
async fn after_revoking_the_site_is_there_without_a_connection() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();

    here.desk.revoke(&site).await.unwrap();

    let known = here.known(&site);
    assert_eq!((known.state, known.token, known.identity), (State::NotConnected, None, None));
    assert_eq!(known.counts.len(), 7, "old numbers stay, with their age");
    assert!(here.store.connection(&site).is_none());
    assert_eq!(code(here.desk.revoke(&site).await), ErrorCode::NotConnected);
    here.connect_again(&site).await.expect("the client secret is still there");
}

#[tokio::test]
async fn replaced_tokens_that_may_live_are_revoked_too() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.redmine.next("/users/current.json", html(503, "later"));
    here.use_site(&site).await.unwrap();

    here.desk.revoke(&site).await.unwrap();

    let tokens: Vec<_> = here.redmine.asked("/oauth/revoke").iter().filter_map(|a| a.field("token")).collect();
    assert_eq!(tokens.len(), 3);
    assert_eq!(tokens[0], "a-refresh-token-of-many-letters-0000");
    assert!(here.redmine.living().is_empty());
}

#[tokio::test]
async fn a_copied_token_is_called_over_once_the_one_in_its_place_was_used() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.copy(&site, CopyFormat::Raw).await.unwrap();
    let over = || here.desk.ledger(&site).given.iter().map(|given| given.over_at.is_some()).collect::<Vec<_>>();
    here.redmine.next("/users/current.json", html(503, "later"));

    here.desk.new_token(&site, CopyFormat::Raw).await.unwrap();
    assert_eq!(over(), [false, false], "the server has not seen the new one");

    here.desk.count(&site).await.unwrap();
    assert_eq!(over(), [false, true]);
}

#[tokio::test]
async fn a_server_that_agrees_and_still_accepts_the_token_is_named() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.always("/oauth/revoke", json_answer(200, json!({})));

    let outcome = here.desk.revoke(&site).await.unwrap();

    assert_eq!((outcome.at_provider, outcome.refused_with), (AtProvider::StillAccepted, Some(200)));
}

#[tokio::test]
async fn the_story_of_a_site_says_how_far_its_connection_was_ended() {
    let access_only = "revoke = { url = \"{base}/oauth/revoke\", ends = \"access-token\" }\n";
    let usual = "revoke = { url = \"{base}/oauth/revoke\", ends = \"token\" }\n";
    for (line, agrees_only, what, word) in [
        (usual, false, ActivityKind::Revoked, Some("confirmed")),
        (usual, true, ActivityKind::Revoked, Some("stillAccepted")),
        (access_only, false, ActivityKind::Revoked, Some("accessOnly")),
        ("", false, ActivityKind::Forgotten, None),
    ] {
        let here = Here::new().await;
        let site = revoked_by(&here.connected().await, line);
        if agrees_only {
            here.redmine.always("/oauth/revoke", json_answer(200, json!({})));
        }

        here.desk.revoke(&site).await.unwrap();

        let told = here.desk.activity(site.site.id).unwrap().remove(0);
        assert_eq!((told.what, told.word.as_deref()), (what, word));
    }
}

#[tokio::test]
async fn what_says_nothing_about_the_token_is_not_shown_as_its_refusal() {
    for (name, silent) in [("busy", answer(429)), ("broken", html(500, "")), ("elsewhere", answer(302))] {
        let here = Here::new().await;
        let site = here.connected().await;
        here.redmine.always("/users/current.json", silent);

        let outcome = here.desk.revoke(&site).await.unwrap();

        assert_eq!((outcome.at_provider, outcome.refused_with), (AtProvider::Confirmed, None), "{name}");
    }
}

#[tokio::test]
async fn a_connection_the_server_ended_before_is_told_as_such() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.redmine.ends_all_tokens();
    refused(here.use_site(&site).await);

    let outcome = here.desk.revoke(&site).await.unwrap();

    assert_eq!((outcome.at_provider, outcome.forgotten), (AtProvider::AlreadyGone, true));
}

#[tokio::test]
async fn an_unreachable_server_keeps_the_connection_for_its_revocation_alone() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.hangs_up_on("/oauth/revoke");

    let outcome = here.desk.revoke(&site).await.unwrap();

    assert_eq!((outcome.at_provider, outcome.forgotten), (AtProvider::Unreachable, false));
    assert_eq!(here.known(&site).state, State::RevokePending);
    assert!(here.store.connection(&site).unwrap().revoking_since.is_some());
    here.redmine.take_asked();
    assert_eq!(code(here.use_site(&site).await), ErrorCode::RevokePending);
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::RevokePending);
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_pending_revocation_is_finished_later() {
    for (name, trouble) in [("pause", html(503, "later")), ("busy", answer(429)), ("portal", answer(302))] {
        let here = Here::new().await;
        let site = here.connected().await;
        here.redmine.always("/oauth/revoke", trouble);
        assert_eq!(here.desk.revoke(&site).await.unwrap().at_provider, AtProvider::Unreachable, "{name}");
        let since = here.store.connection(&site).unwrap().revoking_since;
        here.clock.forward(TOKEN_LIFE);
        here.desk.revoke(&site).await.unwrap();
        assert_eq!(here.store.connection(&site).unwrap().revoking_since, since, "{name}: the first time counts");

        here.redmine.recovers();
        let outcome = here.desk.revoke(&site).await.unwrap();

        assert_eq!((outcome.at_provider, outcome.forgotten), (AtProvider::Confirmed, true), "{name}");
        assert_eq!(here.known(&site).state, State::NotConnected, "{name}");
        assert!(here.store.connection(&site).is_none() && here.redmine.living().is_empty(), "{name}");
    }
}

#[tokio::test]
async fn the_program_by_itself_waits_before_it_tries_again_and_a_person_does_not() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.always("/oauth/revoke", html(503, "later"));
    here.desk.revoke(&site).await.unwrap();
    here.redmine.take_asked();

    assert_eq!(code(here.desk.by_itself().revoke_again(&site).await), ErrorCode::ServerTrouble);
    assert!(here.redmine.take_asked().is_empty(), "the server has just said that it cannot");
    assert_eq!(here.known(&site).state, State::RevokePending);

    here.redmine.recovers();
    assert_eq!(here.desk.revoke(&site).await.unwrap().at_provider, AtProvider::Confirmed);
}

#[tokio::test]
async fn a_server_that_does_not_know_the_client_is_told_and_the_connection_kept() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.set_client_secret(&site, Secret::from("mistyped")).await.unwrap();

    let error = refused(here.desk.revoke(&site).await);

    assert_eq!((error.code, error.site.as_deref()), (ErrorCode::ClientRefused, Some("Harbour")));
    assert!(here.store.connection(&site).unwrap().revoking_since.is_none());
    assert_eq!(here.known(&site).state, State::Connected);
    here.use_site(&site).await.unwrap();
}

#[tokio::test]
async fn a_proxys_refusal_is_no_revocation() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.always("/oauth/revoke", html(403, "Blocked by your company"));

    assert_eq!(here.desk.revoke(&site).await.unwrap().at_provider, AtProvider::Unreachable, "tried again later");

    assert!(here.store.connection(&site).is_some());
    assert_eq!(here.redmine.living().len(), 1);
}

#[tokio::test]
async fn a_store_that_does_not_forget_is_told() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.store.refuse("delete", "connection", ErrorCode::KeychainLocked);

    assert_eq!(code(here.desk.revoke(&site).await), ErrorCode::KeychainLocked);

    here.store.recover();
    assert_eq!(here.desk.revoke(&site).await.unwrap().at_provider, AtProvider::Confirmed);
}

/// The site of a product that revokes in another way.
fn revoked_by(site: &Account, line: &str) -> Account {
    let whole = include_str!("../../src-tauri/core/providers/redmine.toml");
    let usual = "revoke = { url = \"{base}/oauth/revoke\", ends = \"token\" }\n";
    assert!(whole.contains(usual));
    let provider = Arc::new(Provider::parse(&whole.replace(usual, line)).unwrap());
    Account { provider, ..site.clone() }
}

#[tokio::test]
async fn where_only_the_access_token_can_be_ended_one_that_ran_out_says_nothing_of_the_refresh_token() {
    let here = Here::new().await;
    let site = here.stale().await;
    let line = "revoke = { url = \"{base}/oauth/revoke\", auth = \"token\", ends = \"access-token\" }\n";
    let account = revoked_by(&site, line);
    here.redmine.always("/oauth/revoke", answer(401));
    here.redmine.forgets_all_tokens();

    let outcome = revoke(&here.outside(), &account, Wish::Now).await.unwrap();

    assert_eq!((outcome.at_provider, outcome.status), (AtProvider::AccessOnly, Some(401)));
}

#[tokio::test]
async fn a_provider_without_revocation_is_told_truthfully() {
    let here = Here::new().await;
    let site = here.connected().await;
    let account = revoked_by(&site, "");

    let outcome = revoke(&here.outside(), &account, Wish::Now).await.unwrap();

    assert_eq!((outcome.at_provider, outcome.status, outcome.forgotten), (AtProvider::Unsupported, None, true));
    assert!(here.redmine.take_asked().is_empty());
    assert!(here.store.connection(&site).is_none());
}

#[tokio::test]
async fn forgetting_sends_nothing() {
    let here = Here::new().await;
    let site = here.connected().await;

    here.desk.forget(site.site.id).await.unwrap();

    assert!(here.redmine.take_asked().is_empty());
    assert_eq!(here.redmine.living().len(), 1, "the server's half lives on");
    assert!(here.store.connection(&site).is_none());
    assert_eq!(here.known(&site).state, State::NotConnected);
}

#[tokio::test]
async fn a_connection_that_was_never_saved_can_be_revoked_and_forgotten() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);
    here.finish(&attempt).await.unwrap();

    here.desk.forget(site.site.id).await.unwrap();

    assert_eq!(code(here.use_site(&site).await), ErrorCode::NotConnected);
}

#[tokio::test]
async fn removing_a_site_leaves_nothing_of_it() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.count(&site).await.unwrap();
    here.redmine.take_asked();

    here.desk.remove(site.site.id).await.unwrap();

    assert!(here.store.everything().is_empty());
    assert!(here.desk.sites().unwrap().is_empty());
    assert_eq!(code(here.desk.named("Harbour")), ErrorCode::NoSuchSite);
    let files = here.all_files();
    assert!(!files.contains("alice") && !files.contains("Harbour"), "{files}");
    assert!(here.redmine.take_asked().is_empty(), "removing does not revoke");
}

#[tokio::test]
async fn a_site_whose_secrets_cannot_be_removed_stays() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.store.refuse("delete", "", ErrorCode::KeychainLocked);

    assert_eq!(code(here.desk.remove(site.site.id).await), ErrorCode::KeychainLocked);

    assert!(here.desk.named("Harbour").is_ok());
}

#[tokio::test]
async fn a_site_can_be_removed_where_the_keychain_is_gone() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.store.refuse("delete", "", ErrorCode::KeychainMissing);

    here.desk.remove(site.site.id).await.unwrap();

    assert!(here.desk.sites().unwrap().is_empty());
}

#[tokio::test]
async fn the_wish_to_revoke_is_written_down_before_the_server_is_asked() {
    let here = Here::new().await;
    let site = here.connected().await;

    here.desk.revoke(&site).await.unwrap();

    assert_eq!(here.journal.take()[..2], ["write connection", "POST /oauth/revoke"]);
}

#[tokio::test]
async fn a_wish_that_cannot_be_written_down_is_told_and_nothing_is_asked() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);

    assert_eq!(code(here.desk.revoke(&site).await), ErrorCode::KeychainLocked);

    assert!(here.redmine.take_asked().is_empty());
    assert_eq!(here.known(&site).state, State::Connected);
}

#[tokio::test]
async fn a_copied_token_of_a_forgotten_connection_is_not_called_over_with_the_next() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.copy(&site, CopyFormat::Raw).await.unwrap();
    here.desk.forget(site.site.id).await.unwrap();
    here.clock.forward(60);
    here.connect_again(&site).await.unwrap();
    here.desk.copy(&site, CopyFormat::Raw).await.unwrap();
    let over = || here.desk.ledger(&site).given.iter().map(|given| given.over_at.is_some()).collect::<Vec<_>>();

    here.desk.new_token(&site, CopyFormat::Raw).await.unwrap();
    assert_eq!(over(), [false, true, false]);

    here.desk.revoke(&site).await.unwrap();
    assert_eq!(over(), [true, true, false]);
    assert_eq!(here.redmine.living().len(), 1, "the forgotten one lives on");
}
