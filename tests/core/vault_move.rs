//! Moving secrets between the keychain and the encrypted file.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tallykey_core::adapters::vault::Vault;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::passphrase::Passphrase;
use tallykey_core::model::settings::{Place, Settings};
use tallykey_core::ports::{SecretStore, StoreKind};
use tallykey_core::{Desk, ErrorCode, ExposeSecret, Result, Secret};

use crate::support::{Here, TOKEN_LIFE, code};

/// An encrypted file that is open.
pub fn vault(here: &Here) -> Arc<Vault> {
    let vault = Vault::with_work(&here.folders, 1);
    vault.create(&Passphrase::typed(&Secret::from("correct horse"))).unwrap();
    Arc::new(vault)
}

/// A program that begins now, with its secrets where the settings say.
pub fn next(here: &Here, vault: &Arc<Vault>) -> Desk {
    let desk = here.another_desk().following_settings();
    if desk.settings().secrets == Place::Vault {
        desk.use_store(vault.clone());
    }
    desk
}

pub async fn is_whole(desk: &Desk, site: &Account) -> bool {
    desk.count(site).await.is_ok() && desk.connection(site, &tallykey_core::flows::refresh::Need::now()).await.is_ok()
}

#[tokio::test]
async fn connections_and_client_secrets_are_taken_along_and_back() {
    let here = Here::new().await;
    let site = here.connected().await;
    let (vault, all) = (vault(&here), here.store.everything());
    assert_eq!(all.len(), 2);

    here.desk.move_secrets(here.store.clone(), vault.clone()).await.unwrap();
    assert_eq!((here.store.everything(), here.desk.settings().secrets), (Vec::new(), Place::Vault));
    assert_eq!(here.desk.store_kind(), StoreKind::Vault);
    // Nothing of it is asked of a person or a server, and what needs the client secret works.
    here.clock.forward(TOKEN_LIFE);
    assert!(is_whole(&here.desk, &site).await && is_whole(&next(&here, &vault), &site).await);

    here.desk.move_secrets(vault.clone(), here.store.clone()).await.unwrap();
    assert_eq!((here.store.everything().len(), here.desk.settings().secrets), (2, Place::Keychain));
    assert!(vault.read(&all[0].0).unwrap().is_none() && is_whole(&next(&here, &vault), &site).await);
}

#[tokio::test]
async fn what_is_chosen_for_the_window_changes_nothing_about_where_secrets_are() {
    let here = Here::new().await;
    let vault = vault(&here);
    here.desk.move_secrets(here.store.clone(), vault).await.unwrap();
    here.desk.save_settings(&Settings { refresh_minutes: 9, ..Settings::default() }).unwrap();
    let settings = here.desk.settings();
    assert_eq!((settings.refresh_minutes, settings.secrets), (9, Place::Vault));
}

/// A place that answers so many more calls, together with another one: then the program is killed.
pub struct Killed {
    place: Arc<dyn SecretStore>,
    left: Arc<AtomicU32>,
}

impl Killed {
    pub fn after(left: u32, place: Arc<dyn SecretStore>) -> Self {
        Self { place, left: Arc::new(AtomicU32::new(left)) }
    }

    fn goes_on(&self) -> Result<()> {
        let left = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        left.map(drop).map_err(|_| ErrorCode::KeychainFailed.into())
    }
}

impl SecretStore for Killed {
    fn kind(&self) -> StoreKind {
        self.place.kind()
    }

    fn read(&self, name: &str) -> Result<Option<Secret>> {
        self.goes_on()?;
        self.place.read(name)
    }

    fn write(&self, name: &str, secret: &Secret) -> Result<()> {
        self.goes_on()?;
        self.place.write(name, secret)
    }

    fn delete(&self, name: &str) -> Result<()> {
        self.goes_on()?;
        self.place.delete(name)
    }
}

#[tokio::test]
async fn a_program_that_is_killed_at_any_step_loses_nothing() {
    let here = Here::new().await;
    let site = here.connected().await;
    let vault = vault(&here);
    let names: Vec<String> = here.store.everything().into_iter().map(|(name, _)| name).collect();
    let mut kills = 0;
    loop {
        let left = Arc::new(AtomicU32::new(kills));
        let killed = |place: Arc<dyn SecretStore>| Arc::new(Killed { place, left: left.clone() });
        let desk = next(&here, &vault);
        let moved = desk.move_secrets(killed(here.store.clone()), killed(vault.clone())).await;
        let place = desk.settings().secrets;
        assert_eq!(moved.is_ok(), place == Place::Vault, "killed at {kills}");

        let after = next(&here, &vault);
        if place == Place::Keychain {
            after.finish_move(vault.clone()).await;
            let left = names.iter().filter(|name| vault.read(name).unwrap().is_some()).count();
            assert_eq!((left, here.store.everything().len()), (0, 2), "killed at {kills}");
        }
        assert!(is_whole(&after, &site).await, "killed at {kills}");
        if place == Place::Vault {
            // What was left is deleted by the next program.
            after.finish_move(here.store.clone()).await;
            assert_eq!(here.store.everything(), Vec::new(), "killed at {kills}");
            assert_eq!(after.left_behind(), None);
            if left.load(Ordering::SeqCst) > 0 {
                break;
            }
            after.move_secrets(vault.clone(), here.store.clone()).await.unwrap();
        }
        kills += 1;
        assert!(kills < 100, "it never ends");
    }
    assert!(kills > 8, "only {kills} steps");
}

/// The encrypted file, and what somebody does just after a client secret was copied into it.
struct Meanwhile {
    vault: Arc<Vault>,
    reads: AtomicU32,
    then: Box<dyn Fn() + Send + Sync>,
}

impl SecretStore for Meanwhile {
    fn kind(&self) -> StoreKind {
        StoreKind::Vault
    }

    fn read(&self, name: &str) -> Result<Option<Secret>> {
        let read = self.vault.read(name);
        // Twice before it is written, and after.
        if name.starts_with("client-secret/") && self.reads.fetch_add(1, Ordering::SeqCst) == 2 {
            (self.then)();
        }
        read
    }

    fn write(&self, name: &str, secret: &Secret) -> Result<()> {
        self.vault.write(name, secret)
    }

    fn delete(&self, name: &str) -> Result<()> {
        self.vault.delete(name)
    }
}

#[tokio::test]
async fn a_client_secret_that_another_program_keeps_meanwhile_is_taken_along() {
    let here = Here::new().await;
    let site = here.connected().await;
    let (vault, keychain) = (vault(&here), here.store.clone());
    let name = format!("client-secret/{}", site.site.id);
    let new = keychain.everything()[0].1.replace(crate::support::CLIENT_SECRET, "another-secret");
    let item = Secret::from(new.clone());
    let of = name.clone();
    let then = Box::new(move || keychain.write(&of, &item).unwrap());
    let busy = Arc::new(Meanwhile { vault: vault.clone(), reads: AtomicU32::new(0), then });
    here.desk.move_secrets(here.store.clone(), busy).await.unwrap();
    assert_eq!(here.store.everything(), Vec::new());
    assert_eq!(vault.read(&name).unwrap().unwrap().expose_secret(), new);
}

#[tokio::test]
async fn a_client_secret_that_is_newer_in_the_other_place_stays_there() {
    let here = Here::new().await;
    let site = here.connected().await;
    let vault = vault(&here);
    let name = format!("client-secret/{}", site.site.id);
    let (of, newer) = (name.clone(), vault.clone());
    let then = Box::new(move || newer.write(&of, &Secret::from("newer")).unwrap());
    let busy = Arc::new(Meanwhile { vault: vault.clone(), reads: AtomicU32::new(0), then });
    here.desk.move_secrets(here.store.clone(), busy).await.unwrap();
    assert_eq!(vault.read(&name).unwrap().unwrap().expose_secret(), "newer");
}

#[tokio::test]
async fn a_place_that_fails_leaves_everything_as_it_was() {
    let here = Here::new().await;
    let site = here.connected().await;
    let (vault, all) = (vault(&here), here.store.everything());
    here.store.refuse("read", "client-secret", ErrorCode::KeychainLocked);
    assert_eq!(code(here.desk.move_secrets(here.store.clone(), vault.clone()).await), ErrorCode::KeychainLocked);
    here.store.recover();
    assert_eq!((here.store.everything(), here.desk.settings().secrets), (all, Place::Keychain));
    let locked = Arc::new(Vault::with_work(&here.folders, 1));
    assert_eq!(code(here.desk.move_secrets(here.store.clone(), locked).await), ErrorCode::VaultLocked);
    assert!(here.desk.store_kind() == StoreKind::Keychain && is_whole(&here.desk, &site).await);
}

#[tokio::test]
async fn where_no_keychain_is_the_choice_is_just_made() {
    let here = Here::new().await;
    let site = here.added().await;
    here.store.refuse("read", "", ErrorCode::KeychainMissing);
    here.store.refuse("delete", "", ErrorCode::KeychainMissing);
    here.desk.move_secrets(here.store.clone(), vault(&here)).await.unwrap();
    assert_eq!((here.desk.settings().secrets, here.desk.left_behind()), (Place::Vault, None));
    here.desk.set_client_secret(&site, Secret::from(crate::support::CLIENT_SECRET)).await.unwrap();
    here.connect_again(&site).await.unwrap();
    assert!(is_whole(&here.desk, &site).await);
}

#[tokio::test]
async fn what_was_in_memory_until_the_end_of_the_program_is_taken_along() {
    let here = Here::new().await;
    here.store.refuse("read", "", ErrorCode::KeychainMissing);
    here.store.refuse("write", "", ErrorCode::KeychainMissing);
    here.desk.use_store(Arc::new(tallykey_core::adapters::memory::MemoryStore::default()));
    let site = here.connected().await;
    let vault = vault(&here);
    here.desk.move_secrets(here.store.clone(), vault.clone()).await.unwrap();
    assert!(is_whole(&next(&here, &vault), &site).await);
}

#[tokio::test]
async fn nothing_is_moved_while_a_sign_in_would_bring_more() {
    let here = Here::new().await;
    let (site, attempt) = here.begun().await;
    let vault = vault(&here);
    assert_eq!(code(here.desk.move_secrets(here.store.clone(), vault.clone()).await), ErrorCode::ConnectUnderWay);
    here.finish(&attempt).await.unwrap();
    here.desk.move_secrets(here.store.clone(), vault).await.unwrap();
    assert!(is_whole(&here.desk, &site).await);
}

#[tokio::test]
async fn a_connection_the_keychain_did_not_take_is_taken_along_from_memory() {
    let here = Here::new().await;
    let site = here.stale().await;
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);
    assert_eq!(code(here.use_site(&site).await), ErrorCode::KeychainLocked);
    let vault = vault(&here);
    here.desk.move_secrets(here.store.clone(), vault.clone()).await.unwrap();
    assert!(is_whole(&next(&here, &vault), &site).await);
}

#[tokio::test]
async fn what_could_not_be_deleted_is_told_by_the_doctor_and_deleted_by_the_next_program() {
    let here = Here::new().await;
    let site = here.connected().await;
    let vault = vault(&here);
    here.store.refuse("delete", "", ErrorCode::KeychainLocked);
    here.desk.move_secrets(here.store.clone(), vault.clone()).await.unwrap();
    assert_eq!((here.store.everything().len(), here.desk.left_behind()), (2, Some(Place::Keychain)));
    let lines = here.desk.doctor(None).await.unwrap();
    assert!(lines.iter().any(|line| line.id == "left_behind" && line.detail.as_deref() == Some("keychain")));

    here.store.recover();
    let after = next(&here, &vault);
    after.finish_move(here.store.clone()).await;
    assert_eq!((here.store.everything(), after.left_behind()), (Vec::new(), None));
    assert!(is_whole(&after, &site).await);
}

/// The same file each time it is asked for.
pub fn vault_of(here: &Here) -> Arc<Vault> {
    let vault = Vault::with_work(&here.folders, 1);
    let passphrase = Passphrase::typed(&Secret::from("correct horse"));
    vault.unlock(&passphrase).or_else(|_| vault.create(&passphrase)).unwrap();
    Arc::new(vault)
}

#[tokio::test]
async fn new_tokens_that_only_the_program_has_are_taken_along_where_the_keychain_is_gone() {
    let here = Here::new().await;
    here.redmine.is_strict();
    let site = here.stale().await;
    here.store.refuse("write", "", ErrorCode::KeychainMissing);
    assert_eq!(code(here.use_site(&site).await), ErrorCode::KeychainMissing);
    for verb in ["read", "delete"] {
        here.store.refuse(verb, "", ErrorCode::KeychainMissing);
    }
    let vault = vault(&here);
    here.desk.move_secrets(here.store.clone(), vault.clone()).await.unwrap();
    here.desk.set_client_secret(&site, Secret::from(crate::support::CLIENT_SECRET)).await.unwrap();
    here.clock.forward(TOKEN_LIFE);
    assert!(is_whole(&next(&here, &vault), &site).await);
}

#[tokio::test]
async fn what_is_in_memory_goes_along_with_what_is_stored_and_to_the_place_in_use() {
    let here = Here::new().await;
    let site = here.added().await;
    assert_eq!(here.store.everything().len(), 1);
    let memory = || Arc::new(tallykey_core::adapters::memory::MemoryStore::default());
    let connect = async || {
        here.desk.set_client_secret(&site, Secret::from(crate::support::CLIENT_SECRET)).await.unwrap();
        here.connect_again(&site).await.unwrap();
    };
    here.desk.use_store(memory());
    connect().await;
    let vault = vault(&here);
    here.desk.move_secrets(here.store.clone(), vault.clone()).await.unwrap();
    assert!(is_whole(&next(&here, &vault), &site).await);

    here.desk.use_store(memory());
    connect().await;
    assert_eq!(here.redmine.living().len(), 2);
    here.desk.move_secrets(vault.clone(), vault.clone()).await.unwrap();
    assert_eq!((here.desk.store_kind(), here.store.everything()), (StoreKind::Vault, Vec::new()));
    // The one before is named, and ends with it.
    here.desk.revoke(&site).await.unwrap();
    assert_eq!(here.redmine.living(), Vec::<String>::new());
}

#[tokio::test]
async fn tokens_of_another_address_are_not_named_for_this_one() {
    let here = Here::new().await;
    let site = here.connected().await;
    let vault = vault(&here);
    let mut other = here.store.connection(&site).unwrap();
    other.token_endpoint = "https://other.example/oauth/token".to_owned();
    other.tokens.access_token = Secret::from("other-access");
    other.tokens.refresh_token = Some(Secret::from("other-refresh"));
    let name = format!("connection/{}", site.site.id);
    vault.write(&name, &other.to_item()).unwrap();
    here.desk.move_secrets(here.store.clone(), vault.clone()).await.unwrap();
    let kept = vault.read(&name).unwrap().unwrap();
    assert!(!kept.expose_secret().contains("other-refresh"));
}
