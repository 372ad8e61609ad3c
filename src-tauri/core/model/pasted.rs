//! What a person pastes after approving in the browser: a bare code, the address of the page that
//! shows it, a redirected address, or the error a server shows instead.
//!
//! Mails and chats wrap lines and add quotes; those are taken off. An address of another host, or
//! with another attempt's `state`, is refused before anything is sent (RFC 9700 §4.4).

use url::Url;

use super::address::host;
use super::answer::{Answer, Expected, bare, refusal};
use super::secret::Secret;
use crate::error::{Error, ErrorCode, Result};

/// Where the answer that is pasted may come from.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The address the browser was sent to.
    pub authorize: &'a Url,
    /// The `redirect_uri` of the attempt.
    pub redirect_uri: &'a str,
    /// What the answer must match; out-of-band pages do not show the state, so it may be missing.
    pub expected: Expected<'a>,
    /// Whether something else binds the code to the attempt: PKCE, or a page that can show no state.
    pub is_bound: bool,
}

/// Codes seen are 30 to 100 characters; some servers use signed ones of 2 000. Beyond that it is
/// not a code but something else on the clipboard.
const LONGEST: usize = 8192;

/// The authorization code in a pasted text.
///
/// # Errors
/// [`ErrorCode::NotACode`], [`ErrorCode::WholeAddressNeeded`], [`ErrorCode::WrongSite`],
/// [`ErrorCode::Denied`] or [`ErrorCode::AuthorizeRefused`].
pub fn read_code(text: &str, asked: Asked<'_>) -> Result<Secret> {
    if text.len() > LONGEST {
        return Err(ErrorCode::NotACode.into());
    }
    // Mails break long lines and indent the rest; a space within a line is part of a sentence.
    let text: String = text.lines().map(str::trim).collect();
    let text = text.trim_matches(|c| "\"'`“”‘’«»<>「」『』,;".contains(c));
    if text.starts_with('{') {
        return Err(shown_error(text));
    }
    if let Ok(url) = Url::parse(text)
        && url.has_host()
    {
        return from_url(&url, asked);
    }
    if text.starts_with('?') || text.starts_with("error=") || text.contains("code=") {
        let query = text.rsplit('?').next().unwrap_or(text);
        return from_query(query, asked);
    }
    // A code that anybody may have made would connect somebody else's account.
    let code = bare(text)?;
    if asked.is_bound { Ok(code) } else { Err(ErrorCode::WholeAddressNeeded.into()) }
}

fn from_url(url: &Url, asked: Asked<'_>) -> Result<Secret> {
    // The page that shows a code is below the one that asked: another folder is another site.
    let is_same = same_origin(url, asked.authorize);
    let page = is_same && url.path().starts_with(asked.authorize.path());
    if is_same && !page && !url.query_pairs().any(|(key, _)| key == "code") {
        return Err(ErrorCode::NotACode.into());
    }
    let redirected = Url::parse(asked.redirect_uri).is_ok_and(|uri| uri.has_host() && same_origin(url, &uri));
    if !page && !redirected {
        return Err(Error::new(ErrorCode::WrongSite).detail(host(url)));
    }
    from_query(url.query().unwrap_or_default(), asked)
}

fn from_query(query: &str, asked: Asked<'_>) -> Result<Secret> {
    let answer = Answer::read(query).ok_or(ErrorCode::NotACode)?;
    if answer.is_foreign(asked.expected) || !(asked.is_bound || answer.has_state()) {
        return Err(ErrorCode::WrongSite.into());
    }
    answer.code()
}

/// Some servers show an out-of-band error as bare JSON in the browser.
fn shown_error(json: &str) -> Error {
    let value: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    match value["error"].as_str() {
        Some(error) => refusal(error, value["error_description"].as_str()),
        None => ErrorCode::NotACode.into(),
    }
}

fn same_origin(a: &Url, b: &Url) -> bool {
    a.scheme() == b.scheme() && a.host() == b.host() && a.port_or_known_default() == b.port_or_known_default()
}

#[cfg(test)]
mod tests {
    use super::super::secret::ExposeSecret;
    use super::*;

    const CODE: &str = "mfEWOAd6TFFq5swX91Qv79rVIpz7yGb-0olwNLzZUb4";

    fn read(text: &str) -> Result<String> {
        let authorize = Url::parse("https://tracker.example.jp/redmine/oauth/authorize?client_id=x").unwrap();
        let fields = std::collections::BTreeMap::new();
        let expected = Expected { state: "s1", issuer: Some("https://tracker.example.jp"), fields: &fields };
        let redirect_uri = "http://127.0.0.1:28765/callback";
        read_code(text, Asked { authorize: &authorize, redirect_uri, expected, is_bound: true })
            .map(|code| code.expose_secret().to_owned())
    }

    #[test]
    fn a_code_is_found_however_it_was_copied() {
        let (head, tail) = CODE.split_at(20);
        for text in [
            CODE.to_owned(),
            format!("  {CODE}\n"),
            format!("\"{CODE}\""),
            format!("「{CODE}」"),
            format!("{head}\r\n{tail}"),
            format!("?code={CODE}&state=s1"),
            format!("code={CODE}"),
            format!("https://tracker.example.jp/redmine/oauth/authorize/native?code={CODE}"),
            format!("<https://tracker.example.jp/redmine/oauth/authorize/native?code={CODE}&state=s1>"),
            format!("/oauth/authorize/native?code={CODE}"),
            format!("http://127.0.0.1:28765/callback?code={CODE}&state=s1"),
            format!("127.0.0.1:28765/callback?code={CODE}&state=s1"),
        ] {
            assert_eq!(read(&text).as_deref(), Ok(CODE), "{text}");
        }
    }

    #[test]
    fn an_address_of_another_site_is_refused() {
        for url in [
            "https://evil.example/oauth/authorize/native",
            "https://tracker.example.jp/oauth/authorize/native",
            "https://tracker.example.jp.evil.example/x",
            "https://tracker.example.jp:8443/x",
            "http://tracker.example.jp/x",
            "http://127.0.0.1:28766/callback",
            "http://localhost:28765/callback",
        ] {
            assert_eq!(read(&format!("{url}?code={CODE}")).unwrap_err().code, ErrorCode::WrongSite, "{url}");
        }
    }

    #[test]
    fn an_answer_of_an_older_attempt_is_refused() {
        let url = format!("https://tracker.example.jp/redmine/oauth/authorize/native?code={CODE}&state=old");
        assert_eq!(read(&url).unwrap_err().code, ErrorCode::WrongSite);
    }

    #[test]
    fn an_answer_of_another_server_is_refused() {
        let url = format!("http://127.0.0.1:28765/callback?code={CODE}&state=s1&iss=https%3A%2F%2Fevil.example");
        assert_eq!(read(&url).unwrap_err().code, ErrorCode::WrongSite);
    }

    #[test]
    fn a_denial_is_told_from_other_refusals() {
        let json =
            r#"{"error":"access_denied","error_description":"The resource owner denied the request.","state":"s1"}"#;
        assert_eq!(read(json).unwrap_err().code, ErrorCode::Denied);
        assert_eq!(read("?error=access_denied&state=s1").unwrap_err().code, ErrorCode::Denied);
        assert_eq!(read("?error=server_error&state=s1").unwrap_err().code, ErrorCode::AuthorizeRefused);
    }

    #[test]
    fn what_is_not_a_code_is_refused() {
        let long = "x".repeat(LONGEST + 1);
        for text in [
            "",
            "   ",
            "correct horse battery",
            "パスワード",
            "https://tracker.example.jp/redmine/oauth/authorize",
            "?code=a&code=b",
            "{}",
            long.as_str(),
        ] {
            assert_eq!(read(text).unwrap_err().code, ErrorCode::NotACode, "{text}");
        }
    }
}
