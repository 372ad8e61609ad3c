//! `tallykey providers`: what can be added, and what that takes.

use serde_json::{Value, json};
use tallykey_core::model::provider::Provider;
use tallykey_core::model::site::Redirect;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::Out;
use crate::session::Session;

pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    let providers = session.desk.providers();
    if session.out.is_json() {
        let list: Vec<Value> = providers.iter().map(|provider| as_json(provider, session.out)).collect();
        session.out.answer_json(&list.into())?;
        return Ok(Exit::Done);
    }
    for provider in providers {
        for line in lines(provider, session.out) {
            session.out.answer(&line)?;
        }
    }
    Ok(Exit::Done)
}

fn lines(provider: &Provider, out: &Out) -> Vec<String> {
    let mut lines = vec![format!("{}  {}: {}", provider.id, provider.name, out.text(&provider.summary))];
    for input in &provider.inputs {
        let example = input.hint.as_deref().unwrap_or("…");
        lines.push(format!("  --set {}={example}  {}", input.key, out.text(&input.label)));
    }
    for redirect in &provider.oauth.redirects {
        lines.push(format!("  --redirect {}  {}", word(*redirect), provider.redirect_line(*redirect)));
    }
    for scope in &provider.oauth.scopes {
        lines.push(format!("  --scope {}  {}", scope.id, out.text(&scope.label)));
    }
    let register = out.pick("register:", "登録:");
    lines.push(format!("  {register} {}", out.text(&provider.help.register)));
    lines
}

fn as_json(provider: &Provider, out: &Out) -> Value {
    let inputs = provider.inputs.iter().map(|input| {
        json!({ "key": input.key, "label": out.text(&input.label), "hint": input.hint, "default": input.default })
    });
    let redirect = |kind| json!({ "kind": kind, "uri": provider.redirect_line(kind) });
    let redirects = provider.oauth.redirects.iter().copied().map(redirect);
    let scopes = provider.oauth.scopes.iter().map(|scope| json!({ "id": scope.id, "label": out.text(&scope.label) }));
    json!({
        "id": provider.id,
        "name": provider.name,
        "client_secret": provider.needs_client_secret(),
        "inputs": inputs.collect::<Vec<_>>(),
        "redirects": redirects.collect::<Vec<_>>(),
        "scopes": scopes.collect::<Vec<_>>(),
    })
}

/// A redirect's name on the command line.
fn word(redirect: Redirect) -> String {
    json!(redirect).as_str().unwrap_or_default().to_owned()
}
