//! From what the core knows to what the page may see.

mod definitions;
mod history;
mod network;
mod pace;
mod setup;
mod wishes;

use jiff::Timestamp;
use tallykey_core::adapters::vault::Standing;
use tallykey_core::flows::check::Finding;
use tallykey_core::flows::connect::Attempt;
use tallykey_core::flows::copy::{Cleared, Copied};
use tallykey_core::flows::counted::Counted;
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::revoke::{AtProvider as Outcome, Revocation};
use tallykey_core::model::address::host;
use tallykey_core::model::connection::Identity;
use tallykey_core::model::known::{State, TokenFacts, Trouble};
use tallykey_core::model::ledger::GivenToken;
use tallykey_core::model::site::{Redirect, Site};
use tallykey_core::ports::StoreKind as Store;
use tallykey_core::{Busy as Doing, Error, GivenEnd as Ended, Result, SiteStatus, Url};

use self::definitions::chosen_view;
use self::history::trend_view;
use self::wishes::count_view;
use crate::views::{
    AtProvider, AttemptView, Busy, CheckView, ClipboardEnd, ClipboardView, ErrorView, GivenEnd, GivenView,
    IdentityView, PaceView, ProgressView, RevocationView, SiteState, SiteView, StoreKind, TokenView, TroubleView,
    VaultState,
};

fn text(at: Timestamp) -> String {
    at.to_string()
}

impl From<Error> for ErrorView {
    fn from(error: Error) -> Self {
        Self { code: error.code, site: error.site, host: error.host, detail: error.detail }
    }
}

impl From<&SiteStatus> for SiteView {
    fn from(status: &SiteStatus) -> Self {
        let SiteStatus { site, account, known, given, busy, past, progress, pace } = status;
        let provider = account.as_ref().ok().map(|account| &account.provider);
        let counts: Vec<_> = counted(account).iter().map(|count| count_view(count, known, past)).collect();
        Self {
            id: site.id.to_string(),
            name: site.name.clone(),
            provider: site.provider.clone(),
            host: account.as_ref().map_or_else(|_| entered_host(site), Account::host),
            problem: account.as_ref().err().cloned().map(ErrorView::from),
            redirect: site.redirect,
            choices: provider.into_iter().flat_map(|p| &p.choices).map(|c| chosen_view(c, site)).collect(),
            state: match known.state {
                State::NotConnected => SiteState::NotConnected,
                State::Connected => SiteState::Connected,
                State::NeedsSignIn => SiteState::NeedsSignIn,
                State::RevokePending => SiteState::RevokePending,
            },
            identity: known.identity.as_ref().map(IdentityView::from),
            trouble: known.trouble.as_ref().map(|trouble| trouble_view(trouble, &site.name)),
            token: known.token.as_ref().map(|token| token_view(token, &site.scopes)),
            given: given.given.iter().map(GivenView::from).collect(),
            counted_at: known.counted_at.map(text),
            connected_at: known.connected_at.map(text),
            busy: busy.map(|busy| match busy {
                Doing::Counting => Busy::Counting,
                Doing::Revoking => Busy::Revoking,
                Doing::Waiting => Busy::Waiting,
            }),
            progress: progress.map(ProgressView::from),
            pace: PaceView::from(pace),
            trend: trend_view(past, &counts),
            counts,
        }
    }
}

fn counted(account: &Result<Account>) -> Vec<Counted<'_>> {
    account.as_ref().map(Account::counts).unwrap_or_default()
}

/// A site without a definition still shows where it is.
fn entered_host(site: &Site) -> String {
    let base = site.inputs.values().find_map(|input| Url::parse(input).ok().filter(Url::has_host));
    base.map(|url| host(&url)).unwrap_or_default()
}

fn ways(account: &Account) -> &[Redirect] {
    account.application().map_or(&[], |application| account.provider.ways(application))
}

impl From<&Identity> for IdentityView {
    fn from(identity: &Identity) -> Self {
        Self { id: identity.id.clone(), text: identity.text.clone() }
    }
}

fn trouble_view(trouble: &Trouble, site: &str) -> TroubleView {
    TroubleView {
        error: ErrorView {
            code: trouble.code,
            site: Some(site.to_owned()),
            host: trouble.host.clone(),
            detail: trouble.detail.clone(),
        },
        since: text(trouble.since),
        until: trouble.until.map(text),
    }
}

impl From<&GivenToken> for GivenView {
    fn from(given: &GivenToken) -> Self {
        Self {
            at: text(given.at),
            times: given.times,
            tail: given.tail.clone(),
            until: given.until.map(text),
            scopes: given.scopes.clone(),
            over_at: given.over_at.map(text),
        }
    }
}

fn token_view(token: &TokenFacts, asked: &[String]) -> TokenView {
    TokenView {
        tail: token.tail.clone(),
        expires_at: token.expires_at.map(text),
        seconds: token.life.and_then(|life| u32::try_from(life.as_secs()).ok()),
        scopes: token.scopes.clone(),
        missing_scopes: asked.iter().filter(|scope| !token.scopes.contains(scope)).cloned().collect(),
    }
}

impl From<Finding> for CheckView {
    fn from(finding: Finding) -> Self {
        Self {
            id: finding.id,
            label: finding.label,
            milliseconds: u32::try_from(finding.took.as_millis()).unwrap_or(u32::MAX),
            error: finding.error.map(ErrorView::from),
        }
    }
}

impl AttemptView {
    /// An attempt, and why the browser did not open for it.
    pub fn new(attempt: &Attempt, not_opened: Option<Error>) -> Self {
        Self {
            id: attempt.id.clone(),
            site: attempt.account.site.id.to_string(),
            ends_at: text(attempt.ends_at),
            seconds: u32::try_from(attempt.life.as_secs()).unwrap_or(u32::MAX),
            not_opened: not_opened.map(ErrorView::from),
            redirect: attempt.redirect,
            listens: attempt.redirect.listens(),
            instead_of: attempt.instead_of.clone().map(ErrorView::from),
            ways: ways(&attempt.account).to_vec(),
            redirect_line: attempt.account.redirect_line(attempt.redirect),
        }
    }
}

impl ClipboardView {
    /// What lies on the clipboard, with the site's name for the words around it.
    pub fn new(copied: &Copied, site_name: &str) -> Self {
        Self {
            site: copied.site.to_string(),
            site_name: site_name.to_owned(),
            format: copied.format,
            tail: copied.tail.clone(),
            token_until: copied.token_until.map(text),
            clears_at: text(copied.clears_at),
            seconds: u32::try_from(copied.life.as_secs()).unwrap_or(u32::MAX),
        }
    }
}

impl From<Cleared> for ClipboardEnd {
    fn from(cleared: Cleared) -> Self {
        match cleared {
            Cleared::Cleared => Self::Cleared,
            Cleared::Replaced => Self::Replaced,
            Cleared::Failed => Self::Failed,
        }
    }
}

impl RevocationView {
    /// An outcome, and whether the provider has a page to look at.
    pub fn new(revocation: &Revocation, has_page: bool) -> Self {
        Self {
            at_provider: match revocation.at_provider {
                Outcome::Confirmed => AtProvider::Confirmed,
                Outcome::AlreadyGone => AtProvider::AlreadyGone,
                Outcome::Unsupported => AtProvider::Unsupported,
                Outcome::AccessOnly => AtProvider::AccessOnly,
                Outcome::Unreachable => AtProvider::UnreachableQueued,
                Outcome::StillAccepted => AtProvider::StillAccepted,
            },
            at: text(revocation.at),
            status: revocation.status,
            refused_with: revocation.refused_with,
            forgotten_here: revocation.forgotten,
            has_page,
        }
    }
}

impl From<Ended> for GivenEnd {
    fn from(end: Ended) -> Self {
        match end {
            Ended::Refused => Self::Refused,
            Ended::Accepted => Self::Accepted,
            Ended::Unseen => Self::Unseen,
        }
    }
}

impl From<Store> for StoreKind {
    fn from(kind: Store) -> Self {
        match kind {
            Store::Keychain => Self::Keychain,
            Store::Vault => Self::Vault,
            Store::Memory => Self::Memory,
        }
    }
}

impl From<StoreKind> for Store {
    fn from(kind: StoreKind) -> Self {
        match kind {
            StoreKind::Keychain => Self::Keychain,
            StoreKind::Vault => Self::Vault,
            StoreKind::Memory => Self::Memory,
        }
    }
}

impl From<Standing> for VaultState {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Missing => Self::Missing,
            Standing::Locked => Self::Locked,
            Standing::Open => Self::Open,
        }
    }
}
