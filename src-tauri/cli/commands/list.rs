//! `tallykey list`: the sites and what was last seen of them.

use serde_json::{Value, json};
use tallykey_core::model::known::State;
use tallykey_core::{ErrorCode, SiteStatus};

use super::{identity_json, left};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Out, clean};
use crate::session::Session;
use crate::table::{Side, table};

pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    let sites = session.desk.sites()?;
    let secrets = session.store_name();
    if session.out.is_json() {
        let list: Vec<Value> = sites.iter().map(|site| as_json(site, secrets)).collect();
        session.out.answer_json(&list.into())?;
        return Ok(Exit::Done);
    }
    if sites.is_empty() {
        let text = session.out.pick("No sites yet: tallykey add", "サイトはまだありません: tallykey add");
        session.out.note(text);
    }
    let rows: Vec<Vec<String>> = sites.iter().map(|site| row(site, secrets, session.out)).collect();
    for line in table(&rows, Side::Left) {
        session.out.answer(&line)?;
    }
    Ok(Exit::Done)
}

fn row(site: &SiteStatus, secrets: &str, out: &Out) -> Vec<String> {
    let known = &site.known;
    let state = match known.state {
        State::NotConnected => out.pick("not connected", "未接続"),
        State::Connected => out.pick("connected", "接続済み"),
        State::NeedsSignIn => out.pick("needs login", "再ログインが必要"),
        State::RevokePending => out.pick("being revoked", "取り消し中"),
    };
    let who = known.identity.as_ref().map_or("-", |identity| identity.text.as_str());
    let left = known.token.as_ref().and_then(|token| token.expires_at).map(left);
    let left = match left {
        Some(Some(left)) => left,
        // Asking for it makes a new one.
        Some(None) => out.pick("expired", "期限切れ").to_owned(),
        None => "-".to_owned(),
    };
    let state = match &site.account {
        Err(error) if error.code == ErrorCode::NotAccepted => out.pick("not accepted", "未承認"),
        Err(_) => out.pick("unknown product", "不明な製品"),
        Ok(_) => state,
    };
    let product = site.account.as_ref().map_or(&site.site.provider, |account| &account.provider.name);
    [site.site.name.as_str(), product, state, who, &left, secrets, &base(site)].map(clean).to_vec()
}

fn as_json(site: &SiteStatus, secrets: &str) -> Value {
    let known = &site.known;
    let token = known.token.as_ref();
    json!({
        "name": site.site.name,
        "provider": site.site.provider,
        "base": base(site),
        "state": known.state,
        "identity": identity_json(known.identity.as_ref()),
        "expires_at": token.and_then(|token| token.expires_at),
        "scopes": token.map_or(&[][..], |token| &token.scopes),
        "secrets": secrets,
    })
}

fn base(site: &SiteStatus) -> String {
    let url = site.account.as_ref().ok().and_then(|account| account.url(&account.provider.api.base).ok());
    url.map(|url| url.as_str().trim_end_matches('/').to_owned()).unwrap_or_default()
}
