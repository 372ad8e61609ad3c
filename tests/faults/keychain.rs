//! A keychain that fails at the worst moment: right after a refresh.

use tallykey_core::ErrorCode as C;
use tallykey_core::model::known::State;
use tallykey_sites::Rotation;

use crate::support::{Here, redmine, refreshes_asked, refused, use_site};

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
            let said = refused(used).detail.unwrap();
            assert!(said.contains("brought no tokens"), "{said}");
        }
    }
}
