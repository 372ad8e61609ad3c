//! Everything that a site knows, behind one lock.

use std::time::Duration;

use crate::change::{Change, Product};
use crate::clock::Clock;
use crate::fault::Faults;
use crate::grants::Grants;
use crate::jooto::Jooto;
use crate::params::Credentials;
use crate::people::{App, Person};
use crate::provider::Provider;
use crate::record::Record;
use crate::refusal::Refusal;
use crate::tracker::{self, Issue};
use crate::traffic::Traffic;
use crate::workfront::Workfront;

/// The state of one site.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) name: String,
    pub(crate) provider: Provider,
    pub(crate) product: Product,
    pub(crate) apps: Vec<App>,
    pub(crate) people: Vec<Person>,
    /// The person signed in to the browser.
    pub(crate) browser_user: u32,
    /// Whether that person gave a password since the browser was opened; only Workfront asks.
    pub(crate) signed_in: bool,
    /// How many of the first person's open issues anonymous visitors see.
    pub(crate) anonymous_open: usize,
    pub(crate) clock: Clock,
    pub(crate) grants: Grants,
    pub(crate) access_life: i64,
    pub(crate) rest: bool,
    pub(crate) login_required: bool,
    pub(crate) latency: Duration,
    pub(crate) faults: Faults,
    pub(crate) traffic: Traffic,
    pub(crate) record: Record,
    /// Token requests that are being answered now.
    pub(crate) token_requests: u32,
    /// What only a Jooto has.
    pub(crate) jooto: Jooto,
    /// What only a Workfront has.
    pub(crate) workfront: Workfront,
}

impl World {
    pub(crate) fn app(&self, id: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.id == id)
    }

    pub(crate) fn person(&self, id: u32) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    pub(crate) fn by_login(&mut self, login: &str) -> Result<&mut Person, String> {
        self.people.iter_mut().find(|person| person.login == login).ok_or_else(|| format!("nobody is called {login}"))
    }

    fn app_by_id(&mut self, id: &str) -> Result<&mut App, String> {
        self.apps.iter_mut().find(|app| app.id == id).ok_or_else(|| "no such application".to_owned())
    }

    /// The application that these credentials prove: a public one by its id, a confidential one by its secret too.
    pub(crate) fn authenticate(&self, sent: Option<&Credentials>) -> Result<&App, Refusal> {
        let sent = sent.ok_or(Refusal::InvalidClient)?;
        let app = self.app(&sent.id).ok_or(Refusal::InvalidClient)?;
        let proved = match (&app.secret, &sent.secret) {
            (None, None) => true,
            (expected, sent) => expected.is_some() && expected == sent,
        };
        proved.then_some(app).ok_or(Refusal::InvalidClient)
    }

    /// The issues that this person sees, or an anonymous visitor.
    pub(crate) fn issues_of(&self, person: Option<u32>) -> Vec<Issue> {
        if let Some(person) = person.and_then(|id| self.person(id)) {
            return tracker::issues(&person.counts);
        }
        let mut public = self.people.first().map(|person| tracker::issues(&person.counts)).unwrap_or_default();
        public.truncate(self.anonymous_open);
        public
    }

    /// What was asked so far, and what became of it.
    pub(crate) fn traffic(&self) -> Traffic {
        Traffic { live_pairs: self.grants.live(), refreshes: self.grants.refreshes, ..self.traffic.clone() }
    }

    /// Carries out what a test or an administrator wants.
    pub(crate) fn apply(&mut self, change: Change) -> Result<(), String> {
        self.clock.advance(change.advance);
        let now = self.clock.now();
        if change.forget_grants {
            self.grants.forget_all();
        }
        if change.expire_tokens {
            self.grants.expire_access(now);
        }
        if change.expire_refresh_tokens {
            self.grants.expire_refresh();
        }
        if change.expire_codes {
            self.grants.expire_codes(now);
        }
        if change.clear_faults {
            self.faults.clear();
        }
        if let Some(fault) = change.fault {
            self.faults.add(change.on, fault, change.times.unwrap_or(1));
        }
        if let Some((id, scopes)) = change.app_scopes {
            self.app_by_id(&id)?.scopes = scopes;
        }
        if let Some((id, redirects)) = change.app_redirects {
            self.app_by_id(&id)?.redirects = redirects;
        }
        if let Some(app) = change.delete_app {
            self.apps.retain(|known| known.id != app);
            self.grants.forget_app(&app);
        }
        if let Some(login) = change.lock {
            self.by_login(&login)?.locked = true;
        }
        if let Some(login) = change.unlock {
            self.by_login(&login)?.locked = false;
        }
        if let Some(login) = change.browser_user {
            self.browser_user = self.by_login(&login)?.id;
        }
        if let Some((login, counts)) = change.counts {
            if !counts.are_possible() {
                return Err("no issues can give these counts".to_owned());
            }
            self.by_login(&login)?.counts = counts;
        }
        self.signed_in &= !(change.sign_out && self.provider == Provider::Workfront);
        self.jooto.organization.plan = change.plan.unwrap_or(self.jooto.organization.plan);
        if let Some(left) = change.calls_left {
            self.jooto.leave(left, now)?;
        }
        if let Some(labels) = change.labels {
            self.workfront.labels = labels;
        }
        self.workfront.count_shape = change.count_shape.unwrap_or(self.workfront.count_shape);
        self.workfront.error_status = change.error_status.unwrap_or(self.workfront.error_status);
        self.product = change.product.unwrap_or(self.product);
        self.grants.rotation = change.rotation.unwrap_or(self.grants.rotation);
        self.access_life = change.access_life.unwrap_or(self.access_life);
        self.rest = change.rest.unwrap_or(self.rest);
        self.login_required = change.login_required.unwrap_or(self.login_required);
        self.latency = change.latency_ms.map_or(self.latency, Duration::from_millis);
        Ok(())
    }
}
