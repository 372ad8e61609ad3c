//! `tallykey connect`: an address to open, an answer that comes by itself or is pasted.

use std::pin::pin;
use std::time::Duration;

use jiff::Timestamp;
use tallykey_core::flows::connect::Attempt;
use tallykey_core::flows::outside::Account;
use tallykey_core::model::site::Redirect;
use tallykey_core::{Connected, Error, ErrorCode, Event, ExposeSecret, Secret};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use super::connected::{as_json, tell};
use super::{choose, memory, person};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::{interrupt, unless_interrupted};
use crate::session::Session;

/// How a person is asked.
#[derive(Clone, Copy, Default)]
pub struct Way {
    /// Whether the browser is opened here.
    pub browser: bool,
    /// How the answer comes back; as the site says where absent.
    pub redirect: Option<Redirect>,
    /// Whether the site is another person's from now on, should one sign in.
    pub switch: bool,
    /// How long to wait; the attempt's own life where absent.
    pub limit: Option<Duration>,
}

pub async fn run(session: &mut Session<'_>, name: &str, way: Way) -> Result<Exit, Failure> {
    let account = session.desk.named(name)?;
    let connected = connect(session, &account, way).await?;
    if session.out.is_json() {
        let account = session.desk.site(account.site.id).unwrap_or_else(|_| account.clone());
        let answer = as_json(session, &account, &connected);
        session.out.answer_json(&answer)?;
    }
    let exit = match &connected.unsaved {
        Some(error) => {
            session.out.error(error);
            let text = session.out.pick(
                "The login worked, but nothing of it is kept when this command ends.",
                "ログインはできましたが、このコマンドが終わると何も残りません。",
            );
            session.out.note(text);
            Exit::NoKeychain
        }
        None => choose::after_connect(session, &account).await?,
    };
    memory::end(session, &account).await;
    Ok(exit)
}

/// Connects a site and says on stderr as whom.
///
/// # Errors
/// Why there is no connection; what the site held before is untouched.
pub async fn connect(session: &mut Session<'_>, account: &Account, way: Way) -> Result<Connected, Failure> {
    // From before the address is shown: what comes then is heard.
    let events = session.desk.events();
    let before = connected_at(session, account);
    let attempt = begin(session, account, way.redirect).await?;
    if let Some(error) = &attempt.instead_of {
        session.out.error(error);
    }
    if let Some(advice) = advice(session, attempt.redirect) {
        session.out.note(advice);
    }
    session.out.note(&format!("open: {}", attempt.url));
    if way.browser
        && let Err(error) = session.desk.open_attempt(&attempt.id).await
    {
        session.out.error(&error);
    }
    let limit = way.limit.unwrap_or(attempt.life).min(attempt.life);
    let mut result = wait(session, &attempt, limit, events).await;
    if let Err(Failure::Core(error)) = &result
        && error.code == ErrorCode::OtherPerson
    {
        result = person::decide(session, error.clone(), way.switch).await;
    }
    // Whatever came of it: no token that nobody keeps outlives this command at the server.
    session.desk.give_up_connect(&attempt.id).await;
    if let Err(Failure::Interrupted(exit)) = result
        && connected_at(session, account) != before
    {
        if session.is_forgetful() {
            // Nobody could end it later.
            memory::end(session, account).await;
            return Err(Failure::Interrupted(exit));
        }
        let text = session.out.pick(
            "\nThe answer had come before: the connection is made and kept.",
            "\n先に応答が届いていたため、接続は完了し、保存されています。",
        );
        session.out.note(text);
        return Err(Failure::Told(exit));
    }
    let connected = result?;
    tell(session, account, &connected);
    Ok(connected)
}

fn connected_at(session: &Session<'_>, account: &Account) -> Option<Timestamp> {
    session.desk.status(account.site.id).ok()?.known.connected_at
}

/// What a person is to expect, where it is not a code on a page.
fn advice(session: &Session<'_>, redirect: Redirect) -> Option<&'static str> {
    match redirect {
        Redirect::Oob => None,
        Redirect::Paste => Some(session.out.pick(
            "The browser ends at a page it cannot reach: paste the whole address of that page here.",
            "ブラウザーは最後に、開けないページに移ります。そのアドレス全体をここに貼り付けてください。",
        )),
        _ => Some(session.out.pick(
            "Waiting for the browser on this computer; elsewhere, paste the address of the last page here.",
            "このコンピューターのブラウザーを待っています。別の端末で開いたときは、最後のページのアドレスを貼り付けてください。",
        )),
    }
}

/// Starts an attempt. A client secret that nothing keeps is asked for.
async fn begin(session: &mut Session<'_>, account: &Account, redirect: Option<Redirect>) -> Result<Attempt, Failure> {
    match start(session, account, redirect).await {
        Err(error) if error.code == ErrorCode::ClientSecretMissing && can_ask(session) => {
            let question = session.out.pick("Client secret: ", "クライアントシークレット: ");
            let from_stdin = !session.input.is_terminal;
            let secret = session.input.secret(question, from_stdin).await?;
            session.desk.set_client_secret(account, secret).await?;
            Ok(unless_interrupted(start(session, account, redirect)).await?)
        }
        result => Ok(result?),
    }
}

async fn start(session: &Session<'_>, account: &Account, redirect: Option<Redirect>) -> tallykey_core::Result<Attempt> {
    match redirect {
        Some(redirect) => session.desk.begin_connect_by(account.clone(), redirect).await,
        None => session.desk.begin_connect(account.clone()).await,
    }
}

/// A script that has a keychain writes codes only: its first line is no secret.
fn can_ask(session: &Session<'_>) -> bool {
    session.is_forgetful() || session.input.is_terminal
}

enum Heard {
    Line(Option<Secret>),
    Ended(tallykey_core::Result<Connected>),
    OtherAnswer,
    Interrupt(Exit),
    Nothing,
}

/// Takes lines until one is the code, or until the answer comes by itself.
async fn wait(
    session: &mut Session<'_>,
    attempt: &Attempt,
    limit: Duration,
    mut events: Receiver<Event>,
) -> Result<Connected, Failure> {
    let over_by = |why: &str| -> Failure {
        Error::new(ErrorCode::AttemptOver).about(&attempt.account.site.name).detail(why).into()
    };
    let desk = session.desk.clone();
    let mut ended = pin!(desk.wait_connect(&attempt.id));
    let mut interrupt = pin!(interrupt());
    let mut over = pin!(tokio::time::sleep(limit));
    let mut told = None;
    let mut reads = true;
    loop {
        if session.input.is_terminal && reads {
            let text = session.out.pick("Paste the code or the address: ", "コードかアドレスを貼り付けてください: ");
            session.out.prompt(text);
        }
        let heard = tokio::select! {
            // In this order: Ctrl-C is listened for before the first line is looked at.
            biased;
            exit = &mut interrupt => Heard::Interrupt(exit),
            () = &mut over => Heard::Nothing,
            outcome = &mut ended => Heard::Ended(outcome.map(|(_, connected)| connected)),
            () = other_answer(&mut events) => Heard::OtherAnswer,
            line = session.input.line(), if reads => Heard::Line(line),
        };
        if session.input.is_terminal && reads && matches!(heard, Heard::Ended(_) | Heard::OtherAnswer) {
            // Ends the line of the question.
            session.out.note("");
        }
        let line = match heard {
            Heard::Line(Some(line)) => line,
            // The browser can still come.
            Heard::Line(None) if attempt.redirect.listens() => {
                reads = false;
                continue;
            }
            Heard::Line(None) => return Err(told.map_or_else(|| over_by("end of input"), Failure::Told)),
            Heard::Ended(outcome) => return Ok(outcome?),
            Heard::OtherAnswer => {
                let text = session.out.pick(
                    "An answer came that is not of this attempt; it was left alone.",
                    "今回の操作のものではない応答が届いたため、使いませんでした。",
                );
                session.out.note(text);
                continue;
            }
            Heard::Interrupt(exit) => return Err(Failure::Interrupted(exit)),
            Heard::Nothing => return Err(over_by("time is over")),
        };
        let mut finished = pin!(desk.finish_connect(&attempt.id, line.expose_secret()));
        let finished = tokio::select! {
            biased;
            exit = &mut interrupt => {
                // What is under way comes to its end: its answer may be the only copy of a token.
                desk.cancel_connect(&attempt.id);
                drop(finished.await);
                return Err(Failure::Interrupted(exit));
            }
            finished = &mut finished => finished,
        };
        match finished {
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
    use ErrorCode as C;
    matches!(code, C::NotACode | C::WholeAddressNeeded | C::WrongSite | C::CodeRefused)
}

async fn other_answer(events: &mut Receiver<Event>) {
    loop {
        match events.recv().await {
            Ok(Event::OtherAnswer) => return,
            Err(RecvError::Closed) => std::future::pending().await,
            Ok(_) | Err(RecvError::Lagged(_)) => {}
        }
    }
}
