//! The only place that names the keychain, the browser, the clipboard, the clock, files and the
//! HTTP client. Everything here turns the outside's errors into ours.

pub mod authority_files;
pub mod browser;
pub mod budget_files;
pub mod clipboard;
pub mod clock;
pub mod definition_files;
pub mod files;
pub mod folders;
pub mod history_file;
pub mod http;
pub mod keychain;
pub mod known_file;
pub mod left_behind_file;
pub mod lock_file;
pub mod memory;
pub mod network;
pub mod saved_files;
pub mod settings_file;
#[cfg(unix)]
pub mod signals;
pub mod site_files;
pub mod sites_file;
pub mod tls;
pub mod vault;
pub mod visits_file;
