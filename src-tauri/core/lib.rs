//! Tallykey without a window: sites, connections, tokens and counts.
//!
//! ```text
//! window ─┐                    ┌─▶ model      data and rules
//!         ├─▶ desk ─▶ flows ───┤
//! terminal┘                    └─▶ ports ◀─── adapters   keychain, browser, clipboard, clock
//! ```
//!
//! [`Desk`] is the one front door. A *site* is one account at one instance of a *provider*; its
//! *connection* is the grant it holds now, kept in the keychain as one item. The verbs are connect,
//! copy, refresh, count, revoke (at the provider) and forget (here only).
//!
//! Two promises outrank every feature: a connection is never lost, and a secret is never leaked.
//! `flows::refresh` tells how the first is kept, `model::secret` the second.

pub mod adapters;
mod desk;
mod error;
pub mod flows;
pub mod model;
pub mod ports;
pub mod providers;
mod texts;

pub use desk::{
    Broken, Busy, Connected, Definition, Definitions, Desk, Event, GivenEnd, NewSite, OtherPerson, Pace, Parting,
    Progress, SiteSetup, SiteStatus, Tested, Trusted,
};
pub use error::{Error, ErrorCode, Result};
pub use model::copy_format::CopyFormat;
pub use model::secret::{ExposeSecret, Secret};
pub use texts::{Language, Sentence, sentence};
pub use url::Url;
