//! Browser, clipboard and clock without a desktop.

use std::path::Path;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError, mpsc};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tallykey_core::model::moment::Steady;
use tallykey_core::ports::{Browser, Clipboard, Clock};
use tallykey_core::{Error, ErrorCode, ExposeSecret, Result, Secret, Url};
use tokio::sync::oneshot;
use uuid::Uuid;

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Remembers what it was asked to open.
#[derive(Default)]
pub struct RecordingBrowser {
    opened: Mutex<Vec<Url>>,
    broken: Mutex<bool>,
}

impl RecordingBrowser {
    pub fn opened(&self) -> Vec<Url> {
        locked(&self.opened).clone()
    }

    pub fn breaks(&self) {
        *locked(&self.broken) = true;
    }
}

impl Browser for RecordingBrowser {
    fn open(&self, url: &Url) -> Result<()> {
        if *locked(&self.broken) {
            return Err(ErrorCode::BrowserFailed.into());
        }
        locked(&self.opened).push(url.clone());
        Ok(())
    }

    fn open_folder(&self, folder: &Path) -> Result<()> {
        self.open(&Url::from_directory_path(folder).expect("a whole path"))
    }
}

/// A clipboard that can be looked at, and break.
#[derive(Default)]
pub struct FakeClipboard {
    text: Mutex<Option<String>>,
    broken: Mutex<bool>,
    late: Mutex<bool>,
    hung: Mutex<Option<(oneshot::Sender<()>, mpsc::Receiver<()>)>>,
}

/// A write that does not come back until this is dropped.
pub struct Hanging {
    begun: oneshot::Receiver<()>,
    _end: mpsc::Sender<()>,
}

impl Hanging {
    /// Somebody writes, and waits.
    pub async fn begun(&mut self) {
        (&mut self.begun).await.expect("a write");
    }
}

impl FakeClipboard {
    pub fn text(&self) -> Option<String> {
        locked(&self.text).clone()
    }

    /// Another program puts something there.
    pub fn hold(&self, text: &str) {
        *locked(&self.text) = Some(text.to_owned());
    }

    pub fn breaks(&self) {
        *locked(&self.broken) = true;
    }

    /// It works again.
    pub fn mends(&self) {
        *locked(&self.broken) = false;
        *locked(&self.late) = false;
    }

    /// It takes what it is given, after everybody has given up waiting.
    pub fn is_late(&self) {
        *locked(&self.late) = true;
    }

    /// The next write hangs.
    pub fn hangs(&self) -> Hanging {
        let (shown, begun) = oneshot::channel();
        let (end, ended) = mpsc::channel();
        *locked(&self.hung) = Some((shown, ended));
        Hanging { begun, _end: end }
    }

    fn works(&self) -> Result<()> {
        if *locked(&self.broken) { Err(Error::new(ErrorCode::ClipboardFailed)) } else { Ok(()) }
    }
}

impl Clipboard for FakeClipboard {
    fn write(&self, text: &Secret) -> Result<()> {
        let hung = locked(&self.hung).take();
        if let Some((shown, ended)) = hung {
            shown.send(()).ok();
            ended.recv().ok();
        }
        self.works()?;
        self.hold(text.expose_secret());
        if *locked(&self.late) { Err(ErrorCode::ClipboardFailed.into()) } else { Ok(()) }
    }

    fn read(&self) -> Result<Option<Secret>> {
        self.works()?;
        Ok(self.text().map(Secret::from))
    }

    fn clear(&self) -> Result<()> {
        self.works()?;
        *locked(&self.text) = None;
        Ok(())
    }
}

/// A clock that stands still until it is moved.
pub struct SetClock(Mutex<(Timestamp, Steady)>);

impl Default for SetClock {
    fn default() -> Self {
        let began = "2026-11-22T10:00:00Z".parse().expect("a time");
        // Not at the beginning, so that what went before it has a time too.
        Self(Mutex::new((began, Steady { run: Uuid::new_v4(), ms: 1_000_000_000 })))
    }
}

impl SetClock {
    /// Time passes.
    pub fn forward(&self, seconds: i64) {
        self.jump(seconds);
        let mut now = locked(&self.0);
        now.1.ms = now.1.ms.checked_add_signed(seconds * 1000).expect("a time in range");
    }

    /// Somebody sets the clock; no time passes.
    pub fn jump(&self, seconds: i64) {
        let mut now = locked(&self.0);
        now.0 = now.0.checked_add(SignedDuration::from_secs(seconds)).expect("a time in range");
    }

    /// The computer is started anew: what passed before says nothing any more.
    pub fn reboots(&self) {
        locked(&self.0).1 = Steady { run: Uuid::new_v4(), ms: 0 };
    }
}

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        locked(&self.0).0
    }

    fn steady(&self) -> Steady {
        locked(&self.0).1
    }

    fn wait(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::ready(()))
    }
}
