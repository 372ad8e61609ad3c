//! Handing out the access token: to the clipboard, or to whoever asked in the terminal.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::api::Api;
use super::outside::{Account, Outside};
use crate::error::{Error, ErrorCode, Result};
use crate::model::connection::Connection;
use crate::model::copy_format::{CopyFormat, Use};
use crate::model::known::TokenFacts;
use crate::model::provider::{Choice, Me};
use crate::model::secret::{ExposeSecret, Secret, tail};
use crate::model::site::SiteId;

/// A token in the form asked for.
pub struct Handed {
    /// Ready to be pasted or printed.
    pub text: Secret,
    /// The last four characters of the token.
    pub tail: String,
    /// When the token ends, when known.
    pub until: Option<Timestamp>,
}

/// What lies on the clipboard by our doing.
#[derive(Clone, Debug)]
pub struct Copied {
    /// The site it is for.
    pub site: SiteId,
    /// In which form.
    pub format: CopyFormat,
    /// The last four characters of the token.
    pub tail: String,
    /// When the token ends, when known.
    pub token_until: Option<Timestamp>,
    /// When the clipboard is cleared.
    pub clears_at: Timestamp,
    /// How long it was to stay there.
    pub life: Duration,
}

/// How it left the clipboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cleared {
    /// By us.
    Cleared,
    /// Something else lay there, which was left alone.
    Replaced,
    /// The desktop did not let us.
    Failed,
}

/// The clipboard and what we put on it.
#[derive(Clone, Default)]
pub struct Slot {
    held: Arc<Mutex<Held>>,
    /// What is noted and what lies there change together, one after the other.
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// What was copied last, and every text of ours that may lie on the clipboard.
type Held = Option<(Copied, Vec<Secret>)>;

/// The access token of a connection in a form, and until when it lives.
///
/// # Errors
/// [`ErrorCode::InvalidAddress`] if the site's address makes no request to show.
pub fn hand_out(
    account: &Account,
    connection: &Connection,
    format: CopyFormat,
    until: Option<Timestamp>,
) -> Result<Handed> {
    let tokens = &connection.tokens;
    Ok(Handed {
        text: written(account, &tokens.access_token, until, &tokens.scopes, format)?,
        tail: tail(&tokens.access_token),
        until,
    })
}

/// What would be handed out, with the token as it may be shown: its end alone.
///
/// # Errors
/// As [`hand_out`].
pub fn preview(account: &Account, token: &TokenFacts, format: CopyFormat) -> Result<String> {
    let text = written(account, &Secret::from(STAND_IN), token.expires_at, &token.scopes, format)?;
    Ok(text.expose_secret().replace(STAND_IN, &format!("…{}", token.tail)))
}

/// Stands where the token will: no shell quotes it, and no address holds it.
const STAND_IN: &str = "TALLYKEY-STAND-IN-FOR-A-TOKEN";

fn written(
    account: &Account,
    token: &Secret,
    expires_at: Option<Timestamp>,
    scopes: &[String],
    format: CopyFormat,
) -> Result<Secret> {
    let header = &account.provider.api.header;
    let example = example(account)?;
    let around = Use {
        header_name: &header.name,
        header_value: &header.value(token),
        url: example.as_str(),
        expires_at: expires_at.map(|at| at.to_string()),
        scopes,
    };
    Ok(format.render(token, &around))
}

/// A request that any token may make, to show how it is used.
fn example(account: &Account) -> Result<Url> {
    let me = account.provider.api.me.as_ref().map(Me::request);
    match me.or_else(|| account.provider.choices.first().map(Choice::request)) {
        Some(request) => Api::address(account, request, &account.site.inputs),
        None => account.url(&account.provider.api.base),
    }
}

impl Slot {
    /// What lies on the clipboard by our doing.
    pub fn copied(&self) -> Option<Copied> {
        self.lock().as_ref().map(|(copied, _)| copied.clone())
    }

    /// Puts a token on the clipboard, to stay there for `life`.
    ///
    /// # Errors
    /// [`ErrorCode::ClipboardFailed`]; what lay there may be gone.
    pub async fn put(
        &self,
        outside: &Outside,
        (site, format): (SiteId, CopyFormat),
        handed: Handed,
        life: Duration,
    ) -> Result<Copied> {
        let _turn = self.turn.lock().await;
        let copied = Copied {
            site,
            format,
            tail: handed.tail,
            token_until: handed.until,
            clears_at: outside.now().checked_add(life).unwrap_or(Timestamp::MAX),
            life,
        };
        let text = handed.text.clone();
        // Remembered first, beside the one before: a write that fails may land all the same, or leave
        // what was there.
        let mut texts = self.lock().take().map(|(_, texts)| texts).unwrap_or_default();
        texts.push(handed.text);
        *self.lock() = Some((copied.clone(), texts));
        call(outside, move |clipboard| clipboard.write(&text)).await?;
        if let Some((now, texts)) = &mut *self.lock()
            && now.clears_at == copied.clears_at
        {
            texts.drain(..texts.len() - 1);
        }
        Ok(copied)
    }

    /// Clears the clipboard if it still holds what we put there. `None` if we hold nothing there.
    pub async fn clear(&self, outside: &Outside) -> Option<Cleared> {
        let _turn = self.turn.lock().await;
        self.clear_held(outside).await
    }

    /// The same when the time of a copy is over. A later one has its own time, also one that was made while
    /// this waited for its turn.
    pub async fn clear_due(&self, outside: &Outside, due: Timestamp) -> Option<Cleared> {
        let _turn = self.turn.lock().await;
        self.copied().filter(|copied| copied.clears_at == due)?;
        self.clear_held(outside).await
    }

    async fn clear_held(&self, outside: &Outside) -> Option<Cleared> {
        let (copied, texts) = self.lock().take()?;
        let ours = texts.clone();
        let cleared = call(outside, move |clipboard| {
            let now = clipboard.read()?;
            if !now.is_some_and(|now| ours.iter().any(|text| text.expose_secret() == now.expose_secret())) {
                return Ok(Cleared::Replaced);
            }
            clipboard.clear().map(|()| Cleared::Cleared)
        });
        let cleared = cleared.await.unwrap_or(Cleared::Failed);
        if cleared == Cleared::Failed {
            // Tried again when the program ends, unless something else was copied meanwhile.
            self.lock().get_or_insert((copied, texts));
        }
        Some(cleared)
    }

    /// Puts a text that is no secret on the clipboard, in place of whatever lay there.
    ///
    /// # Errors
    /// [`ErrorCode::ClipboardFailed`]; what lay there may be gone.
    pub async fn put_plain(&self, outside: &Outside, text: Secret) -> Result<()> {
        let _turn = self.turn.lock().await;
        call(outside, move |clipboard| clipboard.write(&text)).await?;
        *self.lock() = None;
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A clipboard may wait for another program to answer: never on an async thread.
async fn call<T: Send + 'static>(
    outside: &Outside,
    use_it: impl FnOnce(&dyn crate::ports::Clipboard) -> Result<T> + Send + 'static,
) -> Result<T> {
    let clipboard = outside.clipboard.clone();
    let call = tokio::task::spawn_blocking(move || use_it(&*clipboard));
    match tokio::time::timeout(CLIPBOARD_LIMIT, call).await {
        Ok(Ok(result)) => result,
        _ => Err(Error::new(ErrorCode::ClipboardFailed)),
    }
}

/// X11 owners that hang are given up by other programs after about as long.
const CLIPBOARD_LIMIT: Duration = Duration::from_secs(5);
