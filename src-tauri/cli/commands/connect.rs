//! `tallykey connect`: an address to open, a code to bring back.

use std::pin::pin;
use std::time::Duration;

use serde_json::json;
use tallykey_core::adapters::keychain::system_name;
use tallykey_core::flows::connect::Attempt;
use tallykey_core::flows::outside::Account;
use tallykey_core::{Connected, Error, ErrorCode, ExposeSecret, Secret};

use super::{identity_json, left, memory};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

/// How a person is asked.
#[derive(Clone, Copy)]
pub struct Way {
    /// Whether the browser is opened here.
    pub browser: bool,
    /// How long to wait; the attempt's own life where absent.
    pub limit: Option<Duration>,
}

pub async fn run(session: &mut Session<'_>, name: &str, way: Way) -> Result<Exit, Failure> {
    let account = session.desk.named(name)?;
    let connected = connect(session, &account, way).await?;
    if session.out.is_json() {
        let answer = as_json(session, &account, &connected);
        session.out.answer_json(&answer)?;
    }
    let exit = match &connected.unsaved {
        Some(error) => {
            session.out.error(error);
            let text = session.out.pick(
                "The sign-in worked, but nothing of it is kept when this command ends.",
                "ログインはできましたが、このコマンドが終わると何も残りません。",
            );
            session.out.note(text);
            Exit::NoKeychain
        }
        None => Exit::Done,
    };
    memory::end(session, &account).await;
    Ok(exit)
}

/// Connects a site and says on stderr as whom.
///
/// # Errors
/// Why there is no connection; what the site held before is untouched.
pub async fn connect(session: &mut Session<'_>, account: &Account, way: Way) -> Result<Connected, Failure> {
    let attempt = begin(session, account).await?;
    session.out.note(&format!("open: {}", attempt.url));
    if way.browser
        && let Err(error) = session.desk.open_attempt(&attempt.id)
    {
        session.out.error(&error);
    }
    let result = wait(session, &attempt, way.limit.unwrap_or(attempt.life).min(attempt.life)).await;
    session.desk.cancel_connect(&attempt.id);
    let connected = result?;
    tell(session, account, &connected);
    Ok(connected)
}

/// Starts an attempt. A client secret that nothing keeps is asked for.
async fn begin(session: &mut Session<'_>, account: &Account) -> Result<Attempt, Failure> {
    match session.desk.begin_connect(account.clone()).await {
        Err(error) if error.code == ErrorCode::ClientSecretMissing && can_ask(session) => {
            let question = session.out.pick("Client secret: ", "クライアントシークレット: ");
            let from_stdin = !session.input.is_terminal;
            let secret = session.input.secret(question, from_stdin).await?;
            session.desk.set_client_secret(account, secret).await?;
            Ok(session.desk.begin_connect(account.clone()).await?)
        }
        result => Ok(result?),
    }
}

/// A script that has a keychain writes codes only: its first line is no secret.
fn can_ask(session: &Session<'_>) -> bool {
    session.is_forgetful() || session.input.is_terminal
}

enum Heard {
    Line(Option<Secret>),
    Interrupt,
    Nothing,
}

/// Takes lines until one is the code.
async fn wait(session: &mut Session<'_>, attempt: &Attempt, limit: Duration) -> Result<Connected, Failure> {
    let over_by = |why: &str| -> Failure {
        Error::new(ErrorCode::AttemptOver).about(&attempt.account.site.name).detail(why).into()
    };
    let mut interrupt = pin!(interrupt());
    let mut over = pin!(tokio::time::sleep(limit));
    let mut told = None;
    loop {
        if session.input.is_terminal {
            let text = session.out.pick("Paste the code or the address: ", "コードかアドレスを貼り付けてください: ");
            session.out.prompt(text);
        }
        let heard = tokio::select! {
            // In this order: Ctrl-C is listened for before the first line is looked at.
            biased;
            () = &mut interrupt => Heard::Interrupt,
            () = &mut over => Heard::Nothing,
            line = session.input.line() => Heard::Line(line),
        };
        let line = match heard {
            Heard::Line(Some(line)) => line,
            Heard::Line(None) => return Err(told.map_or_else(|| over_by("end of input"), Failure::Told)),
            Heard::Interrupt => return Err(Failure::Interrupted),
            Heard::Nothing => return Err(over_by("time is over")),
        };
        match session.desk.finish_connect(&attempt.id, line.expose_secret()).await {
            Ok((_, connected)) => return Ok(connected),
            Err(error) if another_may_do(error.code) => {
                session.out.error(&error);
                told = Some(error.code.into());
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Whether pasting something else can help.
fn another_may_do(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::NotACode | ErrorCode::WrongSite | ErrorCode::CodeRefused)
}

async fn interrupt() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without our own way to end, the system's holds.
        std::future::pending::<()>().await;
    }
}

fn tell(session: &mut Session<'_>, account: &Account, connected: &Connected) {
    let name = &account.site.name;
    let who = connected.identity.as_ref().map(|identity| identity.text.as_str());
    let who = who.unwrap_or(session.out.pick("(not known yet)", "(未確認)"));
    let place = if session.is_forgetful() {
        session.out.pick("this command's memory", "このコマンドのメモリ")
    } else {
        system_name()
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
    session.out.note(&lines.join("\n"));
}

fn as_json(session: &Session<'_>, account: &Account, connected: &Connected) -> serde_json::Value {
    json!({
        "site": account.site.name,
        "identity": identity_json(connected.identity.as_ref()),
        "scopes": connected.scopes,
        "missing_scopes": missing(account, connected),
        "expires_at": connected.expires_at,
        "secrets": session.store_name(),
        "saved": connected.unsaved.is_none() && !session.is_forgetful(),
    })
}

/// Scopes that were asked for and not granted.
fn missing(account: &Account, connected: &Connected) -> Vec<String> {
    account.site.scopes.iter().filter(|scope| !connected.scopes.contains(scope)).cloned().collect()
}
