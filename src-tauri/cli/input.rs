//! What a person types or a script writes: secrets, codes, answers to questions.

use std::fs::File;
#[cfg(unix)]
use std::io::Write;
use std::io::{self, BufRead, IsTerminal, Read};
use std::path::Path;

use tallykey_core::{Error, ErrorCode, ExposeSecret, Secret};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
#[cfg(unix)]
use crate::quiet::Quiet;

/// Lines of stdin. They are read on a thread of their own, which may wait for ever: whoever asks can
/// stop waiting, and the program can end.
pub struct Input {
    /// Whether a person sits there.
    pub is_terminal: bool,
    lines: Option<UnboundedReceiver<Secret>>,
}

impl Input {
    /// The process's own stdin. Nothing is read before it is asked for.
    pub fn new() -> Self {
        Self { is_terminal: io::stdin().is_terminal(), lines: None }
    }

    /// The next line that is not empty; `None` at the end.
    pub async fn line(&mut self) -> Option<Secret> {
        while let Some(line) = self.lines().recv().await {
            if !line.expose_secret().trim().is_empty() {
                return Some(line);
            }
        }
        None
    }

    /// The line that answers what `ask` asks, also an empty one; `None` at the end. What was typed
    /// before is no answer to it.
    ///
    /// # Errors
    /// [`Failure::Interrupted`].
    pub async fn answer(&mut self, ask: impl FnOnce()) -> Result<Option<String>, Failure> {
        let ask = || {
            ask();
            Ok(())
        };
        Ok(self.reply(ask).await?.map(|line| line.expose_secret().trim().to_owned()))
    }

    async fn reply<T>(&mut self, ask: impl FnOnce() -> io::Result<T>) -> Result<Option<Secret>, Failure> {
        let lines = self.lines();
        while lines.try_recv().is_ok() {}
        // Ctrl-C is listened for before the question is seen.
        let _asked = unless_interrupted(async { ask() }).await?;
        unless_interrupted(async { Ok::<_, Failure>(lines.recv().await) }).await
    }

    /// All of stdin, for a command that reads nothing else from it.
    ///
    /// # Errors
    /// What the pipe says.
    pub async fn rest(&mut self) -> io::Result<Vec<u8>> {
        let read = tokio::task::spawn_blocking(|| {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        });
        read.await.map_err(io::Error::other)?
    }

    fn lines(&mut self) -> &mut UnboundedReceiver<Secret> {
        self.lines.get_or_insert_with(|| {
            let (send, lines) = unbounded_channel();
            std::thread::spawn(move || {
                let lines = io::stdin().lock().lines().map_while(Result::ok).map(Secret::from);
                // Nobody waits any more: the rest is not for us.
                let _ = lines.into_iter().try_for_each(|line| send.send(line));
            });
            lines
        })
    }

    /// A passphrase, asked without echo, with every space that was typed; nothing where no terminal is.
    ///
    /// # Errors
    /// [`Failure::Interrupted`].
    pub async fn passphrase(&mut self, question: &'static str) -> Result<Option<Secret>, Failure> {
        if !self.is_terminal {
            return Ok(None);
        }
        #[cfg(unix)]
        return self.unseen(question).await;
        #[cfg(not(unix))]
        return unseen(question).await;
    }

    /// A secret, asked without echo at a terminal, or the next line where `from_stdin`.
    ///
    /// # Errors
    /// [`Failure::Usage`] if there is none, [`Failure::Interrupted`].
    pub async fn secret(&mut self, question: &'static str, from_stdin: bool) -> Result<Secret, Failure> {
        let typed = if from_stdin {
            unless_interrupted(async { Ok::<_, Failure>(self.line().await) }).await?
        } else if self.is_terminal {
            #[cfg(unix)]
            let typed = self.unseen(question).await?;
            #[cfg(not(unix))]
            let typed = unseen(question).await?;
            typed
        } else {
            None
        };
        match typed.map(|typed| Secret::from(typed.expose_secret().trim())) {
            Some(secret) if !secret.expose_secret().is_empty() => Ok(secret),
            _ => Err(Failure::Usage {
                en: "No client secret. It is asked for at a terminal, or read as a line of stdin: \
                     `add` wants --client-secret-stdin for that, `secret` wants --stdin.",
                ja: "クライアントシークレットがありません。端末で入力するか、標準入力の1行として渡してください。\
                     `add` では --client-secret-stdin、`secret` では --stdin が必要です。",
            }),
        }
    }
}

#[cfg(unix)]
impl Input {
    /// A line that is typed unseen. The echo is off before the question is: who pastes at once is
    /// not shown either.
    async fn unseen(&mut self, question: &str) -> Result<Option<Secret>, Failure> {
        let ask = || {
            let quiet = Quiet::begin()?;
            let mut stderr = io::stderr();
            stderr.write_all(question.as_bytes())?;
            stderr.flush()?;
            Ok(quiet)
        };
        self.reply(ask).await
    }
}

/// A line that is typed unseen.
#[cfg(not(unix))]
async fn unseen(question: &'static str) -> Result<Option<Secret>, Failure> {
    let asked = tokio::task::spawn_blocking(move || rpassword::prompt_password(question));
    Ok(Some(Secret::from(asked.await.map_err(io::Error::other)??)))
}

/// A file that somebody names: no more of it than a byte over `largest`; that it has more is told by who reads it.
///
/// # Errors
/// [`ErrorCode::FileUnreadable`].
pub fn read_file(file: &Path, largest: usize) -> Result<Vec<u8>, Failure> {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let most = u64::try_from(largest).unwrap_or(u64::MAX).saturating_add(1);
        File::open(file)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let unreadable =
        |error: io::Error| Error::new(ErrorCode::FileUnreadable).detail(format!("{}: {error}", file.display()));
    Ok(read().map_err(unreadable)?)
}
