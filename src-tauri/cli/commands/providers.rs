//! `tallykey providers`: what can be added, and what that takes.

use serde_json::{Value, json};
use tallykey_core::model::provider::{Evidence, Input, InputKind, Provider, Receiver};
use tallykey_core::model::site::Redirect;
use tallykey_core::{Broken, Definition, Definitions};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Out, clean};
use crate::session::Session;

pub fn run(session: &mut Session<'_>) -> Result<Exit, Failure> {
    let Definitions { sound, broken } = session.desk.definitions();
    if session.out.is_json() {
        let list = sound.iter().map(|definition| as_json(definition, session.out));
        let list: Vec<Value> = list.chain(broken.iter().map(broken_json)).collect();
        session.out.answer_json(&list.into())?;
        return Ok(Exit::Done);
    }
    for definition in &sound {
        for line in lines(definition, session.out) {
            session.out.answer(&line)?;
        }
    }
    for Broken { file, problem } in &broken {
        let text = session.out.pick("cannot be used:", "使用できません:");
        session.out.note(&clean(&format!("{} {text} {problem}", file.display())));
    }
    Ok(Exit::Done)
}

fn lines(definition: &Definition, out: &Out) -> Vec<String> {
    let provider = &*definition.provider;
    let mut lines = vec![format!("{}  {}: {}", provider.id, provider.name, out.text(&provider.summary))];
    let several = provider.oauth.applications.len() > 1;
    lines.extend(provider.inputs.iter().map(|input| input_line(input, out)));
    for application in &provider.oauth.applications {
        if several {
            lines.push(format!("  --application {}  {}", application.id, out.text(&application.label)));
        }
        let indent = if several { "    " } else { "  " };
        for redirect in provider.ways(application) {
            let line = provider.redirect_line(application, *redirect);
            lines.push(format!("{indent}--redirect {}  {line}", word(*redirect)));
        }
    }
    for scope in &provider.oauth.scopes {
        lines.push(format!("  --scope {}  {}", scope.id, out.text(&scope.label)));
    }
    let needed = provider.choices.iter().filter(|choice| !choice.is_optional());
    let labels: Vec<&str> = needed.map(|choice| out.text(&choice.label)).collect();
    if !labels.is_empty() {
        let text = out.pick("to choose once connected:", "接続後に選択:");
        lines.push(format!("  {text} {}", labels.join(", ")));
    }
    lines.push(format!("  {} {}", out.pick("register:", "登録:"), out.text(&provider.help.register)));
    if provider.evidence == Evidence::Documentation {
        let text = "untested: made from documentation, not yet tried on a live server";
        lines.push(format!("  {}", out.pick(text, "未検証: ドキュメントに基づく定義です")));
    }
    if let Some(file) = &definition.file {
        lines.push(format!("  {} {}", out.pick("your own:", "独自の定義:"), file.display()));
    }
    if !definition.is_accepted {
        let hosts = hosts(provider, out).join(", ");
        let text = out.pick("secrets go to:", "シークレットの送信先:");
        lines.push(format!("  {text} {hosts}"));
        lines.push(format!("  {} tallykey accept {}", out.pick("if you trust them:", "信頼できる場合:"), provider.id));
    }
    lines.iter().map(|line| clean(line)).collect()
}

/// An input as it is written on the command line; in brackets where it may be left out. A hint that is
/// no value itself shows where the value is found.
fn input_line(input: &Input, out: &Out) -> String {
    let (key, label) = (&input.key, out.text(&input.label));
    let hint = input.hint.as_deref();
    match (&input.default, input.kind, hint) {
        (Some(default), ..) => format!("  [--set {key}={default}]  {label}"),
        (None, InputKind::Digits, Some(hint)) => format!("  --set {key}=…  {label} ({hint})"),
        (None, _, hint) => format!("  --set {key}={}  {label}", hint.unwrap_or("…")),
    }
}

/// Who receives secrets, in words.
pub fn hosts(provider: &Provider, out: &Out) -> Vec<String> {
    let label = |key: &str| {
        let input = provider.inputs.iter().find(|input| input.key == key);
        input.map_or(key, |input| out.text(&input.label)).to_owned()
    };
    let name = |receiver| match receiver {
        Receiver::Host(host) => host,
        Receiver::Input(key) => format!("{} ({key})", label(&key)),
    };
    provider.receivers().into_iter().map(name).collect()
}

fn as_json(definition: &Definition, out: &Out) -> Value {
    let provider = &*definition.provider;
    let inputs = provider.inputs.iter().map(|input| {
        json!({ "key": input.key, "label": out.text(&input.label), "hint": input.hint, "default": input.default })
    });
    let applications = provider.oauth.applications.iter().map(|application| {
        let redirect = |kind| json!({ "kind": kind, "uri": provider.redirect_line(application, kind) });
        json!({
            "id": application.id,
            "label": out.text(&application.label),
            "client_secret": application.needs_secret(),
            "redirects": provider.ways(application).iter().copied().map(redirect).collect::<Vec<_>>(),
        })
    });
    let choices = provider.choices.iter().map(|choice| {
        json!({
            "key": choice.key,
            "label": out.text(&choice.label),
            "many": choice.many,
            "me": choice.me,
            "optional": choice.is_optional(),
        })
    });
    let scopes = provider.oauth.scopes.iter().map(|scope| json!({ "id": scope.id, "label": out.text(&scope.label) }));
    json!({
        "id": provider.id,
        "name": provider.name,
        "evidence": provider.evidence,
        "file": definition.file,
        "accepted": definition.is_accepted,
        "hosts": hosts(provider, out),
        "applications": applications.collect::<Vec<_>>(),
        "inputs": inputs.collect::<Vec<_>>(),
        "scopes": scopes.collect::<Vec<_>>(),
        "choices": choices.collect::<Vec<_>>(),
    })
}

fn broken_json(broken: &Broken) -> Value {
    json!({ "file": broken.file, "line": broken.problem.line, "problem": broken.problem.reason })
}

/// A redirect's name on the command line.
fn word(redirect: Redirect) -> String {
    json!(redirect).as_str().unwrap_or_default().to_owned()
}
