//! Answers of a token endpoint that are whole, but not as RFC 6749 §5.1 writes them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// What is odd about an answer with tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Odd {
    /// `refresh_token` is null, and the old one stays the one to use.
    NullRefreshToken,
    /// `refresh_token` is "", and the old one stays the one to use.
    EmptyRefreshToken,
    /// Each member is there twice; the second is right.
    DuplicateKeys,
    /// `token_type` is `BEARER`.
    LoudTokenType,
    /// `token_type` is `mac`, and bearer is meant.
    OtherTokenType,
    /// `token_type` is a number.
    NumberTokenType,
    /// There is no `token_type`.
    NoTokenType,
    /// A member that nobody needs holds bytes that are no text.
    NoText,
    /// A byte order mark comes first.
    Marked,
    /// A comment of a proxy comes behind it.
    Commented,
    /// Its `Content-Type` is `text/html`.
    CalledHtml,
    /// Its status is 201.
    Created,
    /// `expires_in` is 0.
    ZeroLife,
    /// `expires_in` is below 0.
    NegativeLife,
    /// `expires_in` is a string of digits.
    TextLife,
    /// `expires_in` is a string with words.
    WordLife,
    /// `expires_in` has a fraction.
    FloatLife,
    /// `expires_in` is longer than any calendar.
    HugeLife,
    /// `expires_in` is beyond what 64 bits hold.
    BeyondLife,
    /// `expires_in` is null.
    NullLife,
}

impl Odd {
    /// The right answer, made odd.
    pub(crate) fn body(self, right: &[u8]) -> Vec<u8> {
        let Ok(Value::Object(mut members)) = serde_json::from_slice(right) else { return right.to_vec() };
        match self {
            Self::DuplicateKeys => return twice(&members),
            Self::NoText => return [b"{\"note\":\"\xff\xfe\",", &right[1..]].concat(),
            Self::Marked => return [b"\xef\xbb\xbf", right].concat(),
            Self::Commented => return [right, b"\n<!-- served by a cache -->\n"].concat(),
            Self::BeyondLife => {
                members.remove("expires_in");
                let text = Value::Object(members).to_string();
                return format!("{{\"expires_in\":1{},{}", "0".repeat(40), &text[1..]).into_bytes();
            }
            Self::CalledHtml | Self::Created => {}
            Self::NoTokenType => drop(members.remove("token_type")),
            Self::NullRefreshToken | Self::EmptyRefreshToken => set(&mut members, "refresh_token", self.value()),
            Self::LoudTokenType | Self::OtherTokenType | Self::NumberTokenType => {
                set(&mut members, "token_type", self.value());
            }
            _ => set(&mut members, "expires_in", self.value()),
        }
        Value::Object(members).to_string().into_bytes()
    }

    /// What its member holds.
    fn value(self) -> Value {
        match self {
            Self::EmptyRefreshToken => json!(""),
            Self::LoudTokenType => json!("BEARER"),
            Self::OtherTokenType => json!("mac"),
            Self::NumberTokenType => json!(7),
            Self::ZeroLife => json!(0),
            Self::NegativeLife => json!(-7200),
            Self::TextLife => json!("7200"),
            Self::WordLife => json!("two hours"),
            Self::FloatLife => json!(7200.5),
            Self::HugeLife => json!(u64::MAX),
            _ => Value::Null,
        }
    }
}

fn set(members: &mut Map<String, Value>, name: &str, value: Value) {
    members.insert(name.to_owned(), value);
}

fn twice(members: &Map<String, Value>) -> Vec<u8> {
    let wrong = members.keys().map(|name| format!("{}:\"first\"", json!(name)));
    let right = members.iter().map(|(name, value)| format!("{}:{value}", json!(name)));
    format!("{{{}}}", wrong.chain(right).collect::<Vec<_>>().join(",")).into_bytes()
}
