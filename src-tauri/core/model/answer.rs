//! The answer of an authorization endpoint (RFC 6749 §4.1.2), as a redirect carries it or a person
//! pastes it.

use std::collections::BTreeMap;

use subtle::ConstantTimeEq;
use url::form_urlencoded::parse;

use super::secret::Secret;
use crate::error::{Error, ErrorCode, Result};

/// What an answer must match to be this attempt's.
#[derive(Clone, Copy)]
pub struct Expected<'a> {
    /// The attempt's `state`.
    pub state: &'a str,
    /// The server's issuer identifier, where its definition names one.
    pub issuer: Option<&'a str>,
    /// What further parameters say, where the answer has them; letter case does not matter.
    pub fields: &'a BTreeMap<String, String>,
}

/// One answer. Nothing of it is printed: it may hold a code.
pub struct Answer {
    code: Option<String>,
    error: Option<String>,
    description: Option<String>,
    state: Option<String>,
    issuer: Option<String>,
    others: BTreeMap<String, String>,
}

impl Answer {
    /// Reads the query of a redirect. A parameter that is there twice makes it no answer (§3.1).
    pub fn read(query: &str) -> Option<Self> {
        let mut answer =
            Self { code: None, error: None, description: None, state: None, issuer: None, others: BTreeMap::new() };
        for (key, value) in parse(query.as_bytes()) {
            let place = match key.as_ref() {
                "code" => &mut answer.code,
                "error" => &mut answer.error,
                "error_description" => &mut answer.description,
                "state" => &mut answer.state,
                "iss" => &mut answer.issuer,
                _ => {
                    let before = answer.others.insert(key.into_owned(), value.into_owned());
                    if before.is_some() {
                        return None;
                    }
                    continue;
                }
            };
            if place.replace(value.into_owned()).is_some() {
                return None;
            }
        }
        Some(answer)
    }

    /// Whether it says that it is this attempt's: what comes by itself must. A server that is known
    /// to name itself always does (RFC 9207 §2.4).
    pub fn is_of(&self, expected: Expected<'_>) -> bool {
        let names_itself = expected.issuer.is_none() || self.issuer.is_some();
        self.state.is_some() && names_itself && !self.is_foreign(expected)
    }

    /// Whether it names a state at all.
    pub fn has_state(&self) -> bool {
        self.state.is_some()
    }

    /// Whether it says that it is another attempt's, or another server's (RFC 9207 §2.4).
    pub fn is_foreign(&self, expected: Expected<'_>) -> bool {
        let other_state = self.state.as_ref().is_some_and(|state| !same(state, expected.state));
        let other_issuer = match (&self.issuer, expected.issuer) {
            (Some(issuer), Some(expected)) => issuer != expected,
            _ => false,
        };
        let other_field = expected
            .fields
            .iter()
            .any(|(name, expected)| self.others.get(name).is_some_and(|value| !value.eq_ignore_ascii_case(expected)));
        other_state || other_issuer || other_field
    }

    /// The code in it, or why there is none.
    ///
    /// # Errors
    /// [`ErrorCode::NotACode`], or as [`refusal`].
    pub fn code(self) -> Result<Secret> {
        match (self.error, self.code) {
            (Some(error), _) => Err(refusal(&error, self.description.as_deref())),
            (None, Some(code)) => bare(&code),
            (None, None) => Err(ErrorCode::NotACode.into()),
        }
    }
}

/// Takes the same time wherever they differ, so that nobody can guess a state letter by letter.
fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// A code alone: visible ASCII without a space (RFC 6749 appendix A.11).
///
/// # Errors
/// [`ErrorCode::NotACode`].
pub fn bare(text: &str) -> Result<Secret> {
    let visible = text.bytes().all(|b| b.is_ascii_graphic());
    if text.is_empty() || !visible {
        return Err(ErrorCode::NotACode.into());
    }
    Ok(Secret::from(text))
}

/// An error of the authorization endpoint (RFC 6749 §4.1.2.1).
pub fn refusal(error: &str, description: Option<&str>) -> Error {
    match error {
        "access_denied" => ErrorCode::Denied.into(),
        "invalid_scope" => Error::new(ErrorCode::ScopeRefused).detail(description.unwrap_or(error)),
        _ => Error::new(ErrorCode::AuthorizeRefused).detail(description.unwrap_or(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::secret::ExposeSecret;
    use super::*;

    const EXPECTED: Expected<'_> =
        Expected { state: "s1", issuer: Some("https://tracker.example.jp"), fields: &BTreeMap::new() };

    const UNNAMED: Expected<'_> = Expected { issuer: None, ..EXPECTED };

    #[test]
    fn a_code_with_the_attempts_state_is_its_answer() {
        let answer = Answer::read("code=abc&state=s1").unwrap();
        assert!(answer.is_of(UNNAMED));
        assert_eq!(answer.code().unwrap().expose_secret(), "abc");
    }

    #[test]
    fn another_state_or_none_is_not_the_attempts() {
        for query in ["code=abc", "code=abc&state=", "code=abc&state=s2", "code=abc&state=s11", "code=abc&state=S1"] {
            assert!(!Answer::read(query).unwrap().is_of(EXPECTED), "{query}");
        }
    }

    #[test]
    fn another_issuer_is_refused_and_so_is_none_where_one_is_known() {
        let answer = |issuer: &str| Answer::read(&format!("code=abc&state=s1{issuer}")).unwrap();
        assert!(answer("&iss=https%3A%2F%2Ftracker.example.jp").is_of(EXPECTED));
        for issuer in ["", "&iss=https%3A%2F%2Ftracker.example.jp%2F", "&iss=https%3A%2F%2Fevil.example", "&iss="] {
            assert!(!answer(issuer).is_of(EXPECTED), "{issuer}");
        }
        assert!(!answer("").is_foreign(EXPECTED), "a page that shows a code does not name the server");
        assert!(answer("&iss=https%3A%2F%2Fanywhere.example").is_of(UNNAMED));
    }

    #[test]
    fn a_parameter_that_is_there_twice_makes_no_answer() {
        for query in ["state=s1&code=a&code=b", "code=a&state=s2&state=s1", "error=x&error=y", "iss=a&iss=b"] {
            assert!(Answer::read(query).is_none(), "{query}");
        }
    }

    #[test]
    fn a_further_parameter_that_says_otherwise_is_refused_and_none_is_not_missed() {
        let fields = [("domain".to_owned(), "acme".to_owned())].into();
        let expected = Expected { fields: &fields, ..UNNAMED };
        let answer = |more: &str| Answer::read(&format!("code=abc&state=s1{more}")).unwrap();
        assert!(answer("").is_of(expected));
        assert!(answer("&domain=ACME&lane=my").is_of(expected));
        assert!(!answer("&domain=evil").is_of(expected));
        assert!(Answer::read("code=abc&domain=acme&domain=evil").is_none());
    }

    #[test]
    fn an_error_outweighs_a_code() {
        let code = |query: &str| Answer::read(query).unwrap().code().unwrap_err().code;
        assert_eq!(code("error=access_denied&code=abc&state=s1"), ErrorCode::Denied);
        assert_eq!(code("error=invalid_scope&state=s1"), ErrorCode::ScopeRefused);
        assert_eq!(code("error=server_error&state=s1"), ErrorCode::AuthorizeRefused);
        assert_eq!(code("state=s1"), ErrorCode::NotACode);
    }
}
