//! The sockets an answer comes to.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};

use crate::error::{Error, ErrorCode, Result};
use crate::model::site::Redirect;

/// Listens on this computer only. Dropping it closes the port.
pub struct Listener {
    first: TcpListener,
    second: Option<TcpListener>,
    port: u16,
}

/// When the system has no connection to give, asking again at once would not help.
const PAUSE: Duration = Duration::from_millis(100);

impl Listener {
    /// Listens where a way back leads to; `port` is the registered one.
    ///
    /// # Errors
    /// [`ErrorCode::PortTaken`].
    pub async fn bind(redirect: Redirect, port: u16) -> Result<Self> {
        let taken = |error: io::Error| Error::new(ErrorCode::PortTaken).detail(error.to_string());
        let port = if redirect == Redirect::Loopback { 0 } else { port };
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(taken)?;
        let port = first.local_addr().map_err(taken)?.port();
        // A browser may take `localhost` for either address; nobody else is to have the other one.
        let second = match redirect {
            Redirect::LocalhostPort => match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(taken(error)),
                bound => bound.ok(),
            },
            _ => None,
        };
        Ok(Self { first, second, port })
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The next connection.
    pub async fn accept(&self) -> TcpStream {
        loop {
            let accepted = tokio::select! {
                accepted = self.first.accept() => accepted,
                accepted = accept(self.second.as_ref()) => accepted,
            };
            match accepted {
                Ok((stream, _)) => return stream,
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }
}

async fn accept(listener: Option<&TcpListener>) -> io::Result<(TcpStream, std::net::SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}
