//! Numbers a server need not send again (RFC 9110 §8.8.3): it says that nothing changed, and the one it
//! sent last is used.
//!
//! Only numbers of a body: a tag is made of the body, and a number in a header changes without it.
//! Only with the token they were sent to: another one may see other things.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::header::HeaderValue;
use url::Url;

use crate::model::secret::{ExposeSecret, Secret};
use crate::model::site::SiteId;

/// Numbers with their tags, as long as the program runs.
#[derive(Clone, Default)]
pub struct Etags(Arc<Mutex<HashMap<SiteId, HashMap<String, Kept>>>>);

/// A number, and the tag of the answer it was in.
#[derive(Clone)]
pub struct Kept {
    /// As the server wrote it, strong or weak.
    pub tag: HeaderValue,
    /// What was counted.
    pub number: u64,
    token: Secret,
}

/// More than any site has counts. Addresses with the time in them are new every time.
const MOST: usize = 64;

impl Etags {
    /// What an address answered this token last, where the number was at these places.
    pub fn kept(&self, site: SiteId, (url, places): (&Url, &[String]), token: &Secret) -> Option<Kept> {
        let kept = self.lock().get(&site)?.get(&key(url, places))?.clone();
        (kept.token.expose_secret() == token.expose_secret()).then_some(kept)
    }

    /// Keeps the number that was at these places of what an address answered.
    pub fn keep(&self, site: SiteId, (url, places): (&Url, &[String]), token: &Secret, tag: HeaderValue, number: u64) {
        let mut all = self.lock();
        let of_site = all.entry(site).or_default();
        if of_site.len() >= MOST {
            of_site.clear();
        }
        of_site.insert(key(url, places), Kept { tag, number, token: token.clone() });
    }

    /// Forgets what a site answered.
    pub fn forget(&self, site: SiteId) {
        self.lock().remove(&site);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SiteId, HashMap<String, Kept>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One answer may have several numbers in it.
fn key(url: &Url, places: &[String]) -> String {
    format!("{url}\n{}", places.join("\n"))
}
