//! What can be changed at a running site, from the same process or by `POST /_control`.

use serde::{Deserialize, Serialize};

use crate::{CountShape, Counts, Fault, Plan, Rotation, Spot};

/// What answers at the address.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Product {
    /// Redmine 6.1, with OAuth 2.
    #[default]
    Current,
    /// An older Redmine: no `/oauth` at all. Others lose what they have for it.
    BeforeOauth,
    /// Some web site: pages, and 404 for everything that it does not have.
    Other,
}

/// Changes to a site; what is left out stays as it is. An unknown name is refused.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "a message: each one is a button of its own")]
pub struct Change {
    /// Moves the site's clock by so many seconds.
    pub advance: i64,
    /// Lets the next requests go wrong; after the faults that wait already.
    pub fault: Option<Fault>,
    /// How many requests the fault takes; one if left out.
    pub times: Option<u32>,
    /// Which requests the fault waits for; token requests if left out.
    pub on: Spot,
    /// No fault waits any longer, and what was to be slow is answered now.
    pub clear_faults: bool,
    /// Every answer comes so many milliseconds later.
    pub latency_ms: Option<u64>,
    /// Seconds that access tokens live which an exchange gives from now on; a refresh passes its token's life on.
    pub access_life: Option<i64>,
    /// Every access token is past its time.
    pub expire_tokens: bool,
    /// Every refresh token is past its time; access tokens live on.
    pub expire_refresh_tokens: bool,
    /// Every code is past its time.
    pub expire_codes: bool,
    /// No token and no code is known any longer.
    pub forget_grants: bool,
    /// Gives the application of this client id other scopes; tokens keep theirs until they are refreshed.
    pub app_scopes: Option<(String, Vec<String>)>,
    /// Gives the application of this client id other redirect URIs.
    pub app_redirects: Option<(String, Vec<String>)>,
    /// Removes the application with this client id.
    pub delete_app: Option<String>,
    /// What a refresh does to the old pair.
    pub rotation: Option<Rotation>,
    /// The administrator's switch of the REST API.
    pub rest: Option<bool>,
    /// Whether anonymous visitors are refused.
    pub login_required: Option<bool>,
    /// Locks the user of this login.
    pub lock: Option<String>,
    /// Unlocks the user of this login.
    pub unlock: Option<String>,
    /// Signs the user of this login in to the browser.
    pub browser_user: Option<String>,
    /// Gives the user of this login other issues.
    pub counts: Option<(String, Counts)>,
    /// Workfront: signs the browser out, as it is at the start; the next authorization then begins with the sign-in.
    pub sign_out: bool,
    /// Jooto: gives the organization another plan.
    pub plan: Option<Plan>,
    /// Jooto: how many calls the plan leaves the organization for the rest of the month.
    pub calls_left: Option<u32>,
    /// Workfront: `domain` and `lane` of the next redirects; at first the first two labels of the site's own host.
    pub labels: Option<[String; 2]>,
    /// Workfront: how a count is wrapped.
    pub count_shape: Option<CountShape>,
    /// Workfront: the HTTP status of the answer to who is not signed in.
    pub error_status: Option<u16>,
    /// Puts another product at the address.
    pub product: Option<Product>,
}
