//! Web addresses a person types: brought into one form, or refused with the reason.

use std::net::IpAddr;

use url::{Host, Url};

use crate::error::{Error, ErrorCode, Result};

/// A base address in its one form: scheme, host, port, path without a slash at the end.
///
/// Redmine's own guide writes the address with a trailing slash, which would lead to
/// `//oauth/authorize`; people paste the page they are looking at. A missing scheme means `https`.
/// Query and fragment are dropped, a user name or password is refused.
///
/// # Errors
/// [`ErrorCode::InvalidAddress`]; [`ErrorCode::HttpsRequired`] for `http` beyond loopback.
pub fn normalized_base(text: &str) -> Result<String> {
    let text = text.trim();
    // `tracker.example.com:8080` would parse as a scheme; it is an address without one.
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    // What cannot be read may hold a password: it is not repeated.
    let url = Url::parse(&whole).map_err(|_| Error::new(ErrorCode::InvalidAddress))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(invalid(&host(&url)));
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err(invalid(text));
    }
    require_https(&url)?;
    let mut url = url;
    url.set_query(None);
    url.set_fragment(None);
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Refuses every scheme but `https`, and `http` for this computer itself (RFC 6749 §3.1, §3.2;
/// RFC 8252 §8.3 allows loopback).
///
/// # Errors
/// [`ErrorCode::InvalidAddress`] or [`ErrorCode::HttpsRequired`].
pub fn require_https(url: &Url) -> Result<()> {
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback(url) => Ok(()),
        "http" => Err(Error::new(ErrorCode::HttpsRequired).at(&host(url))),
        _ => Err(invalid(url.as_str())),
    }
}

/// Whether the host is this computer: `localhost`, `127.0.0.0/8` or `::1`.
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

/// Host and port as a person knows them.
pub fn host(url: &Url) -> String {
    match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => String::new(),
    }
}

fn invalid(text: &str) -> Error {
    Error::new(ErrorCode::InvalidAddress).detail(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> ErrorCode {
        normalized_base(text).expect_err("must be refused").code
    }

    #[test]
    fn a_trailing_slash_query_and_fragment_are_dropped() {
        for text in [
            "https://redmine.example.jp",
            "https://redmine.example.jp/",
            " https://redmine.example.jp/?set_filter=1#top ",
            "redmine.example.jp",
            "HTTPS://Redmine.Example.JP//",
        ] {
            assert_eq!(normalized_base(text).unwrap(), "https://redmine.example.jp", "{text}");
        }
    }

    #[test]
    fn a_sub_path_and_a_port_are_kept() {
        assert_eq!(
            normalized_base("tracker.example.com:8443/redmine/").unwrap(),
            "https://tracker.example.com:8443/redmine"
        );
    }

    #[test]
    fn plain_http_is_for_this_computer_only() {
        assert_eq!(normalized_base("http://127.0.0.1:3000/").unwrap(), "http://127.0.0.1:3000");
        assert_eq!(normalized_base("http://[::1]:3000").unwrap(), "http://[::1]:3000");
        assert_eq!(normalized_base("http://localhost").unwrap(), "http://localhost");
        assert_eq!(code("http://redmine.example.jp"), ErrorCode::HttpsRequired);
        assert_eq!(code("http://127.0.0.1.example.jp"), ErrorCode::HttpsRequired);
        assert_eq!(code("http://localhost.example.jp"), ErrorCode::HttpsRequired);
    }

    #[test]
    fn other_schemes_credentials_and_nonsense_are_refused() {
        for text in ["", "   ", "https://", "file:///etc/passwd", "https://user@host.example", "https://u:p@h.example"]
        {
            assert_eq!(code(text), ErrorCode::InvalidAddress, "{text}");
        }
        assert!(normalized_base("javascript:alert(1)").is_err());
    }
}
