//! What trusting a certificate for a site, or none, means for its secrets and for the file.

use std::fs;

use jiff::SignedDuration;
use tallykey_core::model::connection::Connection;
use tallykey_core::ports::Clock as _;
use tallykey_core::{ErrorCode, ExposeSecret, NewSite};
use tallykey_sites::tls::Authority;

use crate::network::{behind, form, keep};
use crate::support::{CLIENT_SECRET, Here, code, own_redmine};

#[tokio::test]
async fn secrets_do_not_go_where_a_changed_list_lets_another_authority_vouch() {
    let here = Here::new().await;
    let (plant, stranger) = (Authority::named("Plant CA"), Authority::named("Stranger"));
    let base = behind(&here, &plant.issue(&["localhost"], None)).await;
    let (trusted, planted) = (keep(&here, &plant.pem()), keep(&here, &stranger.pem()));
    let site = here.desk.add(form(&here, "Plant", &base, Some(trusted.clone()))).await.unwrap();
    here.connect_again(&site).await.unwrap();
    here.redmine.take_asked();

    let list = here.folders.config.join("sites.toml");
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, text.replace(&trusted.to_string(), &planted.to_string())).unwrap();
    let changed = here.desk.named("Plant").unwrap();

    assert_eq!(code(here.desk.count(&changed).await), ErrorCode::AddressChanged);
    assert_eq!(code(here.desk.begin_connect(changed).await), ErrorCode::ClientSecretMissing);
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_connected_site_may_be_given_another_authority_and_keeps_its_connection() {
    let here = Here::new().await;
    let (old, new) = (Authority::named("Plant CA"), Authority::named("Plant CA 2"));
    let base = behind(&here, &old.issue(&["localhost"], None)).await;
    let (before, after) = (keep(&here, &old.pem()), keep(&here, &new.pem()));
    let site = here.desk.add(form(&here, "Plant", &base, Some(before.clone()))).await.unwrap();
    here.connect_again(&site).await.unwrap();

    here.desk.trust(site.site.id, Some(after.clone())).await.unwrap();
    let site = here.desk.named("Plant").unwrap();
    assert_eq!(code(here.desk.count(&site).await), ErrorCode::TlsUntrusted);
    assert_eq!(here.desk.authorities().unwrap().len(), 1, "nobody names the old one");
    let kept = here.store.client_secret().unwrap();
    assert!(kept.origins.unwrap().contains(&format!("authority:{after}")));
    assert!(!kept.secret.expose_secret().is_empty());

    let before = keep(&here, &old.pem());
    here.desk.trust(site.site.id, Some(before)).await.unwrap();
    let site = here.desk.named("Plant").unwrap();
    here.desk.count(&site).await.unwrap();

    let [trusted] = &here.desk.authorities().unwrap()[..] else { panic!("one is trusted") };
    assert_eq!(trusted.authority.as_ref().unwrap().subject, "Plant CA");
    assert_eq!(trusted.sites.len(), 1);
    here.desk.distrust(&trusted.fingerprint).await.unwrap();
    assert!(here.desk.authorities().unwrap().is_empty());
    assert_eq!(code(here.desk.count(&here.desk.named("Plant").unwrap()).await), ErrorCode::TlsUntrusted);
    let allowed =
        here.store.connection(&site).unwrap().origins.into_iter().chain(here.store.client_secret().unwrap().origins);
    assert!(allowed.flatten().all(|origin| origin == base), "what is trusted no more is allowed no more");
}

#[tokio::test]
async fn secrets_of_before_do_not_go_where_a_changed_list_lets_an_authority_vouch() {
    let here = Here::new().await;
    let stranger = Authority::named("Stranger");
    let site = here.connected().await;
    let held = Connection { origins: None, ..here.store.connection(&site).unwrap() };
    here.store.put(&site, &held);
    here.store.put_plain_secret(&site, CLIENT_SECRET);
    let planted = keep(&here, &stranger.pem());
    let list = here.folders.config.join("sites.toml");
    let text = fs::read_to_string(&list).unwrap();
    let line = "[[site]]\n";
    fs::write(&list, text.replace(line, &format!("{line}authority = \"{planted}\"\n"))).unwrap();
    let changed = here.desk.named("Harbour").unwrap();
    assert_eq!(changed.site.authority, Some(planted));
    here.redmine.take_asked();

    assert_eq!(code(here.desk.count(&changed).await), ErrorCode::AddressChanged);
    assert_eq!(code(here.desk.begin_connect(changed).await), ErrorCode::ClientSecretMissing);
    assert!(here.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_site_whose_secrets_cannot_be_read_any_more_can_be_given_an_authority() {
    let here = Here::new().await;
    let site = here.connected().await;
    let trusted = keep(&here, &Authority::named("Plant CA").pem());
    here.store.put_text(&site, "not a connection");
    here.store.refuse("read", "client-secret/", ErrorCode::SecretUnreadable);

    here.desk.trust(site.site.id, Some(trusted.clone())).await.unwrap();

    here.store.refuse("read", "", ErrorCode::VaultMissing);
    here.desk.trust(site.site.id, None).await.unwrap();
    assert_eq!(here.desk.named("Harbour").unwrap().site.authority, None);
}

#[tokio::test]
async fn a_secret_keeps_what_it_allows_though_the_other_cannot_be_read() {
    let here = Here::new().await;
    let site = here.connected().await;
    let trusted = keep(&here, &Authority::named("Plant CA").pem());
    here.store.refuse("read", "client-secret/", ErrorCode::SecretUnreadable);

    here.desk.trust(site.site.id, Some(trusted.clone())).await.unwrap();

    assert!(here.store.connection(&site).unwrap().origins.unwrap().contains(&format!("authority:{trusted}")));
}

#[tokio::test]
async fn a_site_is_removed_though_its_certificate_cannot_be() {
    let here = Here::new().await;
    let trusted = keep(&here, &Authority::named("Plant CA").pem());
    let site = here.desk.add(form(&here, "Plant", "https://localhost", Some(trusted.clone()))).await.unwrap();
    let file = here.folders.config.join("authorities").join(format!("{trusted}.pem"));
    fs::remove_file(&file).unwrap();
    // A folder is what no permission is needed for to be no file.
    fs::create_dir_all(file.join("inside")).unwrap();

    here.desk.remove(site.site.id).await.unwrap();

    assert!(here.desk.sites().unwrap().is_empty());
}

#[tokio::test]
async fn a_certificate_nobody_names_goes_after_a_day_and_one_that_is_named_stays() {
    let here = Here::new().await;
    let (used, left) = (keep(&here, &Authority::named("Used").pem()), keep(&here, &Authority::named("Left").pem()));
    here.desk.add(form(&here, "Plant", "https://localhost", Some(used.clone()))).await.unwrap();
    let kept = |hours: i64| {
        for one in [&used, &left] {
            let file = here.folders.config.join("authorities").join(format!("{one}.pem"));
            let at = here.clock.now() - SignedDuration::from_hours(hours);
            fs::File::options().write(true).open(file).unwrap().set_modified(at.into()).unwrap();
        }
    };
    let names = || here.desk.authorities().unwrap().into_iter().map(|one| one.fingerprint).collect::<Vec<_>>();

    kept(23);
    here.desk.drop_abandoned().await;
    assert_eq!(names().len(), 2, "somebody may be adding its site");

    kept(25);
    here.desk.drop_abandoned().await;
    assert_eq!(names(), [used]);
}

#[tokio::test]
async fn a_certificate_that_is_gone_is_named_by_no_new_site() {
    let here = Here::new().await;
    let trusted = keep(&here, &Authority::named("Plant CA").pem());
    here.desk.drop_unnamed(Some(&trusted)).await;

    let added = here.desk.add(form(&here, "Plant", "https://localhost", Some(trusted))).await;

    assert_eq!(code(added), ErrorCode::AuthorityMissing);
    assert!(here.desk.sites().unwrap().is_empty());
    assert!(here.store.client_secret().is_none());
}

#[tokio::test]
async fn a_code_is_not_sent_where_another_program_has_let_somebody_else_vouch_meanwhile() {
    let here = Here::new().await;
    let folder = here.desk.definitions_folder();
    fs::create_dir_all(&folder).unwrap();
    // Of a client without a secret, which would have its own word in this.
    fs::write(folder.join("open.toml"), own_redmine("open").replace("auth = \"basic\"", "auth = \"none\"")).unwrap();
    here.accept("open").unwrap();
    let new = NewSite { provider: "open".to_owned(), client_secret: None, ..here.form("Harbour") };
    let site = here.desk.add(new).await.unwrap();
    let attempt = here.desk.begin_connect(site.clone()).await.unwrap();
    let trusted = keep(&here, &Authority::named("Plant CA").pem());
    here.another_desk().trust(site.site.id, Some(trusted)).await.unwrap();

    assert_eq!(code(here.finish(&attempt).await), ErrorCode::AddressChanged);
    assert!(here.redmine.asked("/oauth/token").is_empty());
}

#[tokio::test]
async fn a_certificate_goes_with_the_last_site_that_names_it_and_never_into_a_file_to_pass_on() {
    let here = Here::new().await;
    let trusted = keep(&here, &Authority::named("Plant CA").pem());
    let site = here.desk.add(form(&here, "Plant", "https://localhost", Some(trusted.clone()))).await.unwrap();
    let second = here.desk.duplicate(&site, "Second").await.unwrap();

    assert!(!here.desk.passed_on(&[site.site.id]).unwrap().contains(&trusted.to_string()));
    here.desk.remove(site.site.id).await.unwrap();
    assert_eq!(here.desk.authorities().unwrap().len(), 1);
    here.desk.remove(second.site.id).await.unwrap();
    assert!(here.desk.authorities().unwrap().is_empty());
}
