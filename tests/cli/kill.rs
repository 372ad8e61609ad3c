//! `kill -9` at random points of a refresh: the program that is killed is the one that is shipped, the keychain a real
//! one. What it held must be what the server honours.
//!
//! An ordinary run kills 40 times a style; `./dev test kill` sets `TALLYKEY_KILLS=200`. The seed of the delays is
//! printed; `TALLYKEY_SEED` repeats it.

use std::io::Write as _;
use std::process::Child;
use std::time::{Duration, Instant, SystemTime};

use tallykey_core::ExposeSecret;
use tallykey_sites::{Change, Rotation};

use crate::support::{Computer, Done, PATIENCE, Redmine, Tracker, connection_of, need_keychain};

const NAME: &str = "Redmine";
const NEW: [&str; 3] = ["token", NAME, "--new"];

/// What became of the kills of one style.
#[derive(Debug, Default)]
struct Tally {
    kills: u32,
    /// It had ended before.
    too_late: u32,
    /// The server had carried the refresh out.
    acted: u32,
    /// The keychain had the new tokens.
    kept: u32,
    /// The server had ended the connection.
    lost: u32,
}

#[test]
fn a_refresh_that_is_killed_costs_nothing_where_replaced_tokens_live_until_the_new_one_is_used() {
    need_keychain!();
    let tally = kill_many(Rotation::OnUse);
    assert_eq!(tally.lost, 0, "{tally:?}");
}

#[test]
fn a_refresh_that_is_killed_costs_only_what_no_program_could_keep_on_a_strict_server_and_is_told() {
    need_keychain!();
    let tally = kill_many(Rotation::Strict);
    assert!(tally.lost <= tally.acted - tally.kept.min(tally.acted), "{tally:?}");
}

fn kill_many(rotation: Rotation) -> Tally {
    let tracker = Tracker::with(Change { rotation: Some(rotation), ..Change::default() });
    let computer = Computer::connected(NAME, &tracker);
    let (mut chance, mut tally) = (Chance::new(), Tally::default());
    let whole = whole_run(&computer);
    for round in 0..kills() {
        let before = tracker.traffic();
        let held = refresh_token(&computer);
        let mut child = computer.command(&NEW).spawn().unwrap();
        if round % 2 == 0 {
            std::thread::sleep(chance.up_to(whole));
        } else {
            // Around the one moment that matters: the server has the request.
            wait_until(&mut child, || tracker.traffic().grant_types != before.grant_types);
            std::thread::sleep(chance.up_to(whole / 5));
        }
        tally.kills += 1;
        tally.too_late += u32::from(!kill(child));
        let kept = refresh_token(&computer) != held;

        // What it held is proved by a whole refresh with it.
        let done = computer.run(&NEW);
        let lost = done.code != Some(0);
        let acted = tracker.traffic().refreshes - before.refreshes - u64::from(!lost) > 0;
        tally.acted += u32::from(acted);
        tally.kept += u32::from(kept);
        tally.lost += u32::from(lost);
        if lost {
            assert!(rotation == Rotation::Strict && acted && !kept, "lost without need: {done:#?}");
            told_truthfully(&done, &computer);
            computer.connect(NAME, &tracker).ok();
        }
    }
    say(&format!("{rotation:?}, seed {}: {tally:?}\n", chance.seed));
    tally
}

/// It says that only signing in helps, why, and the list says it too.
fn told_truthfully(done: &Done, computer: &Computer) {
    assert_eq!(done.code, Some(4), "{done:#?}");
    assert!(done.stderr.contains("[answer_lost"), "{done:#?}");
    assert_eq!(computer.list()[0]["state"], "needs_sign_in");
}

#[test]
#[ignore = "needs a real Redmine: TALLYKEY_REDMINE"]
fn a_refresh_at_a_real_redmine_that_is_killed_costs_nothing() {
    need_keychain!();
    let redmine = Redmine::brought_up();
    let computer = redmine.added();
    let answer = |url: &str| Redmine::approve(url).unwrap() + "\n";
    computer.connecting(&["connect", NAME, "--no-browser"], "", vec![Box::new(answer)]).ok();
    let (mut chance, mut in_time, mut kept) = (Chance::new(), 0, 0);
    let whole = whole_run(&computer);
    for _ in 0..30 {
        let held = refresh_token(&computer);
        let child = computer.command(&NEW).spawn().unwrap();
        std::thread::sleep(chance.up_to(whole));
        in_time += u32::from(kill(child));
        kept += u32::from(refresh_token(&computer) != held);
        computer.run(&NEW).ok();
        computer.run(&["counts"]).ok();
    }
    say(&format!("a real Redmine, seed {}: 30 kills, {in_time} in time, {kept} kept, none lost\n", chance.seed));
}

fn kills() -> u32 {
    std::env::var("TALLYKEY_KILLS").map_or(40, |text| text.parse().unwrap())
}

/// How long the command takes when nobody kills it.
fn whole_run(computer: &Computer) -> Duration {
    computer.run(&NEW).ok();
    let began = Instant::now();
    computer.run(&NEW).ok();
    began.elapsed()
}

fn refresh_token(computer: &Computer) -> String {
    connection_of(&computer.sites_toml()).tokens.refresh_token.unwrap().expose_secret().to_owned()
}

/// Kills without a chance to clean up. Whether there was anything left to kill.
fn kill(mut child: Child) -> bool {
    let runs = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    runs
}

fn wait_until(child: &mut Child, what: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !what() {
        let runs = Instant::now() < deadline && child.try_wait().unwrap().is_none();
        // It may have asked and ended since it was looked at.
        assert!(runs || what(), "no refresh was asked for");
        std::thread::yield_now();
    }
}

/// `SplitMix64`: delays need no better chance than this.
struct Chance {
    seed: u64,
    state: u64,
}

impl Chance {
    fn new() -> Self {
        let now = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
        let seed = std::env::var("TALLYKEY_SEED").map_or_else(|_| now(), |text| text.parse().unwrap());
        Self { seed, state: seed }
    }

    fn up_to(&mut self, longest: Duration) -> Duration {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let part = u32::try_from((mixed ^ (mixed >> 31)) >> 44).unwrap();
        longest * part / (1 << 20)
    }
}

/// Past the test runner's own capture.
fn say(line: &str) {
    std::io::stdout().write_all(line.as_bytes()).unwrap();
}
