//! Changing a site: what a name may change, and what another address may not.

use tallykey_core::flows::outside::Account;
use tallykey_core::model::known::State;
use tallykey_core::model::site::Redirect;
use tallykey_core::{Desk, ErrorCode, Parting, Result, Secret, SiteSetup};

use crate::support::{CLIENT_SECRET, Here, answer, code};

/// The site's setup with the address of another Redmine.
fn moved(here: &Here, site: &Account, to: &Here) -> SiteSetup {
    let mut setup = here.desk.setup(site.site.id).unwrap();
    setup.inputs.insert("base".to_owned(), to.redmine.base());
    setup
}

async fn edit(desk: &Desk, site: &Account, setup: SiteSetup, parting: Parting) -> Result<Account> {
    desk.edit(site.site.id, setup, Some(Secret::from(CLIENT_SECRET)), parting).await
}

#[tokio::test]
async fn a_name_and_a_way_back_end_nothing() {
    let here = Here::new().await;
    let site = here.connected().await;
    let token = here.use_site(&site).await.unwrap();
    let counts = here.desk.count(&site).await.unwrap().counts;
    let setup = here.desk.setup(site.site.id).unwrap();
    let setup = SiteSetup { name: " Pier ".to_owned(), redirect: Redirect::Loopback, ..setup };

    let edited = here.desk.edit(site.site.id, setup, None, Parting::Refuse).await.unwrap();

    assert_eq!((edited.site.name.as_str(), edited.site.redirect), ("Pier", Redirect::Loopback));
    assert_eq!(here.use_site(&edited).await.unwrap(), token);
    assert_eq!(here.known(&edited).counts, counts);
    let kept = here.another_desk().named("pier").unwrap().site;
    assert_eq!(kept, edited.site);
}

#[tokio::test]
async fn another_address_is_refused_while_the_site_is_connected() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = here.connected().await;
    let token = here.use_site(&site).await.unwrap();

    let refused = edit(&here.desk, &site, moved(&here, &site, &elsewhere), Parting::Refuse).await;

    assert_eq!(code(refused), ErrorCode::ConnectedElsewhere);
    assert_eq!(here.desk.listed_by(site.site.id).unwrap(), site.site);
    assert_eq!(here.use_site(&site).await.unwrap(), token);
}

#[tokio::test]
async fn a_connection_that_is_left_is_sent_nowhere_and_is_there_when_the_change_is_taken_back() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = here.connected().await;
    let token = here.use_site(&site).await.unwrap();
    here.desk.count(&site).await.unwrap();
    let before = here.desk.setup(site.site.id).unwrap();
    here.redmine.take_asked();

    let there = edit(&here.desk, &site, moved(&here, &site, &elsewhere), Parting::Leave).await.unwrap();

    let known = here.known(&there);
    assert!(known.counts.is_empty() && known.counted_at.is_none(), "numbers of another place");
    assert_eq!(known.trouble.unwrap().code, ErrorCode::AddressChanged);
    assert_eq!(code(here.use_site(&there).await), ErrorCode::AddressChanged);
    assert_eq!(code(here.desk.count(&there).await), ErrorCode::AddressChanged);
    assert_eq!(code(here.desk.revoke(&there).await), ErrorCode::AddressChanged);
    assert!(elsewhere.redmine.take_asked().is_empty() && here.redmine.take_asked().is_empty());

    let back = edit(&here.desk, &there, before, Parting::Refuse).await.unwrap();
    assert_eq!(here.use_site(&back).await.unwrap(), token);
}

#[tokio::test]
async fn another_client_is_another_place_at_the_same_address() {
    let here = Here::new().await;
    let site = here.stale().await;
    let setup = SiteSetup { client_id: "another".to_owned(), ..here.desk.setup(site.site.id).unwrap() };

    assert_eq!(code(edit(&here.desk, &site, setup.clone(), Parting::Refuse).await), ErrorCode::ConnectedElsewhere);
    let edited = edit(&here.desk, &site, setup, Parting::Leave).await.unwrap();

    assert_eq!(code(here.use_site(&edited).await), ErrorCode::AddressChanged);
    assert!(here.redmine.take_asked().is_empty(), "nobody was asked to renew with another client");
    assert!(here.store.connection(&edited).is_some_and(|held| held.ended.is_none()));
}

#[tokio::test]
async fn nothing_is_asked_of_a_person_where_there_is_nothing_to_part_from() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let (site, attempt) = here.begun().await;

    let edited = edit(&here.desk, &site, moved(&here, &site, &elsewhere), Parting::Refuse).await.unwrap();

    assert_eq!(edited.host(), elsewhere.redmine.base().trim_start_matches("http://"));
    assert_eq!(code(here.finish(&attempt).await), ErrorCode::AttemptOver);
    assert_eq!(here.known(&edited).state, State::NotConnected);
    here.connect_again(&edited).await.expect_err("a code of another place");
}

#[tokio::test]
async fn a_client_secret_goes_to_no_other_host_than_the_one_it_was_given_for() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = here.added().await;
    let setup = moved(&here, &site, &elsewhere);

    let refused = here.desk.edit(site.site.id, setup, None, Parting::Refuse).await;

    assert_eq!(code(refused), ErrorCode::ClientSecretMissing);
    assert_eq!(here.desk.listed_by(site.site.id).unwrap(), site.site);
}

#[tokio::test]
async fn what_makes_no_site_changes_none() {
    let here = Here::new().await;
    let site = here.connected().await;
    here.desk.add(here.form("Pier")).await.unwrap();
    let setup = here.desk.setup(site.site.id).unwrap();
    let base = |text: &str| [("base".to_owned(), text.to_owned())].into();

    for (setup, expected) in [
        (SiteSetup { name: "pIER".to_owned(), ..setup.clone() }, ErrorCode::NameTaken),
        (SiteSetup { name: " ".to_owned(), client_id: "x".to_owned(), ..setup.clone() }, ErrorCode::InvalidInput),
        (SiteSetup { client_id: " ".to_owned(), ..setup.clone() }, ErrorCode::InvalidInput),
        (SiteSetup { inputs: base("http://redmine.example.jp"), ..setup.clone() }, ErrorCode::HttpsRequired),
        (SiteSetup { application: Some("none".to_owned()), ..setup.clone() }, ErrorCode::InvalidInput),
        (SiteSetup { redirect: Redirect::LocalhostPort, ..setup.clone() }, ErrorCode::InvalidInput),
    ] {
        assert_eq!(code(edit(&here.desk, &site, setup, Parting::Leave).await), expected);
    }
    assert_eq!(here.desk.listed_by(site.site.id).unwrap(), site.site);
}

#[tokio::test]
async fn a_secret_is_put_back_if_the_site_could_not_be_changed() {
    let here = Here::new().await;
    let site = here.added().await;
    let before = here.store.everything();
    let text = std::fs::read_to_string(here.sites_toml()).unwrap();
    let setup = SiteSetup { client_id: "another".to_owned(), ..here.desk.setup(site.site.id).unwrap() };
    let prompt = here.store.prompts("write", "client-secret");

    let desk = here.desk.clone();
    let (id, secret) = (site.site.id, Secret::from("another-secret"));
    let editing = tokio::spawn(async move { desk.edit(id, setup, Some(secret), Parting::Refuse).await });
    // While the keychain asks, somebody changes the list by hand.
    let asking = prompt.shown().await;
    std::fs::write(here.sites_toml(), text.replace("Harbour", "Quay")).unwrap();
    drop(asking);

    assert_eq!(code(editing.await.unwrap()), ErrorCode::Busy);
    assert_eq!(here.store.everything(), before);
}

#[tokio::test]
async fn a_revocation_that_waits_keeps_the_site_as_it_is() {
    let (here, elsewhere) = (Here::new().await, Here::new().await);
    let site = here.connected().await;
    here.redmine.always("/oauth/revoke", answer(503));
    here.desk.revoke(&site).await.unwrap();

    let refused = edit(&here.desk, &site, moved(&here, &site, &elsewhere), Parting::Leave).await;

    assert_eq!(code(refused), ErrorCode::RevokePending);
}
