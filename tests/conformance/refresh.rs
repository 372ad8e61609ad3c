//! Refreshing at a server that ends a whole family of tokens when a replaced one comes back.

use std::collections::BTreeSet;

use tallykey_core::model::known::State;
use tallykey_core::{ErrorCode, ExposeSecret};

use crate::support::{BASIC, Here, KINDS, PUBLIC, numbers, refused};

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn five_refreshes_rotate_and_never_send_a_replaced_token() {
    for kind in KINDS {
        let here = Here::new(kind);
        let site = here.stale().await;
        let first = here.tokens(&site);

        for _ in 0..5 {
            let known = here.desk.count(&site).await.unwrap();
            assert_eq!(numbers(&known), [Some(7), Some(3)]);
        }

        let asked = here.server.asked().await;
        let refreshes: Vec<_> = asked.iter().filter(|asked| asked.grant == "refresh_token").collect();
        assert_eq!(refreshes.len(), 5, "{kind:?}");
        assert!(refreshes.iter().all(|asked| asked.status == 200 && asked.auth == kind.auth), "{refreshes:?}");
        let sent: BTreeSet<_> = refreshes.iter().filter_map(|asked| asked.refresh_token.as_deref()).collect();
        assert_eq!(sent.len(), 5, "each was sent once");
        assert!(sent.contains(first.refresh_token.unwrap().expose_secret()));
        let held = here.tokens(&site);
        assert!(!sent.contains(held.refresh_token.unwrap().expose_secret()));
        assert!(held.superseded.is_empty());
        assert_eq!(here.server.accepts(held.access_token.expose_secret()).await, [200, 200]);
    }
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn an_access_token_the_server_no_longer_takes_costs_one_refresh() {
    let here = Here::new(PUBLIC);
    let site = here.connected().await;
    here.server.expire_access().await;

    let known = here.desk.count(&site).await.unwrap();

    assert_eq!(numbers(&known), [Some(7), Some(3)]);
    assert_eq!(here.server.asked().await.len(), 2, "the connect and one refresh");
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn many_at_once_send_one_refresh() {
    let here = Here::new(BASIC);
    let site = here.stale().await;
    here.server.access_ttl(3600).await;

    let calls: Vec<_> = (0..8)
        .map(|_| {
            let (desk, site) = (here.desk.clone(), site.clone());
            tokio::spawn(async move { desk.count(&site).await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }

    assert_eq!(here.server.asked().await.len(), 2, "the connect and one refresh");
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn a_replaced_token_in_other_hands_ends_the_connection_and_that_is_told() {
    for kind in KINDS {
        let here = Here::new(kind);
        let site = here.stale().await;
        let stolen = here.tokens(&site).refresh_token.unwrap();
        here.use_site(&site).await.unwrap();

        let (status, error) = here.server.refresh(kind, stolen.expose_secret()).await;
        assert_eq!((status, error.as_str()), (400, Some("invalid_grant")));
        let told = refused(here.use_site(&site).await);

        assert_eq!((told.code, told.site.as_deref()), (ErrorCode::NeedsSignIn, Some("Strict")), "{kind:?}");
        assert_eq!(here.desk.sites().unwrap()[0].known.state, State::NeedsSignIn);
        let requests = here.server.asked().await.len();
        assert_eq!(refused(here.desk.count(&site).await).code, ErrorCode::NeedsSignIn);
        assert_eq!(here.server.asked().await.len(), requests, "nobody is asked again");
    }
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn only_form_urlencoded_basic_credentials_are_taken_and_ours_are() {
    let here = Here::new(BASIC);
    let site = here.stale().await;
    let token = here.tokens(&site).refresh_token.unwrap();

    let (status, _) = here.server.refresh_with_raw_basic(BASIC, token.expose_secret()).await;
    here.use_site(&site).await.unwrap();

    assert_eq!(status, 400, "the server is as strict as this test needs");
    let asked = here.server.asked().await;
    let came_to: Vec<_> = asked.iter().map(|asked| (asked.auth.as_str(), asked.status)).collect();
    assert_eq!(came_to, [("basic", 200), ("basic", 400), ("basic", 200)]);
}
