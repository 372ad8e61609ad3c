//! Simulated issue trackers, for tests and the demo: strict about OAuth 2 as a real Redmine 6.1 is, and able to fail
//! on demand. All state is in memory; each [`Site`] has its own port on 127.0.0.1.
//!
//! What is simulated was compared, request by request, with the Redmine that `tests/redmine/up` starts. Left out are
//! the sign-in page (the browser is always somebody: [`Change::browser_user`]), cookies and forgery tokens, a bearer
//! token in the query string, and everything of the API that Tallykey does not ask.

pub mod demo;

mod change;
mod clock;
mod fault;
mod grants;
mod html;
mod params;
mod people;
mod redirect;
mod refusal;
mod routes;
mod site;
mod tracker;
mod traffic;
mod wire;
mod world;

pub use change::{Change, Product};
pub use fault::{Fault, Spot};
pub use grants::Rotation;
pub use people::{App, Person, Provider};
pub use routes::authorize::Approval;
pub use site::{Options, Site};
pub use tracker::Counts;
pub use traffic::Traffic;

/// The default application's id, as in the seed of the real Redmine; its secret is [`CLIENT_SECRET`].
pub const CLIENT_ID: &str = "tallykey-read";
/// The default application's secret.
pub const CLIENT_SECRET: &str = "tallykey-read-secret";
/// The redirect URI of a client that cannot be redirected to: the code is shown on a page.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";
