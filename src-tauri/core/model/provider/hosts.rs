//! Who gets something secret from a definition: shown before one that a person wrote is used.

use super::Provider;
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
            let receiver = match template.origin() {
                Origin::Input(name) => Receiver::Input(name.to_owned()),
                Origin::Host(url) => Receiver::Host(crate::model::address::host(&url)),
            };
            if !receivers.contains(&receiver) {
                receivers.push(receiver);
            }
        }
        receivers
    }

    fn secret_urls(&self) -> impl Iterator<Item = &UrlTemplate> {
        let oauth = &self.oauth;
        let revoke = oauth.revoke.as_ref().map(|revoke| &revoke.url);
        [&oauth.token].into_iter().chain(&oauth.refresh).chain(revoke).chain([&self.api.base])
    }
}
