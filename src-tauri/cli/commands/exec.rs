//! `tallykey exec`: a command that finds a token in its environment, and nobody else does.

use std::ffi::OsString;
use std::io;
use std::process::Command;
use std::time::Duration;

use tallykey_core::flows::refresh::Need;
use tallykey_core::model::connection::MARGIN;
use tallykey_core::{CopyFormat, ExposeSecret};

use super::memory;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
use crate::session::Session;

pub async fn run(
    session: &mut Session<'_>,
    name: &str,
    min: Option<Duration>,
    command: &[OsString],
) -> Result<Exit, Failure> {
    let account = session.desk.named(name)?;
    let base = account.url(&account.provider.api.base)?;
    memory::begin(session, &account).await?;
    let desk = session.desk.clone();
    let asked = async {
        let held = desk.connection(&account, &Need::Life(min.unwrap_or(MARGIN))).await?;
        let header = desk.hand_out(&account, &held, CopyFormat::Header).await?;
        Ok((held, header))
    };
    let (held, header) = memory::use_it(session, &account, asked).await?;
    memory::leave(session, &account).await;
    // Nothing of this program is left behind the command.
    session.desk.close().await;
    // Who asked to end meanwhile wants nothing begun.
    unless_interrupted(async { Ok::<_, Failure>(()) }).await?;
    let (program, arguments) = command.split_first().expect("the command line asks for one");
    let mut child = Command::new(program);
    child
        .args(arguments)
        .env("TALLYKEY_TOKEN", held.tokens.access_token.expose_secret())
        .env("TALLYKEY_AUTHORIZATION", header.text.expose_secret())
        .env("TALLYKEY_BASE", base.as_str().trim_end_matches('/'));
    let error = become_it(child);
    session.out.note(&format!("{}: {error}", program.display()));
    Ok(if error.kind() == io::ErrorKind::NotFound { Exit::NotFound } else { Exit::CannotRun })
}

/// Signals and the exit code are then the command's own affair. Returns only if that did not work.
#[cfg(unix)]
fn become_it(mut command: Command) -> io::Error {
    use std::os::unix::process::CommandExt;

    command.exec()
}

/// Returns only if the command could not be started.
#[cfg(not(unix))]
fn become_it(mut command: Command) -> io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
