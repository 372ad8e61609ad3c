//! Simulated issue trackers, for tests and the demo: strict about OAuth 2 as a real Redmine 6.1 is, and able to fail
//! on demand. All state is in memory; each [`Site`] has its own port on 127.0.0.1.
//!
//! What is simulated of Redmine was compared, request by request, with the one that `tests/redmine/up` starts. Left out
//! are the sign-in page (the browser is always somebody: [`Change::browser_user`]), cookies and forgery tokens, a
//! bearer token in the query string, and everything of the API that Tallykey does not ask.
//!
//! Of Jooto and Workfront there is no server to compare with. They are built from the vendors' guides, and refuse what
//! those do not show: a parameter that is not named there, another encoding, another redirect URI. Where a guide says
//! nothing, the comment beside the code says so.

pub mod demo;
pub mod tls;

mod change;
mod clock;
mod fault;
mod grants;
mod html;
mod issue;
mod jooto;
mod params;
mod people;
mod port;
mod provider;
mod record;
mod redirect;
mod refusal;
mod routes;
mod site;
mod tracker;
mod traffic;
mod wire;
mod workfront;
mod world;

pub use change::{Change, Product};
pub use fault::{Fault, OauthError, Odd, Spot};
pub use grants::Rotation;
pub use jooto::{Board, Organization, Plan};
pub use people::{App, Person};
pub use port::free_port;
pub use provider::Provider;
pub use record::Request;
pub use routes::authorize::Approval;
pub use site::{Options, Site};
pub use tracker::Counts;
pub use traffic::Traffic;
pub use workfront::CountShape;

/// The default application's id, as in the seed of the real Redmine; its secret is [`CLIENT_SECRET`].
pub const CLIENT_ID: &str = "tallykey-read";
/// The default application's secret.
pub const CLIENT_SECRET: &str = "tallykey-read-secret";
/// The client id of Workfront's application without a secret.
pub const SINGLE_PAGE_ID: &str = "tallykey-single-page";
/// The redirect URI registered where only an exact one is taken; [`Change::app_redirects`] registers others.
pub const REDIRECT: &str = "http://127.0.0.1:28765/callback";
/// The redirect URI of a client that cannot be redirected to: the code is shown on a page.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";
