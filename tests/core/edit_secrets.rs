//! Changing a site: where what is secret goes then, and what of one place stays with it.

use std::fs;

use tallykey_core::flows::outside::Account;
use tallykey_core::model::activity::ActivityKind;
use tallykey_core::model::wishes::{CountWish, CountsSetup};
use tallykey_core::{Desk, ErrorCode, ExposeSecret, NewSite, Parting, Secret, SiteSetup};

use crate::support::{CLIENT_SECRET, Here, code, own_redmine, saved, typed, wish};

const NEW_SECRET: &str = "a-secret-of-the-other-place";

/// A definition whose API has an address of its own and whose application may be a public one.
fn accept_definition(here: &Here) {
    let text = own_redmine("mine")
        .replacen(
            "[[check]]",
            "[[input]]\nkey = \"api\"\nkind = \"base\"\nlabel = { en = \"API\", ja = \"API\" }\n\n[[check]]",
            1,
        )
        .replacen("[api]\nbase = \"{base}\"", "[api]\nbase = \"{api}\"", 1)
        .replacen(
            "auth = \"basic\" }]",
            "auth = \"basic\" }, { id = \"public\", label = { en = \"Public\", ja = \"Public\" }, auth = \"none\" }]",
            1,
        );
    fs::create_dir_all(here.desk.definitions_folder()).unwrap();
    fs::write(here.desk.definitions_folder().join("mine.toml"), text).unwrap();
    here.accept("mine").unwrap();
}

/// A site whose API has an address of its own, which is the same now.
async fn with_api(here: &Here) -> Account {
    accept_definition(here);
    let mut form = NewSite { provider: "mine".to_owned(), ..here.form("Harbour") };
    form.inputs.insert("api".to_owned(), here.redmine.base());
    here.desk.add(form).await.unwrap()
}

/// A site's setup with another address in some of its inputs.
fn moved(here: &Here, site: &Account, keys: &[&str], to: &Here) -> SiteSetup {
    let mut setup = here.desk.setup(site.site.id).unwrap();
    setup.inputs.extend(keys.iter().map(|key| ((*key).to_owned(), to.redmine.base())));
    setup
}

fn client_secret(here: &Here) -> Option<String> {
    here.store.client_secret().map(|kept| kept.secret.expose_secret().to_owned())
}

#[tokio::test]
async fn another_address_of_the_api_is_another_place_too() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = with_api(&here).await;
    here.connect_again(&site).await.unwrap();
    let token = here.use_site(&site).await.unwrap();
    let before = here.desk.setup(site.site.id).unwrap();
    let setup = moved(&here, &site, &["api"], &elsewhere);
    here.redmine.take_asked();
    let secret = || Some(Secret::from(NEW_SECRET));

    let refused = here.desk.edit(site.site.id, setup.clone(), None, Parting::Leave).await;
    assert_eq!(code(refused), ErrorCode::ClientSecretMissing);
    let refused = here.desk.edit(site.site.id, setup.clone(), secret(), Parting::Refuse).await;
    assert_eq!(code(refused), ErrorCode::ConnectedElsewhere);
    let there = here.desk.edit(site.site.id, setup, secret(), Parting::Leave).await.unwrap();

    assert_eq!(code(here.desk.count(&there).await), ErrorCode::AddressChanged);
    assert_eq!(code(here.desk.test(&there).await), ErrorCode::AddressChanged);
    assert_eq!(code(here.desk.revoke(&there).await), ErrorCode::AddressChanged);
    assert!(elsewhere.redmine.take_asked().is_empty() && here.redmine.take_asked().is_empty());
    let secret = Some(Secret::from(CLIENT_SECRET));
    let back = here.desk.edit(site.site.id, before, secret, Parting::Refuse).await.unwrap();
    assert_eq!(here.use_site(&back).await.unwrap(), token);
}

#[tokio::test]
async fn a_connection_that_does_not_say_where_it_may_go_says_so_when_it_is_left() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = with_api(&here).await;
    here.connect_again(&site).await.unwrap();
    let mut before = here.store.connection(&site).unwrap();
    before.origins = None;
    here.store.put(&site, &before);
    here.use_site(&site).await.expect("items of before stay readable");

    let setup = moved(&here, &site, &["api"], &elsewhere);
    let secret = || Some(Secret::from(NEW_SECRET));
    let refused = here.desk.edit(site.site.id, setup.clone(), secret(), Parting::Refuse).await;
    assert_eq!(code(refused), ErrorCode::ConnectedElsewhere);
    let there = here.desk.edit(site.site.id, setup, secret(), Parting::Leave).await.unwrap();

    assert_eq!(code(here.use_site(&there).await), ErrorCode::AddressChanged);
}

#[tokio::test]
async fn a_connection_of_before_says_where_it_may_go_once_it_is_renewed() {
    let here = Here::new().await;
    let site = here.stale().await;
    let mut before = here.store.connection(&site).unwrap();
    let origins = before.origins.take();
    here.store.put(&site, &before);

    here.use_site(&site).await.unwrap();

    assert_eq!(here.store.connection(&site).unwrap().origins, origins);
    assert!(origins.is_some());
}

/// Writes another address into the list by hand, and reads it.
fn by_hand(here: &Here, key: &str, to: &Here) -> Desk {
    let text = fs::read_to_string(here.sites_toml()).unwrap();
    let line = |base: &str| format!("{key} = \"{base}\"");
    let changed = text.replace(&line(&here.redmine.base()), &line(&to.redmine.base()));
    assert_ne!(changed, text);
    fs::write(here.sites_toml(), changed).unwrap();
    here.another_desk()
}

#[tokio::test]
async fn no_token_goes_to_an_api_that_was_written_into_the_list_by_hand() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = with_api(&here).await;
    here.connect_again(&site).await.unwrap();

    let desk = by_hand(&here, "api", &elsewhere);
    assert_eq!(code(desk.count(&desk.named("Harbour").unwrap()).await), ErrorCode::AddressChanged);
    assert!(elsewhere.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn no_client_secret_goes_to_an_address_that_was_written_into_the_list_by_hand() {
    for is_connected in [true, false] {
        let (here, elsewhere) = (Here::new().await, Here::new().await);
        let site = if is_connected { here.connected().await } else { here.added().await };

        let desk = by_hand(&here, "base", &elsewhere);
        let there = desk.named("Harbour").unwrap();
        assert_eq!(code(desk.begin_connect(there.clone()).await), ErrorCode::ClientSecretMissing);
        let copy = desk.duplicate(&there, "Pier").await.unwrap();
        assert_eq!(code(desk.begin_connect(copy).await), ErrorCode::ClientSecretMissing);
        assert!(elsewhere.redmine.take_asked().is_empty());

        // It is there for the address it was given for; what is given for the other one goes there.
        let id = site.site.id.to_string();
        assert!(here.store.everything().iter().any(|(name, _)| name == &format!("client-secret/{id}")));
        desk.set_client_secret(&there, Secret::from(NEW_SECRET)).await.unwrap();
        desk.begin_connect(there).await.unwrap();
    }
}

#[tokio::test]
async fn a_client_secret_of_before_is_bound_at_its_next_use_and_not_lost() {
    for is_connected in [true, false] {
        let (here, elsewhere) = (Here::new().await, Here::new().await);
        let site = if is_connected { here.stale().await } else { here.added().await };
        let bound = here.store.client_secret().unwrap().origins;
        here.store.put_plain_secret(&site, CLIENT_SECRET);

        here.store.refuse("write", "client-secret", ErrorCode::KeychainLocked);
        here.desk.begin_connect(site.clone()).await.expect("it can be used all the same");
        here.store.recover();
        assert!(here.store.client_secret().unwrap().origins.is_none());
        if is_connected {
            here.use_site(&site).await.unwrap();
        } else {
            here.connect_again(&site).await.unwrap();
        }

        let kept = here.store.client_secret().unwrap();
        assert_eq!((kept.secret.expose_secret(), kept.origins), (CLIENT_SECRET, bound));
        let desk = by_hand(&here, "base", &elsewhere);
        let refused = desk.begin_connect(desk.named("Harbour").unwrap()).await;
        assert_eq!(code(refused), ErrorCode::ClientSecretMissing);
    }
}

#[tokio::test]
async fn a_client_secret_of_before_stays_where_another_client_of_the_same_place_is_used() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.store.put_plain_secret(&site, CLIENT_SECRET);
    let setup = SiteSetup { client_id: "another".to_owned(), ..here.desk.setup(site.site.id).unwrap() };
    let other = here.desk.edit(site.site.id, setup, None, Parting::Leave).await.unwrap();

    here.desk.begin_connect(other).await.expect("it goes where it went");

    assert_eq!(here.store.client_secret().unwrap().origins, here.store.connection(&site).unwrap().origins);
}

#[tokio::test]
async fn a_client_secret_of_before_does_not_follow_a_list_that_left_its_connection() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = here.connected().await;
    here.store.put_plain_secret(&site, CLIENT_SECRET);

    let desk = by_hand(&here, "base", &elsewhere);
    let refused = desk.begin_connect(desk.named("Harbour").unwrap()).await;
    assert_eq!(code(refused), ErrorCode::ClientSecretMissing);
    assert!(here.store.client_secret().unwrap().origins.is_none(), "it is said once the address is back");
    assert!(elsewhere.redmine.take_asked().is_empty());
}

#[tokio::test]
async fn a_client_secret_does_not_come_back_at_another_place_after_an_application_without_one() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = with_api(&here).await;
    let id = site.site.id;
    let public = Some("public".to_owned());
    let setup = SiteSetup { application: public, ..moved(&here, &site, &["api", "base"], &elsewhere) };

    here.desk.edit(id, setup.clone(), None, Parting::Refuse).await.unwrap();
    assert_eq!(client_secret(&here), None);

    let setup = SiteSetup { application: None, ..setup };
    let there = here.desk.edit(id, setup, None, Parting::Refuse).await.unwrap();
    assert_eq!(code(here.desk.begin_connect(there).await), ErrorCode::ClientSecretMissing);
}

#[tokio::test]
async fn a_crash_in_the_middle_leaves_no_secret_beside_an_address_it_was_not_given_for() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = here.added().await;
    let setup = moved(&here, &site, &["base"], &elsewhere);
    let prompt = here.store.prompts("write", "client-secret");

    let (desk, id) = (here.desk.clone(), site.site.id);
    let editing =
        tokio::spawn(async move { desk.edit(id, setup, Some(Secret::from(NEW_SECRET)), Parting::Refuse).await });
    let asking = prompt.shown().await;

    assert_eq!(client_secret(&here), None);
    assert_eq!(here.desk.listed_by(id).unwrap().inputs["base"], elsewhere.redmine.base());
    drop(asking);
    editing.await.unwrap().unwrap();
    assert_eq!(client_secret(&here).as_deref(), Some(NEW_SECRET));
}

#[tokio::test]
async fn a_move_that_fails_changes_neither_site_nor_secret() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = here.added().await;
    let (id, setup, before) = (site.site.id, moved(&here, &site, &["base"], &elsewhere), here.store.everything());
    let secret = || Some(Secret::from(NEW_SECRET));

    here.store.refuse_times(1, "write", "client-secret", ErrorCode::KeychainLocked);
    let refused = here.desk.edit(id, setup.clone(), secret(), Parting::Refuse).await;
    assert_eq!((code(refused), here.store.everything()), (ErrorCode::KeychainLocked, before.clone()));
    assert_eq!(here.desk.listed_by(id).unwrap(), site.site);

    // While the keychain asks, somebody changes the list by hand.
    let prompt = here.store.prompts("delete", "client-secret");
    let (desk, text) = (here.desk.clone(), fs::read_to_string(here.sites_toml()).unwrap());
    let editing = tokio::spawn(async move { desk.edit(id, setup, secret(), Parting::Refuse).await });
    let asking = prompt.shown().await;
    fs::write(here.sites_toml(), text.replace("Harbour", "Quay")).unwrap();
    drop(asking);
    assert_eq!((code(editing.await.unwrap()), here.store.everything()), (ErrorCode::Busy, before));
}

#[tokio::test]
async fn a_new_secret_that_is_kept_late_is_never_beside_the_old_address() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = here.added().await;
    let (id, setup) = (site.site.id, moved(&here, &site, &["base"], &elsewhere));
    let prompt = here.store.prompts("write", "client-secret");
    let desk = here.desk.clone();
    let editing =
        tokio::spawn(async move { desk.edit(id, setup, Some(Secret::from(NEW_SECRET)), Parting::Refuse).await });

    let asking = prompt.left_alone().await;

    assert_eq!(code(editing.await.unwrap()), ErrorCode::KeychainWaiting);
    assert_eq!(here.desk.listed_by(id).unwrap().inputs["base"], elsewhere.redmine.base());
    assert_eq!(client_secret(&here), None);
    drop(asking);
}

#[tokio::test]
async fn what_still_goes_on_with_the_old_address_does_not_send_the_new_secret_there() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = here.stale().await;
    let setup = moved(&here, &site, &["base"], &elsewhere);
    here.desk.edit(site.site.id, setup, Some(Secret::from(NEW_SECRET)), Parting::Leave).await.unwrap();

    // The site as it was read before.
    assert_eq!(code(here.use_site(&site).await), ErrorCode::AddressChanged);
    assert_eq!(code(here.desk.revoke(&site).await), ErrorCode::AddressChanged);
    assert_eq!(code(here.desk.begin_connect(site.clone()).await), ErrorCode::AddressChanged);
    assert_eq!(code(here.desk.duplicate(&site, "Pier").await), ErrorCode::AddressChanged);

    assert!(here.redmine.asked("/oauth/token").is_empty() && here.redmine.asked("/oauth/revoke").is_empty());
    assert!(here.store.connection(&site).is_some_and(|held| held.ended.is_none() && held.revoking_since.is_none()));
}

#[tokio::test]
async fn counts_of_ones_own_stay_with_the_place_and_the_person_they_were_made_for() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = here.added().await;
    let of_all = CountWish { warn: Some(5), ..wish("overdue") };
    let setup = CountsSetup {
        wishes: vec![wish("own-1"), of_all.clone(), wish("own-2")],
        own: vec![typed("own-1", "priority_id=5"), saved("own-2", "7@3")],
    };
    let site = here.desk.set_counts(&site, setup).await.unwrap();

    let copy = here.desk.duplicate(&site, "Pier").await.unwrap();
    let setup = moved(&here, &site, &["base"], &elsewhere);
    let there = here.desk.edit(site.site.id, setup, Some(Secret::from(NEW_SECRET)), Parting::Refuse).await.unwrap();

    for site in [copy.site, there.site] {
        assert_eq!((site.wishes, site.own_counts), (vec![of_all.clone()], Vec::new()), "{}", site.name);
    }
}

#[tokio::test]
async fn a_change_is_told_in_the_story_of_the_site() {
    let here = Here::new().await;
    let site = here.connected().await;
    let setup = SiteSetup { client_id: "another".to_owned(), ..here.desk.setup(site.site.id).unwrap() };

    here.desk.edit(site.site.id, setup, None, Parting::Leave).await.unwrap();

    assert_eq!(here.desk.activity(site.site.id).unwrap()[0].what, ActivityKind::Edited);
}

#[tokio::test]
async fn a_secret_that_cannot_be_read_can_be_replaced() {
    let newer = r#"{"version":2,"kept":"somewhere else"}"#;
    for (is_moved, is_damaged) in [(false, false), (true, false), (false, true), (true, true)] {
        let (here, elsewhere) = (Here::new().await, Here::new().await);
        let site = here.added().await;
        here.store.put_plain_secret(&site, newer);
        if is_damaged {
            here.store.refuse("read", "client-secret", ErrorCode::SecretUnreadable);
        }
        let keys: &[&str] = if is_moved { &["base"] } else { &[] };
        let setup = moved(&here, &site, keys, &elsewhere);

        // What cannot be done leaves it as it was.
        if !is_damaged {
            here.store.refuse_times(1, "write", "client-secret", ErrorCode::KeychainLocked);
            let refused =
                here.desk.edit(site.site.id, setup.clone(), Some(Secret::from(NEW_SECRET)), Parting::Refuse).await;
            assert_eq!(code(refused), ErrorCode::KeychainLocked);
            assert_eq!(here.store.everything()[0].1, newer);
        }
        here.desk.edit(site.site.id, setup, Some(Secret::from(NEW_SECRET)), Parting::Refuse).await.unwrap();

        here.store.recover();
        assert_eq!(client_secret(&here).as_deref(), Some(NEW_SECRET));
    }
}
