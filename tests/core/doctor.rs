//! The doctor: what is well, what is not, and no secret in any line.

use tallykey_core::ErrorCode;
use tallykey_core::flows::doctor::{Health, Line};

use crate::support::{CLIENT_SECRET, Here, code};

/// Each line as `site/id`, with how it is.
fn told(lines: &[Line]) -> Vec<(String, Health)> {
    let name = |line: &Line| format!("{}/{}", line.site.as_deref().unwrap_or_default(), line.id);
    lines.iter().map(|line| (name(line), line.health)).collect()
}

fn line<'a>(lines: &'a [Line], id: &str) -> &'a Line {
    lines.iter().find(|line| line.id == id).unwrap_or_else(|| panic!("no {id}"))
}

#[tokio::test]
async fn a_computer_on_which_all_is_well_has_lines_that_say_so() {
    let here = Here::new().await;
    let site = here.connected().await;
    let token = here.use_site(&site).await.unwrap();

    let lines = here.desk.doctor(None).await.unwrap();

    let ids = [
        "/keychain",
        "/config_folder",
        "/data_folder",
        "/proxy",
        "/browser",
        "Harbour/definition",
        "Harbour/reach",
        "Harbour/product",
        "Harbour/oauth",
        "Harbour/token",
    ];
    // The clock of these tests stands still, and the server's does not.
    let but_clock: Vec<Line> = lines.iter().filter(|line| line.id != "clock").cloned().collect();
    assert_eq!(told(&but_clock), ids.map(|id| (id.to_owned(), Health::Ok)));
    assert_eq!(line(&lines, "token").detail.as_deref(), Some("alice"));
    let all = format!("{lines:?}");
    assert!(!all.contains(&token) && !all.contains(CLIENT_SECRET));
    assert!(lines.iter().all(|line| line.text.contains_key("en") && line.text.contains_key("ja")));
}

#[tokio::test]
async fn a_token_that_has_run_out_is_not_renewed_by_looking() {
    let here = Here::new().await;
    here.stale().await;

    let lines = here.desk.doctor(None).await.unwrap();

    assert_eq!(line(&lines, "token").health, Health::Ok);
    assert!(!here.redmine.take_asked().iter().any(|asked| asked.path() == "/oauth/token"));
}

#[tokio::test]
async fn what_fails_is_told_with_its_cause_and_advice() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.redmine.rest_off();
    here.store.refuse("read", "connection/", ErrorCode::KeychainLocked);
    let folder = here.desk.definitions_folder();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("mine.toml"), "schema = 1\n").unwrap();

    let lines = here.desk.doctor(Some(site.site.id)).await.unwrap();

    let keychain = line(&lines, "keychain");
    assert_eq!((keychain.health, keychain.code), (Health::Fail, Some(ErrorCode::KeychainLocked)));
    assert!(keychain.advice.as_ref().is_some_and(|advice| !advice["ja"].is_empty()));
    assert_eq!(line(&lines, "definitions").health, Health::Warn);
    assert!(line(&lines, "definitions").detail.as_ref().unwrap().contains("mine.toml: "));
    assert_eq!(line(&lines, "product").code, Some(ErrorCode::ApiOff));
    assert!(!lines.iter().any(|line| line.id == "token"), "the keychain was told to fail once");
}

#[tokio::test]
async fn a_site_that_is_not_connected_is_no_failure() {
    let here = Here::new().await;
    let site = here.added().await;
    here.store.refuse("read", "client-secret/", ErrorCode::KeychainFailed);

    let lines = here.desk.doctor(None).await.unwrap();

    assert_eq!(
        (line(&lines, "token").health, line(&lines, "token").code),
        (Health::Warn, Some(ErrorCode::NotConnected))
    );
    assert_eq!(line(&lines, "client_secret").code, Some(ErrorCode::KeychainFailed));
    here.desk.remove(site.site.id).await.unwrap();
    assert_eq!(code(here.desk.doctor(Some(site.site.id)).await), ErrorCode::NoSuchSite);
}

#[tokio::test]
async fn secrets_of_a_site_that_was_taken_out_of_the_list_by_hand_are_told() {
    let here = Here::new().await;
    let site = here.connected().await;
    let id = site.site.id;
    let other = here.desk.duplicate(&site, "Another account").await.unwrap();
    let list = here.sites_toml();
    let text = std::fs::read_to_string(&list).unwrap();
    let taken_out = text.find("[[site]]").zip(text.rfind("[[site]]")).map(|(first, last)| first..last).unwrap();
    std::fs::write(&list, text.replace(&text[taken_out], "")).unwrap();
    assert_eq!(here.desk.sites().unwrap()[0].site.id, other.site.id);

    let lines = here.desk.doctor(None).await.unwrap();
    let left_over = line(&lines, "left_over");
    assert_eq!((left_over.health, left_over.detail.as_deref()), (Health::Warn, Some(id.to_string().as_str())));

    here.store.refuse("read", "connection", ErrorCode::KeychainLocked);
    assert!(!here.desk.doctor(None).await.unwrap().iter().any(|line| line.id == "left_over"), "nobody can tell");
    here.store.recover();
    std::fs::remove_file(&list).unwrap();
    assert!(!here.desk.doctor(None).await.unwrap().iter().any(|line| line.id == "left_over"), "of another list");
    here.desk.remove(id).await.unwrap();
    assert!(!here.desk.doctor(None).await.unwrap().iter().any(|line| line.id == "left_over"));
}
