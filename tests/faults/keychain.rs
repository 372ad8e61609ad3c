//! A keychain that fails at the worst moment: right after a refresh.

use tallykey_core::model::known::State;
use tallykey_core::{ErrorCode as C, Event};
use tallykey_sites::{Fault, Rotation, Spot};

use crate::support::{Here, NEVER, fails, heals, noon, redmine, refreshes_asked, refused, until, use_site};

const WEATHER: [C; 5] = [C::KeychainLocked, C::KeychainMissing, C::KeychainWaiting, C::KeychainFailed, C::TooLarge];

#[tokio::test]
async fn a_keychain_that_does_not_take_the_new_tokens_loses_nothing_says_so_and_gets_them_next_time() {
    for rotation in [Rotation::OnUse, Rotation::Strict] {
        for weather in WEATHER {
            let (here, site) = (Here::new(), redmine(rotation).await);
            let account = here.stale(&site).await;
            here.store.refuse("write", "connection", weather);

            for _ in 0..5 {
                assert_eq!(refused(here.desk.count(&account).await).code, weather, "{rotation:?}");
            }
            assert_eq!(refreshes_asked(&site), 1, "{rotation:?}, {weather:?}: it is asked for once");
            let known = here.known(&account);
            assert_eq!((known.state, known.trouble.unwrap().code), (State::Connected, weather));

            here.store.recover();
            assert_eq!(here.desk.count(&account).await.unwrap().counts[0].value, Some(15));
            assert_eq!(refreshes_asked(&site), 1, "{rotation:?}, {weather:?}: what was held is used");
            here.expire(&site);
            here.use_site(&account).await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_program_that_ends_before_the_keychain_took_it_loses_only_what_no_program_could_keep() {
    for (rotation, after) in [(Rotation::OnUse, State::Connected), (Rotation::Strict, State::NeedsSignIn)] {
        let (here, site) = (Here::new(), redmine(rotation).await);
        let account = here.stale(&site).await;
        here.store.refuse("write", "connection", C::KeychainLocked);
        refused(here.use_site(&account).await);
        here.store.recover();

        let used = use_site(&here.another_desk(), &account).await;

        assert_eq!(here.known(&account).state, after, "{rotation:?}");
        if after == State::NeedsSignIn {
            let told = refused(used);
            assert_eq!(told.code, C::AnswerNotKept);
            let said = told.detail.unwrap();
            assert!(said.starts_with(&format!("{} · ", noon())), "{said}");
        }
    }
}

#[tokio::test]
async fn an_end_that_the_keychain_does_not_take_is_told_once_and_asked_for_once() {
    for weather in WEATHER {
        let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
        let account = here.stale(&site).await;
        fails(&site, Spot::Token, Fault::InvalidGrant, 100);
        here.store.refuse("write", "connection", weather);
        let mut events = here.desk.events();

        for _ in 0..2 {
            assert_eq!(refused(here.desk.count(&account).await).code, C::NeedsSignIn, "{weather:?}");
            assert_eq!(here.desk.look(&account).await.unwrap(), State::NeedsSignIn, "{weather:?}");
        }
        here.store.recover();
        assert_eq!(refused(here.desk.count(&account).await).code, C::NeedsSignIn, "{weather:?}");

        let told = std::iter::from_fn(|| events.try_recv().ok()).filter(|told| *told != Event::Changed);
        assert_eq!(told.collect::<Vec<_>>(), [Event::SignInNeeded(account.site.id)], "{weather:?}");
        assert_eq!(site.traffic().count("POST /oauth/token"), 2, "{weather:?}: the sign-in, and one refresh");
        assert!(here.store.connection(&account).unwrap().ended.is_some(), "it was offered again");
    }
}

#[tokio::test]
async fn an_end_that_was_not_taken_yields_to_a_sign_in() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.stale(&site).await;
    fails(&site, Spot::Token, Fault::InvalidGrant, 1);
    here.store.refuse("write", "connection", C::KeychainLocked);
    refused(here.desk.count(&account).await);
    here.store.recover();
    let revocations = site.traffic().count("POST /oauth/revoke");

    let other = here.another_desk();
    let attempt = other.begin_connect(account.clone()).await.unwrap();
    other.finish_connect(&attempt.id, &site.approve(attempt.url.as_str()).code().unwrap()).await.unwrap();
    let asked = site.traffic().count("POST /oauth/revoke");
    here.use_site(&account).await.unwrap();

    assert!(asked > revocations, "the sign-in ended what was before");
    assert_eq!(site.traffic().count("POST /oauth/revoke"), asked, "what is over is not ended again");
    assert_eq!(here.known(&account).state, State::Connected);
}

#[tokio::test]
async fn a_keychain_that_is_there_again_in_a_moment_costs_nothing() {
    for weather in [C::KeychainLocked, C::KeychainMissing, C::KeychainFailed] {
        let (here, site) = (Here::new(), redmine(Rotation::Strict).await);
        let account = here.stale(&site).await;
        here.store.refuse_times(3, "write", "connection", weather);

        let token = here.use_site(&account).await.unwrap();

        assert_eq!(use_site(&here.another_desk(), &account).await.unwrap(), token);
        assert_eq!(refreshes_asked(&site), 1, "{weather:?}");
    }
}

#[tokio::test]
async fn a_program_that_ends_offers_the_new_tokens_once_more() {
    let (here, site) = (Here::new(), redmine(Rotation::Strict).await);
    let account = here.stale(&site).await;
    here.store.refuse_times(4, "write", "connection", C::KeychainLocked);
    assert_eq!(refused(here.use_site(&account).await).code, C::KeychainLocked);

    here.desk.close().await;

    use_site(&here.another_desk(), &account).await.unwrap();
    assert_eq!(refreshes_asked(&site), 1);
    let note = here.folders.data.join("in-flight").join(format!("{}.json", account.site.id));
    assert!(!note.exists(), "nothing is left to tell of");
}

#[tokio::test]
async fn a_refresh_nobody_waits_for_any_more_is_kept_before_the_program_ends() {
    let (here, site) = (Here::new(), redmine(Rotation::Strict).await);
    let account = here.stale(&site).await;
    fails(&site, Spot::Token, NEVER, 1);
    tokio::select! {
        biased;
        _ = here.use_site(&account) => panic!("it takes longer"),
        () = until(|| site.traffic().count("POST /oauth/token") == 2) => {}
    }

    heals(&site);
    here.desk.close().await;

    use_site(&here.another_desk(), &account).await.unwrap();
    assert_eq!(refreshes_asked(&site), 1);
}
