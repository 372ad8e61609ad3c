//! How counts that a person makes are asked for.

use std::collections::BTreeSet;

use serde::Deserialize;
use url::form_urlencoded::parse;

use super::{Next, Query, Request, Template, Text, UrlTemplate};

/// How a count that a person makes is asked for: a request and a page, to which its own parameters
/// are added. At least one of `filter` and `saved` is there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnCounts {
    /// Below the API's base.
    pub path: Template,
    /// Query parameters of every such request.
    #[serde(default)]
    pub query: Query,
    /// JSON Pointer to the number.
    pub at: String,
    /// The page that lists what is counted.
    pub page: UrlTemplate,
    /// Filters that a person types.
    pub filter: Option<Filters>,
    /// Queries that are saved at the site.
    pub saved: Option<Saved>,
}

/// What may be typed as a filter.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filters {
    /// An example, with what a person must know of it.
    pub hint: Text,
    /// Names that filter and do nothing else. `*` at the end of one stands for a number.
    pub names: BTreeSet<String>,
    /// How a server that ignores names it does not know is made to tell them.
    pub trial: Option<Trial>,
}

/// A request with no value for any of the names, which the server refuses with one error for each that
/// it knows there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// The status of the refusal.
    pub status: u16,
    /// JSON Pointer to the list of errors.
    pub errors: String,
    /// Names that keep their values: which others there are depends on them, and a wrong value of
    /// theirs is refused anyway.
    #[serde(default)]
    pub keep: BTreeSet<String>,
}

/// The list of queries that are saved at the site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// Below the API's base.
    pub path: Template,
    /// Query parameters.
    #[serde(default)]
    pub query: Query,
    /// JSON Pointer to the list.
    pub items: String,
    /// JSON Pointer in an item to its value.
    pub value: String,
    /// JSON Pointer in an item to its name.
    pub text: String,
    /// How to get the rest of a long list.
    pub next: Option<Next>,
    /// The query parameter that takes the value.
    pub parameter: String,
    /// What else must be named for a query that belongs to a part of the site.
    pub within: Option<Within>,
}

/// The part of the site to which a saved query belongs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// JSON Pointer in an item to the part's value; absent in an item that belongs to the whole site.
    pub at: String,
    /// The query parameter that takes it.
    pub parameter: String,
}

/// Parameters by name, in their order.
pub type Pairs = Vec<(String, String)>;

/// Why a typed filter cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// This part is no `name=value`, or a name is there twice.
    Form(String),
    /// This name is none of the definition's.
    Name(String),
}

/// Parts a saved query's own value from that of what it belongs to.
const WITHIN: char = '@';

impl Filters {
    /// The parameters of a typed filter. Percent-encoding is undone, and a plus is a plus: people type
    /// `<t+7` as it is, and copy a space as `%20`.
    ///
    /// # Errors
    /// The first part that cannot be used.
    pub fn pairs(&self, typed: &str) -> Result<Pairs, Unusable> {
        let mut pairs = Pairs::new();
        let typed = typed.trim();
        for part in typed.strip_prefix('?').unwrap_or(typed).split('&') {
            let form = || Unusable::Form(part.trim().to_owned());
            let escaped = part.trim().replace('+', "%2B");
            let (name, value) = parse(escaped.as_bytes()).into_owned().next().ok_or_else(form)?;
            if name.is_empty() || value.is_empty() || value.chars().any(char::is_control) {
                return Err(form());
            }
            if !self.knows(&name) {
                return Err(Unusable::Name(name));
            }
            if pairs.iter().any(|(other, _)| *other == name) {
                return Err(form());
            }
            pairs.push((name, value));
        }
        Ok(pairs)
    }

    fn knows(&self, name: &str) -> bool {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let fits = |known: &str| match known.strip_suffix('*') {
            Some(stem) => name.strip_prefix(stem).is_some_and(is_number),
            None => known == name,
        };
        self.names.iter().any(|known| fits(known))
    }
}

impl Trial {
    /// The names of a filter that are tried.
    pub fn tried<'a>(&self, pairs: &'a Pairs) -> Vec<&'a str> {
        pairs.iter().map(|(name, _)| name.as_str()).filter(|name| !self.keep.contains(*name)).collect()
    }

    /// The parameters that try these names, beside those that keep their values.
    pub fn pairs(&self, pairs: &Pairs, names: &[&str]) -> Pairs {
        let kept = pairs.iter().filter(|(name, _)| self.keep.contains(name)).cloned();
        kept.chain(names.iter().map(|name| ((*name).to_owned(), String::new()))).collect()
    }
}

impl Saved {
    /// What is asked.
    pub fn request(&self) -> Request<'_> {
        Request { path: &self.path, query: &self.query }
    }

    /// The one value of a saved query and of what it belongs to.
    pub fn value(value: &str, within: Option<&str>) -> String {
        within.map_or_else(|| value.to_owned(), |within| format!("{value}{WITHIN}{within}"))
    }

    /// The parameters of such a value.
    pub fn pairs(&self, value: &str) -> Pairs {
        let (query, within) = match value.split_once(WITHIN) {
            Some((query, within)) => (query, Some(within)),
            None => (value, None),
        };
        let within = self.within.iter().zip(within).map(|(part, value)| (part.parameter.clone(), value.to_owned()));
        std::iter::once((self.parameter.clone(), query.to_owned())).chain(within).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filters() -> Filters {
        let names = ["status_id", "due_date", "subject", "cf_*"].map(str::to_owned).into();
        Filters { hint: Text::new(), names, trial: None }
    }

    fn read(typed: &str) -> Vec<(String, String)> {
        filters().pairs(typed).unwrap_or_else(|error| panic!("{typed}: {error:?}"))
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn a_filter_is_read_as_it_is_typed_or_copied() {
        assert_eq!(read(" status_id=open & due_date=<t+7 "), [pair("status_id", "open"), pair("due_date", "<t+7")]);
        assert_eq!(read("?due_date=%3Ct%2B7"), [pair("due_date", "<t+7")]);
        assert_eq!(read("subject=~a b=c"), [pair("subject", "~a b=c")]);
        assert_eq!(read("cf_12=!*"), [pair("cf_12", "!*")]);
    }

    #[test]
    fn a_name_that_filters_nothing_is_refused_by_name() {
        for name in ["limit", "key", "access_token", "format", "query_id", "f[]", "cf_", "cf_x", "cf_1x", "STATUS_ID"] {
            let typed = format!("status_id=open&{name}=1");
            assert_eq!(filters().pairs(&typed), Err(Unusable::Name(name.to_owned())), "{typed}");
        }
    }

    #[test]
    fn what_is_no_list_of_names_and_values_is_refused() {
        for typed in ["", "open", "=open", "status_id=", "status_id=open&", "status_id=1&status_id=2", "subject=a%0Ab"]
        {
            assert!(matches!(filters().pairs(typed), Err(Unusable::Form(_))), "{typed}");
        }
    }

    #[test]
    fn a_name_that_is_encoded_is_the_same_name() {
        assert_eq!(filters().pairs("l%69mit=1"), Err(Unusable::Name("limit".to_owned())));
        assert_eq!(filters().pairs("status_id%3D1%26limit=2"), Err(Unusable::Name("status_id=1&limit".to_owned())));
    }

    #[test]
    fn a_trial_asks_for_every_name_without_its_value_but_where_it_is() {
        let trial = Trial { status: 422, errors: "/errors".to_owned(), keep: ["project_id".to_owned()].into() };
        let pairs = vec![pair("project_id", "3"), pair("status_id", "open")];
        let names = trial.tried(&pairs);
        assert_eq!(names, ["status_id"]);
        assert_eq!(trial.pairs(&pairs, &names), [pair("project_id", "3"), pair("status_id", "")]);
    }

    #[test]
    fn a_saved_query_names_what_it_belongs_to() {
        let text = r#"path = "/q"
            items = "/q"
            value = "/id"
            text = "/name"
            parameter = "query_id"
            within = { at = "/project_id", parameter = "project_id" }"#;
        let saved: Saved = toml::from_str(text).unwrap();
        assert_eq!(saved.pairs(&Saved::value("7", None)), [pair("query_id", "7")]);
        assert_eq!(saved.pairs(&Saved::value("7", Some("3"))), [pair("query_id", "7"), pair("project_id", "3")]);
    }
}
