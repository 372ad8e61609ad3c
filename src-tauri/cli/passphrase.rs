//! Opening the encrypted file: with what a command prints, or with what a person types.

use std::ffi::OsStr;
use std::io;
use std::process::{Command, Stdio};
use std::sync::Arc;

use tallykey_core::adapters::vault::{Standing, Vault};
use tallykey_core::model::passphrase::Passphrase;
use tallykey_core::{Error, ErrorCode, ExposeSecret, Secret};

use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
use crate::session::Session;

/// Names a command that prints the passphrase, for scripts: as `pass` and the like do.
const COMMAND: &str = "TALLYKEY_PASSPHRASE_COMMAND";
/// A person who types unseen is asked again, as by `sudo`.
const TRIES: u32 = 3;

/// Opens the encrypted file, if that is where secrets are. `makes` says that there may be none yet, and
/// that this is the command to make it; one that is missing otherwise is told when something is read.
///
/// # Errors
/// [`ErrorCode::VaultLocked`] where nobody can be asked, as [`Vault::unlock`] and [`Vault::create`], or
/// [`Failure::Interrupted`].
pub async fn unlock(session: &mut Session<'_>, makes: bool) -> Result<(), Failure> {
    match session.vault.standing() {
        Standing::Missing if makes => create(session).await,
        Standing::Open | Standing::Missing => Ok(()),
        Standing::Locked => open(session).await,
    }
}

async fn create(session: &mut Session<'_>) -> Result<(), Failure> {
    let question = session.out.pick("New passphrase for the encrypted file: ", "暗号化ファイルの新しいパスフレーズ: ");
    let printed = printed().await?;
    let is_typed = printed.is_none();
    let chosen = match printed {
        Some(printed) => printed,
        None => typed(session, question).await?,
    };
    let passphrase = Passphrase::chosen(&chosen)?;
    if is_typed {
        let again = typed(session, session.out.pick("The same again: ", "もう一度: ")).await?;
        if Passphrase::typed(&again).secret().expose_secret() != passphrase.secret().expose_secret() {
            return Err(Failure::Usage {
                en: "The two are not the same. Nothing was made.",
                ja: "2つが一致しません。何も作成していません。",
            });
        }
    }
    at_work(session, move |vault| vault.create(&passphrase)).await?;
    let text = session.out.pick(
        "Made the encrypted file. Without the passphrase nobody can open it, and there is no way to get it back.",
        "暗号化ファイルを作成しました。パスフレーズがなければ誰にも開けず、復元する方法もありません。",
    );
    session.out.note(text);
    Ok(())
}

async fn open(session: &mut Session<'_>) -> Result<(), Failure> {
    if let Some(printed) = printed().await? {
        return at_work(session, move |vault| vault.unlock(&Passphrase::typed(&printed))).await;
    }
    let question = session.out.pick("Passphrase of the encrypted file: ", "暗号化ファイルのパスフレーズ: ");
    for left in (0..TRIES).rev() {
        let passphrase = Passphrase::typed(&typed(session, question).await?);
        match at_work(session, move |vault| vault.unlock(&passphrase)).await {
            Err(Failure::Core(error)) if error.code == ErrorCode::PassphraseWrong && left > 0 => {
                session.out.note(session.out.pick("That is not it.", "パスフレーズが違います。"));
            }
            result => return result,
        }
    }
    Ok(())
}

/// Making a key of a passphrase is dear on purpose.
async fn at_work(
    session: &Session<'_>,
    work: impl FnOnce(&Vault) -> tallykey_core::Result<()> + Send + 'static,
) -> Result<(), Failure> {
    let vault: Arc<Vault> = session.vault.clone();
    let done = tokio::task::spawn_blocking(move || work(&vault));
    let done = async { done.await.map_err(io::Error::other) };
    Ok(unless_interrupted(done).await??)
}

async fn typed(session: &mut Session<'_>, question: &'static str) -> Result<Secret, Failure> {
    let typed = session.input.passphrase(question).await?;
    typed.ok_or_else(|| ErrorCode::VaultLocked.into())
}

#[cfg(not(windows))]
fn shell(command: &OsStr) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command);
    shell
}

/// `cmd` reads its line by rules of its own: quotes that are added for other programs would be part of it.
#[cfg(windows)]
fn shell(command: &OsStr) -> Command {
    use std::os::windows::process::CommandExt;
    let mut shell = Command::new("cmd");
    shell.arg("/C").raw_arg(command);
    shell
}

/// The first line that the command prints; nothing where none is named.
async fn printed() -> Result<Option<Secret>, Failure> {
    let Some(command) = std::env::var_os(COMMAND).filter(|command| !command.is_empty()) else { return Ok(None) };
    let run = tokio::task::spawn_blocking(move || {
        // What is piped in is for the command that was asked for.
        shell(&command).stdin(Stdio::null()).stderr(Stdio::inherit()).output()
    });
    let failed = |why: String| Error::new(ErrorCode::VaultLocked).detail(format!("{COMMAND}: {why}"));
    let run = async { run.await.map_err(io::Error::other) };
    let output = unless_interrupted(run).await?.map_err(|error| failed(error.to_string()))?;
    let all = Secret::from(String::from_utf8(output.stdout).map_err(|_| failed("no text".to_owned()))?);
    let line = all.expose_secret().lines().next().unwrap_or_default();
    if !output.status.success() || line.is_empty() {
        return Err(failed(output.status.to_string()).into());
    }
    Ok(Some(Secret::from(line)))
}
