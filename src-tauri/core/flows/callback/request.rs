//! One request of a browser, as far as it matters here.

use httparse::{EMPTY_HEADER, Error, Header, Status};
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::page::Reply;
use crate::texts::Language;

/// Method, address and the two header fields that are looked at. Nothing of it is printed: the
/// address holds the code.
pub struct Request {
    pub method: String,
    pub target: String,
    /// Empty unless it is there exactly once.
    pub host: String,
    pub language: Language,
}

/// Codes of 2 000 characters and a browser's usual header fields fit four times.
const LARGEST: usize = 16 * 1024;
/// Browsers send about fifteen.
const MOST_FIELDS: usize = 64;

/// Reads the head of a request; `None` if whoever sent it went away. A body is never read.
pub async fn read(stream: &mut TcpStream) -> Option<Result<Request, Reply>> {
    let mut head = vec![0; LARGEST];
    let mut filled = 0;
    while filled < LARGEST {
        let count = stream.read(&mut head[filled..]).await.ok()?;
        if count == 0 {
            return None;
        }
        filled += count;
        if let Some(result) = parse(&head[..filled]) {
            return Some(result);
        }
    }
    Some(Err(Reply::TooLarge))
}

/// `None` while it is not whole.
fn parse(head: &[u8]) -> Option<Result<Request, Reply>> {
    let mut fields = [EMPTY_HEADER; MOST_FIELDS];
    let mut request = httparse::Request::new(&mut fields);
    match request.parse(head) {
        Ok(Status::Partial) => None,
        Ok(Status::Complete(_)) => Some(Ok(Request {
            method: request.method.unwrap_or_default().to_owned(),
            target: request.path.unwrap_or_default().to_owned(),
            host: only(request.headers, "host").unwrap_or_default().to_owned(),
            language: Language::of_preferences(only(request.headers, "accept-language").unwrap_or_default()),
        })),
        Err(Error::TooManyHeaders) => Some(Err(Reply::TooLarge)),
        Err(_) => Some(Err(Reply::NotUnderstood)),
    }
}

/// The text of a field that is there once.
fn only<'a>(fields: &[Header<'a>], name: &str) -> Option<&'a str> {
    let mut found = fields.iter().filter(|field| field.name.eq_ignore_ascii_case(name));
    let field = found.next()?;
    if found.next().is_some() {
        return None;
    }
    std::str::from_utf8(field.value).ok()
}
