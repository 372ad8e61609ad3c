//! From a site's setup, a site file and the doctor to what the page may see.

use tallykey_core::flows::doctor::{Health as How, Line};
use tallykey_core::model::site_file;
use tallykey_core::{Language, SiteSetup as Setup, Tested};

use crate::views::{DoctorLine, Health, IdentityView, ImportedSite, SiteSetup, TestView};

impl From<Setup> for SiteSetup {
    fn from(setup: Setup) -> Self {
        let Setup { name, inputs, application, redirect, client_id } = setup;
        Self { name, inputs, application, redirect, client_id }
    }
}

impl From<SiteSetup> for Setup {
    fn from(setup: SiteSetup) -> Self {
        let SiteSetup { name, inputs, application, redirect, client_id } = setup;
        Self { name, inputs, application, redirect, client_id }
    }
}

impl From<site_file::ImportedSite> for ImportedSite {
    fn from(site: site_file::ImportedSite) -> Self {
        Self {
            provider: site.provider,
            name: site.name,
            inputs: site.inputs,
            application: site.application,
            redirect: site.redirect,
            client_id: site.client_id,
            scopes: Some(site.scopes).filter(|scopes| !scopes.is_empty()),
        }
    }
}

impl From<Tested> for TestView {
    fn from(tested: Tested) -> Self {
        Self {
            identity: tested.identity.as_ref().map(IdentityView::from),
            milliseconds: u32::try_from(tested.took.as_millis()).unwrap_or(u32::MAX),
        }
    }
}

impl DoctorLine {
    /// A line in one language.
    pub fn new(line: &Line, language: Language) -> Self {
        Self {
            id: line.id.clone(),
            site: line.site.clone(),
            state: match line.health {
                How::Ok => Health::Ok,
                How::Warn => Health::Warn,
                How::Fail => Health::Fail,
            },
            text: line.words(language),
            advice: line.advice_in(language).map(str::to_owned),
        }
    }
}
