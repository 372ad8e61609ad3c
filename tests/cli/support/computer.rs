//! A computer with folders of its own, on which `tallykey` is run.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tallykey_sites::{CLIENT_ID, CLIENT_SECRET};
use tempfile::TempDir;

use super::{Done, Tracker};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tallykey");

pub struct Computer {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Computer {
    pub fn new() -> Self {
        Self { folder: TempDir::new().unwrap(), environment: Vec::new() }
    }

    /// Nothing answers where a keychain would.
    pub fn without_keychain() -> Self {
        Self::new().with("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    }

    /// Secrets are kept in memory, and there is no keychain to fall back on.
    pub fn forgetful() -> Self {
        Self::without_keychain().with("TALLYKEY_SECRETS", "memory")
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn sites_toml(&self) -> String {
        std::fs::read_to_string(self.folder().join("config/sites.toml")).unwrap()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        self.here(Command::new(PROGRAM), arguments)
    }

    /// The program as another one starts it.
    pub fn command_by(&self, starter: &[&str], arguments: &[&str]) -> Command {
        let (name, before) = starter.split_first().unwrap();
        let mut command = Command::new(name);
        command.args(before).arg(PROGRAM);
        self.here(command, arguments)
    }

    fn here(&self, mut command: Command, arguments: &[&str]) -> Command {
        for name in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "TALLYKEY_SECRETS"] {
            command.env_remove(name);
        }
        command
            .args(arguments)
            .env("LANG", "C.UTF-8")
            .env("NO_PROXY", "127.0.0.1")
            .env("TALLYKEY_CONFIG_DIR", self.folder().join("config"))
            .env("TALLYKEY_DATA_DIR", self.folder().join("data"))
            .envs(self.environment.clone())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Done {
        self.run_with(arguments, "")
    }

    /// Runs a command that reads `input`.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Done {
        let mut child = self.command(arguments).spawn().unwrap();
        // A command that does not read it has closed the pipe.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap().into()
    }

    pub fn add(&self, name: &str, tracker: &Tracker) -> Done {
        self.add_with(name, tracker.base_url(), CLIENT_SECRET, &[])
    }

    pub fn add_with(&self, name: &str, base: &str, secret: &str, more: &[&str]) -> Done {
        let base = format!("base={base}");
        let mut arguments = vec!["add", name, "--provider", "redmine", "--set", &base, "--client-id", CLIENT_ID];
        arguments.push("--client-secret-stdin");
        // Most stories paste the code that a page shows.
        if !more.contains(&"--redirect") {
            arguments.extend(["--redirect", "oob"]);
        }
        arguments.extend(more);
        self.run_with(&arguments, &format!("{secret}\n"))
    }

    /// Runs a command that connects: to each "open: URL" a person answers with the lines of `answer`.
    pub fn connecting(&self, arguments: &[&str], input: &str, mut answers: Vec<Answer<'_>>) -> Done {
        let mut child = self.command(arguments).spawn().unwrap();
        let mut stdin = child.stdin.take();
        stdin.as_mut().unwrap().write_all(input.as_bytes()).unwrap();
        let mut stderr = String::new();
        answers.reverse();
        for line in BufReader::new(child.stderr.take().unwrap()).lines() {
            let line = line.unwrap();
            if let Some(url) = line.strip_prefix("open: ") {
                let text = answers.pop().expect("more addresses than answers")(url);
                stdin.as_mut().unwrap().write_all(text.as_bytes()).unwrap();
                if answers.is_empty() {
                    stdin = None;
                }
            }
            stderr.push_str(&line);
            stderr.push('\n');
        }
        drop(stdin);
        finish(child, stderr)
    }

    /// Connects, and the person approves.
    pub fn connect(&self, name: &str, tracker: &Tracker) -> Done {
        let approve = |url: &str| tracker.code(url) + "\n";
        self.connecting(&["connect", name, "--no-browser"], "", vec![Box::new(approve)])
    }

    /// A site that is added and connected.
    pub fn connected(name: &str, tracker: &Tracker) -> Self {
        let computer = Self::new();
        computer.add(name, tracker).ok();
        computer.connect(name, tracker).ok();
        computer
    }

    /// The access token of its only site runs out.
    pub fn expire_token(&self) {
        super::keychain::expire_token_of(&self.sites_toml());
    }

    pub fn token(&self, name: &str) -> String {
        self.run(&["token", name]).ok().line().to_owned()
    }

    pub fn list(&self) -> Value {
        self.run(&["list", "--json"]).ok().json()
    }
}

/// What a person who opens an address then types.
pub type Answer<'a> = Box<dyn FnMut(&str) -> String + 'a>;

fn finish(mut child: Child, stderr: String) -> Done {
    let mut stdout = String::new();
    child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
    Done { code: child.wait().unwrap().code(), stdout, stderr }
}

impl Drop for Computer {
    /// The keychain outlives the folders.
    fn drop(&mut self) {
        let list = self.command(&["list", "--json"]).output().unwrap();
        let sites: Value = serde_json::from_slice(&list.stdout).unwrap_or_default();
        for site in sites.as_array().into_iter().flatten() {
            let _ = self.command(&["remove", site["name"].as_str().unwrap()]).output();
        }
    }
}
