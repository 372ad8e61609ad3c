//! The `.tallykey` file: sites as a team passes them on. Never a secret, and nothing of one person: no
//! choices, no connection, and nobody to trust.
//!
//! ```toml
//! schema = 1
//!
//! [[site]]
//! provider = "redmine"
//! name = "Harbour"
//! client_id = "…"
//!
//! [site.inputs]
//! base = "https://redmine.example.jp"
//! ```
//!
//! It comes from somebody else, so reading it changes nothing: a person adds what it names, and the
//! address is looked at as for any new site.

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};

use super::provider::Problem;
use super::site::{Redirect, Site};
use super::template::Values;
use crate::error::{Error, ErrorCode, Result};

/// How the file's name ends, without the dot.
pub const EXTENSION: &str = "tallykey";

/// In bytes. A site takes some three hundred; nobody passes on two hundred of them.
pub const LARGEST: usize = 64 * 1024;

const SCHEMA: u32 = 1;

/// For whoever opens the file with an editor.
const COMMENT: &str = "# Sites for Tallykey, without any secret. Add them with: tallykey import FILE\n";

/// A site as the file names it: what a person would fill in, but for the client secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportedSite {
    /// A provider's id; it may be one that is not known here.
    #[serde(deserialize_with = "plain")]
    pub provider: String,
    /// The name it had; here it may be taken.
    #[serde(deserialize_with = "plain")]
    pub name: String,
    /// The application's id at the provider.
    #[serde(deserialize_with = "plain")]
    pub client_id: String,
    /// The kind of application; the usual one where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
    /// How the answer comes back; the provider's best way where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect: Option<Redirect>,
    /// What to ask for; the provider's own list where empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// Values for the provider's inputs, as they were given.
    #[serde(default)]
    pub inputs: Values,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Content {
    schema: u32,
    #[serde(rename = "site", default)]
    sites: Vec<ImportedSite>,
}

/// The sites a file names, in its order.
///
/// # Errors
/// [`ErrorCode::NotASiteFile`] with line and reason.
pub fn read(text: &str) -> Result<Vec<ImportedSite>> {
    let refused = |problem: Problem| Error::new(ErrorCode::NotASiteFile).detail(problem.to_string());
    if text.len() > LARGEST {
        return Err(refused(Problem::new("larger than 64 KiB")));
    }
    // Some editors put one in front.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    known_schema(text).map_err(refused)?;
    let content: Content = toml::from_str(text).map_err(|error| refused(Problem::in_toml(text, &error)))?;
    if content.sites.is_empty() {
        return Err(refused(Problem::new("no [[site]] in it")));
    }
    Ok(content.sites)
}

/// Of another schema nothing else is known, not even its keys.
fn known_schema(text: &str) -> Result<(), Problem> {
    #[derive(Deserialize)]
    struct Version {
        schema: u32,
    }
    let Version { schema } = toml::from_str(text).map_err(|error| Problem::in_toml(text, &error))?;
    if schema == SCHEMA { Ok(()) } else { Err(Problem::new(format!("schema {schema}; this Tallykey reads {SCHEMA}"))) }
}

/// The text of a file with these sites.
pub fn write(sites: &[Site]) -> String {
    let content = Content { schema: SCHEMA, sites: sites.iter().map(ImportedSite::from).collect() };
    let text = toml::to_string_pretty(&content).expect("sites are tables of strings");
    format!("{COMMENT}{text}")
}

impl From<&Site> for ImportedSite {
    fn from(site: &Site) -> Self {
        Self {
            provider: site.provider.clone(),
            name: site.name.clone(),
            client_id: site.client_id.clone(),
            application: site.application.clone(),
            redirect: Some(site.redirect),
            scopes: site.scopes.clone(),
            inputs: site.inputs.clone(),
        }
    }
}

/// A text with something in it and without control characters.
fn plain<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let text = String::deserialize(from)?;
    match text.trim() {
        "" => Err(D::Error::custom("empty")),
        text if text.chars().any(char::is_control) => Err(D::Error::custom("holds control characters")),
        text => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::authority::Fingerprint;
    use crate::model::site::SiteId;

    const SITE: &str = "[[site]]\nprovider = \"redmine\"\nname = \"Harbour\"\nclient_id = \"abc\"\n";

    fn refusal(text: &str) -> String {
        let error = read(text).expect_err("must be refused");
        assert_eq!(error.code, ErrorCode::NotASiteFile);
        error.detail.unwrap()
    }

    #[test]
    fn what_was_written_reads_back() {
        let site = Site {
            id: SiteId::random(),
            name: "港 \"north\"".to_owned(),
            provider: "redmine".to_owned(),
            client_id: "abc".to_owned(),
            redirect: Redirect::Oob,
            scopes: vec!["view_issues".to_owned()],
            application: Some("web".to_owned()),
            inputs: [("base".to_owned(), "https://redmine.example.jp".to_owned())].into(),
            choices: [("user".to_owned(), Vec::new())].into(),
            refresh_minutes: Some(15),
            authority: Fingerprint::parse(&"ab".repeat(32)),
            wishes: Vec::new(),
            own_counts: Vec::new(),
        };
        let text = write(std::slice::from_ref(&site));
        assert_eq!(read(&text).unwrap(), [ImportedSite::from(&site)]);
        assert!(!text.contains(&site.id.to_string()) && !text.contains("choices"), "{text}");
        assert!(site.authority.is_some() && !text.contains("abab"), "nor whom to trust: {text}");
    }

    #[test]
    fn what_may_be_left_out_may_be_left_out() {
        let [site] = &read(&format!("\u{feff}schema = 1\n{SITE}")).unwrap()[..] else { panic!("one site") };
        assert_eq!((site.name.as_str(), site.redirect, site.application.as_deref()), ("Harbour", None, None));
        assert!(site.scopes.is_empty() && site.inputs.is_empty());
    }

    #[test]
    fn a_secret_is_no_part_of_it_and_is_not_repeated() {
        let detail = refusal(&format!("schema = 1\n{SITE}client_secret = \"hunter2\"\n"));
        assert!(detail.starts_with("line 6: unknown field `client_secret`"), "{detail}");
        assert!(!detail.contains("hunter2"));
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        for (text, line) in [
            (SITE.to_owned(), ""),
            ("schema = 1\n".to_owned(), "no [[site]] in it"),
            (format!("schema = 2\n{SITE}"), "schema 2"),
            (format!("schema = 1\n{}", SITE.replace("Harbour", " ")), "line 4: empty"),
            (format!("schema = 1\n{}", SITE.replace("Harbour", "a\\u001bb")), "line 4: holds control characters"),
            (format!("schema = 1\n{SITE}name = oops\n"), "line 6"),
            ("<!doctype html>".to_owned(), "line 1"),
            (format!("schema = 1\n{SITE}{}", "#".repeat(LARGEST)), "larger than 64 KiB"),
        ] {
            let detail = refusal(&text);
            assert!(detail.starts_with(line), "{detail}");
        }
    }
}
