//! What each definition sends and reads, held against the vendor's own documentation. The servers
//! here are strict (see `support::recorded`); their answers are written from those documents, not
//! recorded from a running product.

mod backlog;
mod gitea;
mod github;
mod gitlab;
mod openproject;

use std::collections::BTreeMap;

use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::{Value, json};
use tallykey_core::flows::connect::Attempt;
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::revoke::{AtProvider, Revocation};
use tallykey_core::model::site::Redirect;
use tallykey_core::{Connected, ErrorCode, NewSite, Result, Secret, Url};

use crate::support::{ANY, Answer, Ask, Here, Recorded, query_of, refused};

const CLIENT_ID: &str = "client-1";
const CLIENT_SECRET: &str = "secret-1";
const SECRET: (&str, &str) = ("client_secret", CLIENT_SECRET);
const VERIFIER: (&str, &str) = ("code_verifier", ANY);
/// Where the answer comes that a person pastes.
const PASTED: &str = "http://127.0.0.1:28765/callback";
const PKCE: (&str, &str) = ("PKCE", "S256");
const BACK: (&str, &str) = ("redirect_uri", PASTED);
const OOB: &str = "urn:ietf:wg:oauth:2.0:oob";

/// A person's computer and one product.
struct Product {
    here: Here,
    server: Recorded,
    site: Account,
}

impl Product {
    /// A site of a definition of ours whose inputs all lead to these paths of one server.
    async fn new(provider: &str, application: Option<&str>, redirect: Redirect, inputs: &[(&str, &str)]) -> Self {
        let (here, server) = (Here::new().await, Recorded::new().await);
        let base = server.base();
        let site = NewSite {
            name: "Harbour".to_owned(),
            provider: provider.to_owned(),
            inputs: inputs.iter().map(|(key, path)| ((*key).to_owned(), format!("{base}{path}"))).collect(),
            application: application.map(str::to_owned),
            client_id: CLIENT_ID.to_owned(),
            client_secret: Some(Secret::from(CLIENT_SECRET)),
            redirect: Some(redirect),
            scopes: Vec::new(),
            authority: None,
        };
        let site = here.desk.add(site).await.expect("a good form");
        Self { here, server, site }
    }

    /// The attempt of a site and the parameters of its address, without those that are new every time.
    async fn begun(&self) -> (Attempt, BTreeMap<String, String>) {
        let attempt = self.here.desk.begin_connect(self.site.clone()).await.expect("a secret is stored");
        let mut asked = query_of(&attempt.url);
        assert!(asked.remove("state").is_some_and(|state| state.len() >= 16));
        if asked.remove("code_challenge").is_some_and(|challenge| challenge.len() == 43) {
            assert_eq!(asked.remove("code_challenge_method").as_deref(), Some("S256"));
            asked.insert(PKCE.0.to_owned(), PKCE.1.to_owned());
        }
        (attempt, asked)
    }

    /// alice approves and pastes what her browser shows.
    async fn pastes(&self, attempt: &Attempt) -> Result<Connected> {
        let query = query_of(&attempt.url);
        let pasted = if attempt.redirect == Redirect::Oob {
            "the-code".to_owned()
        } else {
            let mut url = Url::parse(attempt.redirect_uri()).expect("an address");
            url.query_pairs_mut().append_pair("code", "the-code").append_pair("state", &query["state"]);
            url.into()
        };
        let connected = self.here.desk.finish_connect(&attempt.id, &pasted).await.map(|(_, connected)| connected);
        for asked in self.server.take_asked() {
            if let Some(verifier) = asked.field("code_verifier") {
                let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier));
                assert_eq!(challenge.as_str(), query["code_challenge"], "the verifier is the address's own");
            }
        }
        connected
    }

    /// A site that alice has connected: a code for tokens, and who she is.
    async fn connects(&self, tokens: Ask, answer: Value) -> Connected {
        self.server.answers(tokens, json_ok(answer));
        self.server.knows_only(&["access-1"]);
        let (attempt, _) = self.begun().await;
        self.pastes(&attempt).await.expect("alice approves")
    }

    /// The numbers of all counts, and who they are of.
    async fn counts(&self) -> Vec<(String, Option<u64>)> {
        let known = self.here.desk.count(&self.site).await.expect("numbers");
        known.counts.into_iter().map(|count| (count.id, count.value)).collect()
    }

    async fn revokes(&self) -> Revocation {
        self.here.desk.revoke(&self.site).await.expect("an outcome")
    }

    /// Why there are no numbers.
    async fn counts_refused(&self) -> (ErrorCode, Option<String>) {
        let error = refused(self.here.desk.count(&self.site).await);
        (error.code, error.detail)
    }
}

/// Exactly the fields of a request for tokens by a code, with these beside the standard's own.
fn exchange(path: &str, more: &[(&str, &str)]) -> Ask {
    let own = [("grant_type", "authorization_code"), ("code", "the-code"), ("client_id", CLIENT_ID)];
    Ask::tokens(path, &[&own, more].concat())
}

/// The same of a request for tokens by a refresh token.
fn refresh(path: &str, token: &str, more: &[(&str, &str)]) -> Ask {
    let own = [("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", CLIENT_ID)];
    Ask::tokens(path, &[&own, more].concat())
}

/// The same of a form to revoke.
fn revocation(path: &str, token: &str, hint: &str, more: &[(&str, &str)]) -> Ask {
    let own = [("token", token), ("token_type_hint", hint), ("client_id", CLIENT_ID)];
    Ask::form(path, &[&own, more].concat())
}

/// An answer with tokens, lacking only what is the product's own.
fn pair(number: u8, seconds: u32) -> Value {
    json!({ "access_token": format!("access-{number}"), "token_type": "Bearer", "expires_in": seconds,
        "refresh_token": format!("refresh-{number}") })
}

fn json_ok(body: Value) -> Answer {
    crate::support::json(200, body)
}

/// An API's list of nothing in particular, whose length a header tells.
fn listed(header: &str, total: u64) -> Answer {
    json_ok(json!([{ "id": 1 }])).insert_header(header, total.to_string())
}

/// Exactly the parameters of a request to authorize, with these beside the standard's own.
fn authorizing(redirect_uri: &str, more: &[(&str, &str)]) -> BTreeMap<String, String> {
    let own = [("response_type", "code"), ("client_id", CLIENT_ID), ("redirect_uri", redirect_uri)];
    own.iter().chain(more).map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// Ids and numbers as they are expected.
fn numbers(numbers: &[(&str, u64)]) -> Vec<(String, Option<u64>)> {
    numbers.iter().map(|(id, number)| ((*id).to_owned(), Some(*number))).collect()
}

/// Where one page is that lists what is counted.
fn page(product: &Product, count: &str) -> String {
    let known = product.here.known(&product.site);
    let count = product.site.provider.counts.iter().find(|one| one.id == count).expect("a count");
    let now = product.here.outside().now();
    let url = product.site.page(count, known.identity.as_ref(), now).expect("an address");
    url.as_str().replace(&product.server.base(), "")
}
