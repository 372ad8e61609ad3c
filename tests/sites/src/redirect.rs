//! Which redirect URIs count as the same.

use url::{Host, Url};

use crate::OUT_OF_BAND;

/// How a product compares redirect URIs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Rule {
    /// As Redmine: [`matches`].
    #[default]
    Loopback,
    /// Character by character, as where the guide says no more than "the registered one".
    Exact,
}

impl Rule {
    pub(crate) fn allows(self, asked: &str, registered: &str) -> bool {
        match self {
            Self::Loopback => matches(asked, registered),
            Self::Exact => asked == registered,
        }
    }
}

/// Whether `asked` is the `registered` one. As at Redmine: of a loopback *address* any port will do (RFC 8252, 7.3), of
/// the name `localhost` only the registered one; the path must be equal; a query is ignored unless one is registered.
fn matches(asked: &str, registered: &str) -> bool {
    if asked == OUT_OF_BAND || registered == OUT_OF_BAND {
        return asked == registered;
    }
    let (Ok(mut asked), Ok(mut registered)) = (Url::parse(asked), Url::parse(registered)) else {
        return false;
    };
    if asked.fragment().is_some() {
        return false;
    }
    if is_loopback(&asked) && is_loopback(&registered) {
        for url in [&mut asked, &mut registered] {
            url.set_port(None).expect("an address with a host takes a port");
        }
    }
    if registered.query().is_none() {
        asked.set_query(None);
    }
    asked == registered
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::matches;
    use crate::OUT_OF_BAND;

    #[test]
    fn a_loopback_address_takes_any_port_and_nothing_else() {
        let registered = "http://127.0.0.1/callback";
        assert!(matches("http://127.0.0.1:61234/callback", registered));
        assert!(matches("http://127.0.0.1:61234/callback?a=1", registered));
        for other in [
            "http://127.0.0.1:61234/other",
            "http://127.0.0.1:61234/callback/",
            "http://127.0.0.1:61234/callback#x",
            "http://localhost:61234/callback",
            "http://[::1]:61234/callback",
            "https://127.0.0.1:61234/callback",
            OUT_OF_BAND,
            "",
        ] {
            assert!(!matches(other, registered), "{other}");
        }
    }

    #[test]
    fn localhost_keeps_its_port() {
        assert!(matches("http://localhost:4000/cb", "http://localhost:4000/cb"));
        assert!(!matches("http://localhost:4001/cb", "http://localhost:4000/cb"));
    }
}
