//! What Tallykey's own code logs, on stderr. Libraries stay silent: what they log is not ours to vouch for.

use std::io;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts logging; only warnings, unless `verbose`.
pub fn start(verbose: bool, paints: bool) {
    let level = if verbose { LevelFilter::TRACE } else { LevelFilter::WARN };
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(paints);
    let ours = Targets::new().with_target("tallykey", level);
    tracing_subscriber::registry().with(lines).with(ours).init();
}
