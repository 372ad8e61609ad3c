//! Whether a definition makes sense as a whole.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use url::Url;

use super::{ClientAuth, InputKind, LANGUAGES, Pkce, Provider, Query, Request, Text};
use crate::error::ErrorCode;
use crate::model::template::{Origin, Template, UrlTemplate};

/// What is wrong with a definition, for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// From 1; absent where no line is to blame.
    pub line: Option<usize>,
    /// What is wrong there.
    pub reason: String,
    /// What stands in the line.
    near: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

impl Problem {
    /// What is wrong with a file as a whole.
    pub fn new(reason: impl Into<String>) -> Self {
        Self { line: None, reason: reason.into(), near: None }
    }

    /// The line to blame, from 1.
    #[must_use]
    pub fn in_line(self, line: usize) -> Self {
        Self { line: Some(line), ..self }
    }

    fn near(mut self, text: impl fmt::Display) -> Self {
        self.near = Some(text.to_string());
        self
    }

    /// The reader's own words, with its line.
    pub(crate) fn in_toml(text: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        Self { line, ..Self::new(error.message()) }
    }

    /// The same with the line in which its words stand.
    pub(super) fn found_in(mut self, text: &str) -> Self {
        let near = self.near.as_deref().filter(|near| !near.is_empty());
        self.line = near.and_then(|near| text.lines().position(|line| line.contains(near))).map(|index| index + 1);
        self
    }
}

type Sound = Result<(), Problem>;

const SCHEMA: u32 = 1;
/// Names of what the program itself puts into templates.
const OWN_NAMES: [&str; 7] = ["client_id", "redirect_uri", "token", "me.id", "me.text", "now", "today"];

/// Parameters that the program alone fills in (RFC 6749, RFC 7636, RFC 9101): with another value, a
/// code would go to somebody else.
const PROTOCOL: [&str; 15] = [
    "client_id",
    "client_secret",
    "code",
    "code_challenge",
    "code_challenge_method",
    "code_verifier",
    "grant_type",
    "redirect_uri",
    "refresh_token",
    "request",
    "request_uri",
    "response_mode",
    "response_type",
    "scope",
    "state",
];

/// What an answer may be read as.
const OF_A_SERVER: [ErrorCode; 7] = [
    ErrorCode::NotThisProduct,
    ErrorCode::NoOauth,
    ErrorCode::ApiOff,
    ErrorCode::Forbidden,
    ErrorCode::RateLimited,
    ErrorCode::ServerTrouble,
    ErrorCode::UnexpectedAnswer,
];

impl Provider {
    pub(super) fn check(&self) -> Sound {
        let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || !self.id.chars().all(is_id) {
            return Err(Problem::new("`id` is not lower-case letters, digits and hyphens").near(&self.id));
        }
        self.check_names()?;
        self.check_addresses()?;
        self.check_templates()?;
        self.check_texts()?;
        self.check_oauth()?;
        self.check_codes()?;
        self.check_choices()?;
        self.check_counts()?;
        self.check_own_counts()
    }

    /// Every name means one thing.
    fn check_names(&self) -> Sound {
        let mut seen: BTreeSet<&str> = OWN_NAMES.into();
        let choices = self.choices.iter().map(|choice| choice.key.as_str());
        for key in self.inputs.iter().map(|input| input.key.as_str()).chain(choices) {
            if !seen.insert(key) {
                return Err(Problem::new(format!("the name `{key}` is taken")).near(format!("\"{key}\"")));
            }
        }
        once("applications", self.oauth.applications.iter().map(|application| &application.id))?;
        once("scopes", self.oauth.scopes.iter().map(|scope| &scope.id))?;
        once("checks", self.checks.iter().map(|check| &check.id))?;
        once("counts", self.counts.iter().map(|count| &count.id))
    }

    /// Every address begins where an address can: a person's browser opens these, and secrets go there.
    fn check_addresses(&self) -> Sound {
        let is_address = |page: &String| Url::parse(page).is_ok_and(|url| url.scheme() == "https" && url.has_host());
        if let Some(page) = self.docs.iter().find(|page| !is_address(page)) {
            return Err(Problem::new(format!("`{page}` does not begin with https:// and a host")).near(page));
        }
        let is_base = |name: &str| self.inputs.iter().any(|input| input.key == name && input.kind == InputKind::Base);
        for url in self.addresses() {
            match url.origin() {
                Origin::Input(name) if !is_base(name) => {
                    return Err(Problem::new(format!("`{name}` is not an input for an address")).near(url.template()));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn addresses(&self) -> impl Iterator<Item = &UrlTemplate> {
        let (oauth, pages) = (&self.oauth, &self.pages);
        let always = [&oauth.authorize, &oauth.token, &self.api.base, &pages.home].into_iter();
        let sometimes = oauth.refresh.iter().chain(oauth.revoke.iter().map(|revoke| &revoke.url)).chain(&oauth.issuer);
        let sometimes = sometimes.chain(&pages.register).chain(&pages.revoke);
        let asked = self.checks.iter().map(|check| &check.url).chain(self.counts.iter().map(|count| &count.page));
        always.chain(sometimes).chain(asked).chain(self.own_counts.iter().map(|own| &own.page))
    }

    /// Every template uses only what is known where it stands.
    fn check_templates(&self) -> Sound {
        let inputs: Vec<&str> = self.inputs.iter().map(|input| input.key.as_str()).collect();
        let with =
            |more: &[&'static str]| -> Vec<&str> { inputs.iter().copied().chain(more.iter().copied()).collect() };
        let oauth = &self.oauth;
        let addresses = [&oauth.authorize, &oauth.token, &self.api.base, &self.pages.home].into_iter();
        let addresses = addresses.chain(&oauth.refresh).chain(&oauth.issuer).chain(&self.pages.register);
        for url in addresses.chain(self.checks.iter().map(|check| &check.url)) {
            uses(url.template(), &inputs)?;
        }
        for url in self.pages.revoke.iter().chain(oauth.revoke.iter().map(|revoke| &revoke.url)) {
            uses(url.template(), &with(&["client_id"]))?;
        }
        for json in oauth.revoke.iter().filter_map(|revoke| revoke.json.as_ref()).flat_map(|json| json.values()) {
            uses(json, &with(&["client_id", "token"]))?;
        }
        let of_applications =
            oauth.applications.iter().flat_map(|a| a.token_params.values().chain(a.refresh_params.values()));
        for param in oauth.authorize_params.values().chain(oauth.callback.values()).chain(of_applications) {
            uses(param, &with(&["client_id", "redirect_uri"]))?;
        }
        if let Some(me) = &self.api.me {
            asks(me.request(), &inputs)?;
        }
        for choice in &self.choices {
            asks(choice.request(), &inputs)?;
        }
        let mut known = with(&["me.id", "me.text", "now", "today"]);
        known.extend(self.choices.iter().filter(|c| !c.many && !c.is_optional()).map(|choice| choice.key.as_str()));
        for count in &self.counts {
            uses(count.page.template(), &known)?;
            for term in &count.terms {
                let mut known = known.clone();
                known.extend(term.each.as_deref());
                asks(term.request(), &known)?;
            }
        }
        Ok(())
    }

    fn check_texts(&self) -> Sound {
        for text in self.texts() {
            if let Some(language) = LANGUAGES.into_iter().find(|l| !text.contains_key(*l)) {
                let problem = Problem::new(format!("a text is missing in `{language}`"));
                return Err(match text.values().next() {
                    Some(there) => problem.near(there),
                    None => problem,
                });
            }
        }
        Ok(())
    }

    fn texts(&self) -> impl Iterator<Item = &Text> {
        let inputs = self.inputs.iter().flat_map(|input| [&input.label].into_iter().chain(&input.help));
        let checks = self.checks.iter().map(|check| &check.label);
        let scopes = self.oauth.scopes.iter().map(|scope| &scope.label);
        let applications = self.oauth.applications.iter().map(|application| &application.label);
        let choices = self.choices.iter().map(|choice| &choice.label);
        let counts = self.counts.iter().map(|count| &count.label);
        let help = [&self.summary, &self.help.register, &self.help.revoke].into_iter();
        let help = help.chain(self.own_counts.iter().flat_map(|own| &own.filter).map(|filter| &filter.hint));
        inputs.chain(checks).chain(scopes).chain(applications).chain(choices).chain(counts).chain(help)
    }

    fn check_oauth(&self) -> Sound {
        let oauth = &self.oauth;
        if oauth.applications.is_empty() {
            return Err(Problem::new("`oauth.application` is empty"));
        }
        for application in &oauth.applications {
            if application.auth == ClientAuth::None && application.pkce == Pkce::Off {
                let reason = format!("`{}` has neither a secret nor PKCE", application.id);
                return Err(Problem::new(reason).near(format!("\"{}\"", application.id)));
            }
            if application.redirects.as_ref().unwrap_or(&oauth.redirects).is_empty() {
                return Err(Problem::new("`redirect` is empty").near("redirect"));
            }
        }
        if oauth.authorize.template().to_string().contains('?') {
            return Err(Problem::new("`authorize` has parameters of its own").near(oauth.authorize.template()));
        }
        let of_applications = oauth.applications.iter().flat_map(|a| a.token_params.iter().chain(&a.refresh_params));
        for (name, value) in oauth.authorize_params.iter().chain(of_applications) {
            let is_the_redirect = name == "redirect_uri" && value.to_string() == "{redirect_uri}";
            if PROTOCOL.contains(&name.as_str()) && !is_the_redirect {
                return Err(Problem::new(format!("`{name}` is not for a definition to say")).near(name));
            }
        }
        if oauth.redirect_port == 0 {
            return Err(Problem::new("`redirect_port` is 0").near("redirect_port"));
        }
        // What a person approves at one host is not exchanged at another.
        for url in [&oauth.token].into_iter().chain(&oauth.refresh) {
            if url.origin() != oauth.authorize.origin() {
                return Err(Problem::new("tokens come from another host than the sign-in page").near(url.template()));
            }
        }
        match &oauth.revoke {
            Some(revoke) if ![oauth.authorize.origin(), self.api.base.origin()].contains(&revoke.url.origin()) => {
                Err(Problem::new("tokens are revoked at another host").near(revoke.url.template()))
            }
            _ => Ok(()),
        }
    }

    /// An answer's status tells of the server, and ends no connection: only a token endpoint does.
    fn check_codes(&self) -> Sound {
        let rules = self.checks.iter().flat_map(|check| &check.rules).filter_map(|rule| rule.means);
        let forbidden = self.api.me.as_ref().and_then(|me| me.forbidden);
        for code in rules.chain(forbidden) {
            if !OF_A_SERVER.contains(&code) {
                let name = code.name();
                return Err(Problem::new(format!("`{name}` is nothing an address can be")).near(format!("\"{name}\"")));
            }
        }
        Ok(())
    }

    fn check_choices(&self) -> Sound {
        for choice in &self.choices {
            if choice.is_optional() && (choice.many || choice.me) {
                let reason = format!("`{}` narrows counts: it is one thing, and no person", choice.key);
                return Err(Problem::new(reason).near(format!("\"{}\"", choice.key)));
            }
            choice.narrows.as_deref().map_or(Ok(()), own::is_filter)?;
            choice.next.as_ref().map_or(Ok(()), own::knows_its_end)?;
        }
        Ok(())
    }

    fn check_counts(&self) -> Sound {
        for count in &self.counts {
            if count.terms.is_empty() {
                return Err(Problem::new(format!("nothing is asked for `{}`", count.id)).near(&count.id));
            }
            for key in count.terms.iter().filter_map(|term| term.each.as_ref()) {
                if self.choice(key).is_none_or(|choice| !choice.many) {
                    return Err(
                        Problem::new(format!("`{key}` is not a choice of several")).near(format!("each = \"{key}\""))
                    );
                }
            }
        }
        Ok(())
    }
}

/// Whether a definition is written in this schema; what is no TOML is told when it is read as a whole.
pub(super) fn known_schema(text: &str) -> Sound {
    #[derive(Deserialize)]
    struct Version {
        schema: u32,
    }
    match toml::from_str(text) {
        Ok(Version { schema }) if schema != SCHEMA => {
            Err(Problem::new(format!("schema {schema} is not known, only {SCHEMA}")).near("schema").found_in(text))
        }
        _ => Ok(()),
    }
}

/// Every id of a kind names one thing.
fn once<'a>(kind: &str, mut ids: impl Iterator<Item = &'a String>) -> Sound {
    let mut seen = BTreeSet::new();
    match ids.find(|id| !seen.insert(*id)) {
        Some(id) => Err(Problem::new(format!("two {kind} are called `{id}`")).near(format!("id = \"{id}\""))),
        None => Ok(()),
    }
}

fn uses(template: &Template, known: &[&str]) -> Sound {
    match template.names().find(|name| !known.contains(name)) {
        Some(name) => Err(Problem::new(format!("`{{{name}}}` means nothing here")).near(template)),
        None => Ok(()),
    }
}

fn asks(request: Request<'_>, known: &[&str]) -> Sound {
    uses(request.path, known)?;
    values(request.query).try_for_each(|value| uses(value, known))
}

fn values(query: &Query) -> impl Iterator<Item = &Template> {
    query.values().flat_map(super::QueryValue::all)
}

mod own;
#[cfg(test)]
mod tests;
