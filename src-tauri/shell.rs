//! What the window holds besides the page: the desk, and what was last seen of the secret store.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tallykey_core::adapters::vault::{Standing, Vault};
use tallykey_core::adapters::{keychain, saved_files};
use tallykey_core::flows::outside::Account;
use tallykey_core::model::passphrase::Passphrase;
use tallykey_core::model::site::SiteId;
use tallykey_core::ports::StoreKind as Kind;
use tallykey_core::{Desk, ErrorCode, Result, Secret};

use crate::stores::Stores;
use crate::views::{
    AttemptView, BrokenView, ClipboardView, ErrorView, OtherPersonView, Overview, ProviderView, SiteView, StoreKind,
    StoreView,
};

/// The state behind every command.
#[derive(Clone)]
pub struct Shell {
    /// The one front door of the core.
    pub desk: Desk,
    /// Asking a keychain may take as long as a person takes to unlock it, so the answer is kept.
    store: Arc<Mutex<Option<ErrorCode>>>,
    stores: Stores,
    /// Where files go that a person asks for; their Downloads folder where absent.
    saves_to: Option<PathBuf>,
    on_battery: Arc<AtomicBool>,
}

impl Shell {
    /// A window over a desk.
    pub fn new(desk: Desk, stores: Stores) -> Self {
        Self { desk, store: Arc::default(), stores, saves_to: None, on_battery: Arc::default() }
    }

    /// The same window, saving files into another folder.
    #[must_use]
    pub fn saving_to(mut self, folder: PathBuf) -> Self {
        self.saves_to = Some(folder);
        self
    }

    /// Where files go that a person asks for.
    ///
    /// # Errors
    /// As [`saved_files::downloads`].
    pub fn downloads(&self) -> Result<PathBuf> {
        self.saves_to.clone().map_or_else(saved_files::downloads, Ok)
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
        self.desk.look_back();
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
            history_trouble: self.desk.history_trouble().map(ErrorView::from),
            next_round_at: sites.iter().filter_map(|status| status.pace.next_at).min().map(|at| at.to_string()),
            paused_until: self.desk.paused_until().map(|until| until.to_string()),
        })
    }

    fn store_view(&self) -> StoreView {
        let kind = StoreKind::from(self.desk.store_kind());
        StoreView {
            name: match kind {
                StoreKind::Keychain => keychain::system_name().to_owned(),
                StoreKind::Vault | StoreKind::Memory => String::new(),
            },
            vault: self.stores.vault().standing().into(),
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

    /// Whether the encrypted file is in use, which no system asks a passphrase for.
    pub fn store_is_vault(&self) -> bool {
        self.desk.store_kind() == Kind::Vault
    }

    /// Looks whether the secret store can be used now.
    pub async fn look_at_store(&self) {
        self.follow_move();
        let error = self.desk.check_store().await.err().map(|error| error.code);
        let mut seen = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen != error {
            *seen = error;
            drop(seen);
            if error.is_none() {
                self.desk.store_is_back();
            }
            self.desk.changed();
        }
    }

    /// Uses the place of now where another program moved secrets.
    fn follow_move(&self) {
        if !self.desk.is_elsewhere() {
            return;
        }
        let store = self.stores.at(self.desk.settings().secrets);
        // A keychain is looked at when a person asks for it.
        let error = match (store.kind(), self.stores.vault().standing()) {
            (Kind::Vault, Standing::Locked) => Some(ErrorCode::VaultLocked),
            (Kind::Vault, Standing::Missing) => Some(ErrorCode::VaultMissing),
            _ => None,
        };
        *self.store.lock().unwrap_or_else(PoisonError::into_inner) = error;
        self.desk.use_store(store);
    }

    /// Whether sites may be asked now, in the place where secrets are now.
    pub fn may_count(&self) -> bool {
        self.follow_move();
        self.store_works()
    }

    /// Deletes what could not be deleted when secrets were moved.
    pub async fn finish_move(&self) {
        if let Some(place) = self.desk.left_behind() {
            self.desk.finish_move(self.stores.at(place)).await;
        }
    }

    /// Keeps secrets elsewhere from now on; they are taken along to a place that lasts.
    ///
    /// # Errors
    /// As [`Desk::move_secrets`].
    pub async fn use_store(&self, kind: Kind) -> Result<()> {
        let (store, chosen) = (self.stores.of(kind), self.desk.settings().secrets);
        let is_taken_along = kind.place().is_some_and(|place| place != chosen || !self.desk.store_kind().lasts());
        if is_taken_along {
            self.desk.move_secrets(self.stores.at(chosen), store).await?;
        } else {
            self.desk.use_store(store);
        }
        self.look_at_store().await;
        Ok(())
    }

    /// Opens the encrypted file, or makes it.
    ///
    /// # Errors
    /// As [`Passphrase::chosen`], [`Vault::create`] and
    /// [`Vault::unlock`].
    pub async fn open_vault(&self, passphrase: Secret, is_new: bool) -> Result<()> {
        let open = move |vault: &Vault| {
            if is_new {
                vault.create(&Passphrase::chosen(&passphrase)?)
            } else {
                vault.unlock(&Passphrase::typed(&passphrase))
            }
        };
        self.stores.with_vault(open).await?;
        if self.store_is_vault() {
            self.look_at_store().await;
            self.finish_move().await;
        }
        self.desk.changed();
        Ok(())
    }

    /// Encrypts the file's key to another passphrase.
    ///
    /// # Errors
    /// As [`Vault::change_passphrase`] and [`Desk::alone`].
    pub async fn change_passphrase(&self, before: Secret, after: Secret) -> Result<()> {
        let change = move |vault: &Vault| {
            let after = Passphrase::chosen(&after)?;
            vault.change_passphrase(&Passphrase::typed(&before), &after)
        };
        // Another program's answer that is on its way could not be kept any more.
        self.desk.alone(self.stores.with_vault(change)).await?;
        self.desk.changed();
        Ok(())
    }

    /// Sets the encrypted file aside, so that a new one can be made.
    ///
    /// # Errors
    /// As [`Vault::set_aside`] and [`Desk::alone`].
    pub async fn set_vault_aside(&self) -> Result<()> {
        self.desk.alone(self.stores.with_vault(Vault::set_aside)).await?;
        if self.store_is_vault() {
            self.look_at_store().await;
        }
        self.desk.changed();
        Ok(())
    }
}

/// A site's id as the page names it.
///
/// # Errors
/// [`ErrorCode::NoSuchSite`].
pub fn site_id(text: &str) -> Result<SiteId> {
    SiteId::parse(text).ok_or_else(|| ErrorCode::NoSuchSite.into())
}
