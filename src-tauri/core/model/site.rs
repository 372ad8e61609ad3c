//! A site: one account at one instance of a provider.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::authority::Fingerprint;
use super::wishes::{CountWish, OwnCount};

/// Names a site in keychain, files and over the bridge; never changes, unlike the site's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SiteId(Uuid);

impl SiteId {
    /// A new id, unlike any other.
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }

    /// Reads an id as it is displayed.
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::parse_str(text).ok().map(Self)
    }
}

impl fmt::Display for SiteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a person set up, without any secret. Kept in `sites.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Never changes.
    pub id: SiteId,
    /// Unique among the sites, whatever the case of its letters.
    pub name: String,
    /// The provider's id.
    pub provider: String,
    /// The OAuth client id (RFC 6749 §2.2); not a secret.
    pub client_id: String,
    /// How the answer comes back from the browser.
    pub redirect: Redirect,
    /// The scopes to ask for (RFC 6749 §3.3).
    pub scopes: Vec<String>,
    /// The kind of application that was registered; the provider's usual one where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
    /// Minutes between two rounds, if the person wants others than usual; 0 for "only when I ask".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_minutes: Option<u16>,
    /// A certificate that is trusted for this site beside the platform's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Fingerprint>,
    /// Values for the provider's inputs, base addresses normalized.
    pub inputs: BTreeMap<String, String>,
    /// What was chosen of the provider's choices once the site was connected.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub choices: BTreeMap<String, Vec<Chosen>>,
    /// Wishes for its counts; the order is the list's.
    #[serde(rename = "count", default, skip_serializing_if = "Vec::is_empty")]
    pub wishes: Vec<CountWish>,
    /// Counts of the person's own.
    #[serde(rename = "own_count", default, skip_serializing_if = "Vec::is_empty")]
    pub own_counts: Vec<OwnCount>,
}

/// One thing a person chose from what a connected site offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// The provider's own value.
    pub value: String,
    /// Its name when it was chosen, for people.
    pub text: String,
}

impl Site {
    /// Whether this site answers to a name; letter case and outer space do not matter.
    pub fn is_named(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.trim().to_lowercase()
    }

    /// Forgets what one person chose at one place: choices, counts of their own, and what was wished of
    /// those. Wishes for the definition's counts stay.
    pub fn forget_choices(&mut self) {
        self.choices.clear();
        let own = std::mem::take(&mut self.own_counts);
        self.wishes.retain(|wish| own.iter().all(|count| count.id != wish.id));
    }
}

/// How the authorization answer reaches us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[serde(rename_all = "kebab-case")]
pub enum Redirect {
    /// The browser is sent to us, on whatever port of `127.0.0.1` is free (RFC 8252 §7.3).
    Loopback,
    /// The browser is sent to us, on the registered port of `127.0.0.1`.
    LoopbackPort,
    /// The browser is sent to us, on the registered port of `localhost`: for servers that take no
    /// other name.
    LocalhostPort,
    /// The browser shows a code and the person pastes it (`urn:ietf:wg:oauth:2.0:oob`).
    Oob,
    /// The browser is sent to this computer, where nobody listens, and the person pastes the whole
    /// address.
    Paste,
}

impl Redirect {
    /// The line to register at the provider; `port` is the one its definition names.
    pub fn line(self, port: u16) -> String {
        match self {
            Self::Loopback => "http://127.0.0.1/callback".to_owned(),
            _ => self.uri(port),
        }
    }

    /// The `redirect_uri` of an attempt whose answer comes to `port`.
    pub fn uri(self, port: u16) -> String {
        match self {
            Self::Loopback | Self::LoopbackPort | Self::Paste => format!("http://127.0.0.1:{port}/callback"),
            Self::LocalhostPort => format!("http://localhost:{port}/callback"),
            Self::Oob => "urn:ietf:wg:oauth:2.0:oob".to_owned(),
        }
    }

    /// Whether the answer comes by itself.
    pub fn listens(self) -> bool {
        matches!(self, Self::Loopback | Self::LoopbackPort | Self::LocalhostPort)
    }
}
