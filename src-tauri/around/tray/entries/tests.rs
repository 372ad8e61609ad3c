use tallykey_core::model::settings::{Settings, ShownLanguage};
use tallykey_core::model::site::Redirect;

use super::*;
use crate::texts;
use crate::views::{
    ClipboardView, CountView, CountWishView, ErrorView, PaceView, StoreKind, Text, TokenView, VaultState,
};

const NOW: &str = "2026-11-22T10:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn count_view(id: &str, value: Option<u32>) -> CountView {
    let wish = CountWishView { hidden: false, warn: None, notify: false, own: false };
    CountView { id: id.to_owned(), label: Text::new(), value, error: None, day: None, visit: None, wish }
}

fn site(name: &str, assigned: Option<u32>, overdue: Option<u32>) -> SiteView {
    SiteView {
        id: format!("id of {name}"),
        name: name.to_owned(),
        provider: "redmine".to_owned(),
        host: "redmine.example.jp".to_owned(),
        state: SiteState::Connected,
        identity: None,
        problem: None,
        redirect: Redirect::Oob,
        choices: Vec::new(),
        trouble: None,
        token: Some(TokenView {
            tail: "4f2a".to_owned(),
            expires_at: Some("2026-11-22T10:38:20Z".to_owned()),
            seconds: Some(7200),
            scopes: Vec::new(),
            missing_scopes: Vec::new(),
        }),
        given: Vec::new(),
        counts: vec![count_view(ASSIGNED, assigned), count_view(OVERDUE, overdue)],
        counted_at: None,
        connected_at: None,
        busy: None,
        progress: None,
        pace: PaceView { minutes: None, next_at: None, left: Vec::new() },
        trend: None,
    }
}

fn overview(sites: Vec<SiteView>) -> Overview {
    Overview {
        sites,
        providers: Vec::new(),
        store: StoreView {
            kind: StoreKind::Keychain,
            name: "GNOME Keyring".to_owned(),
            error: None,
            vault: VaultState::Missing,
        },
        clipboard: None,
        settings: Settings::default(),
        attempt: None,
        other_person: None,
        clock_ahead: None,
        broken_definitions: Vec::new(),
        definitions_folder: String::new(),
        history_trouble: None,
        next_round_at: None,
        paused_until: None,
    }
}

/// The menu as it is read: sub-menus are indented.
fn read(overview: &Overview, language: ShownLanguage) -> String {
    fn lines(menu: &[Entry], indent: &str, text: &mut String) {
        for entry in menu {
            let (label, below): (&str, &[Entry]) = match entry {
                Entry::Line(label) | Entry::Do(_, label) => (label, &[]),
                Entry::Sub(_, label, below) => (label, below),
                Entry::Rule => ("--", &[]),
            };
            text.extend([indent, label, "\n"]);
            lines(below, "  ", text);
        }
    }
    let mut text = String::new();
    lines(&entries(overview, texts::of(language), now()), "", &mut text);
    text
}

#[test]
fn the_menu_tells_totals_and_lets_each_site_be_copied_opened_and_refreshed() {
    let shown = read(&overview(vec![site("Harbour", Some(4), Some(1)), site("Pier", None, None)]), ShownLanguage::En);
    assert_eq!(
        shown,
        "4 assigned · 1 overdue\n--\nHarbour · 4\n  Token: 38 min left\n  Copy token\n  Copy as curl\n  Open site\n  \
         Open “Assigned to me”\n  Refresh\n  Show in Tallykey\nPier\n  Token: 38 min left\n  Copy token\n  \
         Copy as curl\n  Open site\n  Open “Assigned to me”\n  Refresh\n  Show in Tallykey\n--\nRefresh all\n\
         Pause refreshing for 1 hour\n--\nOpen Tallykey\nSettings…\nQuit Tallykey\n"
    );
}

#[test]
fn without_sites_the_first_one_is_offered() {
    let shown = read(&overview(Vec::new()), ShownLanguage::En);
    assert_eq!(shown, "Add a site…\n--\nOpen Tallykey\nSettings…\nQuit Tallykey\n");
    assert_eq!(title(&overview(Vec::new())), None);
}

#[test]
fn the_menu_speaks_japanese() {
    let shown = read(&overview(vec![site("港", Some(47), Some(9))]), ShownLanguage::Ja);
    assert!(
        shown.starts_with("担当 47 · 期日超過 9\n--\n港 · 47\n  トークン残り 38分\n  トークンをコピー\n"),
        "{shown}"
    );
}

#[test]
fn an_unknown_number_is_never_nought() {
    let pier = site("Pier", None, None);
    assert_eq!(title(&overview(vec![pier])), None);
    let shown = read(&overview(vec![site("Harbour", Some(0), None)]), ShownLanguage::En);
    assert!(shown.starts_with("0 assigned · – overdue\n"), "{shown}");
}

#[test]
fn what_needs_a_person_stands_first() {
    let mut ended = site("Harbour", Some(4), Some(1));
    ended.state = SiteState::NeedsSignIn;
    let mut overview = overview(vec![ended]);
    overview.store.error = Some(ErrorCode::KeychainLocked);
    let menu = entries(&overview, texts::of(ShownLanguage::En), now());
    let is = |act: Act, label: &str| Entry::Do(act, label.to_owned());
    assert_eq!(menu[1], is(Act::Unlock, "⚠ GNOME Keyring is locked: unlock…"));
    assert_eq!(menu[2], is(Act::SignIn("id of Harbour".to_owned()), "⚠ Harbour: log in again…"));
    let shown = read(&overview, ShownLanguage::En);
    assert!(!shown.contains("Copy token") && !shown.contains("Token:"), "{shown}");
    overview.store.error = Some(ErrorCode::VaultLocked);
    let menu = entries(&overview, texts::of(ShownLanguage::En), now());
    assert_eq!(menu[1], is(Act::Unlock, "⚠ The encrypted file is locked: unlock…"));
}

#[test]
fn a_site_that_cannot_be_used_is_only_shown() {
    let mut broken = site("Harbour", None, None);
    broken.problem = Some(ErrorView { code: ErrorCode::NoSuchProvider, site: None, host: None, detail: None });
    let shown = read(&overview(vec![broken]), ShownLanguage::En);
    assert!(shown.starts_with("Harbour\n  Show in Tallykey\n--\n"), "{shown}");
}

#[test]
fn sixty_sites_do_not_fill_the_screen() {
    let sites = (0..60).map(|n| site(&format!("Site {n}"), Some(1), Some(0))).collect();
    let menu = entries(&overview(sites), texts::of(ShownLanguage::En), now());
    let shown = menu.iter().filter(|entry| matches!(entry, Entry::Sub(..))).count();
    assert_eq!(shown, SITES_SHOWN);
    assert!(menu.contains(&Entry::Do(Act::Open, "48 more…".to_owned())));
    assert!(menu.contains(&Entry::Do(Act::Open, "60 assigned · 0 overdue".to_owned())));
}

#[test]
fn a_copied_token_can_be_taken_off_the_clipboard_while_it_is_there() {
    let mut overview = overview(vec![site("Harbour", Some(4), Some(1))]);
    overview.clipboard = Some(ClipboardView {
        site: "id of Harbour".to_owned(),
        site_name: "Harbour".to_owned(),
        format: CopyFormat::Raw,
        tail: "4f2a".to_owned(),
        token_until: None,
        clears_at: "2026-11-22T10:00:32Z".to_owned(),
        seconds: 45,
    });
    assert!(read(&overview, ShownLanguage::En).contains("\nClear clipboard now (32 s left)\nRefresh all\n"));
    let after = entries(&overview, texts::of(ShownLanguage::En), "2026-11-22T10:00:33Z".parse().unwrap());
    assert!(!after.iter().any(|entry| matches!(entry, Entry::Do(Act::ClearClipboard, _))));
}

#[test]
fn a_pause_can_be_ended() {
    let mut overview = overview(vec![site("Harbour", Some(4), Some(1))]);
    overview.paused_until = Some("2026-11-22T11:00:00Z".to_owned());
    assert!(read(&overview, ShownLanguage::En).contains("\nResume refreshing\n"));
}

#[test]
fn time_is_told_as_in_the_window() {
    let texts = texts::of(ShownLanguage::En);
    for (seconds, said) in [(59, "less than 1 min"), (60, "1 min"), (3599, "59 min"), (6130, "1 h 42 min")] {
        assert_eq!(duration(SignedDuration::from_secs(seconds), texts), said);
    }
}

#[test]
fn what_a_row_does_comes_back_from_its_id() {
    for act in [Act::Open, Act::Copy("a".to_owned(), CopyFormat::Curl), Act::SignIn("b".to_owned())] {
        let id = serde_json::to_string(&act).unwrap();
        assert_eq!(serde_json::from_str::<Act>(&id).unwrap(), act);
    }
}
