//! The one template form of provider definitions: literal text with `{name}` in it.
//!
//! `{base:1}` is the second label of the host of the input `base`, `{today-7}` the day a week ago.
//! A brace before anything but a letter is a brace. Where a value lands decides how it is encoded,
//! so a value can never add a parameter or a path of its own.

mod address;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use jiff::{Span, civil::Date};
use serde::Deserialize;
use url::Url;
use url::form_urlencoded::byte_serialize;

pub use self::address::{Origin, UrlTemplate};

/// The values a template may use, by name.
pub type Values = BTreeMap<String, String>;

/// A parsed template.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Value { name: String, change: Change },
}

/// What is done with a value before it is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    None,
    /// One label of its host.
    Label(usize),
    /// So many days later.
    Days(i32),
}

impl TryFrom<String> for Template {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut parts = Vec::new();
        let mut rest = text.as_str();
        while let Some(open) = opening(rest) {
            let (literal, tail) = rest.split_at(open);
            if !literal.is_empty() {
                parts.push(Part::Literal(literal.to_owned()));
            }
            let close = tail.find('}').ok_or_else(|| format!("`{text}` has a {{ without a }}"))?;
            parts.push(Part::parse(&tail[1..close])?);
            rest = &tail[close + 1..];
        }
        if !rest.is_empty() {
            parts.push(Part::Literal(rest.to_owned()));
        }
        Ok(Self(parts))
    }
}

/// Where the first name begins.
fn opening(text: &str) -> Option<usize> {
    let begins = |at: &usize| text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
    text.match_indices('{').map(|(at, _)| at).find(begins)
}

impl Part {
    fn parse(inside: &str) -> Result<Self, String> {
        let number = |text: &str| text.parse::<i32>().map_err(|_| format!("`{{{inside}}}`: `{text}` is not a number"));
        let (name, change) = match (inside.split_once(':'), inside.find(['+', '-'])) {
            (Some((name, index)), _) => {
                let index = index.parse().map_err(|_| format!("`{{{inside}}}`: not a number after the colon"))?;
                (name, Change::Label(index))
            }
            (None, Some(sign)) => (&inside[..sign], Change::Days(number(&inside[sign..])?)),
            (None, None) => (inside, Change::None),
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        if name.is_empty() || !name.chars().all(is_name) || (matches!(change, Change::Days(_)) && name != "today") {
            return Err(format!("`{{{inside}}}` is not a name"));
        }
        Ok(Self::Value { name: name.to_owned(), change })
    }
}

impl Change {
    fn of(self, value: &str) -> Option<Cow<'_, str>> {
        match self {
            Self::None => Some(value.into()),
            Self::Label(index) => Some(Url::parse(value).ok()?.host_str()?.split('.').nth(index)?.to_owned().into()),
            Self::Days(days) => {
                let date: Date = value.parse().ok()?;
                Some(date.checked_add(Span::new().try_days(days).ok()?).ok()?.to_string().into())
            }
        }
    }
}

impl fmt::Display for Template {
    /// As it is written in a definition.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Literal(text) => f.write_str(text),
            Part::Value { name, change: Change::None } => write!(f, "{{{name}}}"),
            Part::Value { name, change: Change::Label(index) } => write!(f, "{{{name}:{index}}}"),
            Part::Value { name, change: Change::Days(days) } => write!(f, "{{{name}{days:+}}}"),
        })
    }
}

impl Template {
    /// A text that a person or a server gave: whatever braces are in it mean nothing.
    pub fn literal(text: impl Into<String>) -> Self {
        Self(vec![Part::Literal(text.into())])
    }

    /// The names used in it.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Value { name, .. } => Some(name.as_str()),
            Part::Literal(_) => None,
        })
    }

    /// The text with each value as it is: for header, form and query values, which are encoded
    /// by their own carrier.
    pub fn text(&self, values: &Values) -> Option<String> {
        self.fill(values, |_, value| Some(value.to_owned()))
    }

    /// The text as a part of a path: every value is percent-encoded, and none leads upwards.
    pub fn path(&self, values: &Values) -> Option<String> {
        self.fill(values, |_, value| encoded(value))
    }

    fn fill(&self, values: &Values, encode: impl Fn(&str, &str) -> Option<String>) -> Option<String> {
        let mut out = String::new();
        for part in &self.0 {
            match part {
                Part::Literal(text) => out.push_str(text),
                Part::Value { name, change } => out.push_str(&encode(&out, &change.of(values.get(name)?)?)?),
            }
        }
        Some(out)
    }
}

/// Dots alone are a step to another folder, however they are encoded.
fn encoded(value: &str) -> Option<String> {
    let is_step = matches!(value, "." | "..");
    (!is_step).then(|| byte_serialize(value.as_bytes()).collect::<String>().replace('+', "%20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(text: &str) -> Template {
        Template::try_from(text.to_owned()).unwrap()
    }

    fn values() -> Values {
        [("base", "https://acme.my.example.com/sub"), ("id", "a b&c=/?#"), ("org", "12"), ("today", "2026-03-01")]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .into()
    }

    #[test]
    fn a_host_label_can_be_taken_out() {
        assert_eq!(template("{base:1}").text(&values()).as_deref(), Some("my"));
    }

    #[test]
    fn a_missing_value_gives_nothing() {
        assert_eq!(template("{nobody}").text(&values()), None);
    }

    #[test]
    fn broken_braces_and_names_are_refused() {
        for text in ["{base", "{a b}", "{base:x}", "{base-7}", "{today-x}"] {
            assert!(Template::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    #[test]
    fn json_is_no_template() {
        let json = r#"[{"assignee":{"operator":"=","values":["{org}"]}}]"#;
        let filled = template(json).text(&values()).unwrap();
        assert_eq!(filled, r#"[{"assignee":{"operator":"=","values":["12"]}}]"#);
    }

    #[test]
    fn days_are_counted_across_months() {
        assert_eq!(template("{today-1}").text(&values()).as_deref(), Some("2026-02-28"));
        assert_eq!(template("{today+7}").text(&values()).as_deref(), Some("2026-03-08"));
    }

    #[test]
    fn a_template_is_shown_as_it_is_written() {
        for text in ["{base}/x/{id}?a={base:1}", "{today-1}", "{today+7}", "plain"] {
            assert_eq!(template(text).to_string(), text);
        }
    }

    #[test]
    fn a_value_in_a_path_is_one_step_of_it() {
        let path = |id: &str| template("/boards/{id}/tasks").path(&[("id".to_owned(), id.to_owned())].into());
        assert_eq!(path("../x").as_deref(), Some("/boards/..%2Fx/tasks"));
        assert_eq!(path(".."), None);
    }
}
