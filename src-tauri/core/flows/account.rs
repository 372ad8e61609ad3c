//! One site with its provider's definition: the addresses and values that come of both.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use url::Url;

use super::counted::added;
use super::outside::Outside;
use crate::error::{Error, ErrorCode, Result};
use crate::model::address;
use crate::model::client_secret::ClientSecret;
use crate::model::connection::{Binding, Connection, Identity, vouching};
use crate::model::provider::{Application, Choice, Count, Provider};
use crate::model::secret::Secret;
use crate::model::site::{Redirect, Site};
use crate::model::template::{Origin, UrlTemplate, Values};

/// A site with its provider's definition.
#[derive(Clone, Debug)]
pub struct Account {
    /// The site.
    pub site: Site,
    /// Its provider.
    pub provider: Arc<Provider>,
}

impl Account {
    /// Whether other things are counted than at the site as it is now: what was chosen differs, beside
    /// who the person is.
    pub fn counts_others_than(&self, now: &Site) -> bool {
        let of = |site: &Site, key: &str| site.choices.get(key).cloned().unwrap_or_default();
        let mut chosen = self.provider.choices.iter().filter(|choice| !choice.me).map(|choice| &choice.key);
        chosen.any(|key| of(&self.site, key) != of(now, key))
    }

    /// The kind of application that was registered for the site.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] if the definition does not know it (any more).
    pub fn application(&self) -> Result<&Application> {
        let id = self.site.application.as_deref();
        let missing = || Error::new(ErrorCode::InvalidInput).about(&self.site.name).detail("application");
        self.provider.application(id).ok_or_else(missing)
    }

    /// The line to register at the provider for a way back.
    pub fn redirect_line(&self, redirect: Redirect) -> String {
        match self.application() {
            Ok(application) => self.provider.redirect_line(application, redirect),
            Err(_) => redirect.line(self.provider.oauth.redirect_port),
        }
    }

    /// A template of the definition as an address.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidAddress`], [`ErrorCode::HttpsRequired`].
    pub fn url(&self, template: &UrlTemplate) -> Result<Url> {
        self.url_with(template, &self.site.inputs)
    }

    /// A template as an address, with more values than a person gave.
    ///
    /// # Errors
    /// As [`url`](Self::url).
    pub fn url_with(&self, template: &UrlTemplate, values: &Values) -> Result<Url> {
        let url = template.url(values).ok_or_else(|| Error::new(ErrorCode::InvalidAddress).about(&self.site.name))?;
        address::require_https(&url)?;
        Ok(url)
    }

    /// The token endpoint, to which codes of this site are sent, and refresh tokens unless they have an
    /// address of their own.
    ///
    /// # Errors
    /// As [`url`](Self::url).
    pub fn token_endpoint(&self) -> Result<Url> {
        self.url(&self.provider.oauth.token)
    }

    /// The origin of each address that receives something secret, in the order of
    /// [`Provider::secret_urls`].
    ///
    /// # Errors
    /// As [`url`](Self::url).
    pub fn origins(&self) -> Result<Vec<String>> {
        let values = self.client_values("");
        let origin = |template| Ok(self.url_with(template, &values)?.origin().ascii_serialization());
        self.provider.secret_urls().map(origin).collect()
    }

    /// All that secrets depend on to go to the right server: the origins, and who else may vouch for them.
    fn witnesses(&self) -> Result<BTreeSet<String>> {
        Ok(self.origins()?.into_iter().chain(self.site.authority.as_ref().map(vouching)).collect())
    }

    /// What the tokens of this site are bound to.
    ///
    /// # Errors
    /// As [`url`](Self::url).
    pub fn binding(&self) -> Result<Binding> {
        Ok(Binding {
            token_endpoint: self.token_endpoint()?.into(),
            client_id: self.site.client_id.clone(),
            origins: self.witnesses()?,
        })
    }

    /// Whether a connection came from this site's token endpoint, was given to its client, and goes
    /// nowhere else.
    ///
    /// # Errors
    /// As [`url`](Self::url).
    pub fn made(&self, connection: &Connection) -> Result<bool> {
        Ok(connection.is_of(&self.binding()?))
    }

    /// Refuses a connection that is not this site's or not to be used.
    ///
    /// # Errors
    /// As [`Connection::usable`] and [`url`](Self::url).
    pub fn may_use(&self, connection: &Connection) -> Result<()> {
        connection.usable(&self.binding()?)
    }

    /// The page that lists what a count counts; the site's own page where that takes a choice that
    /// was not made yet.
    ///
    /// # Errors
    /// As [`url`](Self::url).
    pub fn page(&self, count: &Count, identity: Option<&Identity>, now: Timestamp) -> Result<Url> {
        let page = self.url_with(&count.page, &self.values(identity, now));
        let page = page.map(|url| added(url, &self.narrowing()));
        page.or_else(|_| self.url(&self.provider.pages.home))
    }

    /// What templates of token requests may use.
    pub fn client_values(&self, redirect_uri: &str) -> Values {
        let mut values = self.site.inputs.clone();
        values.insert("client_id".to_owned(), self.site.client_id.clone());
        values.insert("redirect_uri".to_owned(), redirect_uri.to_owned());
        values
    }

    /// What templates of counts may use.
    pub fn values(&self, identity: Option<&Identity>, now: Timestamp) -> Values {
        let mut values = self.site.inputs.clone();
        for (key, chosen) in &self.site.choices {
            if let [one] = chosen.as_slice() {
                values.insert(key.clone(), one.value.clone());
            }
        }
        if let Some(identity) = identity {
            values.insert("me.id".to_owned(), identity.id.clone());
            values.insert("me.text".to_owned(), identity.text.clone());
        }
        // A day begins where the person is, not in Greenwich.
        values.insert("today".to_owned(), now.to_zoned(TimeZone::system()).date().to_string());
        values.insert("now".to_owned(), now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
        values
    }

    /// The choices of the definition that must be made and were not yet.
    pub fn open_choices(&self) -> impl Iterator<Item = &Choice> {
        let is_chosen = |key: &str| self.site.choices.get(key).is_some_and(|chosen| !chosen.is_empty());
        let is_open = move |choice: &&Choice| !choice.is_optional() && !is_chosen(&choice.key);
        self.provider.choices.iter().filter(is_open)
    }

    /// The person the connection acts as, where a choice says it.
    pub fn chosen_identity(&self) -> Option<Identity> {
        let choice = self.provider.choices.iter().find(|choice| choice.me)?;
        let chosen = self.site.choices.get(&choice.key)?.first()?;
        Some(Identity { id: chosen.value.clone(), text: chosen.text.clone() })
    }

    /// Host and path of the site as a person knows it: what was entered for it, or where one signs in.
    pub fn host(&self) -> String {
        let entered = match self.provider.oauth.authorize.origin() {
            Origin::Input(name) => self.site.inputs.get(name).and_then(|base| Url::parse(base).ok()),
            Origin::Host(url) => Some(url),
        };
        entered.map_or_else(String::new, |url| format!("{}{}", address::host(&url), url.path().trim_end_matches('/')))
    }

    /// Refuses to act for a site whose address or application was changed in the list since this was
    /// read. To be asked after a secret was read: an edit writes the list before it keeps a secret that
    /// was given for another place.
    ///
    /// # Errors
    /// [`ErrorCode::AddressChanged`], or those of the list.
    pub fn is_listed(&self, outside: &Outside) -> Result<()> {
        let same = |listed: &Site| {
            let (provider, inputs) = (listed.provider == self.site.provider, listed.inputs == self.site.inputs);
            let trusted = listed.authority == self.site.authority;
            provider
                && inputs
                && trusted
                && listed.client_id == self.site.client_id
                && listed.application == self.site.application
        };
        let listed = outside.listed(self.site.id)?;
        if listed.as_ref().is_none_or(same) { Ok(()) } else { Err(ErrorCode::AddressChanged.into()) }
    }

    /// The client secret, where the application has one.
    ///
    /// # Errors
    /// [`ErrorCode::ClientSecretMissing`], or as [`kept_secret`](Self::kept_secret).
    pub async fn client_secret(&self, outside: &Outside) -> Result<Option<Secret>> {
        if !self.application()?.needs_secret() {
            return Ok(None);
        }
        let kept = self.kept_secret(outside).await?;
        if kept.is_none() {
            outside.is_here()?;
        }
        kept.map(|kept| Some(kept.secret)).ok_or_else(|| ErrorCode::ClientSecretMissing.into())
    }

    /// The client secret that is kept for the site and was given for where it leads now. The list may
    /// have been changed by hand since.
    ///
    /// # Errors
    /// A keychain code, or as [`is_listed`](Self::is_listed) and [`url`](Self::url).
    pub async fn kept_secret(&self, outside: &Outside) -> Result<Option<ClientSecret>> {
        let kept = outside.secrets.client_secret(self.site.id).await?;
        self.is_listed(outside)?;
        let kept = match kept {
            Some(before) if before.origins.is_none() => self.bind(outside, before.secret).await?,
            kept => kept,
        };
        let origins = self.binding()?.origins;
        Ok(kept.filter(|kept| kept.may_go_to(&origins)))
    }

    /// Says of a secret of before where it may go: where the connection may that was made with it, else
    /// where the site leads now. Not said while the connection is another place's: it may be the list
    /// that was changed, and the secret that is of there.
    async fn bind(&self, outside: &Outside, secret: Secret) -> Result<Option<ClientSecret>> {
        let connection = match outside.secrets.connection(self.site.id).await {
            // Unreadable for ever: it says nothing.
            Err(error) if error.code == ErrorCode::SecretUnreadable => None,
            connection => connection?,
        };
        // Whoever kept it knew of no certificate beside the platform's.
        let (now, endpoint): (BTreeSet<_>, _) = (self.origins()?.into_iter().collect(), self.token_endpoint()?);
        let is_of_here = |from: &str| Url::parse(from).is_ok_and(|from| from.origin() == endpoint.origin());
        let origins = match connection {
            Some(Connection { origins: Some(given), .. }) if now.is_subset(&given) => given,
            Some(held) if held.origins.is_none() && is_of_here(&held.token_endpoint) => now,
            Some(_) => return Ok(None),
            None => now,
        };
        let bound = ClientSecret::bound(secret, origins);
        if let Err(error) = outside.secrets.bind_client_secret(self.site.id, &bound).await {
            // It is used as it would be bound, and the next use binds it.
            tracing::info!(site = %self.site.name, code = %error.name(), "could not note where the client secret may go");
        }
        Ok(Some(bound))
    }
}
