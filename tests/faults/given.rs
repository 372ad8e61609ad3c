//! Tokens that were given away: remembered, and not ended unasked.

use std::time::Duration;

use tallykey_core::flows::refresh::Need;
use tallykey_core::{CopyFormat, ErrorCode, GivenEnd};
use tallykey_sites::{Fault, Rotation, Spot};

use crate::support::{Here, fails, heals, redmine, refreshes_asked, refused};

#[tokio::test]
async fn what_was_copied_and_handed_out_is_in_the_ledger_and_nothing_of_it_is_secret() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    here.desk.copy(&account, CopyFormat::Raw).await.unwrap();
    let handed = here.desk.token(&account, Duration::ZERO, CopyFormat::Header).await.unwrap();

    let ledger = here.another_desk().ledger(&account);

    let [given] = &ledger.given[..] else { panic!("{ledger:?}") };
    assert_eq!((given.times, &given.tail, given.until), (2, &handed.tail, handed.until));
    assert_eq!(given.scopes, ["view_issues"]);
    let file = here.folders.data.join("ledger").join(format!("{}.json", account.site.id));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains(&here.store.access_token(&account).unwrap()));
    here.desk.remove(account.site.id).await.unwrap();
    assert!(!file.exists());
}

#[tokio::test]
async fn a_token_that_is_replaced_or_revoked_is_over_in_the_ledger() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    here.desk.copy(&account, CopyFormat::Raw).await.unwrap();
    here.desk.new_token(&account, CopyFormat::Raw).await.unwrap();
    let over = |number: usize| here.desk.ledger(&account).given[number].over_at.is_some();
    assert!(!over(0) && over(1));

    here.desk.revoke(&account).await.unwrap();

    assert!(over(0));
}

#[tokio::test]
async fn a_server_that_does_not_rotate_ends_no_token_that_was_given_away() {
    let (here, site) = (Here::new(), redmine(Rotation::Off).await);
    let account = here.connected("Harbour", &site).await;
    here.desk.copy(&account, CopyFormat::Raw).await.unwrap();

    here.desk.new_token(&account, CopyFormat::Raw).await.unwrap();

    assert!(here.desk.ledger(&account).given.iter().all(|given| given.over_at.is_none()));
}

#[tokio::test]
async fn the_program_by_itself_leaves_a_copied_token_alone_until_its_last_minute() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    let desk = here.desk.by_itself();
    here.desk.copy(&account, CopyFormat::Raw).await.unwrap();

    let hours = Need::Life(Duration::from_hours(24));
    desk.connection(&account, &hours).await.unwrap();
    assert_eq!(refreshes_asked(&site), 0);
    here.clock.forward(7200 - 60);
    desk.connection(&account, &hours).await.unwrap();
    assert_eq!(refreshes_asked(&site), 1);
}

#[tokio::test]
async fn a_refusal_in_passing_does_not_make_the_program_end_a_copied_token() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    let desk = here.desk.by_itself();
    here.desk.copy(&account, CopyFormat::Raw).await.unwrap();
    fails(&site, Spot::Me, Fault::Status(401, None), 1);

    assert_eq!(refused(desk.count(&account).await).code, ErrorCode::NotConfirmed);
    assert_eq!(refreshes_asked(&site), 0, "asked once more, the server took it");
    desk.count(&account).await.unwrap();

    fails(&site, Spot::Me, Fault::Status(401, None), 2);
    heals(&site);
    fails(&site, Spot::Me, Fault::Status(401, None), 2);
    desk.count(&account).await.unwrap();
    assert_eq!(refreshes_asked(&site), 1, "refused twice, it is of no use to anybody");
}

#[tokio::test]
async fn a_ledger_that_cannot_be_written_keeps_nobody_from_a_token() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    std::fs::write(here.folders.data.join("ledger"), "a file where the folder would be").unwrap();

    here.desk.copy(&account, CopyFormat::Raw).await.unwrap();
    assert!(here.clipboard.text().is_some());
}

#[tokio::test]
async fn what_was_given_away_can_be_ended_and_the_site_goes_on() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    let tail = here.desk.copy(&account, CopyFormat::Raw).await.unwrap().tail;
    let given = here.use_site(&account).await.unwrap();

    assert_eq!(here.desk.end_given(&account, &tail).await.unwrap(), GivenEnd::Refused);
    assert_eq!(here.desk.end_given(&account, &tail).await.unwrap(), GivenEnd::Unseen, "it is gone from here");

    assert_eq!(refreshes_asked(&site), 1);
    assert_ne!(here.use_site(&account).await.unwrap(), given);
    assert!(here.desk.ledger(&account).given[0].over_at.is_some());
    here.desk.count(&account).await.unwrap();
}

#[tokio::test]
async fn whether_the_site_still_takes_what_was_ended_is_told_as_it_was_seen() {
    let (here, site) = (Here::new(), redmine(Rotation::Off).await);
    let account = here.connected("Harbour", &site).await;
    let tail = here.desk.copy(&account, CopyFormat::Raw).await.unwrap().tail;
    assert_eq!(here.desk.end_given(&account, &tail).await.unwrap(), GivenEnd::Accepted);

    let tail = here.desk.copy(&account, CopyFormat::Raw).await.unwrap().tail;
    fails(&site, Spot::Me, Fault::Status(503, None), 100);
    assert_eq!(here.desk.end_given(&account, &tail).await.unwrap(), GivenEnd::Unseen);
}

#[tokio::test]
async fn a_token_that_has_run_out_is_replaced_once() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    let tail = here.desk.copy(&account, CopyFormat::Raw).await.unwrap().tail;
    here.expire(&site);
    here.desk.new_token(&account, CopyFormat::Raw).await.unwrap();
    assert_eq!(refreshes_asked(&site), 1);

    here.expire(&site);
    here.desk.end_given(&account, &tail).await.unwrap();
    assert_eq!(refreshes_asked(&site), 1, "another one is held");
    let tail = here.known(&account).token.unwrap().tail;
    here.desk.end_given(&account, &tail).await.unwrap();
    assert_eq!(refreshes_asked(&site), 2);
}
