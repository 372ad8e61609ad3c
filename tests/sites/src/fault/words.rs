//! Faults as they are written in JSON.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Fault;

/// The faults of one word.
const WORDS: [(&str, Fault); 13] = [
    ("html200", Fault::Html200),
    ("drop_before", Fault::DropBefore),
    ("drop_after", Fault::DropAfter),
    ("half_answer", Fault::HalfAnswer),
    ("broken_json", Fault::BrokenJson),
    ("trickle_before", Fault::TrickleBefore),
    ("trickle_after", Fault::TrickleAfter),
    ("garbage", Fault::Garbage),
    ("no_refresh_token", Fault::NoRefreshToken),
    ("no_expires_in", Fault::NoExpiresIn),
    ("invalid_grant", Fault::InvalidGrant),
    ("error200", Fault::Error200),
    ("redirect", Fault::Redirect(307, 9)),
];

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(status, None) => write!(f, "status:{status}"),
            Self::Status(status, Some(seconds)) => write!(f, "status:{status},retry_after:{seconds}"),
            Self::StatusUntil(status, seconds) => write!(f, "status:{status},retry_date:{seconds}"),
            Self::Error(status, error) => write!(f, "error:{status},{}", word(error)),
            Self::Slow(milliseconds) => write!(f, "slow:{milliseconds}"),
            Self::Redirect(status, port) => write!(f, "redirect:{status},port:{port}"),
            Self::Big(bytes) => write!(f, "big:{bytes}"),
            Self::Gzip(bytes) => write!(f, "gzip:{bytes}"),
            Self::Odd(odd) => write!(f, "odd:{}", word(odd)),
            single => {
                let (word, _) = WORDS.iter().find(|(_, fault)| fault == single).expect("all others are above");
                f.write_str(word)
            }
        }
    }
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let single = || WORDS.iter().find(|(word, _)| *word == text).map(|(_, fault)| *fault);
        let fault = match text.split_once(':') {
            None => single(),
            Some((word, rest)) => with_number(word, rest),
        };
        fault.ok_or_else(|| format!("not a fault: {text}"))
    }
}

fn with_number(word: &str, rest: &str) -> Option<Fault> {
    let (first, more) = match rest.split_once(',') {
        Some((first, more)) => (first, Some(more)),
        None => (rest, None),
    };
    Some(match (word, more) {
        ("slow", None) => Fault::Slow(first.parse().ok()?),
        ("big", None) => Fault::Big(first.parse().ok()?),
        ("gzip", None) => Fault::Gzip(first.parse().ok()?),
        ("odd", None) => Fault::Odd(unit(first)?),
        ("status", None) => Fault::Status(first.parse().ok()?, None),
        ("status", Some(more)) => match more.split_once(':')? {
            ("retry_after", seconds) => Fault::Status(first.parse().ok()?, Some(seconds.parse().ok()?)),
            ("retry_date", seconds) => Fault::StatusUntil(first.parse().ok()?, seconds.parse().ok()?),
            _ => return None,
        },
        ("error", Some(more)) => Fault::Error(first.parse().ok()?, unit(more)?),
        ("redirect", Some(more)) => Fault::Redirect(first.parse().ok()?, more.strip_prefix("port:")?.parse().ok()?),
        _ => return None,
    })
}

/// A unit variant as it is written.
pub(crate) fn word(unit: &impl Serialize) -> String {
    match serde_json::to_value(unit) {
        Ok(Value::String(word)) => word,
        _ => unreachable!("only unit variants are written here"),
    }
}

fn unit<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}

impl TryFrom<String> for Fault {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        fault.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn a_fault_is_read_as_it_is_written() {
        for text in [
            "html200",
            "status:503",
            "status:429,retry_after:7",
            "status:429,retry_date:-60",
            "error:400,slow_down",
            "drop_after",
            "slow:1500",
            "trickle_before",
            "redirect:302,port:9",
            "big:9",
            "gzip:9",
            "odd:huge_life",
            "error200",
        ] {
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
        for text in
            ["", "html201", "status:", "status:x", "slow", "status:429,retry_after:", "odd:even", "error:400,moon"]
        {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
    }
}
