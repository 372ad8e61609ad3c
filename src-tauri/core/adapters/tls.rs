//! Whom we believe to be the server: the platform's verdict, with at most one certificate more.

use std::io;
use std::sync::Arc;

use jiff::Timestamp;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::verify_server_name;
use rustls::crypto::{CryptoProvider, aws_lc_rs};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::Verifier;

use crate::error::{Error, ErrorCode, Result};
use crate::model::authority::Authority;

/// HTTP over TLS as the client speaks it, best first (RFC 7301).
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// The platform's trust store, and where one is given a person's own certificate beside it.
///
/// # Errors
/// [`ErrorCode::TlsUntrusted`] if the platform's trust store cannot be used.
pub fn config(authority: Option<&Authority>) -> Result<ClientConfig> {
    let build = || {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions()?;
        let verifier: Arc<dyn ServerCertVerifier> = match authority {
            Some(authority) => Arc::new(Widened::new(authority.clone(), provider)?),
            None => Arc::new(Verifier::new(provider)?),
        };
        let mut config = builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth();
        config.alpn_protocols = PROTOCOLS.map(<[u8]>::to_vec).into();
        Ok::<_, rustls::Error>(config)
    };
    build().map_err(|error| Error::new(ErrorCode::TlsUntrusted).detail(why(&error)))
}

/// Trusts what the platform trusts, and one certificate: as exactly itself, and if it is an authority's,
/// for what it signed. That the server holds the certificate's key is for rustls to see, as always.
#[derive(Debug)]
struct Widened {
    authority: Authority,
    platform: Verifier,
}

impl Widened {
    fn new(authority: Authority, provider: Arc<CryptoProvider>) -> Result<Self, rustls::Error> {
        // As a root, a server's own certificate would vouch for others too.
        let roots = authority.is_authority.then(|| authority.der.clone());
        Ok(Self { platform: Verifier::new_with_extra_roots(roots, provider)?, authority })
    }

    fn verify_itself(&self, server: &ServerName<'_>, now: UnixTime) -> Result<ServerCertVerified, rustls::Error> {
        let second = |at: Timestamp| {
            UnixTime::since_unix_epoch(std::time::Duration::from_secs(at.as_second().max(0).unsigned_abs()))
        };
        let (from, until) = (second(self.authority.from), second(self.authority.until));
        if now < from {
            return Err(CertificateError::NotValidYetContext { time: now, not_before: from }.into());
        }
        if now > until {
            return Err(CertificateError::ExpiredContext { time: now, not_after: until }.into());
        }
        verify_server_name(&ParsedCertificate::try_from(&self.authority.der)?, server)?;
        Ok(ServerCertVerified::assertion())
    }
}

impl ServerCertVerifier for Widened {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        server: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if *certificate == self.authority.der {
            return self.verify_itself(server, now);
        }
        self.platform.verify_server_cert(certificate, chain, server, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.platform.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.platform.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.platform.supported_verify_schemes()
    }
}

/// What TLS says of a failure, wherever among its causes it stands.
pub fn refusal<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a rustls::Error> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(refusal) = error.downcast_ref() {
            return Some(refusal);
        }
        // What an `io::Error` wraps is not its source, but its source's error.
        if let Some(wrapped) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            let wrapped: &(dyn std::error::Error + 'static) = wrapped;
            return refusal(wrapped);
        }
        cause = error.source();
    }
    None
}

/// Why a certificate is not believed.
pub fn code(error: &rustls::Error) -> ErrorCode {
    use CertificateError as C;
    let rustls::Error::InvalidCertificate(certificate) = error else { return ErrorCode::TlsUntrusted };
    match certificate {
        C::Expired | C::ExpiredContext { .. } => ErrorCode::TlsExpired,
        C::NotValidYet | C::NotValidYetContext { .. } => ErrorCode::TlsTooEarly,
        C::NotValidForName | C::NotValidForNameContext { .. } => ErrorCode::TlsWrongName,
        _ => ErrorCode::TlsUntrusted,
    }
}

/// What belongs to that: a day, names, or what it is in few words.
pub fn why(error: &rustls::Error) -> String {
    use CertificateError as C;
    let rustls::Error::InvalidCertificate(certificate) = error else { return error.to_string() };
    match certificate {
        C::UnknownIssuer => "unknown issuer".to_owned(),
        C::Expired | C::NotValidYet | C::NotValidForName => String::new(),
        C::ExpiredContext { not_after, .. } => day(*not_after),
        C::NotValidYetContext { not_before, .. } => day(*not_before),
        C::NotValidForNameContext { presented, .. } => {
            presented.iter().map(|name| bare(name)).collect::<Vec<_>>().join(", ")
        }
        C::Revoked => "revoked".to_owned(),
        // A server shows what should only sign others; webpki has no type for it.
        other => other.to_string(),
    }
}

/// webpki writes a name with its kind: `DnsName("tracker.example")`.
fn bare(name: &str) -> &str {
    let inner = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')'));
    inner.unwrap_or(name).trim_matches('"')
}

fn day(at: UnixTime) -> String {
    let at = i64::try_from(at.as_secs()).ok().and_then(|second| Timestamp::from_second(second).ok());
    at.map_or_else(|| "?".to_owned(), |at| at.strftime("%Y-%m-%d").to_string())
}
