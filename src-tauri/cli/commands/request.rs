//! `tallykey request`: one request of a site's API, made with its token and sent nowhere else.

use tallykey_core::flows::request::Call;

use super::memory;
use crate::arguments::Request;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::unless_interrupted;
use crate::session::Session;

pub async fn run(session: &mut Session<'_>, request: Request) -> Result<Exit, Failure> {
    let account = session.desk.named(&request.name)?;
    let body = body(session, request.data).await?;
    let usual = if body.is_some() { "POST" } else { "GET" };
    let method = request.method.unwrap_or_else(|| usual.to_owned());
    let call = Call { method, path: request.path, headers: request.headers, body };
    memory::begin(session, &account).await?;
    let result = unless_interrupted(session.desk.request(&account, call)).await;
    memory::end(session, &account).await;
    let answer = result?;
    session.out.note(&format!("HTTP {}", answer.status));
    session.out.answer_bytes(&answer.body)?;
    Ok(match answer.status {
        200..=299 => Exit::Done,
        400..=499 => Exit::Refused,
        500..=599 => Exit::TryAgain,
        _ => Exit::Other,
    })
}

async fn body(session: &mut Session<'_>, data: Option<String>) -> Result<Option<Vec<u8>>, Failure> {
    match data {
        Some(data) if data == "@-" && session.is_forgetful() => Err(Failure::Usage {
            en: "With --secrets memory stdin is for the login; give the body itself.",
            ja: "--secrets memory では標準入力をログインに使います。本文を直接指定してください。",
        }),
        Some(data) if data == "@-" => Ok(Some(session.input.rest().await?)),
        data => Ok(data.map(String::into_bytes)),
    }
}
