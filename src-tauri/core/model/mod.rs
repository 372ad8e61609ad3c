//! Pure data and rules: no input or output, no waiting, no clock.

pub mod address;
pub mod answer;
pub mod connection;
pub mod copy_format;
pub mod history;
pub mod in_flight;
pub mod known;
pub mod ledger;
pub mod notice;
pub mod pasted;
pub mod provider;
mod registration;
pub mod secret;
pub mod settings;
pub mod site;
pub mod template;
pub mod wishes;
