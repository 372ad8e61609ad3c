//! Marked secrets run through every flow and must turn up nowhere but in the secret store, in the
//! requests they are meant for and on the clipboard.

use std::fmt::{Debug, Write as _};
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::json;
use tallykey_core::flows::outside::Account;
use tallykey_core::flows::refresh::Need;
use tallykey_core::model::site::Redirect;
use tallykey_core::{CopyFormat, ErrorCode, Language, Secret, sentence};

use crate::support::{Answer, Here, TOKEN_LIFE, get, html, json as json_answer, knock, visit};

/// Every token and code of the fake Redmine begins with it, and so does the client secret.
const MARK: &str = "SENTINEL";
const CLIENT_SECRET: &str = "SENTINEL-client-secret-4711";
const BASIC: &str = "Basic dGFsbHlrZXktcmVhZDpTRU5USU5FTC1jbGllbnQtc2VjcmV0LTQ3MTE=";

/// Everything the program logs, at its most talkative, from every thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn captured() -> &'static Self {
        static LOG: OnceLock<Log> = OnceLock::new();
        LOG.get_or_init(|| {
            let log = Self::default();
            let writer = log.clone();
            tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_ansi(false)
                .with_writer(move || writer.clone())
                .init();
            log
        })
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

/// Collects what a window, a terminal or a crash report could show.
#[derive(Default)]
struct Shown(String);

impl Shown {
    fn value(&mut self, value: &impl Debug) {
        writeln!(self.0, "{value:?} {value:#?}").expect("a string takes all");
    }

    fn result<T: Debug>(&mut self, result: tallykey_core::Result<T>) {
        match result {
            Ok(value) => self.value(&value),
            Err(error) => self.error(&error),
        }
    }

    fn error(&mut self, error: &tallykey_core::Error) {
        self.value(error);
        writeln!(self.0, "{error}").expect("a string takes all");
        for language in [Language::En, Language::Ja] {
            self.value(&sentence(error, language));
        }
    }
}

/// Lines that name a marked secret, in the clear or encoded.
fn leaks(text: &str) -> Vec<&str> {
    let credentials = BASIC.trim_start_matches("Basic ");
    text.lines().filter(|line| line.contains(MARK) || line.contains(credentials)).collect()
}

async fn marked() -> Here {
    let here = Here::new().await;
    here.redmine.marks_tokens(MARK);
    here.redmine.knows_client(BASIC);
    here
}

fn marked_form(here: &Here) -> tallykey_core::NewSite {
    tallykey_core::NewSite { client_secret: Some(Secret::from(CLIENT_SECRET)), ..here.form("Harbour") }
}

/// Every flow, when all goes well.
async fn good_day(here: &Here, shown: &mut Shown) {
    let form = marked_form(here);
    shown.value(&form);
    let site = here.desk.add(form).await.unwrap();
    let attempt = here.desk.begin_connect(site.clone()).await.unwrap();
    let pasted = here.redmine.approve(&attempt.url);
    let (account, connected) = here.desk.finish_connect(&attempt.id, &pasted).await.unwrap();
    shown.value(&account);
    shown.value(&connected);
    shown.result(here.desk.count(&site).await);
    here.clock.forward(TOKEN_LIFE);
    shown.result(here.desk.connection(&site, &Need::now()).await);
    let need = Need::Other(here.store.access_token(&site).unwrap().into());
    shown.value(&need);
    shown.result(here.desk.connection(&site, &need).await);
    shown.result(here.desk.copy(&site, CopyFormat::Curl).await);
    here.desk.token(&site, Duration::ZERO, CopyFormat::Json).await.unwrap();
    shown.value(&here.desk.copied());
    shown.value(&here.desk.clear_clipboard().await);
    here.connect_again(&site).await.unwrap();
    by_itself(here, &site, shown).await;
    shown.value(&here.desk.sites().unwrap());
    shown.result(here.desk.revoke(&site).await);
}

/// Answers that come to the listener, and what it says to them.
async fn by_itself(here: &Here, site: &Account, shown: &mut Shown) {
    let attempt = here.desk.begin_connect_by(site.clone(), Redirect::Loopback).await.unwrap();
    let mut answer = here.redmine.redirect(&attempt.url);
    answer.set_query(Some(&answer.query().unwrap().replace("state=", "state=SENTINEL-other-")));
    let other = visit(&answer).await;
    shown.value(&other);
    let lost = knock(&answer, get(&answer).replacen("/callback", "/elsewhere", 1).as_bytes()).await;
    shown.value(&lost);
    shown.value(&visit(&here.redmine.redirect(&attempt.url)).await);
    shown.result(here.desk.wait_connect(&attempt.id).await);

    let attempt = here.desk.begin_connect_by(site.clone(), Redirect::Loopback).await.unwrap();
    let answer = here.redmine.redirect(&attempt.url);
    here.redmine.next("/oauth/token", json_answer(400, json!({ "error": "invalid_grant" })));
    shown.value(&visit(&answer).await);
    shown.result(here.desk.wait_connect(&attempt.id).await);
}

/// A connection the server ends, and one that another person makes.
async fn endings(here: &Here, shown: &mut Shown) {
    let site = here.desk.named("Harbour").unwrap();
    here.connect_again(&site).await.unwrap();
    here.redmine.ends_all_tokens();
    here.clock.forward(TOKEN_LIFE);
    shown.result(here.desk.connection(&site, &Need::now()).await);
    shown.value(&here.store.connection(&site));
    here.redmine.bob_signs_in();
    shown.result(here.connect_again(&site).await);
    shown.result(here.desk.revoke(&site).await);
}

/// Every flow, against answers that quote what they were sent.
async fn bad_day(here: &Here, shown: &mut Shown) {
    let site = here.desk.named("Harbour").unwrap();
    for answer in hostile_answers() {
        here.connect_again(&site).await.unwrap();
        let attempt = here.desk.begin_connect(site.clone()).await.unwrap();
        here.redmine.always("/oauth/token", answer.clone());
        let pasted = here.redmine.approve(&attempt.url);
        shown.result(here.desk.finish_connect(&attempt.id, &pasted).await.map(drop));
        here.clock.forward(TOKEN_LIFE);
        shown.result(here.desk.connection(&site, &Need::now()).await);
        here.redmine.always("/issues.json", answer.clone());
        shown.result(here.desk.count(&site).await);
        here.redmine.always("/oauth/revoke", answer.clone());
        shown.result(here.desk.revoke(&site).await);
        here.redmine.recovers();
        here.desk.forget(site.site.id).await.unwrap();
    }
}

fn hostile_answers() -> Vec<Answer> {
    vec![
        html(200, "half a page"),
        html(500, "broken"),
        json_answer(200, json!({ "access_token": ["SENTINEL-in-a-list"], "refresh_token": "SENTINEL-r" })),
        json_answer(200, json!({ "access_token": "SENTINEL-a", "expires_in": {}, "scope": 7 })),
        json_answer(200, json!({ "refresh_token": "SENTINEL-without-access" })),
        json_answer(200, json!("SENTINEL-alone")),
        Answer::new(302).insert_header("location", "/?access_token=SENTINEL-redirect"),
    ]
}

/// A keychain that fails in the middle of everything.
async fn keychain_weather(here: &Here, shown: &mut Shown) {
    let site = here.desk.named("Harbour").unwrap();
    here.store.refuse("write", "connection", ErrorCode::KeychainLocked);
    let attempt = here.desk.begin_connect(site.clone()).await.unwrap();
    let pasted = here.redmine.approve(&attempt.url);
    let (_, connected) = here.desk.finish_connect(&attempt.id, &pasted).await.unwrap();
    shown.value(&connected.unsaved);
    here.clock.forward(TOKEN_LIFE);
    shown.result(here.desk.connection(&site, &Need::now()).await);
    here.store.recover();
    here.store.put_text(&site, "{\"version\":1,\"tokens\":{\"access_token\":\"SENTINEL-half");
    shown.result(here.desk.connection(&site, &Need::now()).await);
    shown.result(here.desk.revoke(&site).await);
    shown.result(here.desk.finish_connect("no attempt", "SENTINEL-code").await.map(drop));
}

#[tokio::test]
async fn no_secret_turns_up_in_logs_files_errors_or_values() {
    let log = Log::captured();
    let here = marked().await;
    let mut shown = Shown::default();

    good_day(&here, &mut shown).await;
    endings(&here, &mut shown).await;
    bad_day(&here, &mut shown).await;
    keychain_weather(&here, &mut shown).await;

    let log = log.text();
    assert!(log.contains("hyper") && log.contains("reqwest"), "the HTTP client's own words are among it");
    assert_eq!(leaks(&log), [""; 0], "logged");
    assert_eq!(leaks(&here.all_files()), [""; 0], "in a file");
    assert_eq!(leaks(&shown.0), [""; 0], "shown");
    assert!(here.redmine.take_asked().iter().all(|asked| leaks(asked.url.as_str()).is_empty()), "in an address");
    let opened = here.browser.opened();
    assert!(opened.iter().all(|url| leaks(url.as_str()).is_empty()), "in the browser");
}

#[tokio::test]
async fn a_server_that_quotes_what_it_was_sent_is_not_quoted() {
    let here = marked().await;
    let site = here.desk.add(marked_form(&here)).await.unwrap();
    let attempt = here.desk.begin_connect(site.clone()).await.unwrap();
    let pasted = here.redmine.approve(&attempt.url);
    let mut shown = Shown::default();

    here.redmine.next("/oauth/token", quoting(&format!("{pasted} and {CLIENT_SECRET}")));
    shown.result(here.desk.finish_connect(&attempt.id, &pasted).await.map(drop));
    here.finish(&attempt).await.unwrap();
    here.redmine.next("/issues.json", quoting(&here.store.access_token(&site).unwrap()));
    shown.result(here.desk.count(&site).await);
    here.clock.forward(TOKEN_LIFE);
    here.redmine.next("/oauth/token", quoting(&here.store.refresh_token(&site).unwrap()));
    shown.result(here.desk.connection(&site, &Need::now()).await);

    assert!(shown.0.matches("… is bad").count() >= 3 * 3, "{}", shown.0);
    assert_eq!(leaks(&shown.0), [""; 0]);
    assert_eq!(leaks(&here.all_files()), [""; 0]);
}

fn quoting(sent: &str) -> Answer {
    let words = format!("{sent} is bad");
    json_answer(400, json!({ "error": "moon_phase", "error_description": words, "errors": [words] }))
}

#[tokio::test]
async fn an_errors_words_hold_no_control_characters_and_no_end() {
    let here = Here::new().await;
    let site = here.stale().await;
    let words = format!("\u{1b}[2J{}", "x".repeat(100_000));
    here.redmine.next("/oauth/token", json_answer(400, json!({ "error": "odd", "error_description": words })));

    let error = here.use_site(&site).await.err().unwrap();

    let detail = error.detail.unwrap();
    assert!(detail.chars().count() <= 240 && !detail.chars().any(char::is_control), "{detail}");
}
