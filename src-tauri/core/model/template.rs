//! The one template form of provider definitions: literal text with `{name}` in it.
//!
//! `{base:1}` is the second label of the host of the input `base`. Where a value lands decides how
//! it is encoded, so a value can never add a parameter or a path of its own.

use std::collections::BTreeMap;

use serde::Deserialize;
use url::Url;
use url::form_urlencoded::byte_serialize;

/// The values a template may use, by name.
pub type Values = BTreeMap<String, String>;

/// A parsed template.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Value { name: String, label: Option<usize> },
}

impl TryFrom<String> for Template {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let mut parts = Vec::new();
        let mut rest = text.as_str();
        while let Some(open) = rest.find('{') {
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

impl Part {
    fn parse(inside: &str) -> Result<Self, String> {
        let (name, label) = match inside.split_once(':') {
            Some((name, index)) => {
                let index = index.parse().map_err(|_| format!("`{{{inside}}}`: not a number after the colon"))?;
                (name, Some(index))
            }
            None => (inside, None),
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        if name.is_empty() || !name.chars().all(is_name) {
            return Err(format!("`{{{inside}}}` is not a name"));
        }
        Ok(Self::Value { name: name.to_owned(), label })
    }
}

impl Template {
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
        self.fill(values, |_, value| value.to_owned())
    }

    /// The text as an address. A value that is itself an address stays as it is where the address
    /// begins; every other value is percent-encoded.
    pub fn url(&self, values: &Values) -> Option<Url> {
        let filled = self.fill(values, |before, value| {
            let is_address = before.is_empty() && Url::parse(value).is_ok_and(|url| url.has_host());
            if is_address {
                return value.to_owned();
            }
            byte_serialize(value.as_bytes()).collect::<String>().replace('+', "%20")
        })?;
        Url::parse(&filled).ok()
    }

    fn fill(&self, values: &Values, encode: impl Fn(&str, &str) -> String) -> Option<String> {
        let mut out = String::new();
        for part in &self.0 {
            match part {
                Part::Literal(text) => out.push_str(text),
                Part::Value { name, label: None } => out.push_str(&encode(&out, values.get(name)?)),
                Part::Value { name, label: Some(index) } => {
                    let url = Url::parse(values.get(name)?).ok()?;
                    out.push_str(&encode(&out, url.host_str()?.split('.').nth(*index)?));
                }
            }
        }
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(text: &str) -> Template {
        Template::try_from(text.to_owned()).unwrap()
    }

    fn values() -> Values {
        [("base", "https://acme.my.example.com/sub"), ("id", "a b&c=/?#"), ("org", "12")]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .into()
    }

    #[test]
    fn a_base_address_stays_and_other_values_are_encoded() {
        let url = template("{base}/x/{id}?org={org}").url(&values()).unwrap();
        assert_eq!(url.as_str(), "https://acme.my.example.com/sub/x/a%20b%26c%3D%2F%3F%23?org=12");
    }

    #[test]
    fn an_address_in_the_middle_is_a_value_like_any_other() {
        let url = template("https://x.example/?to={base}").url(&values()).unwrap();
        assert_eq!(url.query(), Some("to=https%3A%2F%2Facme.my.example.com%2Fsub"));
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
        for text in ["{base", "{}", "{a b}", "{base:x}"] {
            assert!(Template::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
