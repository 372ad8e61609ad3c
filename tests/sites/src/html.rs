//! Pages for people.

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// Text made safe to stand in a page or in an attribute's quotes.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

const STYLE: &str = "
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; color: #222; background: #eef1f4 }
header { padding: 14px 24px; background: #3e5b76; color: #fff; font-weight: 600 }
header small { float: right; font-weight: 400 }
main { max-width: 640px; margin: 32px auto; padding: 24px 32px; background: #fff; border-radius: 8px;
  box-shadow: 0 1px 4px #0003 }
h2 { margin-top: 0 } form { display: inline } li { margin: 4px 0 }
table { width: 100%; border-collapse: collapse } td, th { padding: 4px 8px; text-align: left; border-top: 1px solid #dde }
code { padding: 2px 6px; background: #eef1f4; border-radius: 4px; word-break: break-all }
input[type=submit] { padding: 8px 18px; border: 1px solid #3e5b76; border-radius: 6px; background: #fff; font: inherit;
  cursor: pointer } input.primary { background: #3e5b76; color: #fff }
#errorExplanation { padding: 12px; border: 1px solid #c33; border-radius: 6px; color: #922 }";

/// The frame around a page of a site. `title`, `site` and `who` are text, `body` is HTML.
pub(crate) fn page(status: StatusCode, title: &str, site: &str, who: &str, body: &str) -> Response {
    let (title, site, who) = (escape(title), escape(site), escape(who));
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title} - {site}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<header>{site}<small>{who}</small></header>\n\
         <main>\n<h2>{title}</h2>\n{body}\n</main>\n</body>\n</html>\n"
    );
    (status, Html(html)).into_response()
}

/// The page of an error that the browser shows and no redirect carries.
pub(crate) fn error(status: StatusCode, site: &str, sentence: &str) -> Response {
    let body = format!(r#"<p id="errorExplanation">{}</p>"#, escape(sentence));
    page(status, "An error has occurred", site, "", &body)
}
