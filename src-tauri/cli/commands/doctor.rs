//! `tallykey doctor`: whether everything is there that Tallykey needs.

use serde_json::{Value, json};
use tallykey_core::flows::doctor::{Health, Line};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::out::{Out, clean};
use crate::session::Session;

pub async fn run(session: &mut Session<'_>, name: Option<&str>) -> Result<Exit, Failure> {
    let only = name.map(|name| session.desk.listed_as(name)).transpose()?.map(|site| site.id);
    let looking = session.out.pick("Looking…", "確認しています…");
    session.out.progress(looking);
    let lines = session.desk.doctor(only).await;
    session.out.done();
    let lines = lines?;
    if session.out.is_json() {
        let list: Vec<Value> = lines.iter().map(|line| as_json(line, session.out)).collect();
        session.out.answer_json(&list.into())?;
    } else {
        for line in &lines {
            for text in texts(line, session.out) {
                session.out.answer(&text)?;
            }
        }
    }
    let failed = lines.iter().find(|line| line.health == Health::Fail);
    Ok(failed.map_or(Exit::Done, |line| line.code.map_or(Exit::Other, Exit::from)))
}

fn texts(line: &Line, out: &Out) -> Vec<String> {
    let mark = match line.health {
        Health::Ok => "✓",
        Health::Warn => "!",
        Health::Fail => "✗",
    };
    let site = line.site.as_ref().map(|site| format!("{site} · ")).unwrap_or_default();
    let advice = line.advice_in(out.language()).map(|advice| format!("    {advice}"));
    let lines = [format!("{mark} {site}{}", line.words(out.language()))].into_iter().chain(advice);
    lines.map(|line| clean(&line)).collect()
}

fn as_json(line: &Line, out: &Out) -> Value {
    let state = match line.health {
        Health::Ok => "ok",
        Health::Warn => "warn",
        Health::Fail => "fail",
    };
    json!({
        "id": line.id,
        "site": line.site,
        "state": state,
        "text": line.words(out.language()),
        "code": line.code,
        "advice": line.advice_in(out.language()),
    })
}
