//! How often a site that fails is asked again.

use std::time::Duration;

use tallykey_core::flows::refresh::Need;
use tallykey_sites::{Fault, Rotation, Spot};

use crate::support::{Here, fails, heals, redmine, refreshes_asked, refused, use_site, wait_for};

/// What the window does by itself.
const ROUND: Duration = Duration::from_mins(5);
const ROUNDS_A_DAY: usize = 24 * 12;

fn asked(site: &tallykey_sites::Site) -> u64 {
    site.traffic().count("POST /oauth/token")
}

#[tokio::test]
async fn a_site_that_fails_all_day_is_asked_ever_more_rarely_and_found_well_within_the_hour() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.stale(&site).await;
    let (desk, before) = (here.desk.by_itself(), asked(&site));
    fails(&site, Spot::Token, Fault::Status(503, None), 1000);
    for _ in 0..ROUNDS_A_DAY {
        let error = refused(desk.count(&account).await);
        assert_eq!(error.name(), "server_trouble", "whether it was asked or not");
        wait_for(ROUND).await;
    }
    let requests = asked(&site) - before;
    assert!((20..=60).contains(&requests), "{requests} in a day");

    heals(&site);
    for _ in 0..13 {
        desk.count(&account).await.ok();
        wait_for(ROUND).await;
    }
    desk.count(&account).await.unwrap();
    assert_eq!(refreshes_asked(&site), 1);
}

#[tokio::test]
async fn a_person_who_asks_is_served_at_once_while_the_program_waits() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.stale(&site).await;
    let desk = here.desk.by_itself();
    site.fail_tokens(Fault::Status(503, None), 1);
    refused(use_site(&desk, &account).await);
    let before = asked(&site);
    refused(use_site(&desk, &account).await);
    assert_eq!(asked(&site), before);

    let token = here.use_site(&account).await.unwrap();

    assert_eq!(use_site(&desk, &account).await.unwrap(), token, "and nobody waits any longer");
}

#[tokio::test]
async fn the_program_waits_as_long_as_the_server_says() {
    for fault in [Fault::Status(429, Some(1800)), Fault::StatusUntil(503, 1800)] {
        let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
        let account = here.stale(&site).await;
        let desk = here.desk.by_itself();
        site.fail_tokens(fault, 1);
        refused(use_site(&desk, &account).await);
        let before = asked(&site);

        wait_for(Duration::from_secs(1790)).await;
        let told = refused(use_site(&desk, &account).await);
        assert_eq!(asked(&site), before, "{fault}");
        assert!(told.retry_after.is_some_and(|wait| wait <= Duration::from_secs(10)), "{fault}: {told:?}");
        // And a minute at most beyond it, by chance.
        wait_for(Duration::from_secs(71)).await;
        use_site(&desk, &account).await.unwrap();
    }
}

#[tokio::test]
async fn a_lasting_refusal_of_the_api_does_not_make_a_refresh_a_round() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    let desk = here.desk.by_itself();
    fails(&site, Spot::Me, Fault::Status(401, None), 10_000);
    for _ in 0..ROUNDS_A_DAY {
        assert_eq!(refused(desk.count(&account).await).name(), "not_confirmed");
        wait_for(ROUND).await;
    }
    let refreshes = refreshes_asked(&site);
    assert!((10..=60).contains(&refreshes), "{refreshes} in a day");

    refused(here.desk.count(&account).await);
    assert_eq!(refreshes_asked(&site), refreshes + 1, "a person may always try");
    heals(&site);
    desk.count(&account).await.unwrap();
}

#[tokio::test]
async fn by_itself_the_program_spends_no_refresh_token_until_the_site_has_answered_something_cheap() {
    for fault in [Fault::DropBefore, Fault::Html200, Fault::Status(502, None)] {
        let (here, site) = (Here::new(), redmine(Rotation::Strict).await);
        let account = here.stale(&site).await;
        let (desk, before) = (here.desk.by_itself(), asked(&site));
        fails(&site, Spot::Me, fault, 100);
        for _ in 0..12 {
            refused(desk.count(&account).await);
            wait_for(ROUND).await;
        }
        assert_eq!(asked(&site), before, "{fault}");

        heals(&site);
        wait_for(Duration::from_hours(1)).await;
        desk.count(&account).await.unwrap();
        assert_eq!(refreshes_asked(&site), 1, "{fault}");
    }
}

#[tokio::test]
async fn a_site_that_fails_makes_no_other_wait() {
    let (here, bad, good) = (Here::new(), redmine(Rotation::OnUse).await, redmine(Rotation::OnUse).await);
    let fails_here = here.connected("Harbour", &bad).await;
    let works = here.connected("Lighthouse", &good).await;
    here.expire(&bad);
    here.expire(&good);
    let desk = here.desk.by_itself();
    bad.fail_tokens(Fault::Status(503, None), 1);
    refused(desk.connection(&fails_here, &Need::now()).await);

    desk.count(&works).await.unwrap();
}
