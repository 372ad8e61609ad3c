//! The bridge between page and program, on Tauri's mock runtime: real commands, real permissions,
//! real HTTP against simulated sites; no display and no keychain.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

mod bridge;
mod connecting;
mod history;
mod lists;
mod network;
mod pace;
mod refusals;
mod setup;
mod story;
mod vault;
mod wishes;
