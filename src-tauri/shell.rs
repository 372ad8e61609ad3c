//! What the window holds besides the page: the desk, and what was last seen of the secret store.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tallykey_core::adapters::keychain::{self, Keychain};
use tallykey_core::adapters::memory::MemoryStore;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::site::SiteId;
use tallykey_core::{Desk, ErrorCode, Result};

use crate::views::{
    AttemptView, BrokenView, ClipboardView, OtherPersonView, Overview, ProviderView, SiteView, StoreKind, StoreView,
};

/// The state behind every command.
#[derive(Clone)]
pub struct Shell {
    /// The one front door of the core.
    pub desk: Desk,
    /// Asking a keychain may take as long as a person takes to unlock it, so the answer is kept.
    store: Arc<Mutex<Option<ErrorCode>>>,
    /// One for the whole run: leaving it for the keychain and coming back loses nothing.
    memory: Arc<MemoryStore>,
    on_battery: Arc<AtomicBool>,
}

impl Shell {
    /// A window over a desk.
    pub fn new(desk: Desk) -> Self {
        Self { desk, store: Arc::default(), memory: Arc::default(), on_battery: Arc::default() }
    }

    /// The site the page means.
    ///
    /// # Errors
    /// As [`Desk::site`].
    pub fn site(&self, id: &str) -> Result<Account> {
        self.desk.site(site_id(id)?)
    }

    /// What is now known of a site.
    ///
    /// # Errors
    /// As [`Desk::status`].
    pub fn site_view(&self, id: SiteId) -> Result<SiteView> {
        Ok(SiteView::from(&self.desk.status(id)?))
    }

    /// Everything the page shows.
    ///
    /// # Errors
    /// As [`Desk::sites`].
    pub fn overview(&self) -> Result<Overview> {
        let sites = self.desk.sites()?;
        let name_of = |id: SiteId| {
            let found = sites.iter().find(|status| status.site.id == id);
            found.map(|status| status.site.name.as_str()).unwrap_or_default()
        };
        let clipboard = self.desk.copied().map(|copied| ClipboardView::new(&copied, name_of(copied.site)));
        let definitions = self.desk.definitions();
        Ok(Overview {
            clipboard,
            sites: sites.iter().map(SiteView::from).collect(),
            providers: definitions.sound.iter().map(ProviderView::from).collect(),
            broken_definitions: definitions.broken.iter().map(BrokenView::from).collect(),
            definitions_folder: self.desk.definitions_folder().display().to_string(),
            clock_ahead: self.desk.clock_ahead().map(|ahead| i32::try_from(ahead.as_secs()).unwrap_or(i32::MAX)),
            other_person: self.desk.other_person().map(OtherPersonView::from),
            store: self.store_view(),
            settings: self.desk.settings(),
            attempt: self.desk.attempt().map(|attempt| AttemptView::new(&attempt, None)),
            history_trouble: None,
            next_round_at: sites.iter().filter_map(|status| status.pace.next_at).min().map(|at| at.to_string()),
            paused_until: self.desk.paused_until().map(|until| until.to_string()),
        })
    }

    fn store_view(&self) -> StoreView {
        let kind = StoreKind::from(self.desk.store_kind());
        StoreView {
            name: match kind {
                StoreKind::Keychain => keychain::system_name().to_owned(),
                StoreKind::Memory => String::new(),
            },
            error: self.store_error(),
            kind,
        }
    }

    fn store_error(&self) -> Option<ErrorCode> {
        *self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the computer runs on its battery.
    pub fn on_battery(&self) -> bool {
        self.on_battery.load(Ordering::Relaxed)
    }

    /// The computer runs on its battery, or not.
    pub fn power(&self, on_battery: bool) {
        self.on_battery.store(on_battery, Ordering::Relaxed);
    }

    /// Whether the secret store answered when it was last looked at.
    pub fn store_works(&self) -> bool {
        self.store_error().is_none()
    }

    /// Looks whether the secret store can be used now.
    pub async fn look_at_store(&self) {
        let error = self.desk.check_store().await.err().map(|error| error.code);
        let mut seen = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen != error {
            *seen = error;
            drop(seen);
            self.desk.changed();
        }
    }

    /// Keeps secrets elsewhere from now on.
    pub async fn use_store(&self, kind: StoreKind) {
        self.desk.use_store(match kind {
            StoreKind::Keychain => Arc::new(Keychain),
            StoreKind::Memory => self.memory.clone(),
        });
        self.look_at_store().await;
    }
}

/// A site's id as the page names it.
///
/// # Errors
/// [`ErrorCode::NoSuchSite`].
pub fn site_id(text: &str) -> Result<SiteId> {
    SiteId::parse(text).ok_or_else(|| ErrorCode::NoSuchSite.into())
}
