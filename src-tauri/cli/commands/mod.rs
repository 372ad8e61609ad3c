//! One file a command, and what two of them share.

mod accept;
mod add;
mod choose;
mod connect;
mod connected;
mod counts;
mod doctor;
mod duplicate;
mod exec;
mod export;
mod history;
mod import;
mod leave;
mod list;
mod memory;
mod offer;
mod person;
mod providers;
mod rename;
mod request;
mod revoke;
mod secret;
mod token;
mod tried;
mod trust;

use clap::CommandFactory;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tallykey_core::ErrorCode;
use tallykey_core::model::connection::Identity;
use tallykey_core::ports::StoreKind;

use crate::arguments::{Arguments, Command};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::passphrase;
use crate::session::Session;

/// Opens the encrypted file where secrets are in one and the command uses them. The doctor tells of one
/// that is locked.
///
/// # Errors
/// As [`passphrase::unlock`].
pub async fn reach_secrets(session: &mut Session<'_>, command: &Command) -> Result<(), Failure> {
    if session.desk.store_kind() != StoreKind::Vault || !command.uses_secrets() {
        return Ok(());
    }
    match passphrase::unlock(session, command.brings_secrets()).await {
        Err(Failure::Core(error))
            if error.code == ErrorCode::VaultLocked && matches!(command, Command::Doctor { .. }) =>
        {
            Ok(())
        }
        result => result,
    }
}

/// Does what the command line says.
///
/// # Errors
/// Why there is no answer.
pub async fn run(session: &mut Session<'_>, command: Command) -> Result<Exit, Failure> {
    match command {
        Command::Providers { .. } => providers::run(session),
        Command::Accept { id, yes } => accept::run(session, &id, yes).await,
        Command::Add(add) => add::run(session, add).await,
        Command::Connect { name, no_browser, redirect, switch, timeout, .. } => {
            let way = connect::Way { browser: !no_browser, redirect, switch, limit: timeout };
            connect::run(session, &name, way).await
        }
        Command::Choose { name, choices, .. } => choose::run(session, &name, choices).await,
        Command::List { .. } => list::run(session),
        Command::Token { name, min, new, format } => token::run(session, &name, min, new, format).await,
        Command::Request(request) => request::run(session, request).await,
        Command::Exec { name, min, command } => exec::run(session, &name, min, &command).await,
        Command::Counts { names, filter: Some(filter), .. } => tried::run(session, &names, filter).await,
        Command::Counts { names, history, .. } => counts::run(session, &names, history).await,
        Command::Revoke { name, .. } => revoke::run(session, &name).await,
        Command::Forget { name } => leave::forget(session, &name).await,
        Command::Rename { name, new } => rename::run(session, &name, &new).await,
        Command::Duplicate { name, new } => duplicate::run(session, &name, &new).await,
        Command::Trust { name, file, .. } => trust::run(session, &name, file.as_deref()).await,
        Command::Secret { name, stdin } => secret::run(session, &name, stdin).await,
        Command::Remove { name } => leave::remove(session, &name).await,
        Command::Doctor { name, .. } => doctor::run(session, name.as_deref()).await,
        Command::Export { names } => export::run(session, &names),
        Command::Import { file } => import::run(session, &file).await,
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "tallykey", &mut script);
            session.out.answer(String::from_utf8_lossy(&script).trim_end())?;
            Ok(Exit::Done)
        }
        Command::Man { folder } => {
            std::fs::create_dir_all(&folder)?;
            clap_mangen::generate_to(Arguments::command(), &folder)?;
            Ok(Exit::Done)
        }
    }
}

fn identity_json(identity: Option<&Identity>) -> Value {
    identity.map_or(Value::Null, |identity| json!({ "id": identity.id, "text": identity.text }))
}

/// How long until `end`, to the minute; `None` once it is past.
fn left(end: Timestamp) -> Option<String> {
    let left: SignedDuration = end.duration_since(Timestamp::now());
    let (hours, minutes) = (left.as_hours(), left.as_mins() % 60);
    match (left.is_positive(), hours) {
        (false, _) => None,
        (true, 0) => Some(format!("{minutes}m")),
        (true, _) => Some(format!("{hours}h {minutes:02}m")),
    }
}
