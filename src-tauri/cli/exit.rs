//! Exit codes: what a script can do next.

use tallykey_core::ErrorCode;

/// How a command ended. The numbers are stable and documented in `--help`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// None of the others; the text says what.
    Other = 1,
    /// The command line is wrong.
    Usage = 2,
    /// No site has this name.
    NoSuchSite = 3,
    /// Only a person who connects the site can go on.
    NotConnected = 4,
    /// Network or server trouble; nothing is lost.
    TryAgain = 5,
    /// The keychain or the encrypted file cannot be used.
    NoKeychain = 6,
    /// The server refused.
    Refused = 7,
    /// A command to run that cannot be, as shells say it.
    CannotRun = 126,
    /// A command to run that is not there, as shells say it.
    NotFound = 127,
    /// The terminal is gone, as shells count it: 128 and the signal's number.
    HungUp = 129,
    /// Ctrl-C, as shells count it.
    Interrupted = 130,
    /// Asked to end, as by the system or `kill`, as shells count it.
    Terminated = 143,
}

impl From<ErrorCode> for Exit {
    fn from(code: ErrorCode) -> Self {
        use ErrorCode as C;
        match code {
            C::InvalidAddress
            | C::HttpsRequired
            | C::InvalidInput
            | C::NameTaken
            | C::NoSuchProvider
            | C::NotAccepted
            | C::NotASiteFile
            | C::NotACertificate
            | C::PrivateKeyGiven
            | C::FilterUnknown
            | C::ForeignPath => Self::Usage,
            C::NoSuchSite => Self::NoSuchSite,
            C::NotConnected
            | C::NeedsSignIn
            | C::AnswerLost
            | C::AnswerNotKept
            | C::RanOut
            | C::RevokePending
            | C::AddressChanged
            | C::ChoiceMissing => Self::NotConnected,
            C::Unreachable
            | C::TlsUntrusted
            | C::TlsExpired
            | C::TlsTooEarly
            | C::TlsWrongName
            | C::ProxyFailed
            | C::UnexpectedAnswer
            | C::ServerTrouble
            | C::RateLimited
            | C::SecretsMoved
            | C::Busy => Self::TryAgain,
            C::KeychainMissing
            | C::KeychainLocked
            | C::KeychainWaiting
            | C::KeychainFailed
            | C::TooLarge
            | C::SecretUnreadable
            | C::VaultLocked
            | C::VaultMissing
            | C::VaultDamaged
            | C::PassphraseWrong
            | C::PassphraseTooShort => Self::NoKeychain,
            C::ApiOff
            | C::Denied
            | C::AuthorizeRefused
            | C::CodeRefused
            | C::CodeSpent
            | C::ClientRefused
            | C::ScopeRefused
            | C::NotConfirmed
            | C::FilterRefused
            | C::Forbidden => Self::Refused,
            C::ClientSecretMissing
            | C::CertificateOver
            | C::AuthorityMissing
            | C::InvalidProxy
            | C::ProxyWithPassword
            | C::NotThisProduct
            | C::NoOauth
            | C::AttemptOver
            | C::NotACode
            | C::WholeAddressNeeded
            | C::WrongSite
            | C::OtherPerson
            | C::ConnectedElsewhere
            | C::ConnectUnderWay
            | C::PortTaken
            | C::Stopped
            | C::BrowserFailed
            | C::ClipboardFailed
            | C::FileUnreadable
            | C::FileUnwritable
            | C::HistoryDamaged => Self::Other,
        }
    }
}
