//! From a certificate to what the page may see of it.

use tallykey_core::Trusted;
use tallykey_core::model::authority::Authority;

use crate::views::{AuthorityView, TrustedView};

impl From<Authority> for AuthorityView {
    fn from(authority: Authority) -> Self {
        Self {
            fingerprint: authority.fingerprint.to_string(),
            subject: authority.subject,
            until: authority.until.to_string(),
            is_authority: authority.is_authority,
            more: u32::try_from(authority.more).unwrap_or(u32::MAX),
        }
    }
}

impl From<Trusted> for TrustedView {
    fn from(trusted: Trusted) -> Self {
        Self {
            fingerprint: trusted.fingerprint.to_string(),
            authority: trusted.authority.ok().map(AuthorityView::from),
            sites: trusted.sites.iter().map(|site| site.name.clone()).collect(),
            ids: trusted.sites.iter().map(|site| site.id.to_string()).collect(),
        }
    }
}
