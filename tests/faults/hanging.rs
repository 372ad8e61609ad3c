//! A site that does not answer keeps nobody else waiting.

use tallykey_core::flows::refresh::Need;
use tallykey_sites::{Fault, Rotation, Spot};

use crate::support::{Here, NEVER, fails, redmine, refreshes_asked, refused, until};

#[tokio::test]
async fn a_site_that_hangs_delays_neither_tokens_nor_counts_of_another() {
    let (here, slow, quick) = (Here::new(), redmine(Rotation::OnUse).await, redmine(Rotation::OnUse).await);
    let hangs = here.connected("Harbour", &slow).await;
    let works = here.connected("Lighthouse", &quick).await;
    here.expire(&slow);
    here.expire(&quick);
    fails(&slow, Spot::Token, NEVER, 100);

    // As many as a window, a tray and some scripts would start, of both kinds.
    let waiting: Vec<_> = (0..12)
        .map(|number| {
            let (desk, account) = (here.desk.clone(), hangs.clone());
            tokio::spawn(async move {
                if number % 2 == 0 {
                    desk.count(&account).await.map(drop)
                } else {
                    desk.connection(&account, &Need::now()).await.map(drop)
                }
            })
        })
        .collect();
    until(|| slow.traffic().count("POST /oauth/token") == 2).await;

    for _ in 0..5 {
        assert_eq!(here.desk.count(&works).await.unwrap().counts[0].value, Some(15));
        here.use_site(&works).await.unwrap();
    }

    assert_eq!(refreshes_asked(&quick), 1);
    assert!(waiting.iter().all(|task| !task.is_finished()), "the first site still hangs");
    assert_eq!(slow.traffic().count("POST /oauth/token"), 2, "one request for all who wait");
}

#[tokio::test]
async fn a_site_whose_api_hangs_delays_no_other() {
    let (here, slow, quick) = (Here::new(), redmine(Rotation::OnUse).await, redmine(Rotation::OnUse).await);
    let hangs = here.connected("Harbour", &slow).await;
    let works = here.connected("Lighthouse", &quick).await;
    fails(&slow, Spot::Issues, NEVER, 100);
    let desk = here.desk.clone();
    let before = slow.traffic().count("GET /issues.json");
    let counting = tokio::spawn(async move { desk.count(&hangs).await });
    until(|| slow.traffic().count("GET /issues.json") > before).await;

    here.desk.count(&works).await.unwrap();
    here.use_site(&works).await.unwrap();

    assert!(!counting.is_finished());
}

#[tokio::test]
async fn whoever_waited_for_a_site_that_failed_has_its_answer_and_asks_no_more() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.stale(&site).await;
    fails(&site, Spot::Token, Fault::Status(503, None), 100);
    let before = site.traffic().count("POST /oauth/token");

    let calls: Vec<_> = (0..16)
        .map(|_| {
            let (desk, account) = (here.desk.clone(), account.clone());
            tokio::spawn(async move { desk.connection(&account, &Need::now()).await })
        })
        .collect();
    // All are there before the first has an answer: each has its first turn before anything that came is looked at.
    for call in calls {
        assert_eq!(refused(call.await.unwrap()).name(), "server_trouble");
    }

    assert_eq!(site.traffic().count("POST /oauth/token"), before + 1);
}
