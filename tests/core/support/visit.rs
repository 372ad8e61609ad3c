//! A browser on the wire, and worse visitors.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use tallykey_core::Url;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What a visitor is shown.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Page {
    /// A header field's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let field = |line: &str| line.split_once(": ").map(|(key, _)| key.eq_ignore_ascii_case(name));
        let line = self.head.lines().find(|line| field(line) == Some(true))?;
        line.split_once(": ").map(|(_, value)| value)
    }

    /// Whether it says that Tallykey has the answer.
    pub fn says_taken(&self) -> bool {
        self.status == 200 && self.body.contains("Tallykey has the answer")
    }

    /// Whether it says that this was not what is waited for.
    pub fn says_other(&self) -> bool {
        self.status == 400 && self.body.contains("did not take this answer")
    }
}

/// A connection to the listener of a redirect address.
pub async fn open(url: &Url) -> TcpStream {
    let port = url.port().expect("a port");
    TcpStream::connect(("127.0.0.1", port)).await.expect("somebody listens")
}

/// A browser opens an address.
pub async fn visit(url: &Url) -> Page {
    knock(url, get(url).as_bytes()).await.expect("a page")
}

/// The request a browser sends for an address.
pub fn get(url: &Url) -> String {
    let (host, port) = (url.host_str().expect("a host"), url.port().expect("a port"));
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("GET {}{query} HTTP/1.1\r\nHost: {host}:{port}\r\nUser-Agent: x\r\nAccept: */*\r\n\r\n", url.path())
}

/// Sends these bytes to the listener of a redirect address; `None` if it hangs up without a word.
pub async fn knock(url: &Url, bytes: &[u8]) -> Option<Page> {
    hear(speak(url, bytes).await).await
}

/// Sends these bytes to the listener of a redirect address, and does not listen yet.
pub async fn speak(url: &Url, bytes: &[u8]) -> TcpStream {
    let mut stream = open(url).await;
    // It may refuse before it has heard all.
    stream.write_all(bytes).await.ok();
    stream
}

/// What is answered; `None` if it hangs up without a word.
pub async fn hear(mut stream: TcpStream) -> Option<Page> {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok();
    let text = String::from_utf8(answer).expect("text");
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Page { status, head: head.to_owned(), body: body.to_owned() })
}

/// Nobody listens at a redirect address any more.
pub async fn closed(url: &Url) {
    let port = url.port().expect("a port");
    let deadline = Instant::now() + Duration::from_mins(1);
    while Instant::now() < deadline {
        match TcpStream::connect(("127.0.0.1", port)).await {
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => return,
            _ => tokio::task::yield_now().await,
        }
    }
    panic!("port {port} is still open");
}
