//! A simulated site that a test can watch, change and stop.

use std::net::TcpStream;
use std::ops::Deref;

use tallykey_sites::{Approval, Change, Fault, Options, Provider, Site, Spot};
use tokio::runtime::Runtime;

use super::until;

/// Longer than any test goes on, in milliseconds.
const HELD: u64 = 3_600_000;

pub struct Tracker {
    // Stops before its runtime ends.
    site: Option<Site>,
    _runtime: Runtime,
}

impl Tracker {
    /// A Redmine.
    pub fn start() -> Self {
        Self::of(Provider::Redmine)
    }

    pub fn of(provider: Provider) -> Self {
        let runtime = Runtime::new().unwrap();
        let site = runtime.block_on(Site::start(Options::new(provider))).unwrap();
        Self { site: Some(site), _runtime: runtime }
    }

    pub fn with(change: Change) -> Self {
        let tracker = Self::start();
        tracker.change(change).unwrap();
        tracker
    }

    /// From now on nobody answers at its address.
    pub fn stop(&mut self) {
        let address = self.base_url().trim_start_matches("http://").to_owned();
        self.site = None;
        until("nobody answers there", || TcpStream::connect(&address).is_err());
    }

    /// The next request of this kind has no answer until [`Self::let_go`].
    pub fn hold(&self, on: Spot) {
        self.change(Change { fault: Some(Fault::Slow(HELD)), on, ..Change::default() }).unwrap();
    }

    /// What is held is answered now.
    pub fn let_go(&self) {
        self.change(Change { clear_faults: true, ..Change::default() }).unwrap();
    }

    /// The code that the page shows to a person who approves.
    pub fn code(&self, authorize_url: &str) -> String {
        self.approve(authorize_url).code().expect("the request is one to approve")
    }

    /// Where the browser of a person who approves is sent.
    pub fn redirect(&self, authorize_url: &str) -> String {
        redirected(self.approve(authorize_url))
    }

    /// Where the browser of a person who denies is sent.
    pub fn denying_redirect(&self, authorize_url: &str) -> String {
        redirected(self.deny(authorize_url))
    }

    /// The text in the browser of a person who denies.
    pub fn denial(&self, authorize_url: &str) -> String {
        match self.deny(authorize_url) {
            Approval::Refused { error, .. } => error,
            other => panic!("not a denial: {other:?}"),
        }
    }
}

fn redirected(answer: Approval) -> String {
    match answer {
        Approval::Redirect { redirect } => redirect,
        other => panic!("not a redirect: {other:?}"),
    }
}

impl Deref for Tracker {
    type Target = Site;

    fn deref(&self) -> &Site {
        self.site.as_ref().expect("it was not stopped")
    }
}
