//! A person's browser: follows the server's redirects with its cookies, and never leaves the server.

use std::collections::BTreeMap;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::{Client, Response};
use tallykey_core::Url;

use super::server::client;

/// A browser in which one person signs in.
pub struct Browser {
    person: String,
    client: Client,
    cookies: BTreeMap<String, String>,
}

/// Sign-in and consent take two redirects, and the way back a third.
const MOST_REDIRECTS: usize = 5;

impl Browser {
    pub fn of(person: &str) -> Self {
        Self { person: person.to_owned(), client: client(), cookies: BTreeMap::new() }
    }

    /// Opens an address, signs in and approves. Where the browser is sent then; nobody goes there.
    pub async fn approve(self, url: Url) -> Url {
        let answer = format!("login={}", self.person);
        self.answer(url, &answer).await
    }

    /// Opens an address and denies.
    pub async fn deny(self, url: Url) -> Url {
        self.answer(url, "deny").await
    }

    async fn answer(mut self, mut url: Url, answer: &str) -> Url {
        let server = url.origin();
        for _ in 0..MOST_REDIRECTS {
            let page = self.open(&url).await;
            let Some(place) = page.headers().get(LOCATION) else {
                panic!("{} and no redirect from {url}: {}", page.status(), page.text().await.unwrap());
            };
            url = url.join(place.to_str().unwrap()).unwrap();
            if url.origin() != server {
                return url;
            }
            if url.path().starts_with("/interaction/") {
                url.set_query(Some(answer));
            }
        }
        panic!("redirected without end, last to {url}");
    }

    async fn open(&mut self, url: &Url) -> Response {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let page = self.client.get(url.clone()).header(COOKIE, cookies.join("; ")).send().await.unwrap();
        for cookie in page.headers().get_all(SET_COOKIE) {
            let (name, value) = cookie.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        page
    }
}

/// Goes where the browser was sent, and gives the page.
pub async fn visit(url: &Url) -> String {
    client().get(url.clone()).send().await.unwrap().text().await.unwrap()
}
