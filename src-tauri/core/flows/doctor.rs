//! A look at everything Tallykey needs, in lines a person can pass on: no line holds a secret.

use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Unit};
use url::Url;

use super::api::Api;
use super::check::{Finding, ask, check};
use super::outside::{Account, Outside};
use crate::adapters::files;
use crate::error::{Error, ErrorCode, Result};
use crate::model::address::host;
use crate::model::connection::Connection;
use crate::model::provider::Text;
use crate::model::proxy::Proxy;
use crate::model::site::Site;
use crate::ports::StoreKind;
use crate::texts::{Language, Words, in_all, sentence};

/// Whether something is as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It is.
    Ok,
    /// It works, or nobody asked it to.
    Warn,
    /// It does not.
    Fail,
}

/// One thing that was looked at.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is: `keychain`, `config_folder`, `data_folder`, `proxy`, `browser`, `definitions`, `left_over`,
    /// `left_behind`, `clock`; of a site `definition`, `authority`, `client_secret`, `reach`, the ids of the definition's
    /// checks, `token`.
    pub id: String,
    /// The site it is about.
    pub site: Option<String>,
    /// How it is.
    pub health: Health,
    /// The same in words.
    pub text: Text,
    /// What belongs to it in nobody's language: a path, a host, an answer's status.
    pub detail: Option<String>,
    /// What to do.
    pub advice: Option<Text>,
    /// The cause, where there is one.
    pub code: Option<ErrorCode>,
}

impl Line {
    /// Something that is well.
    pub fn ok(id: &str, text: Text) -> Self {
        Self { id: id.to_owned(), site: None, health: Health::Ok, text, detail: None, advice: None, code: None }
    }

    /// Something strange, and what to do about it.
    pub fn warn(id: &str, text: Words, advice: Words) -> Self {
        Self { health: Health::Warn, advice: Some(advice.text()), ..Self::ok(id, text.text()) }
    }

    /// Something that is not well. What is no failure by itself, or passes, is a warning.
    pub fn failed(id: &str, error: &Error) -> Self {
        use ErrorCode as C;
        let passes = matches!(error.code, C::NotConnected | C::NotConfirmed | C::RevokePending);
        Self {
            health: if passes { Health::Warn } else { Health::Fail },
            detail: error.detail.clone(),
            advice: Some(in_all(|language| sentence(error, language).next)),
            code: Some(error.code),
            ..Self::ok(id, in_all(|language| sentence(error, language).what))
        }
    }

    /// The line of a result.
    pub fn of<T>(id: &str, result: Result<T>, well: Words) -> Self {
        match result {
            Ok(_) => Self::ok(id, well.text()),
            Err(error) => Self::failed(id, &error),
        }
    }

    /// With a path, a host, or other words of nobody's language.
    #[must_use]
    pub fn with(self, detail: impl Into<String>) -> Self {
        Self { detail: self.detail.or_else(|| Some(detail.into()).filter(|detail| !detail.is_empty())), ..self }
    }

    /// What it says, in one language, with its detail.
    pub fn words(&self, language: Language) -> String {
        let text = self.text.get(language.tag()).map_or("", String::as_str);
        match &self.detail {
            Some(detail) => format!("{text}: {detail}"),
            None => text.to_owned(),
        }
    }

    /// What to do, in one language.
    pub fn advice_in(&self, language: Language) -> Option<&str> {
        self.advice.as_ref()?.get(language.tag()).map(String::as_str)
    }

    /// About a site.
    #[must_use]
    pub fn about(self, site: &str) -> Self {
        Self { site: Some(site.to_owned()), ..self }
    }
}

/// Where secrets are kept, and whether they can be read.
pub fn store(kind: StoreKind, result: Result<()>) -> Line {
    match kind {
        StoreKind::Keychain => Line::of("keychain", result, Words::Keychain),
        StoreKind::Vault => Line::of("keychain", result, Words::Vault),
        StoreKind::Memory => Line::warn("keychain", Words::Memory, Words::MemoryNext),
    }
}

/// The folders, the proxy and the browser of this computer.
pub fn computer(outside: &Outside, config: &Path) -> Vec<Line> {
    let data = outside.locks.parent().unwrap_or(&outside.locks);
    let folder = |id, path: &Path, well| Line::of(id, files::try_folder(path), well).with(path.display().to_string());
    let opener = outside.browser.opener();
    let program = opener.clone().unwrap_or_default();
    vec![
        folder("config_folder", config, Words::ConfigFolder),
        folder("data_folder", data, Words::DataFolder),
        proxy(&outside.network.proxy(), |name| std::env::var(name).ok()),
        Line::of("browser", opener, Words::Browser).with(program),
    ]
}

/// Names of variables that name a proxy, as `curl` and the HTTP client read them.
const PROXIES: [&str; 6] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy"];

/// A proxy's address may hold a password: its host is all that is told.
fn proxy(chosen: &Proxy, variable: impl Fn(&str) -> Option<String>) -> Line {
    match chosen {
        Proxy::System => {}
        Proxy::None => return Line::ok("proxy", Words::Straight.text()),
        Proxy::Address(address) => return Line::ok("proxy", Words::OwnProxy.text()).with(address),
        Proxy::Refused(code) => return Line::failed("proxy", &Error::new(*code)),
    }
    let named = |name: &str| {
        let value = variable(name).filter(|value| !value.is_empty())?;
        let whole = if value.contains("://") { value } else { format!("http://{value}") };
        let at = Url::parse(&whole).map_or_else(|_| "?".to_owned(), |url| host(&url));
        Some(format!("{name} = {at}"))
    };
    let seen: Vec<String> = PROXIES.into_iter().filter_map(named).collect();
    if seen.is_empty() {
        return Line::ok("proxy", Words::NoProxy.text());
    }
    Line::ok("proxy", Words::Proxy.text()).with(seen.join(", "))
}

/// This computer's clock beside the servers' that answered; nothing where none did.
pub fn clock(was_told: bool, ahead: Option<SignedDuration>) -> Line {
    match ahead {
        Some(ahead) => {
            let words = if ahead.is_negative() { Words::ClockBehind } else { Words::ClockAhead };
            let minutes = ahead.abs().round(Unit::Minute).unwrap_or(ahead).as_mins().max(1);
            Line::warn("clock", words, Words::ClockNext).with(format!("{minutes} min"))
        }
        None if was_told => Line::ok("clock", Words::ClockRight.text()),
        None => Line::ok("clock", Words::ClockUnknown.text()),
    }
}

/// One site: whether it answers, is the product, and takes the token that is held. Nothing is renewed.
pub async fn site(outside: &Outside, account: &Account, store_works: bool) -> Vec<Line> {
    let mut lines = vec![Line::ok("definition", Words::Definition.text()).with(&account.provider.name)];
    lines.extend(authority(outside, &account.site));
    let reached = reach(outside, account).await;
    let answers = reached.iter().all(|line| line.health == Health::Ok);
    lines.extend(reached);
    if store_works {
        if outside.secrets.kind().lasts()
            && let Err(error) = account.client_secret(outside).await
        {
            lines.push(Line::failed("client_secret", &error.about(&account.site.name)));
        }
        lines.push(token(outside, account, answers).await);
    }
    lines.into_iter().map(|line| line.about(&account.site.name)).collect()
}

/// The certificate that is trusted for a site alone.
fn authority(outside: &Outside, site: &Site) -> Option<Line> {
    let now = outside.now();
    let read = outside.network.authorities.read(site.authority.as_ref()?);
    let line = match read.and_then(|authority| authority.holds_at(now).map(|()| authority)) {
        Ok(authority) => {
            let line = if authority.ends_soon(now) {
                Line::warn("authority", Words::AuthorityEnds, Words::AuthorityNext)
            } else {
                Line::ok("authority", Words::Authority.text())
            };
            line.with(format!("{}, {}", authority.subject, authority.last_day()))
        }
        Err(error) => Line::failed("authority", &error.about(&site.name)),
    };
    Some(line)
}

async fn reach(outside: &Outside, account: &Account) -> Vec<Line> {
    let http = match outside.http(&account.site) {
        Ok(http) => http,
        Err(error) => return vec![Line::failed("reach", &error)],
    };
    let findings = match check(&http, &account.provider, &account.site.inputs).await {
        Ok(findings) => findings,
        Err(error) => return vec![Line::failed("reach", &error.about(&account.site.name))],
    };
    if findings.is_empty() {
        return vec![reach_api(outside, account).await];
    }
    let line = |finding: Finding| {
        if let Some(date) = finding.date {
            outside.note_time(&account.host(), date);
        }
        match finding.error {
            Some(error) => Line::failed(&finding.id, &error.about(&account.site.name)),
            None if finding.label.is_empty() => {
                Line::ok(&finding.id, Words::Reach.text()).with(answered(account, finding.took))
            }
            None => Line::ok(&finding.id, finding.label),
        }
    };
    findings.into_iter().map(line).collect()
}

/// Where the definition has nothing to look at, any answer of the API will do.
async fn reach_api(outside: &Outside, account: &Account) -> Line {
    let asked = async {
        let url = account.url(&account.provider.api.base)?;
        let asked = outside.moment(&host(&url));
        let (answer, took) = ask(&outside.http(&account.site)?, &url).await?;
        outside.note_date(&host(&url), asked, &answer?);
        Ok::<_, Error>(took)
    };
    match asked.await {
        Ok(took) => Line::ok("reach", Words::Reach.text()).with(answered(account, took)),
        Err(error) => Line::failed("reach", &error.about(&account.site.name)),
    }
}

fn answered(account: &Account, took: Duration) -> String {
    format!("{}, {} ms", account.host(), took.as_millis())
}

async fn token(outside: &Outside, account: &Account, answers: bool) -> Line {
    let held = async {
        let held = outside.secrets.connection(account.site.id).await?.ok_or(ErrorCode::NotConnected)?;
        account.may_use(&held)?;
        Ok::<_, Error>(held)
    };
    let result = match held.await {
        Ok(held) if !held.tokens.is_good_for(Duration::ZERO, &outside.moment_of(&held)) => {
            return Line::ok("token", Words::TokenOver.text());
        }
        // Told already why nobody can be asked.
        Ok(held) if answers => taken(outside, account, &held).await,
        Ok(held) => Ok(name_of(&held)),
        Err(error) => Err(error),
    };
    let name = result.clone().unwrap_or_default();
    Line::of("token", result.map_err(|error| error.about(&account.site.name)), Words::TokenTaken).with(name)
}

async fn taken(outside: &Outside, account: &Account, held: &Connection) -> Result<String> {
    let identity = Api::new(outside, account, &held.tokens.access_token).identity().await?;
    Ok(identity.map_or_else(|| name_of(held), |identity| identity.text))
}

fn name_of(held: &Connection) -> String {
    held.identity.as_ref().map(|identity| identity.text.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_proxy_its_host_is_told_and_no_password() {
        let line = proxy(&Proxy::System, |name| match name {
            "HTTPS_PROXY" => Some("http://me:hunter2@proxy.example:3128".to_owned()),
            "http_proxy" => Some("me:hunter3@other.example:8080".to_owned()),
            "ALL_PROXY" => Some("::hunter4::".to_owned()),
            _ => None,
        });
        let detail = line.detail.unwrap();
        assert_eq!(detail, "HTTPS_PROXY = proxy.example:3128, ALL_PROXY = ?, http_proxy = other.example:8080");
        assert_eq!(proxy(&Proxy::System, |_| Some(String::new())).detail, None);
    }

    #[test]
    fn a_wrong_clock_is_told_with_the_difference() {
        let line = clock(true, Some(SignedDuration::from_secs(423)));
        assert_eq!((line.health, line.detail.as_deref()), (Health::Warn, Some("7 min")));
        assert_eq!(line.text, Words::ClockAhead.text());
        let behind = clock(true, Some(SignedDuration::from_hours(-2)));
        assert_eq!((behind.text, behind.detail.as_deref()), (Words::ClockBehind.text(), Some("120 min")));
        assert_eq!(clock(false, None).text, Words::ClockUnknown.text());
    }
}
