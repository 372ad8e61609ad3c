//! How the program ends, and what a start finds meanwhile.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use fantoccini::key::Key;
use tallykey_sites::{Change, Fault, Options, Provider, Rotation, Site, Spot};
use tempfile::TempDir;

use crate::alone;
use crate::bus::Panel;
use crate::driver::PATIENCE;
use crate::program::{Program, signal};
use crate::screen::Screen;
use crate::window::settings;
use crate::window::{Window, clipboard};

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "{what}: never");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a session bus: ./dev test e2e"]
async fn at_the_end_of_a_session_the_program_ends_as_if_a_person_quit() {
    let _alone = alone().await;
    let (folder, screen) = (TempDir::new().unwrap(), Screen::new());
    for (name, x) in [("TERM", 120), ("INT", 130), ("HUP", 140)] {
        let mut program = Program::start(folder.path(), &[]);
        screen.wait_until_shows(program.pid(), true).await;
        screen.put(program.pid(), (x, 80, 900, 600)).await;
        program.signal(name);
        assert!(program.ended().await.success(), "{name}");
        let kept = fs::read_to_string(folder.path().join("data/window.json")).expect("where the window was");
        assert!(kept.contains(&format!("\"x\": {x}")) && kept.contains("\"width\": 900"), "{name}: {kept}");
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a session bus: ./dev test e2e"]
async fn started_with_nohup_it_lives_on_when_its_terminal_closes() {
    let _alone = alone().await;
    let (folder, screen) = (TempDir::new().unwrap(), Screen::new());
    let mut program = Program::start_with_nohup(folder.path());
    screen.wait_until_shows(program.pid(), true).await;
    program.signal("HUP");
    // A second start would find nobody.
    assert!(Program::start(folder.path(), &[]).ended().await.success());
    assert!(program.goes_on());
    program.signal("TERM");
    assert!(program.ended().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a keychain: ./dev test e2e"]
async fn a_start_while_another_ends_has_a_window_of_its_own_and_what_was_under_way_is_kept() {
    let _alone = alone().await;
    let (panel, screen) = (Panel::start().await, Screen::new());
    let site = Site::start(Options::new(Provider::Redmine)).await.unwrap();
    site.change(Change { rotation: Some(Rotation::Strict), ..Change::default() }).unwrap();
    let folder = TempDir::new().unwrap();
    settings(folder.path(), "language = \"en\"\n");
    // One of everything: who blocks it, blocks them all.
    let window = Window::open_again(folder, &[("TOKIO_WORKER_THREADS", "1")]).await;
    window.connect_redmine("Harbour", &site).await;
    panel.choose(&["Harbour", "Copy token"]).await;
    panel.wait_for_text("Clear clipboard now (").await;
    let token = clipboard();

    let hangs = Change { expire_tokens: true, fault: Some(Fault::Slow(5_000)), on: Spot::Token, ..Change::default() };
    site.change(hangs).unwrap();
    let asked = site.traffic().count("POST /oauth/token");
    window.key(Key::F5).await;
    until("a refresh", || site.traffic().count("POST /oauth/token") > asked).await;
    let first = window.program();
    signal(first, "TERM");
    screen.wait_until_shows(first, false).await;
    let mut second = Program::start(window.folder.path(), &[]);
    screen.wait_until_shows(second.pid(), true).await;
    until("the first ends", || !PathBuf::from(format!("/proc/{first}")).exists()).await;
    assert_ne!(clipboard(), token);
    assert!(second.goes_on());
    second.signal("TERM");
    assert!(second.ended().await.success());

    let refreshes = site.traffic().refreshes;
    let window = Window::open_again(window.close().await, &[]).await;
    window.click("site-row").await;
    window.key(Key::F5).await;
    window.wait_until_shows_count("assigned_open", 15).await;
    assert_eq!(site.traffic().refreshes, refreshes, "the tokens were kept");
}
