//! The real window under a real display, driven by WebDriver, against a real Redmine, with a real
//! browser for the sign-in, the real keychain and the real clipboard.
//!
//! `./dev test e2e` starts what these need; without it they are ignored.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends here")]

/// One at a time: they share one Redmine, one clipboard and one screen.
async fn alone() -> tokio::sync::MutexGuard<'static, ()> {
    static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    TURN.lock().await
}

mod around;
mod browser;
mod bus;
mod definition;
mod driver;
mod ending;
mod everyday;
mod hands;
mod keyboard;
mod products;
mod program;
mod redmine;
mod screen;
mod story;
mod toasts;
mod trouble;
mod ways;
mod window;
