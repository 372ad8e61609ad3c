//! The grant a site holds now, as it is kept in one keychain item and replaced as a whole.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::authority::Fingerprint;
use super::provider::Rotation;
use super::secret::{ExposeSecret, Secret};
pub use super::tokens::{MARGIN, TokenSet};
use crate::error::{Error, ErrorCode, Result};

/// Who a connection acts as, in the provider's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The provider's id of the person; compared, never shown alone.
    pub id: String,
    /// Login or name, for people.
    pub text: String,
}

/// Why a connection ended, and when that became known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When it became known.
    pub at: Timestamp,
    /// What it is told as.
    #[serde(default = "refused")]
    pub code: ErrorCode,
    /// The words of the token endpoint, e.g. `invalid_grant`.
    pub reason: String,
}

/// What an end is told as that was noted without it.
fn refused() -> ErrorCode {
    ErrorCode::NeedsSignIn
}

/// Where the tokens of a site come from and go to, and as whose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The token endpoint.
    pub token_endpoint: String,
    /// The client.
    pub client_id: String,
    /// The origins (RFC 6454) of all addresses that receive tokens, the API's among them, and
    /// [who else may vouch](vouching) for them.
    pub origins: BTreeSet<String>,
}

/// What stands before a certificate among origins. No origin begins like that.
const VOUCHING: &str = "authority:";

/// A certificate as it stands among the origins it may vouch for.
pub fn vouching(authority: &Fingerprint) -> String {
    format!("{VOUCHING}{authority}")
}

/// Whether what stands among origins is a certificate.
pub fn is_vouching(entry: &str) -> bool {
    entry.starts_with(VOUCHING)
}

/// Token set and identity, bound to the endpoint and the client they came from.
#[derive(Clone, Debug, Deserialize)]
pub struct Connection {
    /// Tokens are sent nowhere if the site's definition now names another endpoint.
    pub token_endpoint: String,
    /// Nor as another client than the one they were given to (RFC 6749 §6). Items of before do not say.
    #[serde(default)]
    pub client_id: Option<String>,
    /// Nor to another origin than these, whatever of the site was changed. Items of before do not say.
    #[serde(default)]
    pub origins: Option<BTreeSet<String>>,
    /// The tokens.
    pub tokens: TokenSet,
    /// Absent until the provider said who it is.
    pub identity: Option<Identity>,
    /// When the person connected.
    pub connected_at: Timestamp,
    /// Set once the server confirmed that the grant is over.
    pub ended: Option<Ended>,
    /// Set while the connection is kept only for its revocation.
    pub revoking_since: Option<Timestamp>,
}

/// Leaves the newest.
fn last(tokens: &mut Vec<Secret>) {
    tokens.drain(..tokens.len().saturating_sub(SUPERSEDED_KEPT));
}

/// More than this many unconfirmed refreshes in a row means a server that never ends a replaced
/// token; the item must not grow for ever.
const SUPERSEDED_KEPT: usize = 8;

impl Connection {
    /// The connection after a refresh: the new set in the old one's place. A server that returns no
    /// refresh token keeps the old one valid (RFC 6749 §6).
    #[must_use]
    pub fn refreshed(&self, mut new: TokenSet, rotation: Rotation) -> Self {
        let old = &self.tokens;
        new.superseded.clone_from(&old.superseded);
        new.superseded_access.clone_from(&old.superseded_access);
        new.rotating = false;
        match (&old.refresh_token, &new.refresh_token) {
            // Elsewhere it has ended by being used, and naming it again could end the new ones.
            (Some(before), Some(after))
                if rotation == Rotation::OnUse && before.expose_secret() != after.expose_secret() =>
            {
                new.superseded.push(before.clone());
                new.rotating = true;
            }
            (before, None) => new.refresh_token.clone_from(before),
            _ => {}
        }
        last(&mut new.superseded);
        Self { tokens: new, ..self.clone() }
    }

    /// Names the tokens of another sign-in, which this one takes the place of, until they are ended.
    pub fn supersedes(&mut self, old: &TokenSet) {
        let tokens = &mut self.tokens;
        tokens.superseded.extend(old.superseded.iter().chain(&old.refresh_token).cloned());
        tokens.superseded_access.extend_from_slice(&old.superseded_access);
        if old.refresh_token.is_none() {
            tokens.superseded_access.push(old.access_token.clone());
            last(&mut tokens.superseded_access);
        }
    }

    /// The connection without the names of tokens it replaced.
    #[must_use]
    pub fn without_replaced(&self) -> Self {
        let mut alone = self.clone();
        alone.tokens.superseded.clear();
        alone.tokens.superseded_access.clear();
        alone
    }

    /// The connection after its access token was used for the first time, which ends the refresh
    /// token it replaced.
    #[must_use]
    pub fn used(&self, by: Option<Identity>) -> Self {
        let mut used = self.clone();
        if std::mem::take(&mut used.tokens.rotating) {
            used.tokens.superseded.pop();
        }
        used.identity = used.identity.or(by);
        used
    }

    /// Whether the connection may be used at all.
    ///
    /// # Errors
    /// [`ErrorCode::RevokePending`], [`ErrorCode::AddressChanged`], or why the connection is over.
    pub fn usable(&self, of: &Binding) -> Result<()> {
        if self.revoking_since.is_some() {
            return Err(ErrorCode::RevokePending.into());
        }
        if let Some(ended) = &self.ended {
            return Err(Error::new(ended.code).detail(&ended.reason));
        }
        if !self.is_of(of) {
            return Err(ErrorCode::AddressChanged.into());
        }
        Ok(())
    }

    /// Whether its tokens came from this endpoint, were given to this client, and go nowhere else.
    pub fn is_of(&self, binding: &Binding) -> bool {
        self.token_endpoint == binding.token_endpoint
            && self.client_id.as_ref().is_none_or(|client| *client == binding.client_id)
            && match &self.origins {
                Some(origins) => binding.origins.is_subset(origins),
                // Whoever made it knew of no certificate beside the platform's.
                None => !binding.origins.iter().any(|entry| is_vouching(entry)),
            }
    }

    /// The connection, saying whose it is where an item of before did not.
    #[must_use]
    pub fn bound(self, to: &Binding) -> Self {
        let client_id = self.client_id.or_else(|| Some(to.client_id.clone()));
        let alone = || to.origins.iter().filter(|entry| !is_vouching(entry)).cloned().collect();
        let origins = self.origins.or_else(|| Some(alone()));
        Self { client_id, origins, ..self }
    }

    /// The keychain item's text. The only place where tokens are written out for storing.
    pub fn to_item(&self) -> Secret {
        let tokens = &self.tokens;
        let text = |secret: &Option<Secret>| secret.as_ref().map(|s| s.expose_secret().to_owned());
        let texts = |secrets: &[Secret]| secrets.iter().map(|s| s.expose_secret().to_owned()).collect::<Vec<_>>();
        serde_json::json!({
            "version": ITEM_VERSION,
            "token_endpoint": self.token_endpoint,
            "client_id": self.client_id,
            "origins": self.origins,
            "tokens": {
                "access_token": tokens.access_token.expose_secret(),
                "refresh_token": text(&tokens.refresh_token),
                "superseded": texts(&tokens.superseded),
                "superseded_access": texts(&tokens.superseded_access),
                "rotating": tokens.rotating,
                "expires_at": tokens.expires_at,
                "obtained_at": tokens.obtained_at,
                "witness": tokens.witness,
                "scopes": tokens.scopes,
            },
            "identity": self.identity,
            "connected_at": self.connected_at,
            "ended": self.ended,
            "revoking_since": self.revoking_since,
        })
        .to_string()
        .into()
    }

    /// Reads a keychain item.
    ///
    /// # Errors
    /// [`ErrorCode::SecretUnreadable`]. The item's text is not part of the error.
    pub fn from_item(item: &Secret) -> Result<Self> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let text = item.expose_secret();
        let unreadable = || Error::new(ErrorCode::SecretUnreadable);
        let Version { version } = serde_json::from_str(text).map_err(|_| unreadable())?;
        if version != ITEM_VERSION {
            return Err(unreadable().detail(format!("version {version}")));
        }
        serde_json::from_str(text).map_err(|_| unreadable())
    }
}

/// Raised when an older Tallykey could not read a newer item.
const ITEM_VERSION: u32 = 1;

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::super::moment::Witness;
    use super::*;

    fn binding(token_endpoint: &str, client_id: &str, origins: &[&str]) -> Binding {
        let origins = origins.iter().map(|origin| (*origin).to_owned()).collect();
        Binding { token_endpoint: token_endpoint.to_owned(), client_id: client_id.to_owned(), origins }
    }

    fn connection() -> Connection {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        Connection {
            token_endpoint: "https://x.example/oauth/token".to_owned(),
            client_id: Some("tallykey".to_owned()),
            origins: Some(["https://x.example".to_owned()].into()),
            tokens: TokenSet {
                access_token: Secret::from("access"),
                refresh_token: Some(Secret::from("refresh")),
                superseded: Vec::new(),
                superseded_access: Vec::new(),
                rotating: false,
                expires_at: Some(now + SignedDuration::from_secs(7200)),
                obtained_at: now,
                witness: Witness::default(),
                scopes: vec!["view_issues".to_owned()],
            },
            identity: Some(Identity { id: "5".to_owned(), text: "alice".to_owned() }),
            connected_at: now,
            ended: None,
            revoking_since: None,
        }
    }

    #[test]
    fn an_item_reads_back_as_it_was_written() {
        let before = connection();
        let after = Connection::from_item(&before.to_item()).unwrap();
        assert_eq!(after.tokens.access_token.expose_secret(), "access");
        assert_eq!(after.tokens.refresh_token.unwrap().expose_secret(), "refresh");
        assert_eq!(after.tokens.expires_at, before.tokens.expires_at);
        assert_eq!(after.identity, before.identity);
    }

    #[test]
    fn a_damaged_or_newer_item_is_refused_without_showing_it() {
        for text in ["", "not json", "{\"version\":99}", "{\"version\":1,\"tokens\":\"s3cret\"}"] {
            let error = Connection::from_item(&Secret::from(text)).unwrap_err();
            assert_eq!(error.code, ErrorCode::SecretUnreadable);
            assert!(!format!("{error:?}").contains("s3cret"));
        }
    }

    #[test]
    fn a_refresh_keeps_the_old_refresh_token_where_none_is_returned() {
        let new = TokenSet { refresh_token: None, ..connection().tokens };
        let after = connection().refreshed(new, Rotation::OnUse).tokens;
        assert_eq!(after.refresh_token.unwrap().expose_secret(), "refresh");
        assert!(after.superseded.is_empty());
    }

    #[test]
    fn a_replaced_refresh_token_is_remembered_until_the_new_token_was_used() {
        let new = TokenSet { refresh_token: Some(Secret::from("second")), ..connection().tokens };
        let after = connection().refreshed(new, Rotation::OnUse);
        assert_eq!(after.tokens.superseded[0].expose_secret(), "refresh");
        let me = Identity { id: "5".to_owned(), text: "alice".to_owned() };
        assert!(!after.used(Some(me)).tokens.rotating);
    }

    #[test]
    fn a_token_that_ended_by_being_used_is_not_named_again() {
        let new = TokenSet { refresh_token: Some(Secret::from("second")), ..connection().tokens };
        let after = connection().refreshed(new, Rotation::Strict).tokens;
        assert!(after.superseded.is_empty() && !after.rotating);
    }

    #[test]
    fn using_a_token_ends_only_the_refresh_token_it_replaced() {
        let next = |token| TokenSet { refresh_token: Some(Secret::from(token)), ..connection().tokens };
        let me = || Identity { id: "5".to_owned(), text: "alice".to_owned() };
        let refreshed =
            connection().refreshed(next("second"), Rotation::OnUse).refreshed(next("third"), Rotation::OnUse);
        let after = refreshed.used(Some(me())).used(Some(me()));
        let left: Vec<_> = after.tokens.superseded.iter().map(ExposeSecret::expose_secret).collect();
        assert_eq!(left, ["refresh"]);
    }

    #[test]
    fn tokens_go_to_no_other_endpoint_than_the_one_they_came_from() {
        let evil = binding("https://evil.example/oauth/token", "tallykey", &["https://x.example"]);
        assert_eq!(connection().usable(&evil).unwrap_err().code, ErrorCode::AddressChanged);
    }

    #[test]
    fn tokens_go_to_no_other_origin_than_those_they_were_given_for() {
        let at = |origins: &[&str]| binding("https://x.example/oauth/token", "tallykey", origins);
        let astray = at(&["https://x.example", "https://evil.example"]);
        assert_eq!(connection().usable(&astray).unwrap_err().code, ErrorCode::AddressChanged);
        // What was kept before this was written down.
        let mut item: serde_json::Value = serde_json::from_str(connection().to_item().expose_secret()).unwrap();
        item.as_object_mut().unwrap().remove("origins");
        let before = Connection::from_item(&Secret::from(item.to_string())).unwrap();
        assert!(before.origins.is_none() && before.usable(&astray).is_ok());
        assert!(before.bound(&at(&["https://x.example"])).usable(&astray).is_err());
    }

    #[test]
    fn what_does_not_say_where_it_may_go_goes_nowhere_a_further_certificate_vouches_for() {
        let here = ["https://x.example"];
        let vouched = binding("https://x.example/oauth/token", "tallykey", &[here[0], "authority:00ff"]);
        let before = Connection { origins: None, ..connection() };
        assert_eq!(before.usable(&vouched).unwrap_err().code, ErrorCode::AddressChanged);
        assert_eq!(before.bound(&vouched).origins, Some(here.map(str::to_owned).into()));
    }

    #[test]
    fn tokens_are_used_by_no_other_client_than_the_one_they_were_given_to() {
        let another = binding("https://x.example/oauth/token", "another", &["https://x.example"]);
        assert_eq!(connection().usable(&another).unwrap_err().code, ErrorCode::AddressChanged);
        // What was kept before this was written down.
        let item = Secret::from(connection().to_item().expose_secret().replace("\"client_id\":\"tallykey\",", ""));
        let before = Connection::from_item(&item).unwrap();
        assert!(before.client_id.is_none() && before.usable(&another).is_ok());
    }
}
