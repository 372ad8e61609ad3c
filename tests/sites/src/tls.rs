//! TLS before a simulated site, with certificates of an authority nobody has heard of, and a proxy that notes
//! where it was asked to go.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::sign::{CertifiedKey, SingleCertAndKey};

/// What is odd about a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Its time is over.
    Expired,
    /// Its time has not begun.
    Early,
    /// It says that it never ends (RFC 5280 §4.1.2.5).
    Endless,
}

/// A company's own authority.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate with its key, as a server has them.
pub struct Identity {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Authority {
    /// A new one, unlike any other, that has this name.
    pub fn named(name: &str) -> Self {
        Self::with(name, None)
    }

    /// One whose own time is odd.
    pub fn with(name: &str, flaw: Option<Flaw>) -> Self {
        let mut params = params(name, &[], flaw);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, key()).expect("a certificate"))
    }

    /// A server's own certificate that signs others all the same.
    pub fn usurped(names: &[&str]) -> Self {
        Self(CertifiedIssuer::self_signed(params("server", names, None), key()).expect("a certificate"))
    }

    /// Its certificate, as an administrator hands it out.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A server's certificate for these names.
    pub fn issue(&self, names: &[&str], flaw: Option<Flaw>) -> Identity {
        let key = key();
        let certificate = params("server", names, flaw).signed_by(&key, &self.0).expect("a certificate");
        Identity { certificate, key }
    }
}

impl Identity {
    /// A certificate nobody signed but the server itself.
    pub fn self_signed(names: &[&str], flaw: Option<Flaw>) -> Self {
        let key = key();
        Self { certificate: params("server", names, flaw).self_signed(&key).expect("a certificate"), key }
    }

    /// The same certificate, shown by somebody who has another key.
    #[must_use]
    pub fn stolen(&self) -> Self {
        Self { certificate: self.certificate.clone(), key: key() }
    }

    /// The certificate alone.
    pub fn pem(&self) -> String {
        self.certificate.pem()
    }

    /// The certificate alone, as DER.
    pub fn der(&self) -> Vec<u8> {
        self.certificate.der().to_vec()
    }

    /// With the key, as it should never be handed out.
    pub fn pem_with_key(&self) -> String {
        format!("{}{}", self.certificate.pem(), self.key.serialize_pem())
    }

    /// A server with this certificate before the one at `to`; its port at `localhost`. It ends with the runtime.
    ///
    /// # Panics
    /// If there is no free port.
    pub async fn before(&self, to: SocketAddr) -> u16 {
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).expect("a key");
        let provider = aws_lc_rs::default_provider();
        let key = provider.key_provider.load_private_key(key).expect("a key");
        // Not asked whether it is the certificate's: who stole that has another.
        let shown = CertifiedKey::new(vec![self.certificate.der().clone()], key);
        let config = ServerConfig::builder_with_provider(Arc::new(provider))
            .with_safe_default_protocol_versions()
            .expect("versions of TLS")
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(SingleCertAndKey::from(shown)));
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let mut inside = acceptor.accept(stream).await?;
                    let mut site = TcpStream::connect(to).await?;
                    copy_bidirectional(&mut inside, &mut site).await
                });
            }
        });
        port
    }
}

/// A proxy for tunnels (RFC 9110 §9.3.6) that leads all of them to one port of this computer.
pub struct Proxy {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// One whose tunnels lead to `port`. It ends with the runtime.
    ///
    /// # Panics
    /// If there is no free port.
    pub async fn to(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let own = listener.local_addr().expect("it is bound").port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let notes = asked.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let notes = notes.clone();
                tokio::spawn(async move {
                    let mut stream = BufReader::new(stream);
                    let mut line = String::new();
                    stream.read_line(&mut line).await?;
                    notes.lock().unwrap_or_else(PoisonError::into_inner).push(line.trim_end().to_owned());
                    while line.trim_end() != "" {
                        line.clear();
                        stream.read_line(&mut line).await?;
                    }
                    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
                    let mut site = TcpStream::connect(("127.0.0.1", port)).await?;
                    copy_bidirectional(&mut stream, &mut site).await
                });
            }
        });
        Self { port: own, asked }
    }

    /// Where it is.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The first line of each request it was sent.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn key() -> KeyPair {
    KeyPair::generate().expect("a key")
}

fn params(name: &str, names: &[&str], flaw: Option<Flaw>) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).expect("names of hosts");
    params.distinguished_name.push(DnType::CommonName, name);
    // rcgen's own times hold for two thousand years.
    match flaw {
        Some(Flaw::Expired) => params.not_after = date_time_ymd(2001, 2, 3),
        Some(Flaw::Early) => params.not_before = date_time_ymd(3001, 2, 3),
        Some(Flaw::Endless) => params.not_after = date_time_ymd(9999, 12, 31),
        None => {}
    }
    params
}
