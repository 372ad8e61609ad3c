//! Templates that make an address.

use serde::Deserialize;
use url::Url;

use super::{Change, Part, Template, Values, encoded};

/// A template that makes an address: it begins with `https` and a host, or with an input that is an
/// address. Nothing filled in can change where it leads.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "Template")]
pub struct UrlTemplate {
    template: Template,
    /// Absent where an input begins it.
    host: Option<Url>,
}

/// Where the addresses of a template lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin<'a> {
    /// To the address in this input.
    Input(&'a str),
    /// Here; the path is cut off.
    Host(Url),
}

impl TryFrom<Template> for UrlTemplate {
    type Error = String;

    fn try_from(template: Template) -> Result<Self, Self::Error> {
        let host = match template.0.first() {
            Some(Part::Value { change: Change::None, .. }) if ends_the_host(template.0.get(1)) => None,
            Some(Part::Value { change: Change::None, .. }) => {
                return Err(format!("`{template}` needs a slash after the input that begins it"));
            }
            Some(Part::Literal(text)) => Some(
                fixed_host(text, template.0.len() == 1)
                    .ok_or_else(|| format!("`{template}` does not begin with https:// and a host, or with an input"))?,
            ),
            _ => return Err(format!("`{template}` is not an address")),
        };
        Ok(Self { template, host })
    }
}

/// Whether what follows an address that is filled in leaves its host as it is: `@`, `:` or a dot would not.
fn ends_the_host(next: Option<&Part>) -> bool {
    match next {
        None => true,
        Some(Part::Literal(text)) => text.starts_with(['/', '?']),
        Some(_) => false,
    }
}

/// Scheme and host of a template's first words: whole only if a slash ends them, or nothing follows.
fn fixed_host(text: &str, alone: bool) -> Option<Url> {
    let (_, rest) = text.split_once("://")?;
    if !alone && !rest.contains('/') {
        return None;
    }
    let mut url = Url::parse(text).ok()?;
    crate::model::address::require_https(&url).ok()?;
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    Some(url)
}

impl UrlTemplate {
    /// The template itself.
    pub fn template(&self) -> &Template {
        &self.template
    }

    /// Where its addresses lead.
    pub fn origin(&self) -> Origin<'_> {
        match &self.host {
            Some(host) => Origin::Host(host.clone()),
            None => Origin::Input(self.template.names().next().unwrap_or_default()),
        }
    }

    /// The address. An input that begins it stays as it is; every other value is percent-encoded.
    pub fn url(&self, values: &Values) -> Option<Url> {
        let filled = self
            .template
            .fill(values, |before, value| if before.is_empty() { Some(value.to_owned()) } else { encoded(value) })?;
        // What stands before an `@` is never a part of an address of ours.
        Url::parse(&filled).ok().filter(|url| url.has_host() && url.username().is_empty() && url.password().is_none())
    }

    /// The address as a text, exactly as it is written.
    pub fn text(&self, values: &Values) -> Option<String> {
        self.template.text(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Result<UrlTemplate, String> {
        UrlTemplate::try_from(Template::try_from(text.to_owned())?)
    }

    fn values() -> Values {
        [("base", "https://acme.my.example.com/sub"), ("id", "a b&c=/?#"), ("org", "12")]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .into()
    }

    #[test]
    fn a_base_address_stays_and_other_values_are_encoded() {
        let url = address("{base}/x/{id}?org={org}").unwrap().url(&values()).unwrap();
        assert_eq!(url.as_str(), "https://acme.my.example.com/sub/x/a%20b%26c%3D%2F%3F%23?org=12");
    }

    #[test]
    fn an_address_in_the_middle_is_a_value_like_any_other() {
        let url = address("https://x.example/?to={base}").unwrap().url(&values()).unwrap();
        assert_eq!(url.query(), Some("to=https%3A%2F%2Facme.my.example.com%2Fsub"));
    }

    #[test]
    fn addresses_are_https_and_nothing_filled_in_moves_them() {
        for text in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "http://tracker.example.jp/token",
            "https://{id}/token",
            "https://tracker.example.jp{id}/token",
            "https://tracker.example.jp:{id}/token",
            "https://user:secret@tracker.example.jp/token",
            "{base:1}/token",
            "{base}@evil.example/token",
            "{base}:443@evil.example/token",
            "{base}.evil.example/token",
            "{base}{org}/token",
            "/token",
            "",
        ] {
            assert!(address(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nobody_signs_in_by_an_address() {
        let values: Values = [("base".to_owned(), "https://me:secret@tracker.example.jp".to_owned())].into();
        assert_eq!(address("{base}/token").unwrap().url(&values), None);
    }

    #[test]
    fn addresses_tell_where_they_lead() {
        assert_eq!(address("{base}/token").unwrap().origin(), Origin::Input("base"));
        let host = |text: &str| match address(text).unwrap().origin() {
            Origin::Host(url) => url.to_string(),
            Origin::Input(name) => panic!("{name}"),
        };
        assert_eq!(host("https://Tracker.example.jp/a/{id}?b"), "https://tracker.example.jp/");
        assert_eq!(host("http://127.0.0.1:4000/a"), "http://127.0.0.1:4000/");
    }
}
