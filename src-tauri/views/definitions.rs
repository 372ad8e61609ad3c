//! What the page may see of definitions and of the choices they ask for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tallykey_core::model::site::Redirect;

use super::IdentityView;
use super::wishes::OwnCountsView;

/// A text in each language of the window: `en`, `ja`.
pub type Text = BTreeMap<String, String>;

/// What a definition was tried on.
#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum Evidence {
    /// The product itself, running.
    LiveServer,
    /// What the vendor wrote; nobody has tried it on a live server yet.
    Documentation,
}

/// Who receives secrets: a host the definition names, or the one in an input.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ReceiverView {
    /// Absent where the person names it.
    pub host: Option<String>,
    /// The input in which the person names it.
    pub input: Option<String>,
}

/// A kind of application that can be registered at the product.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ApplicationView {
    pub id: String,
    /// As the product's own pages call it.
    pub label: Text,
    pub needs_client_secret: bool,
    /// The exact lines for the product's "redirect URI" field.
    pub redirect_lines: Vec<String>,
    /// Ways the answer may come back, best first.
    pub ways: Vec<Redirect>,
}

/// Something to choose once a site is connected.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ChoiceView {
    pub key: String,
    pub label: Text,
    /// Whether several may be chosen.
    pub many: bool,
    /// Whether it is the person the connection acts as.
    pub me: bool,
    /// Whether nothing need be chosen; nothing means all.
    pub optional: bool,
}

/// What was chosen of one choice.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ChosenView {
    pub key: String,
    /// Empty where it is still open, or where it is optional and nothing was chosen.
    pub items: Vec<ItemView>,
    pub optional: bool,
}

/// One thing that can be chosen.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ItemView {
    /// The provider's own value.
    pub value: String,
    /// Its name.
    pub text: String,
}

/// What a site offers to choose from.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each says a thing of its own, in the page's words")]
pub struct OfferView {
    pub key: String,
    pub label: Text,
    pub many: bool,
    pub me: bool,
    pub optional: bool,
    pub items: Vec<ItemView>,
    /// The values that are chosen now.
    pub chosen: Vec<String>,
    /// Whether the server has more than is shown.
    pub is_cut: bool,
}

/// What Tallykey can end at the provider.
#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum Ends {
    Grant,
    /// The refresh token lives on until a person ends it by hand.
    AccessToken,
}

/// A number of calls in a time.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct BudgetView {
    pub calls: u32,
    pub per: Period,
}

#[derive(Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum Period {
    Minute,
    Hour,
    Month,
}

/// A person's own definition that cannot be used.
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct BrokenView {
    pub file: String,
    /// From 1; absent where no line is to blame.
    pub line: Option<u32>,
    pub reason: String,
}

/// Somebody else than before signed in: whose is the site from now on?
#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct OtherPersonView {
    pub attempt: String,
    pub site: String,
    pub before: IdentityView,
    pub now: IdentityView,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "a message: each one is a fact of its own")]
pub struct ProviderView {
    pub id: String,
    pub name: String,
    /// Two letters for its tile.
    pub mark: String,
    pub evidence: Evidence,
    /// The person's own file it is from; absent for what came with the program.
    pub file: Option<String>,
    /// What tells its content from any other: what was shown is what is accepted.
    pub digest: Option<String>,
    /// Whether it may be used; a person's own is asked about before.
    pub accepted: bool,
    /// Who receives secrets.
    pub receivers: Vec<ReceiverView>,
    /// The vendor's pages it was made from.
    pub docs: Vec<String>,
    pub inputs: Vec<InputView>,
    /// Kinds of application that can be registered, the usual one first.
    pub applications: Vec<ApplicationView>,
    /// Asked for once a site is connected.
    pub choices: Vec<ChoiceView>,
    /// Every scope with its plain name.
    pub scopes: Vec<ScopeView>,
    pub counts: Vec<CountLabelView>,
    /// Whether a person can add counts of their own.
    pub own_counts: Option<OwnCountsView>,
    /// Where and how an administrator registers the application.
    pub register_help: Text,
    /// Whether there is a page on which an administrator registers the application.
    pub has_register_page: bool,
    /// Where a person ends a connection by hand.
    pub revoke_help: Text,
    /// What Tallykey can end there; absent where it can end nothing.
    pub revokes: Option<Ends>,
    /// Whether there is a page on which a person ends connections by hand.
    pub has_revoke_page: bool,
    /// Seconds an authorization code lives.
    pub code_seconds: u32,
    /// How many calls the product allows to all who use it together.
    pub budget: Vec<BudgetView>,
    /// Whether counts are asked for without a click.
    pub automatic: bool,
    /// One line under the name when choosing a product.
    pub summary: Text,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct InputView {
    pub key: String,
    pub kind: InputKind,
    pub label: Text,
    /// Where a person finds it.
    pub help: Option<Text>,
    pub hint: Option<String>,
    pub default: Option<String>,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub enum InputKind {
    Base,
    Text,
    Digits,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct ScopeView {
    pub id: String,
    pub label: Text,
}

#[derive(Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, export_to = "types.ts"))]
#[serde(rename_all = "camelCase")]
pub struct CountLabelView {
    pub id: String,
    pub label: Text,
}
