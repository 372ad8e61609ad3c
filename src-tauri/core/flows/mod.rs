//! One use case a file: `check`, `connect`, `refresh`, `count`, `copy`, `choose`, `doctor`,
//! `request`, `revoke`; and what they share.
//!
//! Flows know the model and the ports; only composition roots know which adapter stands behind a
//! port. The HTTP client and lock files need no port, as a test can move the address or the path.

pub mod account;
pub mod api;
pub mod attempts;
pub mod budgets;
pub mod callback;
pub mod check;
pub mod choose;
pub mod connect;
pub mod copy;
pub mod count;
pub mod counted;
pub mod course;
pub mod doctor;
pub mod etags;
pub mod in_flight;
pub mod ledger;
pub mod moving;
pub mod outside;
mod own_count;
pub mod refresh;
pub mod request;
pub mod revoke;
pub mod secrets;
pub mod server_time;
pub mod token_endpoint;
pub mod unsaved;
