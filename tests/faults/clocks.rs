//! Clocks that jump, and computers that sleep in the middle of something.

use jiff::Timestamp;
use tallykey_core::CopyFormat;
use tallykey_core::ports::Clock as _;
use tallykey_sites::{Rotation, Site, Spot};

use crate::support::{Here, NEVER, TOKEN_LIFE, fails, heals, redmine, refreshes_asked, until, use_site};

const DAY: i64 = 86_400;

fn now() -> Timestamp {
    Timestamp::now()
}

/// Whether the server takes a token.
async fn is_taken(site: &Site, here: &Here, account: &tallykey_core::flows::outside::Account) -> bool {
    let refreshes = refreshes_asked(site);
    here.desk.count(account).await.is_ok() && refreshes_asked(site) == refreshes
}

#[tokio::test]
async fn a_clock_that_jumps_a_day_ahead_and_back_costs_no_refresh_also_after_a_restart() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    for jump in [DAY, -DAY, -DAY, DAY] {
        here.clock.jump(jump);
        for desk in [here.desk.clone(), here.another_desk()] {
            for _ in 0..5 {
                use_site(&desk, &account).await.unwrap();
                desk.by_itself().count(&account).await.unwrap();
            }
        }
        assert_eq!(refreshes_asked(&site), 0, "after a jump of {jump} s");
    }
}

#[tokio::test]
async fn a_clock_that_was_set_does_not_make_a_dead_token_look_alive() {
    for jump in [DAY, -DAY, -3600] {
        for restarts in [false, true] {
            let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
            let account = here.connected("Harbour", &site).await;
            // Two hours pass, and the clock is set: by it the token may live for another day.
            here.expire(&site);
            here.clock.jump(jump);
            let desk = if restarts { here.another_desk() } else { here.desk.clone() };

            desk.copy(&account, CopyFormat::Raw).await.unwrap();

            assert_eq!(refreshes_asked(&site), 1, "{jump} s, {restarts}");
            assert!(is_taken(&site, &here, &account).await);
        }
    }
}

#[tokio::test]
async fn a_clock_that_was_set_before_the_computer_started_anew_costs_one_refresh_at_most() {
    for jump in [DAY, -DAY] {
        let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
        let account = here.connected("Harbour", &site).await;
        here.clock.jump(jump);
        here.clock.reboots();

        let by_itself = here.another_desk();
        by_itself.by_itself().count(&account).await.unwrap();
        assert_eq!(refreshes_asked(&site), 0, "{jump} s: the server told its time before a token was spent");
        for _ in 0..5 {
            use_site(&by_itself, &account).await.unwrap();
        }
        assert_eq!(refreshes_asked(&site), 0, "{jump} s: and that is remembered");
        let person = here.another_desk();
        for _ in 0..5 {
            use_site(&person, &account).await.unwrap();
        }
        assert_eq!(refreshes_asked(&site), 1, "{jump} s: nobody else knew better");
    }
}

#[tokio::test]
async fn what_is_shown_of_a_token_goes_by_the_clock_that_is_shown() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    here.clock.jump(DAY);

    let copied = here.desk.copy(&account, CopyFormat::Raw).await.unwrap();

    let left = |until: Option<Timestamp>| until.unwrap().duration_since(here.clock.now()).as_secs();
    assert_eq!((left(copied.token_until), left(here.known(&account).token.unwrap().expires_at)), (7200, 7200));
}

#[tokio::test]
async fn a_computer_that_slept_before_it_read_the_answer_does_not_take_the_token_for_younger_than_it_is() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.stale(&site).await;
    fails(&site, Spot::Token, NEVER, 1);

    let sleeps = async {
        until(|| site.traffic().count("POST /oauth/token") == 2).await;
        here.clock.forward(600);
        heals(&site);
    };
    let (used, ()) = tokio::join!(here.use_site(&account), sleeps);

    used.unwrap();
    let tokens = here.store.connection(&account).unwrap().tokens;
    assert_eq!(tokens.expires_at.unwrap().duration_since(tokens.obtained_at).as_secs(), TOKEN_LIFE);
    here.clock.forward(TOKEN_LIFE - 600 - 60);
    here.use_site(&account).await.unwrap();
    assert_eq!(refreshes_asked(&site), 2, "it is used no longer than the server lets it live");
}

#[tokio::test]
async fn a_program_that_was_stopped_while_it_counted_renews_once_and_counts_again() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    let nearly = TOKEN_LIFE - 300;
    here.clock.forward(nearly);
    site.advance(nearly);
    fails(&site, Spot::Issues, NEVER, 1);

    let stopped = async {
        until(|| site.traffic().count("GET /issues.json") == 1).await;
        here.clock.forward(600);
        site.advance(600);
        heals(&site);
    };
    let (counted, ()) = tokio::join!(here.desk.count(&account), stopped);

    assert_eq!(counted.unwrap().counts[0].value, Some(15));
    assert_eq!(refreshes_asked(&site), 1);
}

#[tokio::test]
async fn a_token_that_is_over_by_this_clock_alone_is_not_ended_by_the_program() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    here.desk.copy(&account, CopyFormat::Raw).await.unwrap();
    here.clock.jump(DAY);
    here.clock.reboots();

    for _ in 0..3 {
        here.another_desk().by_itself().count(&account).await.unwrap();
    }

    assert_eq!(refreshes_asked(&site), 0, "whoever copied it still uses it");
    assert_eq!(here.known(&account).trouble, None);
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_told_and_one_that_is_right_is_not() {
    let (here, site) = (Here::new(), redmine(Rotation::OnUse).await);
    let account = here.connected("Harbour", &site).await;
    let off = now().duration_since(here.clock.now()).as_secs();
    here.clock.jump(off);
    here.desk.count(&account).await.unwrap();
    assert_eq!(here.desk.clock_ahead(), None);

    here.clock.jump(3600);

    let ahead = here.desk.clock_ahead().unwrap().as_secs();
    assert!((3590..=3610).contains(&ahead), "{ahead} s");
    here.clock.jump(-3600);
    assert_eq!(here.desk.clock_ahead(), None, "as soon as it is set right");
}
