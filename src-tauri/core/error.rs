//! What can go wrong, as one closed list of stable codes.
//!
//! Callers branch on [`ErrorCode`], never on text. The sentences a person reads (what happened,
//! what it means, the one next step) live in `texts/errors.json`, in every language, under the
//! same codes; window and terminal both read them from there. An error never carries a secret:
//! `detail` is the server's or the system's own short text, cut and stripped of control characters.

use serde::{Deserialize, Serialize};

/// The result type of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A stable name for a cause; the wire form is `snake_case`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[cfg_attr(test, derive(strum::VariantArray))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    // ---- the definition of a site
    /// An input is not a usable web address.
    InvalidAddress,
    /// An `http` address whose host is not loopback (RFC 6749 §3.1: TLS is required).
    HttpsRequired,
    /// An input the provider needs was left empty or has a form it does not allow.
    InvalidInput,
    /// The name is empty or taken by another site.
    NameTaken,
    /// No site has this name or id.
    NoSuchSite,
    /// No provider definition has this id.
    NoSuchProvider,
    /// The site's definition is a person's own file, and its hosts were not accepted yet.
    NotAccepted,
    /// The text is not a file of sites, or one of a newer Tallykey.
    NotASiteFile,
    /// The file holds no certificate.
    NotACertificate,
    /// The file holds a private key, which nobody but its server should have.
    PrivateKeyGiven,
    /// The certificate to be trusted has expired.
    CertificateOver,
    /// No client secret is stored for the site, and its provider needs one.
    ClientSecretMissing,

    // ---- reaching a server
    /// No connection, or no answer in time.
    Unreachable,
    /// The server's certificate is not trusted.
    TlsUntrusted,
    /// The server's certificate has expired.
    TlsExpired,
    /// The server's certificate is not valid yet.
    TlsTooEarly,
    /// The server's certificate is of another host.
    TlsWrongName,
    /// The certificate that is trusted for the site is not there, or is another one.
    AuthorityMissing,
    /// A proxy on the way refuses.
    ProxyFailed,
    /// What was given is no address of a proxy.
    InvalidProxy,
    /// A proxy's address with a name or a password in it; settings are a plain file.
    ProxyWithPassword,
    /// The answer is not what the protocol allows: HTML, half an answer, too large, a redirect.
    UnexpectedAnswer,
    /// The server answered 5xx.
    ServerTrouble,
    /// The server asks to slow down (429).
    RateLimited,

    // ---- what the server is
    /// The address answers, but is not the chosen product.
    NotThisProduct,
    /// The product answers, but has no OAuth 2 endpoints (too old, or a sub-folder is missing).
    NoOauth,
    /// The product answers, but its API is switched off.
    ApiOff,

    // ---- connecting
    /// The attempt to connect is unknown, cancelled or over its time.
    AttemptOver,
    /// The pasted text holds no authorization code.
    NotACode,
    /// A code alone was pasted, where nothing but the whole address shows whose it is.
    WholeAddressNeeded,
    /// The pasted address belongs to another site or another attempt.
    WrongSite,
    /// The person chose "deny" (`access_denied`, RFC 6749 §4.1.2.1).
    Denied,
    /// The server refused the request to authorize (any other error of RFC 6749 §4.1.2.1).
    AuthorizeRefused,
    /// The code was refused: wrong, used or expired (`invalid_grant`, RFC 6749 §5.2).
    CodeRefused,
    /// The code was sent before and nobody knows what became of it; it is never sent twice
    /// (RFC 6749 §4.1.2, §10.5).
    CodeSpent,
    /// The client id or secret was refused (`invalid_client`, RFC 6749 §5.2).
    ClientRefused,
    /// The server refused the scopes (`invalid_scope`, RFC 6749 §5.2).
    ScopeRefused,
    /// The server granted the connection to another person than before.
    OtherPerson,
    /// Nothing can listen where the answer would come to.
    PortTaken,
    /// The system browser could not be started.
    BrowserFailed,

    // ---- using a connection
    /// The site has no connection.
    NotConnected,
    /// The server ended the connection; only signing in again helps.
    NeedsSignIn,
    /// The same, after a renewal that brought no tokens: most likely its answer was lost.
    AnswerLost,
    /// The same, after a renewal whose tokens the secret store did not take.
    AnswerNotKept,
    /// The access token has run out, and there is nothing to renew it with.
    RanOut,
    /// The connection is kept only until its revocation is confirmed.
    RevokePending,
    /// The site's address or client was changed after its connection was made; the token stays where it is.
    AddressChanged,
    /// The change would leave the present connection at the old address; it is to be ended first, or
    /// left there knowingly.
    ConnectedElsewhere,
    /// The server did not confirm whose token this is, so its numbers are not believed.
    NotConfirmed,
    /// The token lacks the permission for this request (403).
    Forbidden,
    /// Something the counts need was not chosen yet.
    ChoiceMissing,
    /// A filter has a name that the product, or this site, does not know: it would be ignored.
    FilterUnknown,
    /// The server does not take a value of a filter, or does not have the saved query (any more).
    FilterRefused,
    /// A request path that is not below the site's own API address.
    ForeignPath,
    /// A person stopped it before it was done; nothing was changed.
    Stopped,

    // ---- keeping secrets
    /// The system has no keychain.
    KeychainMissing,
    /// The keychain is locked and was not unlocked.
    KeychainLocked,
    /// The keychain did not answer in time; a prompt may be waiting.
    KeychainWaiting,
    /// The keychain refused or failed.
    KeychainFailed,
    /// The keychain takes no item of this size (Windows: 2560 bytes); nothing was changed.
    TooLarge,
    /// A saved item cannot be read; it is left as it is.
    SecretUnreadable,
    /// The encrypted file was not unlocked yet.
    VaultLocked,
    /// There is no encrypted file (any more) where one should be.
    VaultMissing,
    /// The passphrase does not open the encrypted file.
    PassphraseWrong,
    /// A new passphrase is too easily guessed.
    PassphraseTooShort,
    /// The encrypted file's key cannot be read with any passphrase; it is left as it is.
    VaultDamaged,
    /// Secrets are not moved while a sign-in would bring more.
    ConnectUnderWay,
    /// Secrets are kept elsewhere since this program began; nothing was sent.
    SecretsMoved,

    // ---- this computer
    /// Another Tallykey is changing this connection and takes long.
    Busy,
    /// The clipboard could not be used.
    ClipboardFailed,
    /// A file of ours cannot be read; it is left as it is.
    FileUnreadable,
    /// A file of ours cannot be written; what it held stays.
    FileUnwritable,
    /// The history of counts was damaged; it was set aside and begun anew.
    HistoryDamaged,
}

/// A failure: its code, and the few words its sentence may need.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}", self.name(), self.detail.as_deref().map(|d| format!(": {d}")).unwrap_or_default())]
pub struct Error {
    /// The cause.
    pub code: ErrorCode,
    /// The site's name, where one is concerned.
    pub site: Option<String>,
    /// The host that was asked.
    pub host: Option<String>,
    /// Short words of the server or the system. Shown as text, never interpreted.
    pub detail: Option<String>,
    /// Whether the request never left this computer, so that nobody can have acted on it.
    pub unsent: bool,
    /// How long the server asks to wait (`Retry-After`, RFC 9110 §10.2.3).
    pub retry_after: Option<std::time::Duration>,
}

/// Longest detail kept: two lines of a dialog. Longer server texts say nothing more to a person.
const DETAIL_CHARS: usize = 240;

impl Error {
    /// A failure with nothing but its cause.
    pub fn new(code: ErrorCode) -> Self {
        Self { code, site: None, host: None, detail: None, unsent: false, retry_after: None }
    }

    /// Names the site concerned, unless one is named already.
    #[must_use]
    pub fn about(mut self, site: &str) -> Self {
        self.site.get_or_insert_with(|| site.to_owned());
        self
    }

    /// Names the host that was asked, unless one is named already.
    #[must_use]
    pub fn at(mut self, host: &str) -> Self {
        self.host.get_or_insert_with(|| host.to_owned());
        self
    }

    /// Adds the server's or the system's own words, cut and without control characters.
    #[must_use]
    pub fn detail(mut self, text: impl AsRef<str>) -> Self {
        let line: String =
            text.as_ref().chars().map(|c| if c.is_control() { ' ' } else { c }).take(DETAIL_CHARS).collect();
        let line = line.trim();
        self.detail = (!line.is_empty()).then(|| line.to_owned());
        self
    }

    /// Whether trying the same again later may succeed without a person doing anything.
    pub fn is_passing(&self) -> bool {
        use ErrorCode as C;
        matches!(
            self.code,
            C::Unreachable
                | C::ProxyFailed
                | C::UnexpectedAnswer
                | C::ServerTrouble
                | C::RateLimited
                | C::KeychainWaiting
        )
    }

    /// The code as it is written in JSON, logs and `texts/errors.json`.
    pub fn name(&self) -> String {
        self.code.name()
    }
}

impl ErrorCode {
    /// Whether the connection is over for good, whatever the reason: only signing in again helps.
    pub fn is_end(self) -> bool {
        matches!(self, Self::NeedsSignIn | Self::AnswerLost | Self::AnswerNotKept | Self::RanOut)
    }

    /// The code as it is written in JSON, logs and `texts/errors.json`.
    pub fn name(self) -> String {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::String(name)) => name,
            _ => unreachable!("a unit variant is written as a string"),
        }
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}
