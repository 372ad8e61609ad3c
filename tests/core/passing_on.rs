//! Sites as a file to pass on: never a secret, and all of them or none.

use tallykey_core::model::site_file;
use tallykey_core::{ErrorCode, NewSite};
use tempfile::TempDir;

use crate::support::{CLIENT_ID, CLIENT_SECRET, Here, code, refused};

#[tokio::test]
async fn what_one_person_passes_on_another_can_connect_once_the_secret_is_there() {
    let (here, colleague) = (Here::new().await, Here::new().await);
    let site = here.connected().await;
    let token = here.use_site(&site).await.unwrap();
    let text = here.desk.passed_on(&[site.site.id]).unwrap();
    assert!(!text.contains(CLIENT_SECRET) && !text.contains(&token) && !text.contains("alice"), "{text}");

    let added = colleague.desk.import(site_file::read(&text).unwrap()).await.unwrap();

    let [added] = &added[..] else { panic!("one site") };
    assert_eq!((added.site.name.as_str(), added.site.client_id.as_str()), ("Harbour", CLIENT_ID));
    assert_ne!(added.site.id, site.site.id);
    assert_eq!((&added.site.inputs, &added.site.scopes), (&site.site.inputs, &site.site.scopes));
    assert_eq!(code(colleague.desk.begin_connect(added.clone()).await), ErrorCode::ClientSecretMissing);
    colleague.desk.set_client_secret(added, CLIENT_SECRET.into()).await.unwrap();
    let attempt = colleague.desk.begin_connect(added.clone()).await.unwrap();
    let answer = here.redmine.approve(&attempt.url);
    colleague.desk.finish_connect(&attempt.id, &answer).await.unwrap();
    assert!(colleague.use_site(added).await.is_ok());
}

#[tokio::test]
async fn one_site_that_cannot_be_added_keeps_out_the_others() {
    let here = Here::new().await;
    here.added().await;
    let file = |text: &str| {
        let sites = text.split(';').map(|line| {
            let (provider, name) = line.split_once('/').unwrap();
            format!("[[site]]\nprovider = \"{provider}\"\nname = \"{name}\"\nclient_id = \"x\"\n[site.inputs]\nbase = \"https://r.example\"\n")
        });
        site_file::read(&format!("schema = 1\n{}", sites.collect::<String>())).unwrap()
    };

    for (text, expected, name) in [
        ("redmine/Pier;redmine/hARBOUR", ErrorCode::NameTaken, "hARBOUR"),
        ("redmine/Pier;redmine/PIER", ErrorCode::NameTaken, "PIER"),
        ("redmine/Pier;of-tomorrow/Quay", ErrorCode::NoSuchProvider, "Quay"),
        ("redmine/Pier;jooto/Quay", ErrorCode::InvalidInput, "Quay"),
    ] {
        let error = refused(here.desk.import(file(text)).await);
        assert_eq!((error.code, error.site.as_deref()), (expected, Some(name)), "{text}");
    }
    assert_eq!(here.desk.sites().unwrap().len(), 1);
}

#[tokio::test]
async fn the_file_is_written_under_a_name_that_is_free() {
    let (here, folder) = (Here::new().await, TempDir::new().unwrap());
    let first = here.added().await.site.id;
    let second = here.desk.add(NewSite { name: "a/b".to_owned(), ..here.form("x") }).await.unwrap().site.id;

    let paths = [&[first][..], &[first], &[second], &[second, first]].map(|ids| {
        let path = here.desk.pass_on(ids, folder.path()).unwrap();
        let sites = site_file::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(sites.len(), ids.len());
        path.file_name().unwrap().to_string_lossy().into_owned()
    });

    assert_eq!(paths, ["Harbour.tallykey", "Harbour (2).tallykey", "a-b.tallykey", "tallykey.tallykey"]);
    here.desk.remove(first).await.unwrap();
    assert_eq!(code(here.desk.pass_on(&[first], folder.path())), ErrorCode::NoSuchSite);
}
