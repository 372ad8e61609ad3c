//! What the stories are told in: a tracker, a computer of one's own, a command and what came of it.

mod browser;
mod computer;
mod done;
mod keychain;
mod redmine;
mod signed_in;
#[cfg(target_os = "linux")]
mod terminal;
mod tracker;
mod until;

pub use browser::visit;
pub use computer::Computer;
pub use done::Done;
pub use keychain::{connection_of, keychain};
pub use redmine::{Redmine, curl};
pub use signed_in::SignedIn;
#[cfg(target_os = "linux")]
pub use terminal::{CTRL_C, Terminal};
pub use tracker::Tracker;
pub use until::{PATIENCE, until};

/// Skips a story where there is no keychain.
macro_rules! need_keychain {
    () => {
        if !crate::support::keychain() {
            return;
        }
    };
}
pub(crate) use need_keychain;
