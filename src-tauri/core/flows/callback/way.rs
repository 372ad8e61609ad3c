//! How the answer of one attempt comes back.

use super::listener::Listener;
use crate::error::{Error, Result};
use crate::model::provider::{Application, Provider};
use crate::model::site::Redirect;

/// A way back that is ready to be taken.
pub struct Way {
    /// Its kind.
    pub redirect: Redirect,
    /// The attempt's `redirect_uri`.
    pub uri: String,
    /// What waits there.
    pub listener: Option<Listener>,
    /// Why it is not the way that was wanted.
    pub instead_of: Option<Error>,
}

impl Way {
    /// Opens the wanted way. Where nothing can listen, the code is shown, if the provider can do that.
    ///
    /// # Errors
    /// [`ErrorCode::PortTaken`](crate::ErrorCode::PortTaken).
    pub async fn open(provider: &Provider, application: &Application, wanted: Redirect) -> Result<Self> {
        let port = provider.oauth.redirect_port;
        let without = |redirect: Redirect, instead_of| {
            let uri = redirect.uri(port);
            Self { redirect, uri, listener: None, instead_of }
        };
        if !wanted.listens() {
            return Ok(without(wanted, None));
        }
        match Listener::bind(wanted, port).await {
            // Read after binding: until then nobody knows which port it is (RFC 8252 §7.3).
            Ok(listener) => {
                let uri = wanted.uri(listener.port());
                Ok(Self { redirect: wanted, uri, listener: Some(listener), instead_of: None })
            }
            Err(error) if provider.ways(application).contains(&Redirect::Oob) => {
                Ok(without(Redirect::Oob, Some(error)))
            }
            Err(error) => Err(error),
        }
    }
}
