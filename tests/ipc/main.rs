//! The bridge between page and program, on Tauri's mock runtime: real commands, real permissions,
//! real HTTP against simulated sites; no display and no keychain.

mod bridge;
mod lists;
mod refusals;
mod story;
