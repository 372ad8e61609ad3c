//! What another program finds where secrets were moved, and what a move leaves behind.

use std::fs;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tallykey_core::adapters::vault::Vault;
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::refresh::Need;
use tallykey_core::model::known::State;
use tallykey_core::model::settings::Place;
use tallykey_core::ports::SecretStore;
use tallykey_core::{Desk, ErrorCode, Secret};

use crate::support::{Here, code};
use crate::vault_move::{Killed, is_whole, next, vault, vault_of};

#[tokio::test]
async fn a_program_from_before_spends_no_token_that_was_moved() {
    let here = Here::new().await;
    let site = here.stale().await;
    let (before, vault) = (next(&here, &vault_of(&here)), vault_of(&here));
    here.store.refuse("delete", "", ErrorCode::KeychainLocked);
    here.desk.move_secrets(here.store.clone(), vault.clone()).await.unwrap();
    here.store.recover();
    here.redmine.take_asked();
    assert_eq!(code(before.connection(&site, &Need::now()).await), ErrorCode::SecretsMoved);
    assert!(here.redmine.take_asked().is_empty());
    assert!(is_whole(&next(&here, &vault), &site).await);
}

/// A site that is connected in the keychain, a program that began then, and the move to the file.
async fn moved_under(here: &Here) -> (Account, Desk, Arc<Vault>) {
    let site = here.connected().await;
    let vault = vault(here);
    let before = next(here, &vault);
    here.desk.move_secrets(here.store.clone(), vault.clone()).await.unwrap();
    (site, before, vault)
}

#[tokio::test]
async fn a_program_from_before_does_not_take_what_was_moved_for_gone() {
    let here = Here::new().await;
    let (site, before, vault) = moved_under(&here).await;
    let living = here.redmine.living();
    assert_eq!(code(before.connection(&site, &Need::now()).await), ErrorCode::SecretsMoved);
    assert_eq!(code(before.count(&site).await), ErrorCode::SecretsMoved);
    assert_eq!(code(before.look(&site).await), ErrorCode::SecretsMoved);
    assert_eq!(code(before.begin_connect(site.clone()).await), ErrorCode::SecretsMoved);
    assert_eq!(code(before.revoke(&site).await), ErrorCode::SecretsMoved);
    assert_eq!(code(before.forget(site.site.id).await), ErrorCode::SecretsMoved);
    assert_eq!(code(before.remove(site.site.id).await), ErrorCode::SecretsMoved);
    let secret = Secret::from("another");
    assert_eq!(code(before.set_client_secret(&site, secret).await), ErrorCode::SecretsMoved);
    assert_eq!(code(before.add(here.form("another")).await), ErrorCode::SecretsMoved);
    assert_eq!(here.known(&site).state, State::Connected);
    assert_eq!((here.store.everything(), here.redmine.living()), (Vec::new(), living));
    assert!(is_whole(&next(&here, &vault), &site).await);
}

#[tokio::test]
async fn another_persons_tokens_are_not_kept_in_a_place_that_was_left() {
    let here = Here::new().await;
    let site = here.connected().await;
    let (mover, vault) = (here.another_desk(), vault(&here));
    let desk = next(&here, &vault);
    here.redmine.bob_signs_in();
    let attempt = desk.begin_connect(site.clone()).await.unwrap();
    let answer = here.redmine.approve(&attempt.url);
    assert_eq!(code(desk.finish_connect(&attempt.id, &answer).await), ErrorCode::OtherPerson);
    let question = desk.other_person().unwrap();
    mover.move_secrets(here.store.clone(), vault.clone()).await.unwrap();
    assert_eq!(code(desk.switch_person(&question.attempt).await), ErrorCode::SecretsMoved);
    assert_eq!((here.store.everything(), here.redmine.living().len()), (Vec::new(), 2));
    assert!(is_whole(&next(&here, &vault), &site).await);
    // It waits until this program has found the new place.
    desk.use_store(vault.clone());
    desk.switch_person(&question.attempt).await.unwrap();
    assert_eq!(
        (desk.status(site.site.id).unwrap().known.identity.unwrap().text, here.redmine.living().len()),
        ("bob".to_owned(), 1)
    );
}

#[tokio::test]
async fn what_was_forgotten_does_not_come_back_from_a_copy_that_was_left() {
    let here = Here::new().await;
    let site = here.connected().await;
    let vault = vault(&here);
    here.store.refuse("delete", "", ErrorCode::KeychainLocked);
    here.desk.move_secrets(here.store.clone(), vault.clone()).await.unwrap();
    here.desk.revoke(&site).await.unwrap();
    assert_eq!(code(here.desk.move_secrets(vault.clone(), here.store.clone()).await), ErrorCode::KeychainLocked);
    here.store.recover();
    here.desk.move_secrets(vault.clone(), here.store.clone()).await.unwrap();
    assert_eq!(code(here.use_site(&site).await), ErrorCode::NotConnected);
    assert_eq!(here.store.everything().len(), 1);
    here.desk.remove(site.site.id).await.unwrap();
    assert_eq!(here.desk.left_behind(), None);
}

#[tokio::test]
async fn a_move_that_fails_or_is_killed_leaves_no_copies() {
    let here = Here::new().await;
    let site = here.connected().await;
    let vault = vault(&here);
    let held = here.store.everything()[1].0.clone();
    here.store.refuse("read", "client-secret", ErrorCode::KeychainLocked);
    assert_eq!(code(here.desk.move_secrets(here.store.clone(), vault.clone()).await), ErrorCode::KeychainLocked);
    assert!(vault.read(&held).unwrap().is_none());

    here.store.recover();
    let killed = Arc::new(Killed::after(6, vault.clone()));
    here.desk.move_secrets(here.store.clone(), killed).await.unwrap_err();
    assert!(vault.read(&held).unwrap().is_some());
    assert_eq!(here.desk.left_behind(), Some(Place::Vault));
    next(&here, &vault).finish_move(vault.clone()).await;
    assert!(vault.read(&held).unwrap().is_none() && is_whole(&here.desk, &site).await);
    assert_eq!(here.desk.left_behind(), None);
}

#[tokio::test]
async fn a_program_that_was_killed_beside_the_choice_has_nothing_deleted_that_is_in_use() {
    let here = Here::new().await;
    let site = here.connected().await;
    let vault = vault(&here);
    let names: Vec<String> = here.store.everything().into_iter().map(|(name, _)| name).collect();
    let copies =
        |names: &[String]| names.iter().map(|name| format!("{name:?}:\"copied\"")).collect::<Vec<_>>().join(",");
    let both = format!("{{\"keychain\":{{{0}}},\"vault\":{{{0}}}}}", copies(&names));
    let noted = here.folders.data.join("left-behind.json");
    // Noted on both sides, and not chosen yet.
    fs::write(&noted, &both).unwrap();
    let desk = next(&here, &vault);
    desk.finish_move(here.store.clone()).await;
    desk.finish_move(vault.clone()).await;
    assert_eq!(here.store.everything().len(), 2);

    // Chosen, and nothing deleted yet.
    here.store.refuse("delete", "", ErrorCode::KeychainLocked);
    desk.move_secrets(here.store.clone(), vault.clone()).await.unwrap();
    here.store.recover();
    fs::write(&noted, &both).unwrap();
    let after = next(&here, &vault);
    after.finish_move(vault.clone()).await;
    after.finish_move(here.store.clone()).await;
    assert_eq!((here.store.everything(), after.left_behind()), (Vec::new(), None));
    assert!(is_whole(&after, &site).await);
}

#[tokio::test]
async fn the_key_is_not_changed_while_an_answer_is_on_its_way() {
    let here = Here::new().await;
    let site = here.connected().await;
    // Another program sent its refresh token.
    let turn = here.outside().turn(site.site.id).await.unwrap();
    let vault = vault(&here);
    let mut changed = pin!(here.desk.alone(async { vault.set_aside() }));
    tokio::time::timeout(Duration::ZERO, &mut changed).await.expect_err("it waits");
    vault.write("connection/x", &Secret::from("new tokens")).unwrap();
    drop(turn);
    changed.await.unwrap();
    assert_eq!(code(vault.read("connection/x")), ErrorCode::VaultMissing);
}
