//! The loopback redirect (RFC 8252 §7.3): a listener that waits for the one answer of an attempt.
//!
//! Anything on this computer can knock, and so can any page in the browser. Only a GET of the
//! callback address that carries the attempt's state is its answer; everything else is turned away
//! and the waiting goes on. What knocks is limited in number, size and time.

mod listener;
mod page;
mod request;
mod way;

use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;
use url::Url;

pub use self::listener::Listener;
use self::page::{Reply, response};
use self::request::{Request, read};
pub use self::way::Way;
use super::connect::Attempt;
use crate::error::{ErrorCode, Result};
use crate::model::address::host;
use crate::model::answer::Answer;
use crate::model::secret::Secret;
use crate::texts::Language;

/// A browser on the same computer sends its request in a millisecond; some open a connection ahead
/// of their need and then leave it.
const CONNECTION_LIMIT: Duration = Duration::from_secs(5);
/// Browsers open up to six connections to a host; more wait for one of these to end.
const MOST_CONNECTIONS: usize = 16;

type Visit = Option<(TcpStream, Result<Request, Reply>)>;

/// Waits until the browser brings the attempt's answer, and tells it which page to show. Whoever
/// stops waiting closes the listener.
///
/// # Errors
/// Those of [`Answer::code`]: the server's refusal is an answer too.
pub async fn answer(
    listener: &Listener,
    attempt: &Attempt,
    is_over: impl Fn() -> bool,
    mut other_came: impl FnMut(),
) -> Result<Secret> {
    let address = Url::parse(attempt.redirect_uri()).map_err(|_| ErrorCode::InvalidAddress)?;
    let mut visits: JoinSet<Visit> = JoinSet::new();
    loop {
        let visit = tokio::select! {
            stream = listener.accept(), if visits.len() < MOST_CONNECTIONS => {
                visits.spawn(listen_to(stream));
                continue;
            }
            Some(visit) = visits.join_next() => visit.ok().flatten(),
        };
        let Some((stream, request)) = visit else { continue };
        let (language, judged) = match request {
            Ok(request) => (request.language, judge(&request, &address, attempt)),
            Err(reply) => (Language::En, Err(reply)),
        };
        match judged {
            Ok(answer) if !is_over() => {
                tell(stream, Reply::Taken, language).await;
                return answer;
            }
            Ok(_) => drop(visits.spawn(turn_away(stream, Reply::Other, language))),
            Err(reply) => {
                if reply == Reply::Other {
                    other_came();
                }
                visits.spawn(turn_away(stream, reply, language));
            }
        }
    }
}

async fn listen_to(mut stream: TcpStream) -> Visit {
    let request = timeout(CONNECTION_LIMIT, read(&mut stream)).await.ok()??;
    Some((stream, request))
}

async fn turn_away(stream: TcpStream, reply: Reply, language: Language) -> Visit {
    tell(stream, reply, language).await;
    None
}

async fn tell(mut stream: TcpStream, reply: Reply, language: Language) {
    let bytes = response(reply, language);
    // A browser that left has its reasons; the answer is with us all the same.
    let _ = timeout(CONNECTION_LIMIT, async {
        stream.write_all(bytes.as_bytes()).await?;
        stream.shutdown().await
    })
    .await;
}

/// The attempt's answer in a request, or why it is none. A page of another host that was made to
/// resolve to this computer shows by the name it asks for.
fn judge(request: &Request, address: &Url, attempt: &Attempt) -> Result<Result<Secret>, Reply> {
    if !request.host.eq_ignore_ascii_case(&host(address)) {
        return Err(Reply::WrongHost);
    }
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    if path != address.path() {
        return Err(Reply::NotFound);
    }
    if request.method != "GET" {
        return Err(Reply::NotGet);
    }
    let answer = Answer::read(query).filter(|answer| answer.is_of(attempt.expected())).ok_or(Reply::Other)?;
    match answer.code() {
        Err(error) if error.code == ErrorCode::NotACode => Err(Reply::Other),
        Err(error) => Ok(Err(attempt.named(error))),
        Ok(code) => Ok(Ok(code)),
    }
}
