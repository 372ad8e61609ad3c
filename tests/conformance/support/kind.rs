//! The kinds of application one can register, and the server's one client of each.

use tallykey_core::{NewSite, Secret, Url};

use super::definition::PROVIDER;

/// A kind of application.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its `id` in the definition.
    id: &'static str,
    /// How it says who it is.
    pub auth: &'static str,
    pub client_id: &'static str,
    pub client_secret: Option<&'static str>,
}

/// Without a secret: PKCE alone says who asks.
pub const PUBLIC: Kind = Kind { id: "public", auth: "none", client_id: "tallykey-public", client_secret: None };

/// With a secret, in HTTP Basic. Both parts hold what must be written differently there.
pub const BASIC: Kind = Kind {
    id: "basic",
    auth: "basic",
    client_id: "tally:key +100%/basic",
    client_secret: Some(r#"a:secret +50% & b%2Fc="d"~\"#),
};

/// With a secret, in the form.
pub const BODY: Kind =
    Kind { id: "body", auth: "body", client_id: "tallykey-body", client_secret: Some("another secret&client_id=x+y%") };

pub const KINDS: [Kind; 3] = [PUBLIC, BASIC, BODY];

impl Kind {
    /// What a person fills in to add the server as a site.
    pub fn form(self, base: &Url) -> NewSite {
        NewSite {
            name: "Strict".to_owned(),
            provider: PROVIDER.to_owned(),
            inputs: [("base".to_owned(), base.to_string())].into(),
            application: Some(self.id.to_owned()),
            client_id: self.client_id.to_owned(),
            client_secret: self.client_secret.map(Secret::from),
            redirect: None,
            scopes: Vec::new(),
            authority: None,
        }
    }
}
