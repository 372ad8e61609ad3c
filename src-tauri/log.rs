//! What Tallykey's own code warns of, on stderr. Libraries stay silent, as in the terminal: one of them warns
//! with the whole of a link.

use std::io;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts logging.
pub fn start() {
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    tracing_subscriber::registry().with(lines).with(ours()).init();
}

fn ours() -> Targets {
    Targets::new().with_target("tallykey", LevelFilter::WARN)
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn libraries_log_nothing() {
        assert!(ours().would_enable("tallykey_desktop::around::link", &Level::WARN));
        assert!(ours().would_enable("tallykey_core::flows", &Level::ERROR));
        assert!(!ours().would_enable("tauri_plugin_deep_link", &Level::ERROR));
        assert!(!ours().would_enable("zbus::connection", &Level::ERROR));
    }
}
