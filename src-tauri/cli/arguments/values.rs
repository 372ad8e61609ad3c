//! Values of the command line that are more than a word.

use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::SignedDuration;
use tallykey_core::CopyFormat;
use tallykey_core::model::site::Redirect;

/// A time as people write it.
pub fn duration(text: &str) -> Result<Duration, String> {
    let signed: SignedDuration = text.parse().map_err(|_| "a time such as 90s, 10m or 2h".to_owned())?;
    signed.try_into().map_err(|_| "a time cannot be negative".to_owned())
}

/// A name and what it is set to.
pub fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("KEY=VALUE")?;
    Ok((key.to_owned(), value.to_owned()))
}

/// A way back, by its name.
pub fn redirect() -> impl TypedValueParser<Value = Redirect> {
    let names = ["loopback", "loopback-port", "localhost-port", "oob", "paste"];
    PossibleValuesParser::new(names).try_map(|name| serde_json::from_value(name.into()))
}

/// A form of a token, by its name.
pub fn format() -> impl TypedValueParser<Value = CopyFormat> {
    let names = ["raw", "header", "curl", "httpie", "powershell", "env", "json"];
    PossibleValuesParser::new(names).try_map(|name| serde_json::from_value(name.into()))
}

/// A header's name and value, as they stand in a request.
pub fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("NAME: VALUE")?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, seconds) in [("90s", 90), ("10m", 600), ("2h", 7200), ("1h 30m", 5400), ("PT5M", 300)] {
            assert_eq!(duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "90", "ten", "-5m", "1 month"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_value_may_hold_an_equals_sign() {
        assert_eq!(pair("base=https://x.example/?a=b").unwrap().1, "https://x.example/?a=b");
        assert!(pair("base").is_err());
    }
}
