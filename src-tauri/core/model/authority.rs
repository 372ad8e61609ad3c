//! A certificate a person trusts for one site: who it is of, until when it holds, and what it may vouch for.

use std::fmt::{self, Write as _};

use jiff::{SignedDuration, Timestamp};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::server::ParsedCertificate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate, X509Name};

use crate::error::{Error, ErrorCode, Result};

/// In bytes. A certificate has two kilobytes, a whole chain some ten.
pub const LARGEST: usize = 64 * 1024;

/// Longest name that is shown: it comes from a file of somebody else.
const NAME_CHARS: usize = 80;

/// The SHA-256 of a certificate in lower hexadecimal digits: what a site names it by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fingerprint(String);

impl Fingerprint {
    fn of(der: &[u8]) -> Self {
        Self(Sha256::digest(der).iter().fold(String::new(), |mut hex, byte| {
            write!(hex, "{byte:02x}").expect("a string takes all");
            hex
        }))
    }

    /// Reads one as it is kept.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(text.to_owned())).filter(Self::is_one)
    }

    /// Whether it is one at all: a list may be changed by hand, and this becomes a file's name.
    pub fn is_one(&self) -> bool {
        self.0.len() == 64 && self.0.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    }

    /// As other programs show it and people compare it: `AB:CD:…`.
    pub fn in_pairs(&self) -> String {
        let digits = self.0.to_uppercase();
        let pairs: Vec<_> = digits.as_bytes().chunks(2).map(String::from_utf8_lossy).collect();
        pairs.join(":")
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// Its name among the files.
    pub fingerprint: Fingerprint,
    /// Whose it is, in its own words.
    pub subject: String,
    /// From when it holds.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Whether it vouches for others; else it is a server's own, and trusted as that alone.
    pub is_authority: bool,
    /// How many certificates the file had behind it, which are not used.
    pub more: usize,
    /// The certificate itself.
    pub der: CertificateDer<'static>,
}

impl Authority {
    /// The first certificate of a file, PEM or DER.
    ///
    /// # Errors
    /// [`ErrorCode::NotACertificate`], or [`ErrorCode::PrivateKeyGiven`] whatever else is in it.
    pub fn parse(content: &[u8]) -> Result<Self> {
        if content.len() > LARGEST {
            return Err(refused("larger than 64 KiB"));
        }
        let text = String::from_utf8_lossy(content);
        if text.contains("PRIVATE KEY-----") {
            return Err(ErrorCode::PrivateKeyGiven.into());
        }
        if !text.contains("-----BEGIN") {
            return Self::from_der(&content.to_vec().into(), 0);
        }
        let mut all = Vec::new();
        for certificate in CertificateDer::pem_slice_iter(content) {
            all.push(certificate.map_err(|error| refused(&error.to_string()))?);
        }
        let more = all.len().saturating_sub(1);
        let first = all.into_iter().next().ok_or_else(|| refused("no CERTIFICATE in it"))?;
        Self::from_der(&first, more)
    }

    /// The certificate of these bytes alone.
    ///
    /// # Errors
    /// [`ErrorCode::NotACertificate`].
    fn from_der(der: &CertificateDer<'static>, more: usize) -> Result<Self> {
        let (rest, certificate) =
            X509Certificate::from_der(der).map_err(|_| refused("neither PEM nor an X.509 certificate"))?;
        if !rest.is_empty() {
            return Err(refused("something follows the certificate"));
        }
        let is_authority = certificate.is_ca();
        if !is_authority {
            may_be_a_servers(der, &certificate)?;
        }
        let validity = certificate.validity();
        Ok(Self {
            fingerprint: Fingerprint::of(der),
            subject: name(certificate.subject()),
            from: at(validity.not_before.timestamp()),
            until: at(validity.not_after.timestamp()),
            is_authority,
            more,
            der: der.clone(),
        })
    }

    /// Refuses one whose time is over.
    ///
    /// # Errors
    /// [`ErrorCode::CertificateOver`] with its last day.
    pub fn holds_at(&self, now: Timestamp) -> Result<()> {
        if self.until >= now {
            return Ok(());
        }
        Err(Error::new(ErrorCode::CertificateOver).detail(format!("{} ({})", day(self.until), self.subject)))
    }

    /// Its last day.
    pub fn last_day(&self) -> String {
        day(self.until)
    }

    /// Whether it ends within a month, so that somebody should see to it.
    pub fn ends_soon(&self, now: Timestamp) -> bool {
        self.until.duration_since(now) < SignedDuration::from_hours(30 * 24)
    }
}

/// A certificate may say 9999-12-31, for no end (RFC 5280 §4.1.2.5), which is past what a calendar here holds.
fn at(second: i64) -> Timestamp {
    let (least, most) = (Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    Timestamp::from_second(second.clamp(least, most)).unwrap_or(Timestamp::MAX)
}

/// Refuses what no server could ever be believed with: it is neither an authority's, nor does TLS read it as
/// a server's, or it names no host where TLS looks for it (RFC 9525 §2).
fn may_be_a_servers(der: &CertificateDer<'_>, certificate: &X509Certificate<'_>) -> Result<()> {
    if let Err(error) = ParsedCertificate::try_from(der) {
        let version = certificate.version();
        return Err(refused(&format!("neither an authority's nor usable for a server: {version}, {error}")));
    }
    let names = certificate.subject_alternative_name().ok().flatten();
    let is_host = |name: &GeneralName<'_>| matches!(name, GeneralName::DNSName(_) | GeneralName::IPAddress(_));
    if names.is_some_and(|names| names.value.general_names.iter().any(is_host)) {
        return Ok(());
    }
    Err(refused("neither an authority's nor usable for a server: no host in subjectAltName"))
}

fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// What people call it: the common name, else the organization, else the whole of it.
fn name(subject: &X509Name<'_>) -> String {
    let common = subject.iter_common_name().chain(subject.iter_organization()).find_map(|part| part.as_str().ok());
    let whole = common.map_or_else(|| subject.to_string(), ToOwned::to_owned);
    let shown = |c: &char| {
        !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
    };
    let name: String = whole.chars().filter(shown).take(NAME_CHARS).collect();
    if name.trim().is_empty() { "?".to_owned() } else { name }
}

fn refused(why: &str) -> Error {
    Error::new(ErrorCode::NotACertificate).detail(why)
}
