//! Budgets of calls: shown, kept, and left alone by what the program does by itself.

use std::time::Duration;

use tallykey_core::flows::outside::Account;
use tallykey_core::model::budget::Left;
use tallykey_core::model::site::{Chosen, Redirect};
use tallykey_core::{Desk, ErrorCode, NewSite, Pace, Secret};
use tallykey_sites::{CLIENT_ID, CLIENT_SECRET, Change, Options, Plan, Provider, Site};

use crate::support::{Here, refused};

/// Two projects with four counts each.
const ROUND: u32 = 8;

/// An organization whose plan allows a hundred calls a month, and alice's site there.
struct Organization {
    here: Here,
    tracker: Site,
    site: Account,
}

impl Organization {
    async fn of(plan: Plan) -> Self {
        let (here, tracker) = (Here::new().await, Site::start(Options::new(Provider::Jooto)).await.unwrap());
        tracker.change(Change { plan: Some(plan), ..Change::default() }).unwrap();
        let site = connected(&here.desk, "Jooto", &tracker).await;
        Self { here, tracker, site }
    }

    async fn with_left(calls: u32) -> Self {
        let made = Self::of(Plan::Standard).await;
        made.tracker.change(Change { calls_left: Some(calls), ..Change::default() }).unwrap();
        made
    }

    fn pace(&self) -> Pace {
        self.here.desk.status(self.site.site.id).unwrap().pace
    }

    fn calls(&self) -> usize {
        self.tracker.requests().iter().filter(|asked| asked.path().contains("/tasks")).count()
    }

    /// An hour later; how many calls the program makes by itself.
    async fn an_hour_later(&self) -> usize {
        let before = self.calls();
        self.here.clock.forward(4000);
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(4000)).await;
        tokio::time::resume();
        self.here.desk.ask_due();
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        while self.here.desk.sites().unwrap().iter().any(|site| site.busy.is_some()) {
            tokio::task::yield_now().await;
        }
        self.calls() - before
    }
}

async fn connected(desk: &Desk, name: &str, tracker: &Site) -> Account {
    let base = tracker.base_url().to_owned();
    let inputs = [("org", "1".to_owned()), ("api", format!("{base}/v1")), ("base", base)];
    let form = NewSite {
        name: name.to_owned(),
        provider: "jooto".to_owned(),
        inputs: inputs.map(|(key, value)| (key.to_owned(), value)).into(),
        application: None,
        client_id: CLIENT_ID.to_owned(),
        client_secret: Some(Secret::from(CLIENT_SECRET)),
        redirect: Some(Redirect::Paste),
        scopes: Vec::new(),
        authority: None,
    };
    let account = desk.add(form).await.unwrap();
    let attempt = desk.begin_connect(account.clone()).await.unwrap();
    let pasted = tracker.approve(attempt.url.as_str()).redirect().unwrap().to_owned();
    desk.finish_connect(&attempt.id, &pasted).await.unwrap();
    let chosen = |values: &[&str]| {
        values.iter().map(|value| Chosen { value: (*value).to_owned(), text: (*value).to_owned() }).collect()
    };
    let choices = [("user".to_owned(), chosen(&["5"])), ("board".to_owned(), chosen(&["11", "12"]))];
    desk.choose(&account, choices.into()).await.unwrap()
}

#[tokio::test]
async fn what_is_left_is_shown_to_all_accounts_of_the_organization_and_outlives_the_program() {
    let made = Organization::of(Plan::Standard).await;
    assert_eq!(made.pace().left[0].calls, 100);

    made.here.desk.refresh(&made.site).await.unwrap();

    let Left { calls, of, .. } = made.pace().left[0];
    assert_eq!((calls, of), (100 - ROUND, 100));
    let restarted = made.here.another_desk();
    assert_eq!(restarted.status(made.site.site.id).unwrap().pace.left, made.pace().left);
    let other = connected(&restarted, "Another account", &made.tracker).await;
    assert_eq!(restarted.status(other.site.id).unwrap().pace.left, made.pace().left);
}

#[tokio::test]
async fn where_calls_are_scarce_only_a_person_asks_unless_she_says_otherwise() {
    let made = Organization::of(Plan::Standard).await;
    assert_eq!(made.pace().next_at, None);
    assert_eq!(made.an_hour_later().await, 0);

    made.here.desk.set_pace(made.site.site.id, Some(60)).await.unwrap();

    assert_eq!(made.an_hour_later().await, 8);
}

#[tokio::test]
async fn the_last_tenth_is_left_to_the_person_also_after_a_restart() {
    let made = Organization::with_left(17 + ROUND).await;
    made.here.desk.set_pace(made.site.site.id, Some(60)).await.unwrap();
    made.here.desk.refresh(&made.site).await.unwrap();
    assert_eq!(made.pace().left[0].calls, 17, "one more round would leave nine");

    assert_eq!(made.an_hour_later().await, 0);
    assert_eq!(made.pace().next_at.unwrap().as_second(), made.pace().left[0].until.as_second());
    let restarted = made.here.another_desk();
    restarted.ask_due();
    assert_eq!(made.calls(), 8);

    made.here.desk.refresh(&made.site).await.expect("a person is served");
    assert_eq!(made.pace().left[0].calls, 9);
}

#[tokio::test]
async fn accounts_that_are_due_together_do_not_take_the_same_last_calls() {
    let made = Organization::with_left(18 + 2 * ROUND).await;
    let other = connected(&made.here.desk, "Another account", &made.tracker).await;
    for site in [&made.site, &other] {
        made.here.desk.set_pace(site.site.id, Some(60)).await.unwrap();
    }
    made.here.desk.refresh(&made.site).await.unwrap();
    made.here.desk.refresh(&other).await.unwrap();
    assert_eq!(made.pace().left[0].calls, 18, "enough for one round beside the person's tenth");

    assert_eq!(made.an_hour_later().await, 8);

    assert_eq!(made.pace().left[0].calls, 10);
}

#[tokio::test]
async fn a_budget_that_is_used_up_is_told_with_its_end() {
    let made = Organization::with_left(0).await;

    let error = refused(made.here.desk.refresh(&made.site).await);

    assert_eq!(error.code, ErrorCode::RateLimited);
    let status = made.here.desk.status(made.site.site.id).unwrap();
    let (until, left) = (status.known.trouble.unwrap().until.unwrap(), status.pace.left[0]);
    assert_eq!(left.calls, 0);
    assert!(until.duration_since(left.until).as_secs().abs() <= 2, "{until} {}", left.until);
}

#[tokio::test]
async fn a_plan_without_a_limit_of_the_month_has_none() {
    let made = Organization::of(Plan::Business).await;
    made.here.desk.refresh(&made.site).await.unwrap();
    assert_eq!(made.pace().left, []);
}
