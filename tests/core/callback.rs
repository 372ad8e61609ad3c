//! Who knocks at the loopback address: only the browser with this attempt's answer is let in, and
//! nobody else ends the waiting.

use std::time::Duration;

use tallykey_core::flows::connect::Attempt;
use tallykey_core::model::site::Redirect;
use tallykey_core::{ErrorCode, Event, Url};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::broadcast::Receiver;

use crate::support::{Here, Redmine, closed, code, get, hear, knock, open, speak, visit};

/// The address an answer comes to, with this query.
fn address(attempt: &Attempt, query: &str) -> Url {
    let mut url = Url::parse(attempt.redirect_uri()).unwrap();
    url.set_query(Some(query));
    url
}

fn state(attempt: &Attempt) -> String {
    attempt.url.query_pairs().find(|(key, _)| key == "state").unwrap().1.into_owned()
}

/// Whether an answer of another attempt was told of, and how often.
fn others(events: &mut Receiver<Event>) -> usize {
    std::iter::from_fn(|| events.try_recv().ok()).filter(|event| *event == Event::OtherAnswer).count()
}

/// After all that happened, the attempt's own answer is taken, and nothing was sent before.
async fn goes_on(here: &Here, attempt: &Attempt) {
    assert!(here.redmine.asked("/oauth/token").is_empty(), "something was sent");
    assert!(visit(&here.redmine.redirect(&attempt.url)).await.says_taken());
    here.desk.wait_connect(&attempt.id).await.unwrap();
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
}

#[tokio::test]
async fn an_answer_with_another_state_is_left_alone() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let mut events = here.desk.events();
    let mine = state(&attempt);
    let almost = format!("code=abc&state={}~", &mine[..mine.len() - 1]);

    for query in ["code=abc&state=guessed", "code=abc", "code=abc&state=", "error=access_denied", &almost] {
        let page = visit(&address(&attempt, query)).await;
        assert!(page.says_other(), "{query}: {page:?}");
    }

    assert_eq!(others(&mut events), 1, "told once, however often it happens");
    goes_on(&here, &attempt).await;
}

#[tokio::test]
async fn an_answer_that_holds_nothing_or_too_much_is_left_alone() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let state = state(&attempt);

    for query in [
        format!("state={state}"),
        format!("code=&state={state}"),
        format!("code=%20&state={state}"),
        format!("code=a&code=b&state={state}"),
        format!("code=a&state=x&state={state}"),
    ] {
        assert!(visit(&address(&attempt, &query)).await.says_other(), "{query}");
    }

    goes_on(&here, &attempt).await;
}

#[tokio::test]
async fn the_answer_to_an_attempt_given_up_is_left_alone() {
    let here = Here::new().await;
    let (site, first) = here.listening().await;
    let late = here.redmine.redirect(&first.url);
    let second = here.desk.begin_connect_by(site, Redirect::Loopback).await.unwrap();

    closed(&late).await;
    let page = visit(&address(&second, late.query().unwrap())).await;

    assert!(page.says_other(), "{page:?}");
    goes_on(&here, &second).await;
}

#[tokio::test]
async fn any_other_path_is_not_found() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let mut events = here.desk.events();
    let mine = here.redmine.redirect(&attempt.url);

    for path in ["/", "/callback/", "/Callback", "/callback/../callback", "/%63allback", "//callback", "/favicon.ico"] {
        let request = get(&mine).replacen("/callback", path, 1);
        let page = knock(&mine, request.as_bytes()).await.unwrap();
        assert_eq!((page.status, page.body.as_str()), (404, ""), "{path}");
    }
    let absolute = get(&mine).replacen("/callback", mine.as_str(), 1);
    assert_eq!(knock(&mine, absolute.as_bytes()).await.unwrap().status, 404);

    assert_eq!(others(&mut events), 0);
    goes_on(&here, &attempt).await;
}

#[tokio::test]
async fn any_other_method_is_refused() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let mine = here.redmine.redirect(&attempt.url);

    for method in ["POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "get"] {
        let request = get(&mine).replacen("GET", method, 1);
        let page = knock(&mine, request.as_bytes()).await.unwrap();
        assert_eq!((page.status, page.header("allow"), page.body.as_str()), (405, Some("GET"), ""), "{method}");
    }

    goes_on(&here, &attempt).await;
}

#[tokio::test]
async fn a_request_meant_for_another_host_is_refused() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let mine = here.redmine.redirect(&attempt.url);
    let port = mine.port().unwrap();
    let own = format!("Host: 127.0.0.1:{port}\r\n");

    for host in [
        format!("Host: evil.example:{port}\r\n"),
        format!("Host: localhost:{port}\r\n"),
        format!("Host: [::1]:{port}\r\n"),
        format!("Host: 127.0.0.1:{port}.evil.example\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        "Host: \r\n".to_owned(),
        String::new(),
        format!("{own}Host: evil.example\r\n"),
        format!("{own}{own}"),
    ] {
        let request = get(&mine).replacen(&own, &host, 1);
        let page = knock(&mine, request.as_bytes()).await.unwrap();
        assert_eq!((page.status, page.body.as_str()), (421, ""), "{host}");
    }

    goes_on(&here, &attempt).await;
}

#[tokio::test]
async fn a_request_of_a_megabyte_is_not_read() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let mine = here.redmine.redirect(&attempt.url);
    let filling = "x".repeat(1 << 20);

    let long_address = format!("GET /callback?code={filling} HTTP/1.1\r\nHost: x\r\n\r\n");
    let long_field = get(&mine).replacen("User-Agent: x", &format!("User-Agent: {filling}"), 1);
    let many_fields = get(&mine).replacen("User-Agent: x", &"A: b\r\n".repeat(100), 1);
    for request in [long_address, long_field, many_fields] {
        // A visitor who is still talking may miss the refusal.
        let page = knock(&mine, request.as_bytes()).await;
        assert!(page.is_none_or(|page| page.status == 431));
    }

    goes_on(&here, &attempt).await;
}

#[tokio::test]
async fn what_is_not_http_is_refused() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let mine = here.redmine.redirect(&attempt.url);

    for bytes in [&b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..], b"hello\r\n\r\n", b"\0\0\0\0", b"GET\r\n\r\n"] {
        let page = knock(&mine, bytes).await;
        assert!(page.is_none_or(|page| page.status == 400), "{bytes:?}");
    }

    goes_on(&here, &attempt).await;
}

#[tokio::test]
async fn a_visitor_who_leaves_early_changes_nothing() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let mine = here.redmine.redirect(&attempt.url);
    drop(open(&mine).await);
    let mut half = open(&mine).await;
    half.write_all(&get(&mine).as_bytes()[..40]).await.unwrap();
    drop(half);

    goes_on(&here, &attempt).await;
}

#[tokio::test]
async fn a_visitor_who_says_nothing_keeps_nobody_waiting() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let _ahead_of_need = open(&address(&attempt, "")).await;

    goes_on(&here, &attempt).await;
}

#[tokio::test]
async fn a_visitor_who_does_not_finish_is_sent_away() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let mine = here.redmine.redirect(&attempt.url);
    let mut slow = open(&mine).await;
    slow.write_all(&get(&mine).as_bytes()[..40]).await.unwrap();

    tokio::time::pause();
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer).await.unwrap();
    tokio::time::resume();

    assert_eq!(answer, b"");
    goes_on(&here, &attempt).await;
}

#[tokio::test]
async fn however_many_come_the_browser_has_its_turn() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let url = address(&attempt, "code=abc&state=guessed");
    let mut crowd = Vec::new();
    for _ in 0..40 {
        crowd.push(open(&url).await);
    }

    // It has spoken before time runs ahead.
    let browser = speak(&url, get(&url).as_bytes()).await;

    tokio::time::pause();
    let start = tokio::time::Instant::now();
    let page = hear(browser).await.expect("a page");
    let waited = start.elapsed();
    tokio::time::resume();

    assert!(page.says_other());
    assert!(waited >= Duration::from_secs(5) && waited < Duration::from_secs(30), "{waited:?}");
    drop(crowd);
    goes_on(&here, &attempt).await;
}

#[tokio::test]
async fn after_the_answer_nobody_listens() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let mine = here.redmine.redirect(&attempt.url);
    assert!(visit(&mine).await.says_taken());

    closed(&mine).await;

    here.desk.wait_connect(&attempt.id).await.unwrap();
    assert_eq!(here.redmine.asked("/oauth/token").len(), 1);
}

#[tokio::test]
async fn no_page_holds_what_was_sent_or_lets_anything_else_in() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let mine = here.redmine.redirect(&attempt.url);
    let other = visit(&address(&attempt, "code=<b>abc</b>&state=guessed&error_description=%3Cscript%3E")).await;
    let lost = knock(&mine, get(&mine).replacen("/callback", "/other", 1).as_bytes()).await.unwrap();
    let taken = visit(&mine).await;

    for page in [&other, &lost, &taken] {
        for (name, wanted) in [
            ("content-type", "text/html; charset=utf-8"),
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("connection", "close"),
        ] {
            assert_eq!(page.header(name), Some(wanted), "{page:?}");
        }
        assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'; "), "{page:?}");
        assert_eq!(page.header("content-length"), Some(page.body.len().to_string().as_str()));
        for (_, value) in mine.query_pairs() {
            assert!(!page.body.contains(&*value) && !page.head.contains(&*value), "{page:?}");
        }
        assert!(!page.body.contains("abc") && !page.body.contains("script"), "{page:?}");
        assert!(!page.body.contains("Harbour") && !page.body.contains("://"), "{page:?}");
    }
}

#[tokio::test]
async fn the_page_speaks_the_browsers_language() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let mine = here.redmine.redirect(&attempt.url);
    let in_japanese = |url: &Url| get(url).replacen("User-Agent: x", "Accept-Language: ja-JP, en;q=0.8", 1);

    let other = address(&attempt, "code=abc&state=guessed");
    let other = knock(&other, in_japanese(&other).as_bytes()).await.unwrap();
    let taken = knock(&mine, in_japanese(&mine).as_bytes()).await.unwrap();

    assert!(other.body.contains("lang=\"ja\"") && other.body.contains("受け取りませんでした"), "{other:?}");
    assert!(taken.body.contains("lang=\"ja\"") && taken.body.contains("応答が届きました"), "{taken:?}");
}

#[tokio::test]
async fn a_denial_is_the_attempts_answer() {
    let here = Here::new().await;
    let (site, attempt) = here.listening().await;
    let mine = Redmine::deny(&attempt.url);

    assert!(visit(&mine).await.says_taken());

    let error = here.desk.wait_connect(&attempt.id).await.unwrap_err();
    assert_eq!((error.code, error.site.as_deref()), (ErrorCode::Denied, Some("Harbour")));
    closed(&mine).await;
    assert!(here.desk.attempt().is_none());
    assert!(here.redmine.take_asked().is_empty());
    assert!(here.store.connection(&site).is_none());
}

#[tokio::test]
async fn any_other_refusal_is_the_attempts_answer_in_the_servers_words() {
    let here = Here::new().await;
    let (_, attempt) = here.listening().await;
    let query = format!("error=server_error&error_description=Out+of%0Apaper&state={}", state(&attempt));

    assert!(visit(&address(&attempt, &query)).await.says_taken());

    let error = here.desk.wait_connect(&attempt.id).await.unwrap_err();
    assert_eq!((error.code, error.detail.as_deref()), (ErrorCode::AuthorizeRefused, Some("Out of paper")));
}

#[tokio::test]
async fn an_answer_of_another_server_is_left_alone() {
    let here = Here::new().await;
    let account = here.with_issuer("{base}").await;
    let attempt = here.desk.begin_connect(account).await.unwrap();
    let mut events = here.desk.events();
    let mut mine = here.redmine.redirect(&attempt.url);
    let mut theirs = mine.clone();
    theirs.query_pairs_mut().append_pair("iss", "https://evil.example");

    assert!(visit(&theirs).await.says_other());
    assert_eq!(others(&mut events), 1);
    assert_eq!(code(here.desk.finish_connect(&attempt.id, theirs.as_str()).await), ErrorCode::WrongSite);
    assert!(here.redmine.take_asked().is_empty());

    mine.query_pairs_mut().append_pair("iss", &here.redmine.base());
    assert!(visit(&mine).await.says_taken());
    here.desk.wait_connect(&attempt.id).await.unwrap();
}
