//! From definitions and choices to what the page may see.

use tallykey_core::flows::choose::Offer;
use tallykey_core::model::provider::{
    Application, Choice, Ends as Ending, Evidence as Tried, Input, InputKind as Kind, Period as Time, Provider,
    Receiver,
};
use tallykey_core::model::site::{Chosen, Site};
use tallykey_core::{Broken, Definition, OtherPerson};

use crate::views::{
    ApplicationView, BrokenView, BudgetView, ChoiceView, ChosenView, CountLabelView, Ends, Evidence, IdentityView,
    InputKind, InputView, ItemView, OfferView, OtherPersonView, OwnCountsView, Period, ProviderView, ReceiverView,
    ScopeView,
};

impl From<&Definition> for ProviderView {
    fn from(definition: &Definition) -> Self {
        let provider = &*definition.provider;
        let oauth = &provider.oauth;
        Self {
            id: provider.id.clone(),
            name: provider.name.clone(),
            mark: provider.mark.clone(),
            evidence: match provider.evidence {
                Tried::LiveServer => Evidence::LiveServer,
                Tried::Documentation => Evidence::Documentation,
            },
            file: definition.file.as_ref().map(|file| file.display().to_string()),
            digest: definition.digest().map(str::to_owned),
            accepted: definition.is_accepted,
            receivers: provider.receivers().into_iter().map(ReceiverView::from).collect(),
            docs: provider.docs.clone(),
            inputs: provider.inputs.iter().map(InputView::from).collect(),
            applications: oauth.applications.iter().map(|one| application_view(provider, one)).collect(),
            choices: provider.choices.iter().map(ChoiceView::from).collect(),
            scopes: oauth.scopes.iter().map(|s| ScopeView { id: s.id.clone(), label: s.label.clone() }).collect(),
            counts: provider
                .counts
                .iter()
                .map(|c| CountLabelView { id: c.id.clone(), label: c.label.clone() })
                .collect(),
            own_counts: provider.own_counts.as_ref().map(OwnCountsView::from),
            register_help: provider.help.register.clone(),
            has_register_page: provider.pages.register.is_some(),
            revoke_help: provider.help.revoke.clone(),
            revokes: oauth.revoke.as_ref().map(|revoke| match revoke.ends {
                Ending::Token | Ending::Grant => Ends::Grant,
                Ending::AccessToken => Ends::AccessToken,
            }),
            has_revoke_page: provider.pages.revoke.is_some(),
            code_seconds: oauth.code_ttl,
            budget: provider.api.budget.iter().map(|b| BudgetView { calls: b.calls, per: b.per.into() }).collect(),
            automatic: provider.api.automatic,
            summary: provider.summary.clone(),
        }
    }
}

fn application_view(provider: &Provider, application: &Application) -> ApplicationView {
    ApplicationView {
        id: application.id.clone(),
        label: application.label.clone(),
        needs_client_secret: application.needs_secret(),
        redirect_lines: provider.redirect_lines(application),
        ways: provider.ways(application).to_vec(),
    }
}

/// What was chosen of a choice.
pub fn chosen_view(choice: &Choice, site: &Site) -> ChosenView {
    let items = site.choices.get(&choice.key).into_iter().flatten().map(ItemView::from).collect();
    ChosenView { key: choice.key.clone(), items, optional: choice.is_optional() }
}

impl OfferView {
    /// What a site offers, and what of it is chosen.
    pub fn new(offer: Offer, site: &Site) -> Self {
        let chosen = site.choices.get(&offer.choice.key).into_iter().flatten();
        Self {
            chosen: chosen.map(|item| item.value.clone()).collect(),
            optional: offer.choice.is_optional(),
            key: offer.choice.key,
            label: offer.choice.label,
            many: offer.choice.many,
            me: offer.choice.me,
            items: offer.items.iter().map(ItemView::from).collect(),
            is_cut: offer.is_cut,
        }
    }
}

impl From<&Chosen> for ItemView {
    fn from(chosen: &Chosen) -> Self {
        Self { value: chosen.value.clone(), text: chosen.text.clone() }
    }
}

impl From<ItemView> for Chosen {
    fn from(item: ItemView) -> Self {
        Self { value: item.value, text: item.text }
    }
}

impl From<&Choice> for ChoiceView {
    fn from(choice: &Choice) -> Self {
        Self {
            key: choice.key.clone(),
            label: choice.label.clone(),
            many: choice.many,
            me: choice.me,
            optional: choice.is_optional(),
        }
    }
}

impl From<Receiver> for ReceiverView {
    fn from(receiver: Receiver) -> Self {
        match receiver {
            Receiver::Host(host) => Self { host: Some(host), input: None },
            Receiver::Input(key) => Self { host: None, input: Some(key) },
        }
    }
}

impl From<Time> for Period {
    fn from(period: Time) -> Self {
        match period {
            Time::Minute => Self::Minute,
            Time::Hour => Self::Hour,
            Time::Month => Self::Month,
        }
    }
}

impl From<&Broken> for BrokenView {
    fn from(broken: &Broken) -> Self {
        Self {
            file: broken.file.display().to_string(),
            line: broken.problem.line.and_then(|line| u32::try_from(line).ok()),
            reason: broken.problem.reason.clone(),
        }
    }
}

impl From<OtherPerson> for OtherPersonView {
    fn from(other: OtherPerson) -> Self {
        Self {
            attempt: other.attempt,
            site: other.account.site.id.to_string(),
            before: IdentityView::from(&other.before),
            now: IdentityView::from(&other.now),
        }
    }
}

impl From<&Input> for InputView {
    fn from(input: &Input) -> Self {
        Self {
            key: input.key.clone(),
            kind: match input.kind {
                Kind::Base => InputKind::Base,
                Kind::Text => InputKind::Text,
                Kind::Digits => InputKind::Digits,
            },
            label: input.label.clone(),
            help: input.help.clone(),
            hint: input.hint.clone(),
            default: input.default.clone(),
        }
    }
}
