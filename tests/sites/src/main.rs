//! Runs simulated sites for the demo and for tests in other processes, until standard input closes or SIGTERM.

use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;

use clap::Parser;
use tallykey_sites::{Options, Provider, Site, demo};
use tokio::sync::oneshot;

/// Simulated issue trackers with OAuth 2
#[derive(Parser)]
enum Command {
    /// A site of each product for a first look; writes DIR/sites.json
    Demo {
        /// Where sites.json goes
        #[arg(long)]
        dir: PathBuf,
    },
    /// One site with fixed users, applications and counts; prints its card as one line of JSON
    One {
        /// What it pretends to be
        #[arg(long, value_enum, default_value = "redmine")]
        provider: Provider,
        /// The port on 127.0.0.1; 0 takes a free one
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
}

#[tokio::main]
async fn main() -> io::Result<()> {
    // The sites answer as long as these live.
    let _sites = match Command::parse() {
        Command::Demo { dir } => {
            let (sites, cards): (Vec<_>, Vec<_>) = demo::start().await?.into_iter().unzip();
            demo::write_cards(&dir, &cards)?;
            ready(&format!("ready: {} sites in {}", sites.len(), dir.join("sites.json").display()))?;
            sites
        }
        Command::One { provider, port } => {
            let options = Options { port, ..Options::new(provider) };
            let site = Site::start(options.clone()).await?;
            let card = demo::Card::of(&options, site.base_url());
            ready(&serde_json::to_string(&card)?)?;
            vec![site]
        }
    };
    tokio::select! {
        () = input_closed() => Ok(()),
        stopped = terminated() => stopped,
    }
}

/// The one line that tells whoever started this that the sites answer.
fn ready(line: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}

/// Reads on a thread of its own: the runtime would wait for a read that never returns.
async fn input_closed() {
    let (closed, when_closed) = oneshot::channel::<()>();
    std::thread::spawn(move || {
        let mut bytes = [0; 256];
        while io::stdin().read(&mut bytes).is_ok_and(|read| read > 0) {}
        drop(closed);
    });
    // Nothing is sent: the end of the other side is the signal.
    let _ = when_closed.await;
}

#[cfg(unix)]
async fn terminated() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}

#[cfg(not(unix))]
async fn terminated() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
