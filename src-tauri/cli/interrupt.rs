//! Ctrl-C, a closed terminal, a system that asks to end: asked once, heard by whoever waits next.

use std::pin::Pin;
use std::sync::OnceLock;

use tokio::sync::watch;

use crate::exit::Exit;
use crate::failure::Failure;

type Asked = Pin<Box<dyn Future<Output = Exit> + Send>>;

/// Returns once the program was asked to end, also where that was before this call. From the first
/// call on nothing else ends the program at such a signal, so none may be lost between two waits.
pub async fn interrupt() -> Exit {
    static ASKED: OnceLock<watch::Receiver<Option<Exit>>> = OnceLock::new();
    let mut asked = ASKED.get_or_init(listen).clone();
    match asked.wait_for(Option::is_some).await {
        Ok(exit) => exit.unwrap_or(Exit::Interrupted),
        // The runtime is ending, and with it who waits here.
        Err(_) => std::future::pending().await,
    }
}

/// What comes of `work`, unless the program is asked to end before: then `work` is dropped.
///
/// # Errors
/// [`Failure::Interrupted`], or that of `work`.
pub async fn unless_interrupted<T, E>(work: impl Future<Output = Result<T, E>>) -> Result<T, Failure>
where
    Failure: From<E>,
{
    tokio::select! {
        // In this order: who is asked to end begins nothing.
        biased;
        exit = interrupt() => Err(Failure::Interrupted(exit)),
        done = work => Ok(done?),
    }
}

/// Listens from now on, on a task of its own.
fn listen() -> watch::Receiver<Option<Exit>> {
    let (tell, asked) = watch::channel(None);
    // Where they cannot be heard, the system's own way to end a program holds.
    if let Ok(signal) = signals() {
        tokio::spawn(async move { tell.send_replace(Some(signal.await)) });
    }
    asked
}

#[cfg(unix)]
fn signals() -> std::io::Result<Asked> {
    use tallykey_core::adapters::signals::is_ignored;
    use tokio::signal::unix::{Signal, SignalKind, signal};

    // What was ignored at the start stays so: `nohup`, and what a script runs beside itself.
    let listen = |kind: SignalKind| if is_ignored(kind.as_raw_value()) { Ok(None) } else { signal(kind).map(Some) };
    let (mut interrupt, mut hangup) = (listen(SignalKind::interrupt())?, listen(SignalKind::hangup())?);
    let mut terminate = listen(SignalKind::terminate())?;
    let heard = async |signal: &mut Option<Signal>| match signal {
        Some(signal) => drop(signal.recv().await),
        None => std::future::pending().await,
    };
    Ok(Box::pin(async move {
        tokio::select! {
            () = heard(&mut interrupt) => Exit::Interrupted,
            () = heard(&mut hangup) => Exit::HungUp,
            () = heard(&mut terminate) => Exit::Terminated,
        }
    }))
}

#[cfg(windows)]
fn signals() -> std::io::Result<Asked> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(Box::pin(async move {
        interrupt.recv().await;
        Exit::Interrupted
    }))
}
