//! What the browser is told: a page for a person, or a bare refusal. Nothing of the request is in
//! it, and nothing secret.

use crate::texts::Language;

/// What is said to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// This was the answer.
    Taken,
    /// An answer, but not the one that is waited for.
    Other,
    /// Not the callback address.
    NotFound,
    /// Not a GET.
    NotGet,
    /// Meant for another host.
    WrongHost,
    /// No HTTP.
    NotUnderstood,
    /// More than is read.
    TooLarge,
}

/// The whole answer, after which the connection is closed.
pub fn response(reply: Reply, language: Language) -> String {
    let (status, text) = match reply {
        Reply::Taken => ("200 OK", Some(taken(language))),
        Reply::Other => ("400 Bad Request", Some(other(language))),
        Reply::NotFound => ("404 Not Found", None),
        Reply::NotGet => ("405 Method Not Allowed\r\nAllow: GET", None),
        Reply::WrongHost => ("421 Misdirected Request", None),
        Reply::NotUnderstood => ("400 Bad Request", None),
        Reply::TooLarge => ("431 Request Header Fields Too Large", None),
    };
    let page = text.map(|[title, next]| page(language, title, next)).unwrap_or_default();
    format!(
        "HTTP/1.1 {status}\r\n\
         Content-Type: text/html; charset=utf-8\r\n\
         Content-Length: {}\r\n\
         Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n\
         Cache-Control: no-store\r\n\
         Referrer-Policy: no-referrer\r\n\
         X-Content-Type-Options: nosniff\r\n\
         Connection: close\r\n\
         \r\n\
         {page}",
        page.len()
    )
}

fn page(language: Language, title: &str, next: &str) -> String {
    let language = language.tag();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Tallykey</title>\n<h1>{title}</h1>\n<p>{next}</p>\n</html>\n"
    )
}

fn taken(language: Language) -> [&'static str; 2] {
    match language {
        Language::En => ["Tallykey has the answer", "You can close this page and go back to Tallykey."],
        Language::Ja => ["Tallykey に応答が届きました", "このページを閉じて、Tallykey に戻ってください。"],
        Language::De => ["Tallykey hat die Antwort", "Sie können diese Seite schließen und zu Tallykey zurückkehren."],
    }
}

fn other(language: Language) -> [&'static str; 2] {
    match language {
        Language::En => [
            "Tallykey did not take this answer",
            "It is not the one Tallykey waits for. Go back to Tallykey and open the browser from there.",
        ],
        Language::Ja => [
            "Tallykey はこの応答を受け取りませんでした",
            "Tallykey が待っている応答ではありません。Tallykey に戻り、そこからブラウザーを開いてください。",
        ],
        Language::De => [
            "Tallykey hat diese Antwort nicht angenommen",
            "Es ist nicht die, auf die Tallykey wartet. Kehren Sie zu Tallykey zurück, und öffnen Sie den Browser von dort.",
        ],
    }
}
