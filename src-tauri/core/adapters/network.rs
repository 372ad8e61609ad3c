//! The way out: which proxy, and whose certificates are believed beside the platform's.
//!
//! Both are read again for each request, so that what a person changes holds at once, in every program.
//! Requests under way end as they began.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rustls::ClientConfig;

use super::authority_files::AuthorityFiles;
use super::folders::Folders;
use super::http::Http;
use super::settings_file::SettingsFile;
use super::tls;
use crate::error::Result;
use crate::model::authority::Fingerprint;
use crate::model::proxy::Proxy;

/// Hands out clients. Clones hand out the same ones, which share their connections.
#[derive(Clone, Debug)]
pub struct Network {
    settings: SettingsFile,
    /// What is trusted for single sites.
    pub authorities: AuthorityFiles,
    platform: ClientConfig,
    clients: Arc<Mutex<Clients>>,
}

#[derive(Debug, Default)]
struct Clients {
    proxy: Proxy,
    made: HashMap<Option<Fingerprint>, Http>,
}

impl Network {
    /// Over the files of these folders.
    ///
    /// # Errors
    /// [`ErrorCode::TlsUntrusted`](crate::ErrorCode::TlsUntrusted) if the platform's trust store cannot be used.
    pub fn new(folders: &Folders) -> Result<Self> {
        Ok(Self {
            settings: SettingsFile::new(folders),
            authorities: AuthorityFiles::new(folders),
            platform: tls::config(None)?,
            clients: Arc::default(),
        })
    }

    /// The proxy of now.
    pub fn proxy(&self) -> Proxy {
        self.settings.read().proxy
    }

    /// The client for what trusts one more certificate, or none.
    ///
    /// # Errors
    /// [`ErrorCode::AuthorityMissing`](crate::ErrorCode::AuthorityMissing),
    /// [`ErrorCode::CertificateOver`](crate::ErrorCode::CertificateOver) or those of [`Proxy::check`]: nothing
    /// is sent then.
    pub fn http(&self, authority: Option<&Fingerprint>, now: Timestamp) -> Result<Http> {
        let unsent = |mut error: crate::error::Error| {
            error.unsent = true;
            error
        };
        let proxy = self.proxy();
        proxy.check().map_err(unsent)?;
        let authority = authority.map(|fingerprint| self.authorities.read(fingerprint)).transpose()?;
        if let Some(authority) = &authority {
            authority.holds_at(now).map_err(unsent)?;
        }
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if clients.proxy != proxy {
            *clients = Clients { proxy: proxy.clone(), made: HashMap::new() };
        }
        let key = authority.as_ref().map(|authority| authority.fingerprint.clone());
        if let Some(http) = clients.made.get(&key) {
            return Ok(http.clone());
        }
        let http = match &authority {
            Some(_) => Http::new(&tls::config(authority.as_ref())?, &proxy)?,
            None => Http::new(&self.platform, &proxy)?,
        };
        clients.made.insert(key, http.clone());
        Ok(http)
    }
}
