//! What is said of a connect that worked.

use serde_json::json;
use tallykey_core::Connected;
use tallykey_core::adapters::keychain::system_name;
use tallykey_core::flows::outside::Account;
use tallykey_core::ports::StoreKind;

use super::{identity_json, left};
use crate::session::Session;

/// Says on stderr as whom a site is connected.
pub fn tell(session: &mut Session<'_>, account: &Account, connected: &Connected) {
    let name = &account.site.name;
    let who = connected.identity.as_ref().map(|identity| identity.text.as_str());
    let who = who.unwrap_or(session.out.pick("(not known yet)", "(未確認)"));
    let place = match session.desk.store_kind() {
        StoreKind::Keychain => system_name(),
        StoreKind::Vault => session.out.pick("the encrypted file", "暗号化ファイル"),
        StoreKind::Memory => session.out.pick("this command's memory", "このコマンドのメモリ"),
    };
    let mut lines = vec![
        format!("✓ {name}: {} {who}", session.out.pick("connected as", "接続しました。ユーザー:")),
        format!("  {} {}", session.out.pick("scopes:", "スコープ:"), connected.scopes.join(" ")),
    ];
    let missing = missing(account, connected);
    if !missing.is_empty() {
        lines.push(format!("  {} {}", session.out.pick("not granted:", "認められなかったもの:"), missing.join(" ")));
    }
    if let Some(left) = connected.expires_at.and_then(left) {
        lines.push(format!("  {} {left}", session.out.pick("token lives:", "トークンの残り:")));
    }
    if connected.unsaved.is_none() {
        lines.push(format!("  {} {place}", session.out.pick("secrets are in:", "シークレットの保管先:")));
    }
    if !connected.ended.is_empty() {
        let text = session.out.pick(
            "tokens given away before that are no longer valid:",
            "以前に渡したトークンのうち、無効になったもの:",
        );
        lines.push(format!(
            "  {text} {}",
            connected.ended.iter().map(|tail| format!("…{tail}")).collect::<Vec<_>>().join(" ")
        ));
    }
    session.out.note(&lines.join("\n"));
}

/// The answer of `connect --json`.
pub fn as_json(session: &Session<'_>, account: &Account, connected: &Connected) -> serde_json::Value {
    json!({
        "site": account.site.name,
        "identity": identity_json(connected.identity.as_ref()),
        "scopes": connected.scopes,
        "missing_scopes": missing(account, connected),
        "expires_at": connected.expires_at,
        "secrets": session.store_name(),
        "saved": connected.unsaved.is_none() && !session.is_forgetful(),
        "ended_tokens": connected.ended,
        "open_choices": account.open_choices().map(|choice| &choice.key).collect::<Vec<_>>(),
    })
}

/// Scopes that were asked for and not granted.
fn missing(account: &Account, connected: &Connected) -> Vec<String> {
    account.site.scopes.iter().filter(|scope| !connected.scopes.contains(scope)).cloned().collect()
}
