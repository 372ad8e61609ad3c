//! The server, asked as nobody but a test would ask it.

use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};
use serde::Deserialize;
use serde_json::Value;
use tallykey_core::Url;
use url::form_urlencoded::Serializer;
use uuid::Uuid;

use super::kind::Kind;

/// The server, and a person nobody else knows: tests run at the same time.
pub struct Server {
    base: Url,
    person: String,
    client: Client,
}

/// A request for tokens as the server saw it.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// Whose it was, if that was believed.
    pub client: Option<String>,
    pub grant: String,
    /// How the client said who it is: `basic`, `body`, or `none`.
    pub auth: String,
    /// Whether it had a PKCE verifier.
    pub verifier: bool,
    pub redirect_uri: Option<String>,
    pub refresh_token: Option<String>,
    pub status: u16,
}

/// Goes where it is sent by nobody but the test.
pub fn client() -> Client {
    Client::builder().redirect(Policy::none()).no_proxy().build().unwrap()
}

impl Server {
    pub fn of_a_new_person() -> Self {
        let base = std::env::var("TALLYKEY_OIDC").expect("TALLYKEY_OIDC is the server's address");
        Self { base: base.parse().unwrap(), person: format!("alice-{}", Uuid::new_v4()), client: client() }
    }

    pub fn base(&self) -> &Url {
        &self.base
    }

    pub fn person(&self) -> &str {
        &self.person
    }

    /// The person's requests for tokens, oldest first.
    pub async fn asked(&self) -> Vec<Asked> {
        serde_json::from_str(&self.lever(Method::GET, "requests").await).unwrap()
    }

    /// From now on the person's new access tokens live so many seconds.
    pub async fn access_ttl(&self, seconds: u32) {
        self.lever(Method::POST, &format!("access-ttl/{seconds}")).await;
    }

    /// The access tokens the person has are over.
    pub async fn expire_access(&self) {
        self.lever(Method::POST, "expire-access").await;
    }

    async fn lever(&self, method: Method, lever: &str) -> String {
        let url = self.url(&format!("/test/{}/{lever}", self.person));
        let answer = self.client.request(method, url).send().await.unwrap();
        assert!(answer.status().is_success(), "{lever}: {}", answer.status());
        answer.text().await.unwrap()
    }

    /// The statuses with which who-am-I and the API answer an access token.
    pub async fn accepts(&self, token: &str) -> [u16; 2] {
        let ask = |path| self.client.get(self.url(path)).bearer_auth(token).send();
        [ask("/me").await.unwrap().status().as_u16(), ask("/api/issues?state=open").await.unwrap().status().as_u16()]
    }

    /// Somebody else refreshes with the client's credentials in the form: status and error.
    pub async fn refresh(&self, kind: Kind, token: &str) -> (u16, Value) {
        let request = self.client.post(self.url("/token"));
        let id = [("client_id", kind.client_id)].into_iter();
        send(request, token, id.chain(kind.client_secret.map(|secret| ("client_secret", secret)))).await
    }

    /// Somebody refreshes with Basic credentials that are written as they are: status and error.
    pub async fn refresh_with_raw_basic(&self, kind: Kind, token: &str) -> (u16, Value) {
        send(self.client.post(self.url("/token")).basic_auth(kind.client_id, kind.client_secret), token, []).await
    }

    fn url(&self, path: &str) -> Url {
        self.base.join(path).unwrap()
    }
}

async fn send<'a>(
    request: RequestBuilder,
    token: &'a str,
    more: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> (u16, Value) {
    let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
    let body = Serializer::new(String::new()).extend_pairs(form).extend_pairs(more).finish();
    let answer = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body).send().await.unwrap();
    let status = answer.status().as_u16();
    let mut json: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    (status, json["error"].take())
}
