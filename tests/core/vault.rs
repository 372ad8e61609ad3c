//! The encrypted file as a place for secrets.

use std::fs;
use std::path::PathBuf;

use tallykey_core::adapters::folders::Folders;
use tallykey_core::adapters::vault::{Standing, Vault};
use tallykey_core::model::passphrase::Passphrase;
use tallykey_core::ports::SecretStore;
use tallykey_core::{ErrorCode, ExposeSecret, Result, Secret};
use tempfile::TempDir;

use crate::support::code;

/// As cheap as it goes: what is tested here is not how dear a guess is.
const WORK: u8 = 1;
const NAME: &str = "connection/1";
const TOKEN: &str = "vkRCWnxIJrZWXvnTKWNAfFbC4f2a";

fn passphrase(text: &str) -> Passphrase {
    Passphrase::typed(&Secret::from(text))
}

fn right() -> Passphrase {
    passphrase("correct horse")
}

struct Computer(TempDir);

impl Computer {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// As a program that has just begun sees it.
    fn vault(&self) -> Vault {
        let (config, data) = (self.0.path().join("config"), self.0.path().join("data"));
        Vault::with_work(&Folders { config, data }, WORK)
    }

    fn unlocked(&self) -> Vault {
        let vault = self.vault();
        vault.unlock(&right()).unwrap();
        vault
    }

    /// One that was made, with an item in it.
    fn with_item() -> Self {
        let computer = Self::new();
        let vault = computer.vault();
        vault.create(&right()).unwrap();
        vault.write(NAME, &Secret::from(TOKEN)).unwrap();
        computer
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join("data/vault").join(name)
    }
}

fn read(vault: &Vault, name: &str) -> Result<Option<String>> {
    Ok(vault.read(name)?.map(|secret| secret.expose_secret().to_owned()))
}

#[test]
fn what_is_kept_is_read_by_the_programs_after_this_one() {
    let computer = Computer::with_item();
    let vault = computer.unlocked();
    assert_eq!(read(&vault, NAME).unwrap().as_deref(), Some(TOKEN));
    vault.write(NAME, &Secret::from("another\nline")).unwrap();
    assert_eq!(read(&computer.unlocked(), NAME).unwrap().as_deref(), Some("another\nline"));
    vault.delete(NAME).unwrap();
    vault.delete(NAME).unwrap();
    assert_eq!(read(&computer.unlocked(), NAME).unwrap(), None);
}

#[test]
fn a_locked_one_gives_nothing_and_takes_nothing() {
    let computer = Computer::with_item();
    let vault = computer.vault();
    assert_eq!(vault.standing(), Standing::Locked);
    assert_eq!(code(vault.read(NAME)), ErrorCode::VaultLocked);
    assert_eq!(code(vault.read("check")), ErrorCode::VaultLocked);
    assert_eq!(code(vault.write(NAME, &Secret::from("x"))), ErrorCode::VaultLocked);
    assert_eq!(code(vault.delete(NAME)), ErrorCode::VaultLocked);
    assert_eq!(code(vault.unlock(&passphrase("correct house"))), ErrorCode::PassphraseWrong);
    assert_eq!(vault.standing(), Standing::Locked);
    vault.unlock(&right()).unwrap();
    assert_eq!((vault.standing(), read(&vault, NAME).unwrap().as_deref()), (Standing::Open, Some(TOKEN)));
}

#[test]
fn where_none_was_made_nothing_is_kept() {
    let computer = Computer::new();
    let vault = computer.vault();
    assert_eq!(vault.standing(), Standing::Missing);
    assert_eq!(code(vault.unlock(&right())), ErrorCode::VaultMissing);
    assert_eq!(code(vault.write(NAME, &Secret::from("x"))), ErrorCode::VaultMissing);
    assert!(!computer.path("").exists());
}

#[test]
fn a_new_one_is_never_made_over_another() {
    let computer = Computer::with_item();
    let key = fs::read(computer.path("key.age")).unwrap();
    assert_eq!(code(computer.vault().create(&passphrase("another one"))), ErrorCode::VaultLocked);
    assert_eq!(fs::read(computer.path("key.age")).unwrap(), key);
}

#[test]
fn items_without_their_key_are_set_aside_and_not_mixed_with_new_ones() {
    let computer = Computer::with_item();
    fs::remove_file(computer.path("key.age")).unwrap();
    let vault = computer.vault();
    vault.create(&right()).unwrap();
    assert_eq!(read(&vault, NAME).unwrap(), None);
    assert_eq!(asides(&computer), 1);
}

#[test]
fn neither_secrets_nor_the_recipient_stand_in_plain_on_the_disk() {
    let computer = Computer::with_item();
    for file in ["key.age", "items/connection.1.age"] {
        let text = String::from_utf8_lossy(&fs::read(computer.path(file)).unwrap()).into_owned();
        assert!(text.starts_with("age-encryption.org/v1\n"), "{text}");
        for secret in [TOKEN, "AGE-SECRET-KEY", "age1", "correct horse"] {
            assert!(!text.contains(secret), "{secret} in {file}");
        }
    }
}

#[test]
fn files_that_were_swapped_lead_no_token_elsewhere() {
    let computer = Computer::with_item();
    let vault = computer.unlocked();
    fs::copy(computer.path("items/connection.1.age"), computer.path("items/connection.2.age")).unwrap();
    assert_eq!(code(vault.read("connection/2")), ErrorCode::SecretUnreadable);
    // Of another key, as somebody would forge it.
    let other = Computer::with_item();
    fs::copy(other.path("items/connection.1.age"), computer.path("items/connection.1.age")).unwrap();
    assert_eq!(code(vault.read(NAME)), ErrorCode::SecretUnreadable);
    fs::write(computer.path("items/connection.1.age"), "").unwrap();
    assert_eq!(code(vault.read(NAME)), ErrorCode::SecretUnreadable);
    vault.write(NAME, &Secret::from("new")).unwrap();
    assert_eq!(read(&vault, NAME).unwrap().as_deref(), Some("new"));
}

#[test]
fn a_damaged_key_is_told_as_that_and_left_as_it_is() {
    let computer = Computer::with_item();
    let whole = fs::read(computer.path("key.age")).unwrap();
    let text = String::from_utf8_lossy(&whole).into_owned();
    let (head, _) = text.split_once(" 1\n").unwrap();
    let greedy = [head.as_bytes(), b" 40\n", &whole[head.len() + 3..]].concat();
    for damaged in [b"".to_vec(), b"no age file".to_vec(), whole[..whole.len() / 2].to_vec(), greedy] {
        fs::write(computer.path("key.age"), &damaged).unwrap();
        let vault = computer.vault();
        assert_eq!(code(vault.unlock(&right())), ErrorCode::VaultDamaged);
        assert_eq!(fs::read(computer.path("key.age")).unwrap(), damaged);
    }
    fs::write(computer.path("key.age"), &whole).unwrap();
    assert_eq!(read(&computer.unlocked(), NAME).unwrap().as_deref(), Some(TOKEN));
}

#[test]
fn another_passphrase_opens_the_same_items_and_programs_that_have_it_open_ask_anew() {
    let computer = Computer::with_item();
    let (mine, theirs) = (computer.unlocked(), computer.unlocked());
    let item = fs::read(computer.path("items/connection.1.age")).unwrap();
    assert_eq!(code(mine.change_passphrase(&passphrase("wrong"), &right())), ErrorCode::PassphraseWrong);
    mine.change_passphrase(&right(), &passphrase("battery staple")).unwrap();
    assert_eq!(fs::read(computer.path("items/connection.1.age")).unwrap(), item);
    assert_eq!(read(&mine, NAME).unwrap().as_deref(), Some(TOKEN));
    assert_eq!(code(theirs.read(NAME)), ErrorCode::VaultLocked);
    assert_eq!(code(theirs.unlock(&right())), ErrorCode::PassphraseWrong);
    theirs.unlock(&passphrase("battery staple")).unwrap();
    assert_eq!(read(&theirs, NAME).unwrap().as_deref(), Some(TOKEN));
}

#[test]
fn who_forgot_the_passphrase_begins_anew_and_the_old_file_is_kept_aside() {
    let computer = Computer::with_item();
    let (vault, theirs) = (computer.vault(), computer.unlocked());
    vault.set_aside().unwrap();
    assert_eq!(vault.standing(), Standing::Missing);
    vault.create(&passphrase("battery staple")).unwrap();
    assert_eq!((read(&vault, NAME).unwrap(), asides(&computer)), (None, 1));
    // A program that had the old one open writes nothing into the new one that nobody could read.
    assert_eq!(code(theirs.write(NAME, &Secret::from("x"))), ErrorCode::VaultLocked);
    vault.set_aside().unwrap();
    assert_eq!(asides(&computer), 2);
}

#[test]
fn two_programs_never_write_over_each_others_items() {
    let computer = Computer::with_item();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let vault = computer.unlocked();
            scope.spawn(move || {
                for item in 0..8 {
                    vault.write(&format!("connection/{writer}-{item}"), &Secret::from("kept")).unwrap();
                }
            });
        }
    });
    let vault = computer.unlocked();
    for (writer, item) in (0..4).flat_map(|writer| (0..8).map(move |item| (writer, item))) {
        assert_eq!(read(&vault, &format!("connection/{writer}-{item}")).unwrap().as_deref(), Some("kept"));
    }
}

#[cfg(unix)]
#[test]
fn files_and_folders_are_for_the_user_alone() {
    use std::os::unix::fs::PermissionsExt;

    let computer = Computer::with_item();
    for (path, wanted) in [("", 0o700), ("items", 0o700), ("key.age", 0o600), ("items/connection.1.age", 0o600)] {
        let mode = fs::metadata(computer.path(path)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, wanted, "{path}");
    }
}

/// How many were set aside.
fn asides(computer: &Computer) -> usize {
    let entries = fs::read_dir(computer.0.path().join("data")).unwrap();
    entries.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("vault-")).count()
}
