//! Handing out tokens: what lands on the clipboard, and how it leaves it again.

use tallykey_core::flows::copy::Cleared;
use tallykey_core::model::settings::Settings;
use tallykey_core::{CopyFormat, ErrorCode, Event, ExposeSecret};
use tokio::time::Duration;

use crate::support::{Here, Redmine, code};

const TOKEN: &str = "a-access-token-of-many-letters-0000";

/// Time passes on the wall and for timers.
async fn pass(here: &Here, time: Duration) {
    here.clock.forward(i64::try_from(time.as_secs()).unwrap());
    tokio::time::sleep(time).await;
}

/// Waits until the clipboard's timer has told what it did.
async fn cleared(events: &mut tokio::sync::broadcast::Receiver<Event>) -> Cleared {
    loop {
        if let Event::ClipboardCleared(cleared) = events.recv().await.unwrap() {
            return cleared;
        }
    }
}

#[tokio::test]
async fn a_copied_token_is_on_the_clipboard_and_told_by_its_last_letters() {
    let here = Here::new().await;
    let site = here.connected().await;

    let copied = here.desk.copy(&site, CopyFormat::Raw).await.unwrap();

    assert_eq!(here.clipboard.text().as_deref(), Some(TOKEN));
    assert_eq!((copied.site, copied.tail.as_str()), (site.site.id, "0000"));
    assert_eq!(copied.clears_at.to_string(), "2026-11-22T10:00:45Z");
    assert_eq!(copied.token_until.unwrap().to_string(), "2026-11-22T12:00:00Z");
    assert_eq!(here.desk.copied().unwrap().clears_at, copied.clears_at);
}

#[tokio::test]
async fn every_form_carries_the_sites_own_address() {
    let here = Here::with(Redmine::at("/redmine").await);
    let site = here.connected().await;
    let me = format!("{}/users/current.json", here.redmine.base());

    for format in [CopyFormat::Curl, CopyFormat::Httpie, CopyFormat::Powershell] {
        let handed = here.desk.token(&site, Duration::ZERO, format).await.unwrap();
        let text = handed.text.expose_secret();
        assert!(text.contains(&me) && text.contains(TOKEN), "{format:?}: {text}");
        assert!(text.starts_with(' '), "{format:?} stays out of the shell's history");
    }
    let handed = here.desk.token(&site, Duration::ZERO, CopyFormat::Header).await.unwrap();
    assert_eq!(handed.text.expose_secret(), format!("Authorization: Bearer {TOKEN}"));
}

#[tokio::test]
async fn the_time_on_the_clipboard_is_the_persons_choice() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.save_settings(&Settings { clear_seconds: 90, ..here.desk.settings() }).unwrap();
    let copied = here.desk.copy(&site, CopyFormat::Raw).await.unwrap();
    assert_eq!((copied.life.as_secs(), copied.clears_at.to_string().as_str()), (90, "2026-11-22T10:01:30Z"));
}

#[tokio::test]
async fn the_clipboard_is_cleared_after_its_time() {
    let here = Here::new().await;
    let site = here.connected().await;
    tokio::time::pause();
    let mut events = here.desk.events();
    here.desk.copy(&site, CopyFormat::Raw).await.unwrap();

    pass(&here, Duration::from_secs(44)).await;
    assert_eq!(here.clipboard.text().as_deref(), Some(TOKEN));

    assert_eq!(cleared(&mut events).await, Cleared::Cleared);
    assert_eq!(here.clipboard.text(), None);
    assert!(here.desk.copied().is_none());
}

#[tokio::test]
async fn what_somebody_else_put_there_is_left_alone() {
    let here = Here::new().await;
    let site = here.connected().await;
    tokio::time::pause();
    let mut events = here.desk.events();
    here.desk.copy(&site, CopyFormat::Raw).await.unwrap();
    here.clipboard.hold("a shopping list");

    assert_eq!(cleared(&mut events).await, Cleared::Replaced);

    assert_eq!(here.clipboard.text().as_deref(), Some("a shopping list"));
}

#[tokio::test]
async fn a_second_copy_has_its_own_time() {
    let here = Here::new().await;
    let site = here.connected().await;
    tokio::time::pause();
    here.desk.copy(&site, CopyFormat::Raw).await.unwrap();
    pass(&here, Duration::from_secs(30)).await;
    let mut events = here.desk.events();
    here.desk.copy(&site, CopyFormat::Header).await.unwrap();

    pass(&here, Duration::from_secs(44)).await;
    assert!(here.clipboard.text().unwrap().starts_with("Authorization: "), "the first one's timer has run out");

    assert_eq!(cleared(&mut events).await, Cleared::Cleared);
    assert_eq!(here.clipboard.text(), None);
}

#[tokio::test]
async fn a_timer_that_waited_for_its_turn_leaves_the_copy_alone_that_came_before_it() {
    let here = Here::new().await;
    let site = here.connected().await;
    tokio::time::pause();
    here.desk.copy(&site, CopyFormat::Raw).await.unwrap();
    pass(&here, Duration::from_secs(44)).await;

    let mut hanging = here.clipboard.hangs();
    let desk = here.desk.clone();
    let before = tokio::spawn(async move { desk.copy_plain("an address").await });
    hanging.begun().await;
    let (desk, again) = (here.desk.clone(), site.clone());
    let second = tokio::spawn(async move { desk.copy(&again, CopyFormat::Header).await });
    // From the ledger it goes to the clipboard, and waits there.
    while here.desk.ledger(&site).given[0].times < 2 {
        tokio::task::yield_now().await;
    }
    here.clock.forward(2);
    tokio::time::advance(Duration::from_secs(2)).await;
    drop(hanging);
    before.await.unwrap().unwrap();
    second.await.unwrap().unwrap();
    pass(&here, Duration::from_secs(1)).await;

    assert!(here.clipboard.text().unwrap().starts_with("Authorization: "), "the first one's timer has run out");
}

#[tokio::test]
async fn clearing_at_once_tells_what_became_of_it() {
    let here = Here::new().await;
    let site = here.connected().await;
    assert_eq!(here.desk.clear_clipboard().await, None, "nothing of ours is there");
    here.desk.copy(&site, CopyFormat::Curl).await.unwrap();

    assert_eq!(here.desk.clear_clipboard().await, Some(Cleared::Cleared));

    assert_eq!(here.clipboard.text(), None);
    assert_eq!(here.desk.clear_clipboard().await, None);
}

#[tokio::test]
async fn a_clipboard_that_fails_is_told() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.copy(&site, CopyFormat::Raw).await.unwrap();
    here.clipboard.breaks();

    assert_eq!(code(here.desk.copy(&site, CopyFormat::Raw).await), ErrorCode::ClipboardFailed);
    assert_eq!(here.desk.clear_clipboard().await, Some(Cleared::Failed));
}

#[tokio::test]
async fn a_token_about_to_end_is_replaced_before_it_is_copied() {
    let here = Here::new().await;
    let site = here.stale().await;

    let copied = here.desk.copy(&site, CopyFormat::Raw).await.unwrap();

    assert_eq!(copied.tail, "0001");
    assert_eq!(here.clipboard.text().as_deref(), Some("a-access-token-of-many-letters-0001"));
}

#[tokio::test]
async fn a_site_without_a_connection_copies_nothing() {
    let here = Here::new().await;
    let site = here.added().await;
    here.clipboard.hold("a shopping list");

    assert_eq!(code(here.desk.copy(&site, CopyFormat::Raw).await), ErrorCode::NotConnected);

    assert_eq!(here.clipboard.text().as_deref(), Some("a shopping list"));
}

#[tokio::test]
async fn what_landed_after_it_was_given_up_is_cleared_all_the_same() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.clipboard.is_late();
    assert_eq!(code(here.desk.copy(&site, CopyFormat::Raw).await), ErrorCode::ClipboardFailed);
    here.clipboard.mends();
    assert_eq!(here.clipboard.text().as_deref(), Some(TOKEN));

    assert_eq!(here.desk.clear_clipboard().await, Some(Cleared::Cleared));

    assert_eq!(here.clipboard.text(), None);
}

#[tokio::test]
async fn clearing_that_failed_is_tried_again_by_the_next() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.copy(&site, CopyFormat::Raw).await.unwrap();
    here.clipboard.breaks();
    assert_eq!(here.desk.clear_clipboard().await, Some(Cleared::Failed));
    assert!(here.desk.copied().is_some(), "it may lie there still");
    here.clipboard.mends();

    assert_eq!(here.desk.clear_clipboard().await, Some(Cleared::Cleared));

    assert_eq!((here.clipboard.text(), here.desk.copied().is_none()), (None, true));
}

#[tokio::test]
async fn what_landed_after_it_was_given_up_leaves_the_clipboard_in_time() {
    let here = Here::new().await;
    let site = here.connected().await;
    tokio::time::pause();
    let mut events = here.desk.events();
    here.clipboard.is_late();
    assert_eq!(code(here.desk.copy(&site, CopyFormat::Raw).await), ErrorCode::ClipboardFailed);
    here.clipboard.mends();
    let told = tokio::time::timeout(Duration::from_mins(1), cleared(&mut events)).await;

    assert_eq!(told, Ok(Cleared::Cleared));
    assert_eq!(here.clipboard.text(), None);
}

#[tokio::test]
async fn a_copy_that_fails_leaves_none_before_it_on_the_clipboard() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.copy(&site, CopyFormat::Raw).await.unwrap();
    here.clipboard.breaks();
    assert_eq!(code(here.desk.copy(&site, CopyFormat::Header).await), ErrorCode::ClipboardFailed);
    here.clipboard.mends();

    here.desk.clear_clipboard().await;

    assert_eq!(here.clipboard.text(), None);
}
