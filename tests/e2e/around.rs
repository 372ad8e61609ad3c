//! Around the window: the tray, a second start, notices, and what is kept.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fantoccini::key::Key;
use tallykey_sites::{Change, Counts, Options, Provider, Site};
use tempfile::TempDir;

use crate::alone;
use crate::bus::{Notices, Panel, lock_screen};
use crate::driver::PATIENCE;
use crate::program::Program;
use crate::screen::Screen;
use crate::window::{AS_LONG_AS_CAN_BE, Window, clipboard, settings};

/// Waits until a file has such a line.
async fn wait_for_line(file: &Path, fits: impl Fn(&str) -> bool) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let text = fs::read_to_string(file).unwrap_or_default();
        if text.lines().any(&fits) {
            return;
        }
        assert!(Instant::now() < deadline, "{} holds {text:?}", file.display());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a session bus: ./dev test e2e"]
async fn closing_leaves_the_program_in_the_tray_and_a_second_start_brings_it_back() {
    let _alone = alone().await;
    let (folder, screen, panel) = (TempDir::new().unwrap(), Screen::new(), Panel::start().await);
    let mut first = Program::start(folder.path(), &[]);
    screen.wait_until_shows(first.pid(), true).await;
    panel.wait_for_tray().await;

    screen.close(first.pid());
    screen.wait_until_shows(first.pid(), false).await;
    panel.choose(&["Open Tallykey"]).await;
    screen.wait_until_shows(first.pid(), true).await;

    screen.close(first.pid());
    screen.wait_until_shows(first.pid(), false).await;
    assert!(Program::start(folder.path(), &[]).ended().await.success());
    screen.wait_until_shows(first.pid(), true).await;
    assert!(first.goes_on());

    // Other folders are another Tallykey.
    let elsewhere = TempDir::new().unwrap();
    let second = Program::start(elsewhere.path(), &[]);
    screen.wait_until_shows(second.pid(), true).await;
    drop(second);

    panel.choose(&["Quit Tallykey"]).await;
    assert!(first.ended().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a session bus: ./dev test e2e"]
async fn without_a_tray_closing_the_window_ends_the_program_and_its_place_is_kept() {
    let _alone = alone().await;
    let (folder, screen) = (TempDir::new().unwrap(), Screen::new());
    let mut program = Program::start(folder.path(), &[]);
    screen.wait_until_shows(program.pid(), true).await;
    screen.put(program.pid(), (120, 80, 900, 600)).await;
    screen.close(program.pid());
    assert!(program.ended().await.success());
    let kept = fs::read_to_string(folder.path().join("data/window.json")).expect("where the window was");
    assert!(kept.contains("\"width\": 900"), "{kept}");

    let mut program = Program::start(folder.path(), &[]);
    screen.wait_until_shows(program.pid(), true).await;
    screen.wait_until_at(program.pid(), (120, 80, 900, 600)).await;
    screen.close(program.pid());
    assert!(program.ended().await.success());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a session bus: ./dev test e2e"]
async fn a_window_that_was_left_where_no_screen_is_now_is_seen_again() {
    let _alone = alone().await;
    let (folder, screen) = (TempDir::new().unwrap(), Screen::new());
    fs::create_dir_all(folder.path().join("data")).unwrap();
    let state = r#"{ "main": { "width": 900, "height": 600, "x": 9000, "y": 9000, "prev_x": 9000, "prev_y": 9000,
        "maximized": false, "visible": true, "decorated": true, "fullscreen": false } }"#;
    fs::write(folder.path().join("data/window.json"), state).unwrap();
    let program = Program::start(folder.path(), &[]);
    screen.wait_until_shows(program.pid(), true).await;
    screen.wait_until_within(program.pid(), (1280, 800)).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a session bus: ./dev test e2e"]
async fn started_at_login_it_waits_in_the_tray_and_shows_itself_when_the_tray_goes() {
    let _alone = alone().await;
    let (folder, screen, panel) = (TempDir::new().unwrap(), Screen::new(), Panel::start().await);
    settings(folder.path(), "launchAtLogin = true\n");
    let program = Program::start(folder.path(), &["--hidden"]);
    panel.wait_for_tray().await;
    panel.wait_for_text("Add a site…").await;
    assert!(!screen.shows(program.pid()));
    let entry = folder.path().join("home/.config/autostart/Tallykey.desktop");
    wait_for_line(&entry, |line| line.starts_with("Exec=") && line.ends_with(" --hidden")).await;

    panel.stop().await;
    screen.wait_until_shows(program.pid(), true).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a session bus: ./dev test e2e"]
async fn what_is_not_wanted_is_not_there() {
    let _alone = alone().await;
    let (folder, screen, panel) = (TempDir::new().unwrap(), Screen::new(), Panel::start().await);
    settings(folder.path(), "closeToTray = false\n");
    let mut program = Program::start(folder.path(), &[]);
    screen.wait_until_shows(program.pid(), true).await;
    panel.wait_for_tray().await;
    screen.close(program.pid());
    assert!(program.ended().await.success());
    assert!(!folder.path().join("home/.config/autostart").exists());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a session bus: ./dev test e2e"]
async fn an_entry_to_start_at_login_that_another_tallykey_made_stays() {
    let _alone = alone().await;
    let (folder, screen, panel) = (TempDir::new().unwrap(), Screen::new(), Panel::start().await);
    let list = folder.path().join("home/.config/autostart");
    fs::create_dir_all(&list).unwrap();
    fs::write(list.join("Tallykey.desktop"), "[Desktop Entry]\n").unwrap();
    let mut program = Program::start(folder.path(), &[]);
    screen.wait_until_shows(program.pid(), true).await;
    panel.choose(&["Quit Tallykey"]).await;
    assert!(program.ended().await.success());
    assert_eq!(fs::read_to_string(list.join("Tallykey.desktop")).unwrap(), "[Desktop Entry]\n");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display: ./dev test e2e"]
async fn the_folder_of_definitions_is_shown_by_the_file_manager() {
    let _alone = alone().await;
    let window = Window::open(&[]).await;
    window.click("first-add-site").await;
    window.click("open-definitions").await;
    let folder = window.folder.path().join("config/providers");
    assert_eq!(window.opened(0).await, folder.display().to_string());
    assert!(folder.is_dir());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a session bus: ./dev test e2e"]
async fn a_link_of_a_second_start_is_shown_and_nothing_is_added() {
    let _alone = alone().await;
    let window = Window::open(&[]).await;
    window.get("first-add-site").await;
    let start = |link: &str| Program::start(window.folder.path(), &[link]);
    assert!(start("tallykey://import#not-a-file").ended().await.success());
    window.wait_for_text("not a file of sites").await;
    window.picture("link-refused").await;
    assert!(!window.folder.path().join("config/sites.toml").exists());
    let file = "schema = 1\n[[site]]\nprovider = \"redmine\"\nname = \"Harbour\"\nclient_id = \"abc\"\n";
    assert!(start(&format!("tallykey://import#{}", URL_SAFE_NO_PAD.encode(file))).ended().await.success());
    assert!(!window.folder.path().join("config/sites.toml").exists());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a keychain: ./dev test e2e"]
async fn the_tray_copies_a_lock_clears_and_an_ended_connection_is_told_once() {
    let _alone = alone().await;
    let (panel, notices) = (Panel::start().await, Notices::start().await);
    let site = Site::start(Options::new(Provider::Redmine)).await.unwrap();
    let folder = TempDir::new().unwrap();
    settings(folder.path(), &format!("notify = true\nlanguage = \"en\"\n{AS_LONG_AS_CAN_BE}"));
    let window = Window::open_again(folder, &[]).await;
    window.connect_redmine("R&D <b>_x", &site).await;

    let tells_the_life = |line: &str| line.starts_with("  Token: 1 h 5") && line.ends_with(" min left");
    let is_whole = |menu: &str| menu.contains("\nR&D <b>_x · ") && menu.lines().any(tells_the_life);
    let menu = panel.wait_for_menu("the site", |menu| menu.contains("assigned ·") && is_whole(menu)).await;
    if let Some(folder) = std::env::var_os("TALLYKEY_PICTURES") {
        fs::write(Path::new(&folder).join("tray-menu.txt"), &menu).unwrap();
    }
    panel.wait_for_label(menu.split(' ').next().unwrap()).await;
    panel.choose(&["R&D", "Copy token"]).await;
    panel.wait_for_text("Clear clipboard now (").await;
    assert!(!clipboard().is_empty());

    window.note_toasts().await;
    lock_screen().await;
    window.wait_until_told("Clipboard cleared").await;
    assert_eq!(clipboard(), "");
    panel.wait_until_gone("Clear clipboard now").await;
    panel.choose(&["Settings…"]).await;
    window.get("language").await;
    window.picture("tray-settings").await;
    window.click("dialog-done").await;

    window.key(Key::Escape).await;
    window.find("[data-testid='site-row']").await;
    assert_eq!(notices.count(), 0);
    site.change(Change { forget_grants: true, ..Change::default() }).unwrap();
    panel.choose(&["R&D", "Refresh"]).await;
    let told = notices.first().await;
    assert_eq!(told.title, "R&D <b>_x: log in again");
    assert!(told.body.contains("Your counts are kept"), "{}", told.body);
    let asks = |menu: &str| menu.contains("⚠ R&D <b>_x: log in again…") && !menu.contains("Copy token");
    panel.wait_for_menu("log in again", asks).await;
    notices.click(&told).await;
    window.get("site-detail").await;
    window.picture("told-sign-in").await;
    assert_eq!(notices.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display and a keychain: ./dev test e2e"]
async fn what_is_newly_overdue_is_told_once_and_a_click_opens_its_page() {
    let _alone = alone().await;
    let (_panel, notices) = (Panel::start().await, Notices::start().await);
    let site = Site::start(Options::new(Provider::Redmine)).await.unwrap();
    let folder = TempDir::new().unwrap();
    settings(folder.path(), "notify = true\nlanguage = \"en\"\n");
    let window = Window::open_again(folder, &[]).await;
    window.connect_redmine("Harbour", &site).await;

    window.click("counts").await;
    window.click("notify-overdue").await;
    window.picture("notify-overdue").await;
    window.click("counts-save").await;
    window.wait_until_gone("counts-save").await;
    let before = usize::try_from(window.counts().await["overdue"]).unwrap();
    let overdue = |overdue: usize| {
        let counts = Counts { assigned_open: 20, overdue, open: 20, ..Counts::default() };
        Change { counts: Some(("alice".to_owned(), counts)), ..Change::default() }
    };
    site.change(overdue(before + 3)).unwrap();
    window.key(Key::F5).await;
    let told = notices.first().await;
    assert_eq!(told.title, "Harbour: Overdue +3");
    notices.click(&told).await;
    let page = window.opened(2).await;
    assert!(page.starts_with(site.base_url()) && page.contains("/issues?") && page.contains("due_date"), "{page}");

    site.change(overdue(before)).unwrap();
    window.key(Key::F5).await;
    window.wait_until_shows_count("overdue", before as u64).await;
    assert_eq!(notices.count(), 1);
}
