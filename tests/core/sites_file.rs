//! The list of sites in its file: shared by programs, edited by people, never lost.

use std::time::Duration;

use tallykey_core::adapters::lock_file::lock;
use tallykey_core::{ErrorCode, Event};

use crate::support::{Here, code, refused};

#[tokio::test]
async fn what_was_added_reads_back_in_its_order() {
    let here = Here::new().await;
    let mut added = Vec::new();
    for name in ["Zürich", "港 \"north\"", "a = [1]\\n"] {
        added.push(here.desk.add(here.form(name)).await.unwrap().site);
    }

    let sites = here.another_desk().sites().unwrap();

    let read: Vec<_> = sites.into_iter().map(|status| status.site).collect();
    assert_eq!(read, added);
}

#[tokio::test]
async fn programs_that_add_at_the_same_time_lose_nothing() {
    let here = Here::new().await;
    let desks = [here.desk.clone(), here.another_desk()];

    let adds = (0..12).map(|number| {
        let (desk, form) = (desks[number % 2].clone(), here.form(&format!("Site {number}")));
        tokio::spawn(async move { desk.add(form).await })
    });
    for add in adds.collect::<Vec<_>>() {
        add.await.unwrap().unwrap();
    }

    assert_eq!(here.desk.sites().unwrap().len(), 12);
}

#[tokio::test]
async fn programs_that_add_the_same_name_add_it_once() {
    let here = Here::new().await;
    let other = here.another_desk();

    let (first, second) = tokio::join!(here.desk.add(here.form("Harbour")), other.add(here.form("Harbour")));

    assert!(first.is_ok() != second.is_ok());
    assert_eq!(here.desk.sites().unwrap().len(), 1);
    assert_eq!(here.store.everything().len(), 1, "the other one's secret is gone");
}

#[tokio::test]
async fn a_file_with_a_mistake_is_reported_with_its_line_and_never_written_over() {
    let here = Here::new().await;
    let site = here.connected().await;
    let broken = std::fs::read_to_string(here.sites_toml()).unwrap() + "\n[[site]]\nname = oops\n";
    std::fs::write(here.sites_toml(), &broken).unwrap();
    let line = broken.lines().count();

    let error = refused(here.desk.sites());

    assert_eq!(error.code, ErrorCode::FileUnreadable);
    let detail = error.detail.unwrap();
    assert!(detail.contains("sites.toml") && detail.contains(&format!("line {line}")), "{detail}");
    assert_eq!(code(here.desk.add(here.form("Another")).await), ErrorCode::FileUnreadable);
    assert_eq!(code(here.desk.remove(site.site.id).await), ErrorCode::FileUnreadable);
    assert_eq!(std::fs::read_to_string(here.sites_toml()).unwrap(), broken);
    assert!(!here.store.everything().iter().any(|(name, _)| !name.contains(&site.site.id.to_string())));
}

#[tokio::test]
async fn a_misspelt_key_is_a_mistake() {
    let here = Here::new().await;
    here.added().await;
    let text = std::fs::read_to_string(here.sites_toml()).unwrap().replace("client_id", "clinet_id");
    std::fs::write(here.sites_toml(), text).unwrap();

    let error = refused(here.desk.sites());

    assert_eq!(error.code, ErrorCode::FileUnreadable);
}

#[tokio::test]
async fn a_site_edited_to_plain_http_is_never_asked() {
    let here = Here::new().await;
    let site = here.connected().await;
    let text = std::fs::read_to_string(here.sites_toml()).unwrap();
    std::fs::write(here.sites_toml(), text.replace(&here.redmine.base(), "http://redmine.example.jp")).unwrap();
    let edited = here.desk.site(site.site.id).unwrap();

    assert_eq!(code(here.use_site(&edited).await), ErrorCode::HttpsRequired);
    assert_eq!(code(here.desk.begin_connect(edited).await), ErrorCode::HttpsRequired);
}

#[tokio::test]
async fn what_was_last_seen_may_be_damaged_without_harm() {
    let here = Here::new().await;
    let site = here.connected().await;
    std::fs::write(here.folders.data.join("known").join(format!("{}.json", site.site.id)), "{\"state\":").unwrap();

    assert_eq!(here.known(&site), tallykey_core::model::known::Known::default());
    here.desk.count(&site).await.unwrap();

    assert_eq!(here.known(&site).identity.unwrap().text, "alice");
}

#[cfg(unix)]
#[tokio::test]
async fn files_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let here = Here::new().await;
    here.connected().await;

    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;

    assert_eq!(mode(&here.sites_toml()), 0o600);
    assert_eq!(mode(&here.folders.config), 0o700);
    assert_eq!(mode(&here.folders.data.join("known")), 0o700);
}

#[tokio::test]
async fn a_site_of_an_unknown_product_hides_no_other_and_is_left_alone() {
    let here = Here::new().await;
    here.added().await;
    here.desk.add(here.form("Lighthouse")).await.unwrap();
    let text = std::fs::read_to_string(here.sites_toml()).unwrap();
    let newer = text.replacen("provider = \"redmine\"", "provider = \"of-a-newer-tallykey\"", 1);
    std::fs::write(here.sites_toml(), newer).unwrap();

    let sites = here.desk.sites().unwrap();
    here.desk.add(here.form("Pier")).await.unwrap();

    let names: Vec<_> = sites.iter().map(|status| status.site.name.as_str()).collect();
    assert_eq!(names, ["Harbour", "Lighthouse"]);
    assert_eq!(sites[0].account.as_ref().unwrap_err().code, ErrorCode::NoSuchProvider);
    assert!(sites[1].account.is_ok());
    assert_eq!(code(here.desk.named("Harbour")), ErrorCode::NoSuchProvider);
    assert!(std::fs::read_to_string(here.sites_toml()).unwrap().contains("of-a-newer-tallykey"));
}

#[tokio::test]
async fn whoever_changes_the_list_for_too_long_is_not_waited_for() {
    let here = Here::new().await;
    here.added().await;
    let file = here.folders.data.join("locks").join("sites.lock");
    let _hangs = lock(&file, Duration::ZERO).await.unwrap();
    tokio::time::pause();

    assert_eq!(code(here.desk.add(here.form("Pier")).await), ErrorCode::Busy);

    assert_eq!(here.store.everything().len(), 1, "its secret is gone again");
}

#[tokio::test]
async fn another_order_is_kept_and_changes_nothing_else() {
    let here = Here::new().await;
    let mut added = Vec::new();
    for name in ["Quay", "Pier", "Harbour", "Mole"] {
        added.push(here.desk.add(here.form(name)).await.unwrap().site);
    }
    let [quay, pier, harbour, mole] = &added[..] else { panic!("{added:?}") };
    let mut events = here.desk.events();

    // Somebody else adds one and removes one while a person drags.
    let other = here.another_desk();
    let late = other.add(here.form("Lock")).await.unwrap().site;
    other.remove(pier.id).await.unwrap();
    here.desk.arrange(&[harbour.id, pier.id, mole.id, quay.id]).await.unwrap();

    let read: Vec<_> = other.sites().unwrap().into_iter().map(|status| status.site).collect();
    assert_eq!(read, [harbour.clone(), mole.clone(), quay.clone(), late]);
    assert_eq!(events.try_recv(), Ok(Event::Changed));
}

#[tokio::test]
async fn an_order_that_names_few_leaves_the_others_as_they_stood() {
    let here = Here::new().await;
    let mut ids = Vec::new();
    for name in ["Quay", "Pier", "Harbour"] {
        ids.push(here.desk.add(here.form(name)).await.unwrap().site.id);
    }

    here.desk.arrange(&[ids[2]]).await.unwrap();

    let read: Vec<_> = here.desk.sites().unwrap().into_iter().map(|status| status.site.id).collect();
    assert_eq!(read, [ids[2], ids[0], ids[1]]);
}

#[tokio::test]
async fn an_order_that_cannot_be_written_changes_nothing() {
    let here = Here::new().await;
    let site = here.added().await.site;
    let broken = std::fs::read_to_string(here.sites_toml()).unwrap() + "\n[[site]]\nname = oops\n";
    std::fs::write(here.sites_toml(), &broken).unwrap();

    assert_eq!(code(here.desk.arrange(&[site.id]).await), ErrorCode::FileUnreadable);

    assert_eq!(std::fs::read_to_string(here.sites_toml()).unwrap(), broken);
}
