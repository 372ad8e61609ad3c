//! Opens the window.

// No console beside the window on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    // Whoever sets this can drive the page of a WebKitGTK window. Only a test has reason to.
    if !cfg!(debug_assertions) && std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some() {
        return ExitCode::FAILURE;
    }
    tallykey_desktop::run()
}
