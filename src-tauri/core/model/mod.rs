//! Pure data and rules: no input or output, no waiting, no clock.

pub mod activity;
pub mod address;
pub mod answer;
pub mod budget;
pub mod client_secret;
pub mod connection;
pub mod copy_format;
pub mod history;
pub mod in_flight;
pub mod known;
pub mod ledger;
pub mod moment;
pub mod not_before;
pub mod notice;
pub mod pace;
pub mod passphrase;
pub mod past;
pub mod pasted;
pub mod provider;
mod registration;
pub mod secret;
pub mod settings;
pub mod site;
pub mod site_file;
pub mod template;
pub mod tokens;
pub mod wishes;
