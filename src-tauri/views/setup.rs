//! What the page may see when a site is changed, passed on or looked at.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tallykey_core::model::site::Redirect;

use super::IdentityView;

/// What a person may change of a site. Never a secret.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct SiteSetup {
    pub name: String,
    pub inputs: BTreeMap<String, String>,
    /// The kind of application; the usual one where absent.
    pub application: Option<String>,
    pub redirect: Redirect,
    pub client_id: String,
}

/// A site that a site file names. Never with a secret.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ImportedSite {
    /// It may be one that is not known here.
    pub provider: String,
    /// It may be taken here.
    pub name: String,
    pub inputs: BTreeMap<String, String>,
    /// The kind of application; the usual one where absent.
    pub application: Option<String>,
    /// The provider's best way where absent.
    pub redirect: Option<Redirect>,
    pub client_id: String,
    /// What to ask for; the provider's own list where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub scopes: Option<Vec<String>>,
}

/// A request that shows whether the connection works.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct TestView {
    /// Who the connection acts as, where the product can say.
    pub identity: Option<IdentityView>,
    pub milliseconds: u32,
}

/// What the doctor found out about one thing.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct DoctorLine {
    pub id: String,
    /// The site's name, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub site: Option<String>,
    pub state: Health,
    /// In the language that was asked for.
    pub text: String,
    /// What to do, in the same language.
    pub advice: Option<String>,
}

#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum Health {
    Ok,
    /// It works, or nobody asked it to.
    Warn,
    Fail,
}
