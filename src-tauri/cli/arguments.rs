//! The command line. Its comments are the help.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::SignedDuration;
use tallykey_core::CopyFormat;
use tallykey_core::model::site::Redirect;

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
    /// Where secrets are kept; with `memory`, only until the command ends
    #[arg(long, global = true, env = "TALLYKEY_SECRETS", value_name = "PLACE", default_value = "keychain")]
    #[arg(hide_env_values = true)]
    pub secrets: Secrets,
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
    /// This command's memory; it connects first, then answers
    Memory,
}

/// What can be done.
#[derive(Subcommand)]
pub enum Command {
    /// Lists the products that can be added
    #[command(after_long_help = shapes::PROVIDERS)]
    Providers {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Adds a site
    ///
    /// The address is looked at first. The client secret is asked for at the terminal or read from
    /// stdin, and never taken from the command line, where other users could see it.
    Add(Add),
    /// Connects a site by signing in with the browser
    ///
    /// Writes "open: URL" to stderr and reads the code, or the whole address of the page that shows
    /// it, from stdin. With a loopback redirect it also ends by itself.
    #[command(after_long_help = shapes::CONNECT)]
    Connect {
        /// The site
        name: String,
        /// Only writes the address; for machines without a display
        #[arg(long)]
        no_browser: bool,
        /// How the answer comes back [default: as the site was added]
        #[arg(long, value_name = "KIND", value_parser = redirect())]
        redirect: Option<Redirect>,
        /// Gives up after this long, such as 5m [default: as long as a code lives]
        #[arg(long, value_name = "TIME", value_parser = duration)]
        timeout: Option<Duration>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Lists the sites; asks neither the servers nor the keychain
    #[command(after_long_help = shapes::LIST)]
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Writes an access token, renewed if needed
    #[command(after_long_help = shapes::TOKEN)]
    Token {
        /// The site
        name: String,
        /// It lives at least this long, such as 90s, 10m or 2h [default: 1m]
        #[arg(long, value_name = "TIME", value_parser = duration)]
        min: Option<Duration>,
        /// A new one, even if the present one is good
        #[arg(long, conflicts_with = "min")]
        new: bool,
        /// How it is written
        #[arg(long, value_name = "FORMAT", default_value = "raw", value_parser = format())]
        format: CopyFormat,
    },
    /// Asks the sites for their issue counts
    ///
    /// Of several sites that fail, the highest exit code is passed on.
    #[command(after_long_help = shapes::COUNTS)]
    Counts {
        /// The sites [default: all]
        names: Vec<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Ends a connection at the provider, then forgets it here
    #[command(after_long_help = shapes::REVOKE)]
    Revoke {
        /// The site
        name: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Forgets a connection here only; the provider is not told
    Forget {
        /// The site
        name: String,
    },
    /// Removes a site and its secrets; the provider is not told
    Remove {
        /// The site
        name: String,
    },
    /// Writes a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// What a new site is made of.
#[derive(Args)]
pub struct Add {
    /// Your name for it
    pub name: String,
    /// The product; see `tallykey providers`
    #[arg(long, value_name = "ID")]
    pub provider: String,
    /// An input of the product, such as base=https://redmine.example.jp
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = pair)]
    pub inputs: Vec<(String, String)>,
    /// The kind of application that was registered [default: the product's usual one]
    #[arg(long, value_name = "KIND")]
    pub application: Option<String>,
    /// The application's id at the product
    #[arg(long, value_name = "ID")]
    pub client_id: String,
    /// How the answer comes back: by itself, as a code, or as an address to paste [default: the
    /// product's best]
    #[arg(long, value_name = "KIND", value_parser = redirect())]
    pub redirect: Option<Redirect>,
    /// What to ask for, in place of the product's own list
    #[arg(long = "scope", value_name = "SCOPE")]
    pub scopes: Vec<String>,
    /// Reads the application's secret from stdin
    #[arg(long)]
    pub client_secret_stdin: bool,
    /// Does not look at the address first
    #[arg(long)]
    pub no_check: bool,
}

impl Command {
    /// Whether answer and errors are JSON.
    pub fn wants_json(&self) -> bool {
        match self {
            Self::Providers { json }
            | Self::Connect { json, .. }
            | Self::List { json }
            | Self::Counts { json, .. }
            | Self::Revoke { json, .. } => *json,
            Self::Token { format, .. } => *format == CopyFormat::Json,
            Self::Add(_) | Self::Forget { .. } | Self::Remove { .. } | Self::Completions { .. } => false,
        }
    }
}

fn duration(text: &str) -> Result<Duration, String> {
    let signed: SignedDuration = text.parse().map_err(|_| "a time such as 90s, 10m or 2h".to_owned())?;
    signed.try_into().map_err(|_| "a time cannot be negative".to_owned())
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}

fn redirect() -> impl TypedValueParser<Value = Redirect> {
    let names = ["loopback", "loopback-port", "localhost-port", "oob", "paste"];
    PossibleValuesParser::new(names).try_map(|name| serde_json::from_value(name.into()))
}

fn format() -> impl TypedValueParser<Value = CopyFormat> {
    let names = ["raw", "header", "curl", "httpie", "powershell", "env", "json"];
    PossibleValuesParser::new(names).try_map(|name| serde_json::from_value(name.into()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, seconds) in [("90s", 90), ("10m", 600), ("2h", 7200), ("1h 30m", 5400), ("PT5M", 300)] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "90", "ten", "-5m", "1 month"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_value_may_hold_an_equals_sign() {
        assert_eq!(pair("base=https://x.example/?a=b").unwrap().1, "https://x.example/?a=b");
        assert!(pair("base").is_err());
    }
}
