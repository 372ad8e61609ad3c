//! Who gets something secret from a definition: shown before one that a person wrote is used.

use url::Url;

use super::Provider;
use crate::model::address::{host, normalized_base};
use crate::model::template::{Origin, UrlTemplate};

/// A host that receives codes, tokens or the client secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// The definition names it.
    Host(String),
    /// The person names it, in the input of this key.
    Input(String),
}

impl Provider {
    /// Every host that receives something secret, each once.
    pub fn receivers(&self) -> Vec<Receiver> {
        let mut receivers = Vec::new();
        for template in self.secret_urls() {
            let these = match template.origin() {
                Origin::Input(name) => vec![Some(Receiver::Input(name.to_owned())), self.default_host(name)],
                Origin::Host(url) => vec![Some(Receiver::Host(host(&url)))],
            };
            for receiver in these.into_iter().flatten() {
                if !receivers.contains(&receiver) {
                    receivers.push(receiver);
                }
            }
        }
        receivers
    }

    /// Where an input leads that a person leaves as it is: the definition names that host.
    fn default_host(&self, key: &str) -> Option<Receiver> {
        let input = self.inputs.iter().find(|input| input.key == key)?;
        let url = Url::parse(&normalized_base(input.default.as_deref()?).ok()?).ok()?;
        Some(Receiver::Host(host(&url)))
    }

    /// The addresses that receive something secret, always in the same order.
    pub fn secret_urls(&self) -> impl Iterator<Item = &UrlTemplate> {
        let oauth = &self.oauth;
        let revoke = oauth.revoke.as_ref().map(|revoke| &revoke.url);
        [&oauth.token].into_iter().chain(&oauth.refresh).chain(revoke).chain([&self.api.base])
    }
}
