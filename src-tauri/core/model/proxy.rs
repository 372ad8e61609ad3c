//! The way out: the system's proxy, none, or one address.

use serde::{Deserialize, Serialize};
use url::Url;

use super::address::host;
use crate::error::{Error, ErrorCode, Result};

/// Which proxy requests go through. One word or an address in `settings.toml`, and never a password.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Proxy {
    /// As the system or the environment says.
    #[default]
    System,
    /// Straight to the server.
    None,
    /// This one.
    Address(String),
    /// Something else was written, which is not kept here: it may hold a password.
    Refused(ErrorCode),
}

/// What stands for an address that is not repeated.
const REFUSED: &str = "refused";

/// `socks5h` asks the proxy for the names of hosts too.
const SCHEMES: [&str; 4] = ["http", "https", "socks5", "socks5h"];

impl Proxy {
    /// Reads a proxy as a person types it; one without a scheme is of `http`.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidProxy`], [`ErrorCode::ProxyWithPassword`]: neither repeats what was typed.
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        match text {
            "" | "system" => return Ok(Self::System),
            "none" => return Ok(Self::None),
            REFUSED => return Err(ErrorCode::InvalidProxy.into()),
            _ => {}
        }
        let whole = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        if whole.contains('@') {
            return Err(ErrorCode::ProxyWithPassword.into());
        }
        let url = Url::parse(&whole).map_err(|_| Error::new(ErrorCode::InvalidProxy))?;
        let is_bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        if !SCHEMES.contains(&url.scheme()) || host(&url).is_empty() || !is_bare {
            return Err(ErrorCode::InvalidProxy.into());
        }
        Ok(Self::Address(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// Refuses what cannot be used.
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse).
    pub fn check(&self) -> Result<()> {
        if let Self::Refused(code) = self { Err((*code).into()) } else { Ok(()) }
    }
}

impl From<String> for Proxy {
    fn from(text: String) -> Self {
        Self::parse(&text).unwrap_or_else(|error| Self::Refused(error.code))
    }
}

impl From<Proxy> for String {
    fn from(proxy: Proxy) -> Self {
        match proxy {
            Proxy::System => "system".to_owned(),
            Proxy::None => "none".to_owned(),
            Proxy::Address(address) => address,
            Proxy::Refused(_) => REFUSED.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Proxy::parse(text).unwrap().into()
    }

    #[test]
    fn a_proxy_is_a_word_or_an_address_with_or_without_its_scheme() {
        for (text, kept) in [
            ("system", "system"),
            ("", "system"),
            ("none", "none"),
            (" proxy.example.jp:8080 ", "http://proxy.example.jp:8080"),
            ("https://proxy.example.jp/", "https://proxy.example.jp"),
            ("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080"),
            ("socks5h://[::1]:1080", "socks5h://[::1]:1080"),
        ] {
            assert_eq!(read(text), kept, "{text}");
        }
    }

    #[test]
    fn a_password_in_it_is_refused_and_not_repeated() {
        for text in ["http://me:hunter2@proxy.example", "me:hunter2@proxy.example:8080", "socks5://me@[::1]", "a:b@@"] {
            let error = Proxy::parse(text).expect_err("must be refused");
            assert_eq!((error.code, error.detail), (ErrorCode::ProxyWithPassword, None), "{text}");
            assert_eq!(String::from(Proxy::from(text.to_owned())), "refused");
        }
    }

    #[test]
    fn what_is_no_proxy_is_refused() {
        for text in ["ftp://proxy.example", "http://", "http://proxy.example/path", "http://proxy.example?x", "::"] {
            assert_eq!(Proxy::parse(text).expect_err("must be refused").code, ErrorCode::InvalidProxy, "{text}");
        }
    }
}
