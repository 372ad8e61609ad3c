//! Answers of the scripted Redmine, made in one line.

use serde_json::Value;
pub use wiremock::ResponseTemplate as Answer;

pub fn answer(status: u16) -> Answer {
    Answer::new(status)
}

pub fn json(status: u16, body: Value) -> Answer {
    answer(status).set_body_json(body)
}

pub fn html(status: u16, text: &str) -> Answer {
    answer(status).set_body_raw(format!("<!DOCTYPE html><title>{text}</title>"), "text/html")
}

pub fn oauth_error(status: u16, error: &str) -> Answer {
    json(status, serde_json::json!({ "error": error, "error_description": format!("The server says {error}.") }))
}
