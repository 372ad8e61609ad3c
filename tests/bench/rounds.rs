//! What a round of all sites takes: 200 simulated sites with 7 counts each, every answer 100 ms late; two
//! of them are dead, two answer with a page, one hangs.
//!
//! The ideal is what one site takes that nobody else is asked beside: its requests one after another.

#![expect(clippy::print_stdout, reason = "its output is what it is for")]

#[path = "../core/support/outside.rs"]
#[expect(dead_code, reason = "shared with tests/core, which uses all of it")]
mod outside;

use std::sync::Arc;
use std::time::{Duration, Instant};

use tallykey_core::adapters::clock::SystemClock;
use tallykey_core::adapters::folders::Folders;
use tallykey_core::adapters::memory::MemoryStore;
use tallykey_core::flows::outside::Account;
use tallykey_core::{Desk, NewSite, Result, Secret};
use tallykey_sites::{CLIENT_ID, CLIENT_SECRET, Change, Fault, Options, Provider, Site, Spot};
use tempfile::TempDir;
use tokio::task::JoinSet;

use self::outside::{FakeClipboard, RecordingBrowser};

const SITES: usize = 200;
const COUNTS: usize = 7;
const LATENCY: Duration = Duration::from_millis(100);
/// Longer than anybody waits for an answer.
const NEVER: Fault = Fault::Slow(3_600_000);
/// So often the same goes wrong: always.
const ALWAYS: u32 = 1_000;

/// How a site fares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Healthy,
    Dead,
    Page,
    Hangs,
}

impl Fate {
    /// The bad ones come first, where they are most in the way.
    fn of(number: usize) -> Self {
        match number {
            0 => Self::Hangs,
            1 | 2 => Self::Dead,
            3 | 4 => Self::Page,
            _ => Self::Healthy,
        }
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    let temp = TempDir::new().expect("a temporary folder");
    let folders = Folders { config: temp.path().join("config"), data: temp.path().join("data") };
    let store = Arc::new(MemoryStore::default());
    let (browser, clipboard) = (Arc::new(RecordingBrowser::default()), Arc::new(FakeClipboard::default()));
    let desk = Desk::new(&folders, store, browser, clipboard, Arc::new(SystemClock))?;
    let (mut sites, mut accounts) = (Vec::new(), Vec::new());
    for number in 0..SITES {
        let mut site = Site::start(Options::new(Provider::Redmine)).await.expect("a free port");
        accounts.push(connected(&desk, number, &site).await?);
        befalls(&mut site, Fate::of(number)).await;
        sites.push(site);
    }
    let requests = || -> u64 { sites.iter().flat_map(|site| site.traffic().requests.into_values()).sum() };

    let alone = Instant::now();
    desk.refresh(&accounts[SITES - 1]).await?;
    let (alone, before) = (alone.elapsed(), requests());

    let (begun, mut rounds) = (Instant::now(), JoinSet::new());
    for (number, account) in accounts.into_iter().enumerate() {
        let desk = desk.clone();
        rounds.spawn(async move { (Fate::of(number), desk.refresh(&account).await.is_ok(), begun.elapsed()) });
    }
    let healthy = (0..SITES).filter(|number| Fate::of(*number) == Fate::Healthy).count();
    let mut times = Vec::new();
    while times.len() < healthy {
        let (fate, counted, time) = rounds.join_next().await.expect("all are asked").expect("nothing panics");
        if fate == Fate::Healthy {
            assert!(counted, "a healthy site was not counted");
            times.push(time);
        }
    }
    times.sort();
    let ideal = LATENCY * u32::try_from(COUNTS + 1).expect("a few");
    let line = |what: &str, time: Duration| {
        println!("{what:<38} {:>8.0} ms   {:>5.2} x ideal", time.as_secs_f64() * 1000.0, time.div_duration_f64(ideal));
    };
    println!("{SITES} sites with {COUNTS} counts, two dead, two with a page, one hanging; answers take {LATENCY:?}");
    line("ideal: who am I after the counts", ideal);
    line("one site alone", alone);
    line("half of the healthy ones", times[healthy / 2]);
    line("last healthy count", times[healthy - 1]);
    println!("{:<38} {:>8}", "requests", requests() - before);
    println!("{:<38} {:>8}", "still waiting for the one that hangs", rounds.len());
    Ok(())
}

async fn connected(desk: &Desk, number: usize, site: &Site) -> Result<Account> {
    let form = NewSite {
        application: None,
        name: format!("Site {number}"),
        provider: "redmine".to_owned(),
        inputs: [("base".to_owned(), site.base_url().to_owned())].into(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: Some(Secret::from(CLIENT_SECRET)),
        redirect: None,
        scopes: Vec::new(),
        authority: None,
    };
    let account = desk.add(form).await?;
    let attempt = desk.begin_connect(account.clone()).await?;
    let code = site.approve(attempt.url.as_str()).code().expect("a code").clone();
    desk.finish_connect(&attempt.id, &code).await?;
    Ok(account)
}

async fn befalls(site: &mut Site, fate: Fate) {
    let late = Some(u64::try_from(LATENCY.as_millis()).expect("a few"));
    let fault = match fate {
        Fate::Healthy => None,
        Fate::Dead => return site.stop().await,
        Fate::Page => Some(Fault::Html200),
        Fate::Hangs => Some(NEVER),
    };
    let change = Change { latency_ms: late, fault, on: Spot::Issues, times: Some(ALWAYS), ..Change::default() };
    site.change(change).expect("a site can change so");
}
