//! From what the core knows to what the page may see.

use jiff::Timestamp;
use tallykey_core::flows::check::Finding;
use tallykey_core::flows::connect::Attempt;
use tallykey_core::flows::copy::{Cleared, Copied};
use tallykey_core::flows::revoke::{AtProvider as Outcome, Revocation};
use tallykey_core::model::known::{CountResult, Known, State, TokenFacts, Trouble};
use tallykey_core::model::provider::{Count, Input, InputKind as Kind, Provider};
use tallykey_core::ports::StoreKind as Store;
use tallykey_core::{Busy as Doing, Error, SiteStatus};

use crate::views::{
    AtProvider, AttemptView, Busy, CheckView, ClipboardEnd, ClipboardView, CountLabelView, CountView, ErrorView,
    IdentityView, InputKind, InputView, ProviderView, RevocationView, ScopeView, SiteState, SiteView, StoreKind,
    TokenView, TroubleView,
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
        let SiteStatus { account, known, busy } = status;
        let site = &account.site;
        Self {
            id: site.id.to_string(),
            name: site.name.clone(),
            provider: site.provider.clone(),
            host: account.host(),
            state: match known.state {
                State::NotConnected => SiteState::NotConnected,
                State::Connected => SiteState::Connected,
                State::NeedsSignIn => SiteState::NeedsSignIn,
                State::RevokePending => SiteState::RevokePending,
            },
            identity: known.identity.as_ref().map(|id| IdentityView { id: id.id.clone(), text: id.text.clone() }),
            trouble: known.trouble.as_ref().map(|trouble| trouble_view(trouble, &site.name)),
            token: known.token.as_ref().map(|token| token_view(token, &site.scopes)),
            counts: account.provider.counts.iter().map(|count| count_view(count, known)).collect(),
            counted_at: known.counted_at.map(text),
            connected_at: known.connected_at.map(text),
            busy: busy.map(|busy| match busy {
                Doing::Counting => Busy::Counting,
                Doing::Revoking => Busy::Revoking,
            }),
        }
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

fn token_view(token: &TokenFacts, asked: &[String]) -> TokenView {
    TokenView {
        tail: token.tail.clone(),
        expires_at: token.expires_at.map(text),
        seconds: token.life.and_then(|life| u32::try_from(life.as_secs()).ok()),
        scopes: token.scopes.clone(),
        missing_scopes: asked.iter().filter(|scope| !token.scopes.contains(scope)).cloned().collect(),
    }
}

fn count_view(count: &Count, known: &Known) -> CountView {
    let found: Option<&CountResult> = known.counts.iter().find(|result| result.id == count.id);
    CountView {
        id: count.id.clone(),
        label: count.label.clone(),
        // A page cannot hold more; no tracker has four billion issues.
        value: found.and_then(|result| result.value).map(|value| u32::try_from(value).unwrap_or(u32::MAX)),
        error: found.and_then(|result| result.error),
    }
}

impl From<&Provider> for ProviderView {
    fn from(provider: &Provider) -> Self {
        let oauth = &provider.oauth;
        Self {
            id: provider.id.clone(),
            name: provider.name.clone(),
            mark: provider.mark.clone(),
            inputs: provider.inputs.iter().map(input_view).collect(),
            scopes: oauth.scopes.iter().map(|s| ScopeView { id: s.id.clone(), label: s.label.clone() }).collect(),
            counts: provider
                .counts
                .iter()
                .map(|c| CountLabelView { id: c.id.clone(), label: c.label.clone() })
                .collect(),
            redirect_lines: provider.redirect_lines(),
            register_help: provider.help.register.clone(),
            has_register_page: provider.pages.register.is_some(),
            revoke_help: provider.help.revoke.clone(),
            needs_client_secret: provider.needs_client_secret(),
            can_revoke: oauth.revoke.is_some(),
            code_minutes: oauth.code_ttl.div_ceil(60),
            summary: provider.summary.clone(),
        }
    }
}

fn input_view(input: &Input) -> InputView {
    InputView {
        key: input.key.clone(),
        kind: match input.kind {
            Kind::Base => InputKind::Base,
            Kind::Text => InputKind::Text,
            Kind::Digits => InputKind::Digits,
        },
        label: input.label.clone(),
        hint: input.hint.clone(),
        default: input.default.clone(),
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
            seconds: u32::try_from(tallykey_core::flows::copy::CLIPBOARD_LIFE.as_secs()).unwrap_or(u32::MAX),
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

impl From<Store> for StoreKind {
    fn from(kind: Store) -> Self {
        match kind {
            Store::Keychain => Self::Keychain,
            Store::Memory => Self::Memory,
        }
    }
}
