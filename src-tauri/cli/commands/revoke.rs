//! `tallykey revoke`: ends a connection, and tells both halves apart.

use serde_json::json;
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::revoke::{AtProvider, Revocation};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::session::Session;

pub async fn run(session: &mut Session<'_>, name: &str) -> Result<Exit, Failure> {
    let account = session.desk.named(name)?;
    let outcome = session.desk.revoke(&account).await?;
    if session.out.is_json() {
        session.out.answer_json(&json!({
            "site": account.site.name,
            "provider": provider_word(outcome.at_provider),
            "here": if outcome.forgotten { "forgotten" } else { "kept_for_retry" },
            "page": page(&account),
        }))?;
    } else {
        let text = lines(session.out, &account, &outcome);
        session.out.note(&text);
    }
    Ok(match outcome.at_provider {
        AtProvider::Confirmed | AtProvider::AlreadyGone | AtProvider::Unsupported => Exit::Done,
        AtProvider::Unreachable => Exit::TryAgain,
        AtProvider::AccessOnly | AtProvider::StillAccepted => Exit::Other,
    })
}

fn provider_word(at_provider: AtProvider) -> &'static str {
    match at_provider {
        AtProvider::Confirmed => "confirmed",
        AtProvider::AlreadyGone => "already_gone",
        AtProvider::Unsupported => "unsupported",
        AtProvider::AccessOnly => "access_only",
        AtProvider::Unreachable => "unreachable_queued",
        AtProvider::StillAccepted => "still_accepted",
    }
}

fn lines(out: &Out, account: &Account, outcome: &Revocation) -> String {
    let at_provider = match outcome.at_provider {
        AtProvider::Confirmed => out.pick("revoked", "取り消しました"),
        AtProvider::AlreadyGone => out.pick("had ended before", "すでに終了していました"),
        AtProvider::Unsupported => {
            out.pick("not told: it has no way to revoke; end it by hand", "通知できません。手動で終了してください")
        }
        AtProvider::AccessOnly => out.pick(
            "the access token is ended; the refresh token it lets nobody end from here, end it by hand",
            "アクセストークンは無効になりました。更新トークンは手動で無効にしてください",
        ),
        AtProvider::Unreachable => {
            out.pick("not reached; try again later", "応答がありません。後でもう一度試してください")
        }
        AtProvider::StillAccepted => out.pick(
            "agreed, but still accepts the token; end it by hand",
            "トークンがまだ有効です。手動で終了してください",
        ),
    };
    let refused = outcome.refused_with.filter(|status| !(200..300).contains(status));
    let refused = refused.map_or_else(String::new, |status| {
        format!(" ({} HTTP {status})", out.pick("the token is refused:", "トークンは拒否されます:"))
    });
    let here = if outcome.forgotten {
        out.pick("forgotten", "消去しました")
    } else {
        out.pick("kept, for the retry only", "再試行のためだけに保管しています")
    };
    let mut lines = vec![
        format!("{} {at_provider}{refused}", out.pick("At the provider:", "プロバイダー側:")),
        format!("{} {here}", out.pick("Here:", "この端末:")),
    ];
    if let Some(page) = page(account) {
        lines.push(format!("{} {page}", out.pick("Check at:", "確認ページ:")));
    }
    lines.join("\n")
}

/// Where a person sees and ends connections by hand.
pub fn page(account: &Account) -> Option<String> {
    let page = account.provider.pages.revoke.as_ref()?;
    account.url_with(page, &account.client_values("")).ok().map(String::from)
}
