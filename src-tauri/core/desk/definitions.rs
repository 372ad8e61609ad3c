//! The products that can be added: those that come with the program, and a person's own.

use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::Arc;

use super::Desk;
use crate::adapters::files::private_folder;
use crate::error::{Error, ErrorCode, Result};
use crate::flows::outside::Account;
use crate::model::provider::{Problem, Provider};
use crate::model::site::Site;
use crate::providers::built_in;

/// A product that can be added.
#[derive(Clone, Debug)]
pub struct Definition {
    /// What it says.
    pub provider: Arc<Provider>,
    /// The person's own file it is from.
    pub file: Option<PathBuf>,
    /// Whether it may be used: what came with the program, and what the person accepted.
    pub is_accepted: bool,
    /// What names the file's content.
    digest: Option<String>,
}

/// A person's own definition that cannot be used.
#[derive(Clone, Debug)]
pub struct Broken {
    /// Where it is.
    pub file: PathBuf,
    /// What is wrong with it.
    pub problem: Problem,
}

/// All definitions there are.
#[derive(Clone, Debug, Default)]
pub struct Definitions {
    /// Those that can be read, in the order in which they are offered.
    pub sound: Vec<Definition>,
    /// Those that cannot.
    pub broken: Vec<Broken>,
}

impl Desk {
    /// All definitions, a person's own read anew.
    pub fn definitions(&self) -> Definitions {
        let mut all = Definitions::default();
        for provider in built_in() {
            all.sound.push(Definition { provider: provider.clone(), file: None, is_accepted: true, digest: None });
        }
        for file in self.own_definitions.read() {
            let is_accepted = self.own_definitions.is_accepted(&file);
            let problem = match file.provider {
                Ok(provider) if all.named(&provider.id).is_some() => {
                    Problem::new(format!("another definition is called `{}`", provider.id))
                }
                Ok(provider) => {
                    let (provider, digest, file) = (Arc::new(provider), Some(file.digest), Some(file.path));
                    all.sound.push(Definition { provider, file, is_accepted, digest });
                    continue;
                }
                Err(problem) => problem,
            };
            all.broken.push(Broken { file: file.path, problem });
        }
        all
    }

    /// A product by its id, accepted or not.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchProvider`].
    pub fn definition(&self, id: &str) -> Result<Definition> {
        let found = self.definitions().named(id).cloned();
        found.ok_or_else(|| Error::new(ErrorCode::NoSuchProvider).detail(id))
    }

    /// A product that may be used.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchProvider`], [`ErrorCode::NotAccepted`].
    pub fn provider(&self, id: &str) -> Result<Arc<Provider>> {
        self.provider_among(id, &OnceCell::new())
    }

    /// As [`provider`](Self::provider), for several in a row: a person's own are read once, if at all.
    fn provider_among(&self, id: &str, all: &OnceCell<Definitions>) -> Result<Arc<Provider>> {
        if let Some(provider) = built_in().iter().find(|provider| provider.id == id) {
            return Ok(provider.clone());
        }
        match all.get_or_init(|| self.definitions()).named(id) {
            Some(definition) if definition.is_accepted => Ok(definition.provider.clone()),
            Some(_) => Err(Error::new(ErrorCode::NotAccepted).detail(id)),
            None => Err(Error::new(ErrorCode::NoSuchProvider).detail(id)),
        }
    }

    /// Accepts a person's own definition as the person saw it: a file that was changed meanwhile is
    /// asked about again.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchProvider`] for one that came with the program, [`ErrorCode::FileUnwritable`].
    pub fn accept(&self, definition: &Definition) -> Result<()> {
        let id = &definition.provider.id;
        let digest = definition.digest.as_deref();
        let digest = digest.ok_or_else(|| Error::new(ErrorCode::NoSuchProvider).detail(id))?;
        self.own_definitions.accept(id, digest)?;
        self.changed();
        Ok(())
    }

    /// The folder for a person's own definitions.
    pub fn definitions_folder(&self) -> PathBuf {
        self.own_definitions.folder().to_owned()
    }

    /// Shows the folder for a person's own definitions, which is made if it is not there.
    ///
    /// # Errors
    /// [`ErrorCode::FileUnreadable`], [`ErrorCode::BrowserFailed`].
    pub async fn show_definitions_folder(&self) -> Result<()> {
        let folder = self.definitions_folder();
        private_folder(&folder).ok();
        self.ask_system(move |system| system.open_folder(&folder)).await
    }

    pub(super) fn account(&self, site: Site) -> Result<Account> {
        self.account_among(site, &OnceCell::new())
    }

    pub(super) fn account_among(&self, site: Site, all: &OnceCell<Definitions>) -> Result<Account> {
        let provider = self.provider_among(&site.provider, all).map_err(|error| error.about(&site.name))?;
        Ok(Account { site, provider })
    }
}

impl Definition {
    /// What tells its content from any other, for one that did not come with the program.
    pub fn digest(&self) -> Option<&str> {
        self.digest.as_deref()
    }
}

impl Definitions {
    fn named(&self, id: &str) -> Option<&Definition> {
        self.sound.iter().find(|definition| definition.provider.id == id)
    }
}
