//! What can be done, and with what.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};
use clap_complete::Shell;
use tallykey_core::CopyFormat;
use tallykey_core::model::site::Redirect;

use super::values::{duration, format, header, pair, redirect};
use crate::shapes;

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
    /// Accepts the hosts that get secrets from a definition of your own
    ///
    /// A definition is a file in the folder `providers` beside the list of sites. It is used once its
    /// hosts were accepted, and asked about again when it was changed.
    Accept {
        /// The definition's id; see `tallykey providers`
        id: String,
        /// Does not ask; for scripts
        #[arg(long)]
        yes: bool,
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
        /// Takes over the site for another person than before without asking
        #[arg(long)]
        switch: bool,
        /// Gives up after this long, such as 5m [default: as long as a code lives]
        #[arg(long, value_name = "TIME", value_parser = duration)]
        timeout: Option<Duration>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Chooses what a product cannot know: who you are there, which projects to count
    ///
    /// Asks at a terminal. Elsewhere it lists what there is, and --set chooses.
    #[command(after_long_help = shapes::CHOOSE)]
    Choose {
        /// The site
        name: String,
        /// What is chosen, such as user=5; of some choices several
        #[arg(long = "set", value_name = "KEY=VALUE", value_parser = pair)]
        choices: Vec<(String, String)>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Lists the sites; asks neither the servers nor the place of secrets
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
    /// Makes one request of a site's API; writes the answer's body
    ///
    /// The path is below the site's own API address, and the token goes nowhere else. Redirects are
    /// not followed. The status goes to stderr.
    #[command(after_long_help = shapes::REQUEST)]
    Request(Request),
    /// Runs a command that finds a token in its environment
    ///
    /// It gets `TALLYKEY_TOKEN`, `TALLYKEY_AUTHORIZATION` (the whole header line) and `TALLYKEY_BASE`
    /// (the address of the API); its exit code is passed on. The token is not renewed while it runs.
    #[command(after_long_help = shapes::EXEC)]
    Exec {
        /// The site
        name: String,
        /// The token lives at least this long, such as 90s, 10m or 2h [default: 1m]
        #[arg(long, value_name = "TIME", value_parser = duration)]
        min: Option<Duration>,
        /// The command and its arguments
        #[arg(last = true, required = true, value_name = "COMMAND")]
        command: Vec<OsString>,
    },
    /// Asks the sites for their issue counts
    ///
    /// Of several sites that fail, the highest exit code is passed on. Each confirmed number is kept,
    /// as the window does; with `--secrets memory` none is. What is wrong with the history is told on
    /// stderr and changes no exit code.
    #[command(after_long_help = shapes::COUNTS)]
    Counts {
        /// The sites [default: all]
        names: Vec<String>,
        /// Shows how the numbers went in so many days, of which today is the last
        #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..))]
        history: Option<u16>,
        /// Tries a count of your own at one site, such as `priority_id=5&status_id=open`, and keeps nothing
        #[arg(long = "try", value_name = "FILTER", requires = "names")]
        filter: Option<String>,
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
    /// Gives a site another name
    Rename {
        /// The site
        name: String,
        /// Its name from now on
        new: String,
    },
    /// Adds a site for another account at the same place, with the same application
    Duplicate {
        /// The site that is there
        name: String,
        /// The name of the new one
        new: String,
    },
    /// Replaces the client secret of a site
    ///
    /// It is asked for at the terminal or read from stdin, and never taken from the command line,
    /// where other users could see it.
    Secret {
        /// The site
        name: String,
        /// Reads it from stdin
        #[arg(long)]
        stdin: bool,
    },
    /// Trusts a certificate authority for one site only, beside those of the system
    ///
    /// The site keeps its connection. `tallykey doctor NAME` tells what is trusted, and until when.
    Trust {
        /// The site
        name: String,
        /// The authority's certificate, as a PEM or DER file
        #[arg(required_unless_present = "none")]
        file: Option<PathBuf>,
        /// None but those of the system from now on
        #[arg(long, conflicts_with = "file")]
        none: bool,
    },
    /// Removes a site and its secrets; the provider is not told
    Remove {
        /// The site
        name: String,
    },
    /// Looks whether everything is there that Tallykey needs
    ///
    /// The place of secrets, folders, proxy, browser and clock; of each site its address, its product and its token.
    /// Renews nothing. What it writes holds no secret and can be passed on.
    #[command(after_long_help = shapes::DOCTOR)]
    Doctor {
        /// The site [default: all]
        name: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Writes sites as a file to pass on, without any secret
    Export {
        /// The sites [default: all]
        names: Vec<String>,
    },
    /// Adds the sites of a file that somebody passed on
    ///
    /// All of them, or none. Client secrets are not in it: each is given by `tallykey secret`.
    Import {
        /// The file; `-` for stdin
        file: PathBuf,
    },
    /// Writes a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Writes a man page for each command into a folder; for packages
    #[command(hide = true)]
    Man {
        /// The folder
        folder: PathBuf,
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
    /// A certificate authority to trust for this site only, as a PEM or DER file
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
    /// Does not look at the address first
    #[arg(long)]
    pub no_check: bool,
}

/// One request of a site's API.
#[derive(Args)]
pub struct Request {
    /// The site
    pub name: String,
    /// Below the site's API address, with its query, such as "/issues.json?limit=1"
    pub path: String,
    /// The method [default: GET, or POST with a body]
    #[arg(short = 'X', long, value_name = "METHOD")]
    pub method: Option<String>,
    /// The body, taken for JSON unless a header says else; `@-` reads it from stdin
    #[arg(short, long, value_name = "BODY")]
    pub data: Option<String>,
    /// A header field, such as "Accept: text/csv"; those that carry the token are not yours to set
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE", value_parser = header)]
    pub headers: Vec<(String, String)>,
}

impl Command {
    /// Whether it asks servers, and no person.
    pub fn only_answers(&self) -> bool {
        matches!(self, Self::Token { .. } | Self::Request(_) | Self::Exec { .. } | Self::Counts { .. })
    }

    /// Whether it brings secrets to keep, and may make the place for them.
    pub fn brings_secrets(&self) -> bool {
        matches!(self, Self::Add(_) | Self::Connect { .. } | Self::Secret { .. })
    }

    /// Whether it reads or changes anything secret.
    pub fn uses_secrets(&self) -> bool {
        match self {
            Self::Providers { .. }
            | Self::Accept { .. }
            | Self::List { .. }
            | Self::Counts { history: Some(_), .. }
            | Self::Rename { .. }
            | Self::Export { .. }
            | Self::Import { .. }
            | Self::Completions { .. }
            | Self::Man { .. } => false,
            Self::Add(_)
            | Self::Connect { .. }
            | Self::Choose { .. }
            | Self::Token { .. }
            | Self::Request(_)
            | Self::Exec { .. }
            | Self::Counts { .. }
            | Self::Revoke { .. }
            | Self::Forget { .. }
            | Self::Duplicate { .. }
            | Self::Secret { .. }
            | Self::Trust { .. }
            | Self::Remove { .. }
            | Self::Doctor { .. } => true,
        }
    }

    /// Whether answer and errors are JSON.
    pub fn wants_json(&self) -> bool {
        match self {
            Self::Providers { json }
            | Self::Connect { json, .. }
            | Self::Choose { json, .. }
            | Self::List { json }
            | Self::Counts { json, .. }
            | Self::Doctor { json, .. }
            | Self::Revoke { json, .. } => *json,
            Self::Token { format, .. } => *format == CopyFormat::Json,
            Self::Accept { .. }
            | Self::Add(_)
            | Self::Request(_)
            | Self::Exec { .. }
            | Self::Forget { .. }
            | Self::Rename { .. }
            | Self::Duplicate { .. }
            | Self::Secret { .. }
            | Self::Trust { .. }
            | Self::Remove { .. }
            | Self::Export { .. }
            | Self::Import { .. }
            | Self::Completions { .. }
            | Self::Man { .. } => false,
        }
    }
}
