//! The secret of a site's application, as it is kept in one keychain item: with the places it may go.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::secret::{ExposeSecret, Secret};
use crate::error::{Error, ErrorCode, Result};

/// A client secret, bound to the origins it was given for.
#[derive(Clone, Debug)]
pub struct ClientSecret {
    /// What the application proves itself with.
    pub secret: Secret,
    /// The origins (RFC 6454) of all addresses that receive something secret. Items of before do not say.
    pub origins: Option<BTreeSet<String>>,
}

/// Raised when an older Tallykey could not read a newer item.
const ITEM_VERSION: u32 = 1;

impl ClientSecret {
    /// A secret given for these origins.
    pub fn bound(secret: Secret, origins: BTreeSet<String>) -> Self {
        Self { secret, origins: Some(origins) }
    }

    /// Whether it was given for all of these origins.
    pub fn may_go_to(&self, origins: &BTreeSet<String>) -> bool {
        self.origins.as_ref().is_some_and(|given| origins.is_subset(given))
    }

    /// The keychain item's text; one of before stays as it was.
    pub fn to_item(&self) -> Secret {
        let Some(origins) = &self.origins else { return self.secret.clone() };
        let secret = self.secret.expose_secret();
        serde_json::json!({ "version": ITEM_VERSION, "secret": secret, "origins": origins }).to_string().into()
    }

    /// Reads a keychain item. One of before is the secret itself, whatever its characters.
    ///
    /// # Errors
    /// [`ErrorCode::SecretUnreadable`] for one of a newer Tallykey. The item's text is not part of the error.
    pub fn from_item(item: &Secret) -> Result<Self> {
        #[derive(Deserialize)]
        struct Item {
            version: u32,
            secret: Secret,
            origins: BTreeSet<String>,
        }
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let unreadable = |version| Err(Error::new(ErrorCode::SecretUnreadable).detail(format!("version {version}")));
        match serde_json::from_str::<Item>(item.expose_secret()) {
            Ok(Item { version: ITEM_VERSION, secret, origins }) => Ok(Self::bound(secret, origins)),
            Ok(Item { version, .. }) => unreadable(version),
            Err(_) => match serde_json::from_str::<Version>(item.expose_secret()) {
                Ok(Version { version }) if version > ITEM_VERSION => unreadable(version),
                _ => Ok(Self { secret: item.clone(), origins: None }),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(of: &[&str]) -> BTreeSet<String> {
        of.iter().map(|origin| (*origin).to_owned()).collect()
    }

    #[test]
    fn a_kept_secret_reads_back_with_the_places_it_was_given_for() {
        let kept = ClientSecret::bound(Secret::from("p:ä\"\\{base}"), origins(&["https://x.example"]));
        let read = ClientSecret::from_item(&kept.to_item()).unwrap();
        assert_eq!((read.secret.expose_secret(), read.origins), ("p:ä\"\\{base}", kept.origins));
    }

    #[test]
    fn a_secret_goes_to_no_other_place_than_those_it_was_given_for() {
        let kept = ClientSecret::bound(Secret::from("s"), origins(&["https://x.example", "https://api.x.example"]));
        assert!(kept.may_go_to(&origins(&["https://x.example"])));
        assert!(!kept.may_go_to(&origins(&["https://x.example", "https://evil.example"])));
    }

    #[test]
    fn an_item_of_before_is_the_secret_itself_and_bound_to_nothing_yet() {
        for text in ["hunter2", "", "42", "{\"version\":1}", "{\"secret\":\"x\",\"origins\":[]}"] {
            let read = ClientSecret::from_item(&Secret::from(text)).unwrap();
            assert_eq!((read.secret.expose_secret(), read.origins.as_ref()), (text, None));
            assert_eq!(read.to_item().expose_secret(), text);
            assert!(!read.may_go_to(&origins(&[])));
        }
    }

    #[test]
    fn an_item_of_a_newer_version_is_refused_without_showing_it() {
        for newer in [r#"{"version":2,"secret":"hunter2","origins":[]}"#, r#"{"version":2,"kept":"hunter2"}"#] {
            let error = ClientSecret::from_item(&Secret::from(newer)).unwrap_err();
            assert_eq!(error.code, ErrorCode::SecretUnreadable);
            assert!(!format!("{error:?}").contains("hunter2"));
        }
    }
}
