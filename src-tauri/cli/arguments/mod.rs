//! The command line. Its comments are the help.

mod command;
mod values;

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, ValueEnum};

pub use self::command::{Add, Command, Request};
use crate::shapes;

/// Issue counts and access tokens of the trackers you work with
///
/// A site is one account at one tracker. Add it, connect it once in the browser, then ask for counts
/// or for a fresh access token. Only the answer is written to stdout.
#[derive(Parser)]
#[command(name = "tallykey", version, max_term_width = 100, after_help = shapes::EXIT_CODES)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Folder of the list of sites [default: the platform's own]
    #[arg(long, global = true, env = "TALLYKEY_CONFIG_DIR", value_name = "DIR", hide_env_values = true)]
    pub config_dir: Option<PathBuf>,
    /// Folder of what was last seen [default: the platform's own]
    #[arg(long, global = true, env = "TALLYKEY_DATA_DIR", value_name = "DIR", hide_env_values = true)]
    pub data_dir: Option<PathBuf>,
    /// Where secrets are kept; with `memory`, only until the command ends [default: as chosen in the
    /// window, else the keychain]
    #[arg(long, global = true, env = "TALLYKEY_SECRETS", value_name = "PLACE", hide_env_values = true)]
    pub secrets: Option<Secrets>,
    /// Logs to stderr; no secret is ever logged
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Colors on stderr; the variable `NO_COLOR` is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}

/// Places for secrets.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Secrets {
    /// The system's keychain
    Keychain,
    /// An encrypted file, opened with a passphrase
    Vault,
    /// This command's memory; it connects first, then answers
    Memory,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
