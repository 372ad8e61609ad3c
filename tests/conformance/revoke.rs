//! Ending a connection (RFC 7009).

use tallykey_core::flows::revoke::AtProvider;
use tallykey_core::model::known::State;
use tallykey_core::{ErrorCode, ExposeSecret};

use crate::support::{Here, KINDS, PUBLIC, refused};

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn after_revoking_the_server_refuses_both_tokens() {
    for kind in KINDS {
        let here = Here::new(kind);
        let site = here.connected().await;
        let tokens = here.tokens(&site);
        assert_eq!(here.server.accepts(tokens.access_token.expose_secret()).await, [200, 200]);

        let revocation = here.desk.revoke(&site).await.unwrap();

        assert_eq!((revocation.at_provider, revocation.status), (AtProvider::Confirmed, Some(200)), "{kind:?}");
        assert_eq!((revocation.refused_with, revocation.forgotten), (Some(401), true));
        assert_eq!(here.server.accepts(tokens.access_token.expose_secret()).await, [401, 401]);
        let (status, error) = here.server.refresh(kind, tokens.refresh_token.unwrap().expose_secret()).await;
        assert_eq!((status, error.as_str()), (400, Some("invalid_grant")));
        assert_eq!(here.desk.sites().unwrap()[0].known.state, State::NotConnected);
        assert_eq!(refused(here.use_site(&site).await).code, ErrorCode::NotConnected);
    }
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn after_refreshes_nothing_of_the_family_outlives_revoking() {
    for kind in KINDS {
        let here = Here::new(kind);
        let site = here.stale().await;
        let mut family = vec![here.tokens(&site)];
        for _ in 0..2 {
            here.use_site(&site).await.unwrap();
            family.push(here.tokens(&site));
        }

        let revocation = here.desk.revoke(&site).await.unwrap();

        assert_eq!(revocation.at_provider, AtProvider::Confirmed, "{kind:?}");
        for tokens in family {
            assert_eq!(here.server.accepts(tokens.access_token.expose_secret()).await, [401, 401]);
            assert_eq!(here.server.refresh(kind, tokens.refresh_token.unwrap().expose_secret()).await.0, 400);
        }
    }
}

#[tokio::test]
#[ignore = "needs tests/oidc: TALLYKEY_OIDC"]
async fn what_the_server_ended_itself_is_told_as_gone_before() {
    let here = Here::new(PUBLIC);
    let site = here.stale().await;
    let replaced = here.tokens(&site).refresh_token.unwrap();
    here.use_site(&site).await.unwrap();
    here.server.refresh(PUBLIC, replaced.expose_secret()).await;
    assert_eq!(refused(here.use_site(&site).await).code, ErrorCode::NeedsSignIn);

    let revocation = here.desk.revoke(&site).await.unwrap();

    assert_eq!((revocation.at_provider, revocation.forgotten), (AtProvider::AlreadyGone, true));
}
