//! The operating system's keychain, by `keyring`: Secret Service, macOS Keychain, Windows
//! Credential Manager.
//!
//! `keyring`'s errors are never printed with `{:?}`: two of them carry the secret's bytes.

use keyring::Error as Refusal;
use keyring::v1::Entry;
use secrecy::zeroize::Zeroizing;

use crate::error::{Error, ErrorCode, Result};
use crate::model::secret::{ExposeSecret, Secret};
use crate::ports::{SecretStore, StoreKind};

/// The service all our items are filed under. No dot in it: Windows joins user and service with one.
const SERVICE: &str = "tallykey";

/// The user's own keychain.
#[derive(Default)]
pub struct Keychain;

impl SecretStore for Keychain {
    fn kind(&self) -> StoreKind {
        StoreKind::Keychain
    }

    fn read(&self, name: &str) -> Result<Option<Secret>> {
        entry(name, Entry::get_secret)?.map(text).transpose()
    }

    fn write(&self, name: &str, secret: &Secret) -> Result<()> {
        // As a password it would be UTF-16 on Windows, and 2560 bytes would hold half of it.
        entry(name, |entry| entry.set_secret(secret.expose_secret().as_bytes())).map(drop)
    }

    fn delete(&self, name: &str) -> Result<()> {
        entry(name, Entry::delete_credential).map(drop)
    }
}

/// The text of an item. Before, Windows had it in UTF-16, which has zero bytes wherever there is ASCII;
/// what is kept has none in UTF-8.
fn text(bytes: Vec<u8>) -> Result<Secret> {
    let bytes = Zeroizing::new(bytes);
    let unreadable = || Error::new(ErrorCode::SecretUnreadable);
    if bytes.contains(&0) {
        let (units, rest) = bytes.as_chunks::<2>();
        let units = Zeroizing::new(units.iter().map(|unit| u16::from_le_bytes(*unit)).collect::<Vec<_>>());
        let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty());
        return text.map(Secret::from).ok_or_else(unreadable);
    }
    str::from_utf8(&bytes).map(Secret::from).map_err(|_| unreadable())
}

fn entry<T>(name: &str, use_it: impl FnOnce(&Entry) -> keyring::v1::Result<T>) -> Result<Option<T>> {
    let result = Entry::new(SERVICE, name).and_then(|entry| use_it(&entry));
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Refusal::NoEntry) => Ok(None),
        Err(refusal) => Err(failure(&refusal)),
    }
}

fn failure(refusal: &Refusal) -> Error {
    match refusal {
        Refusal::NoDefaultStore => {
            let why = Entry::store_status().as_ref().err().map(platform_words).unwrap_or_default();
            Error::new(ErrorCode::KeychainMissing).detail(why)
        }
        Refusal::PlatformFailure(_) if is_missing(&platform_words(refusal)) => {
            Error::new(ErrorCode::KeychainMissing).detail(platform_words(refusal))
        }
        // Without a default collection the Secret Service has no place to write to.
        Refusal::NoStorageAccess(_) if platform_words(refusal).contains("no result") => {
            Error::new(ErrorCode::KeychainMissing).detail(platform_words(refusal))
        }
        Refusal::NoStorageAccess(_) => Error::new(ErrorCode::KeychainLocked).detail(platform_words(refusal)),
        Refusal::TooLong(..) => Error::new(ErrorCode::TooLarge).detail(platform_words(refusal)),
        Refusal::BadEncoding(_) | Refusal::BadDataFormat(..) => Error::new(ErrorCode::SecretUnreadable),
        _ => Error::new(ErrorCode::KeychainFailed).detail(platform_words(refusal)),
    }
}

/// The refusal in the system's words. Variants that hold a secret give none.
fn platform_words(refusal: &Refusal) -> String {
    match refusal {
        Refusal::BadEncoding(_) | Refusal::BadDataFormat(..) | Refusal::Ambiguous(_) => String::new(),
        other => other.to_string(),
    }
}

/// A bus without a secret service, or no bus at all.
fn is_missing(words: &str) -> bool {
    ["ServiceUnknown", "Failed to connect", "not provided by any .service", "No such file"]
        .iter()
        .any(|sign| words.contains(sign))
}

/// What people call the keychain here.
pub fn system_name() -> &'static str {
    if cfg!(target_os = "macos") {
        "Keychain"
    } else if cfg!(target_os = "windows") {
        "Credential Manager"
    } else {
        secret_service_name(&std::env::var("XDG_CURRENT_DESKTOP").unwrap_or_default())
    }
}

/// Desktops bring their own secret service; on others any program may provide it.
fn secret_service_name(desktop: &str) -> &'static str {
    let is = |name: &str| desktop.split(':').any(|part| part.eq_ignore_ascii_case(name));
    if is("KDE") {
        "KWallet"
    } else if is("GNOME") || is("Unity") || is("X-Cinnamon") || is("MATE") || is("XFCE") {
        "GNOME Keyring"
    } else {
        "Keyring"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_read_as_it_is_kept_and_as_windows_kept_it_before() {
        for kept in ["{\"version\":1,\"secret\":\"p:ä\u{3042}😀\"}", "hunter2", ""] {
            let before: Vec<u8> = kept.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for bytes in [kept.as_bytes().to_vec(), before] {
                assert_eq!(text(bytes).unwrap().expose_secret(), kept);
            }
        }
    }

    #[test]
    fn what_is_no_text_is_unreadable() {
        for bytes in [&b"\xff\xfe\xfd"[..], b"a\0b", b"\0\xd8\0\xd8"] {
            assert_eq!(text(bytes.to_vec()).unwrap_err().code, ErrorCode::SecretUnreadable);
        }
    }
}
