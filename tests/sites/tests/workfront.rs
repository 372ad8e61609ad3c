//! What the guides to Workfront's OAuth 2 applications and API show is answered, and nothing else is.
#![expect(clippy::unwrap_used, reason = "also the functions that tests are made of may stop a test")]

mod wire;

use tallykey_sites::{
    Approval, CLIENT_ID, CLIENT_SECRET, Change, CountShape, Options, Provider, Rotation, SINGLE_PAGE_ID, Site, Spot,
};
use wire::{json, send};

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";
/// Basic: `tallykey-read:tallykey-read-secret`.
const JSON: &str = "Authorization: Basic dGFsbHlrZXktcmVhZDp0YWxseWtleS1yZWFkLXNlY3JldA==\r\n\
                    Content-Type: application/json\r\n";
const REDIRECT: &str = "http://127.0.0.1:28765/callback";
/// The same, as `curl --data-urlencode` writes it.
const ENCODED: &str = "http%3A%2F%2F127.0.0.1%3A28765%2Fcallback";
/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

async fn site() -> Site {
    Site::start(Options::new(Provider::Workfront)).await.unwrap()
}

/// The guide's address, with more at its end.
fn address(site: &Site, client_id: &str, more: &str) -> String {
    let base = site.base_url();
    format!(
        "{base}/integrations/oauth2/authorize?client_id={client_id}&redirect_uri={REDIRECT}&response_type=code{more}"
    )
}

fn code(site: &Site) -> String {
    site.approve(&address(site, CLIENT_ID, "")).code().unwrap()
}

/// Example 1 of the guide, byte for byte.
fn example_1(code: &str) -> String {
    format!("{{\n\"code\": \"{code}\",\n\"grant_type\": \"authorization_code\",\n\"redirect_uri\": \"{REDIRECT}\"\n}}")
}

/// Example 2 of the guide, as curl sends it.
fn example_2(code: &str) -> String {
    format!(
        "grant_type=authorization_code&redirect_uri={ENCODED}&code={code}&client_id={CLIENT_ID}\
         &client_secret={CLIENT_SECRET}"
    )
}

fn refresh_json(token: &str) -> String {
    format!("{{\n   \"grant_type\": \"refresh_token\",\n   \"refresh_token\": \"{token}\"\n}}")
}

fn refresh_form(token: &str) -> String {
    format!(
        "grant_type=refresh_token&redirect_uri={ENCODED}&refresh_token={token}&client_id={CLIENT_ID}\
         &client_secret={CLIENT_SECRET}"
    )
}

async fn token(site: &Site, headers: &str, body: &str) -> String {
    send(site, "POST /integrations/oauth2/api/v1/token", headers, body).await
}

fn tokens(answer: &str) -> (String, String) {
    let answer = json(answer);
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

async fn connect(site: &Site) -> (String, String) {
    tokens(&token(site, JSON, &example_1(&code(site))).await)
}

async fn get(site: &Site, session: &str, path: &str) -> String {
    send(site, &format!("GET /attask/api/{path}"), &format!("sessionID: {session}\r\n"), "").await
}

async fn count(site: &Site, session: &str, query: &str) -> u64 {
    json(&get(site, session, &format!("v20.0/{query}")).await)["data"]["count"].as_u64().unwrap()
}

#[tokio::test]
async fn the_redirect_has_the_code_the_domain_and_the_lane() {
    let site = site().await;
    let redirect = |answer| match answer {
        Approval::Redirect { redirect } => redirect,
        other => panic!("{other:?}"),
    };
    let own = redirect(site.approve(&address(&site, CLIENT_ID, "&state=4f")));
    assert!(own.starts_with(&format!("{REDIRECT}?code=")) && own.ends_with("&state=4f&domain=127&lane=0"));
    let labels = Some(["myorganization".to_owned(), "preview".to_owned()]);
    site.change(Change { labels, ..Change::default() }).unwrap();
    let other = redirect(site.approve(&address(&site, CLIENT_ID, "")));
    assert!(other.ends_with("&domain=myorganization&lane=preview") && !other.contains("state"));
}

#[tokio::test]
async fn another_process_changes_and_approves_over_http() {
    let site = site().await;
    let in_json = "Content-Type: application/json\r\n";
    let change = r#"{"labels":["a","b"],"count_shape":"bare","error_status":200,"rotation":"off"}"#;
    assert!(send(&site, "POST /_control", in_json, change).await.starts_with("HTTP/1.1 200"));
    let visit = format!(r#"{{"authorize_url":"{}"}}"#, address(&site, CLIENT_ID, ""));
    let answer = json(&send(&site, "POST /_approve", in_json, &visit).await);
    assert!(answer["redirect"].as_str().unwrap().ends_with("&domain=a&lane=b"));
    assert!(send(&site, "POST /_control", in_json, r#"{"calls_left":1}"#).await.starts_with("HTTP/1.1 422"));
}

#[tokio::test]
async fn an_authorization_that_the_guide_does_not_show_ends_in_a_page() {
    let site = site().await;
    let challenge = format!("&{CHALLENGE}");
    for (id, more, from, to) in [
        (CLIENT_ID, "", "response_type=code", "response_type=token"),
        (CLIENT_ID, "", "&response_type=code", ""),
        (CLIENT_ID, "", "28765", "28766"),
        (CLIENT_ID, "", "callback", "callback?x=1"),
        ("nobody", "", "", ""),
        (CLIENT_ID, "&scope=view", "", ""),
        (CLIENT_ID, "&organization_id=1", "", ""),
        (CLIENT_ID, &challenge, "", ""),
        (SINGLE_PAGE_ID, "", "", ""),
        (SINGLE_PAGE_ID, &challenge, "S256", "plain"),
        (SINGLE_PAGE_ID, &challenge, "code_challenge_method=S256&", ""),
    ] {
        let answer = site.approve(&address(&site, id, more).replace(from, to));
        assert!(matches!(answer, Approval::Refused { status: 400 | 401, .. }), "{id} {more} {to} {answer:?}");
    }
}

#[tokio::test]
async fn a_person_signs_in_and_then_consents() {
    let site = site().await;
    let query = address(&site, CLIENT_ID, "&state=4f").split_once('?').unwrap().1.to_owned();
    let ask = format!("GET /integrations/oauth2/authorize?{query}");
    let answer = send(&site, &ask, "", "").await;
    let login = answer.lines().find_map(|line| line.strip_prefix("location: ")).unwrap().to_owned();
    assert!(login.starts_with("/login?client_id="));
    assert!(send(&site, &format!("GET {login}"), "", "").await.contains(r#"id="login""#));
    let back = send(&site, &format!("POST {login}"), FORM, "").await;
    assert!(back.contains("location: /integrations/oauth2/authorize?client_id="));

    let page = send(&site, &ask, "", "").await;
    assert!(page.contains("Signed in as Alice Liddell") && page.contains(r#"id="authorize""#));
    let sent = send(&site, "POST /integrations/oauth2/authorize", FORM, &query).await;
    assert!(sent.contains(&format!("location: {REDIRECT}?code=")) && sent.contains("&state=4f&domain=127&lane=0"));

    site.change(Change { sign_out: true, ..Change::default() }).unwrap();
    assert!(send(&site, &ask, "", "").await.contains("location: /login?"));
}

#[tokio::test]
async fn both_examples_of_an_exchange_are_answered() {
    let site = site().await;
    for (headers, body) in [(JSON, example_1(&code(&site))), (FORM, example_2(&code(&site)))] {
        let answer = json(&token(&site, headers, &body).await);
        let names: Vec<&String> = answer.as_object().unwrap().keys().collect();
        assert_eq!(names, ["access_token", "expires_in", "refresh_token", "token_type", "wid"]);
        assert_eq!((&answer["token_type"], &answer["expires_in"]), (&"sessionID".into(), &0.into()));
        assert!(token(&site, headers, &body).await.contains("invalid_grant"), "a code is used once");
    }
}

#[tokio::test]
async fn a_code_lives_two_minutes() {
    let site = site().await;
    for (seconds, status) in [(119, "HTTP/1.1 200"), (120, "HTTP/1.1 400")] {
        let code = code(&site);
        site.advance(seconds);
        assert!(token(&site, JSON, &example_1(&code)).await.starts_with(status), "{seconds}");
    }
}

#[tokio::test]
async fn both_examples_of_a_refresh_are_answered() {
    let site = site().await;
    let (_, first) = connect(&site).await;
    let (_, second) = tokens(&token(&site, JSON, &refresh_json(&first)).await);
    let (session, _) = tokens(&token(&site, FORM, &refresh_form(&second)).await);
    assert!(get(&site, &session, "v20.0/proj/search").await.starts_with("HTTP/1.1 200"));
    assert!(token(&site, JSON, &refresh_json(&first)).await.contains("invalid_grant"));

    site.change(Change { expire_refresh_tokens: true, ..Change::default() }).unwrap();
    assert!(get(&site, &session, "v20.0/proj/search").await.starts_with("HTTP/1.1 200"));

    site.change(Change { rotation: Some(Rotation::Off), ..Change::default() }).unwrap();
    let (_, kept) = connect(&site).await;
    for _ in 0..2 {
        let answer = json(&token(&site, JSON, &refresh_json(&kept)).await);
        assert!(answer["access_token"].is_string() && answer.get("refresh_token").is_none());
    }
}

#[tokio::test]
async fn the_two_ways_are_not_mixed() {
    let site = site().await;
    let code = code(&site);
    let (basic, _) = JSON.split_once("\r\n").unwrap();
    let (one, two) = (example_1(&code), example_2(&code));
    let without_secret = two.replace(&format!("&client_secret={CLIENT_SECRET}"), "");
    let with_id = one.replace("{\n", &format!("{{\n\"client_id\": \"{CLIENT_ID}\",\n"));
    for (headers, body) in [
        (format!("{basic}\r\n{FORM}"), two.clone()),
        (format!("{basic}\r\n{FORM}"), without_secret.clone()),
        (FORM.to_owned(), without_secret),
        ("Content-Type: application/json\r\n".to_owned(), one.clone()),
        (JSON.to_owned(), with_id),
        (JSON.to_owned(), two.clone()),
        (JSON.to_owned(), one.replace("28765", "28766")),
        (JSON.replace("dGFs", "dGFt"), one.clone()),
        (FORM.to_owned(), format!("{two}&scope=view")),
        (FORM.to_owned(), format!("{two}&code_verifier={VERIFIER}")),
        (FORM.to_owned(), two.replace(CLIENT_SECRET, "another")),
    ] {
        let answer = token(&site, &headers, &body).await;
        assert!(answer.starts_with("HTTP/1.1 40") && json(&answer)["error"].is_string(), "{headers}{body}");
    }
    let in_address = format!("POST /integrations/oauth2/api/v1/token?{two}");
    assert!(send(&site, &in_address, FORM, "").await.contains("not in its address"));
    let in_both = "POST /integrations/oauth2/api/v1/token?client_id=tallykey-read";
    assert!(send(&site, in_both, JSON, &one).await.contains("not in its address"));

    let (_, refresh) = tokens(&token(&site, JSON, &one).await);
    let no_redirect = refresh_form(&refresh).replace(&format!("&redirect_uri={ENCODED}"), "");
    assert!(token(&site, FORM, &no_redirect).await.contains("invalid_redirect_uri"));
}

#[tokio::test]
async fn the_single_page_type_has_a_verifier_and_no_secret() {
    let site = site().await;
    let more = format!("&{CHALLENGE}");
    let code = site.approve(&address(&site, SINGLE_PAGE_ID, &more)).code().unwrap();
    let form = format!(
        "grant_type=authorization_code&client_id={SINGLE_PAGE_ID}&redirect_uri={ENCODED}&code={code}\
         &code_verifier={VERIFIER}"
    );
    for wrong in [
        form.replace(VERIFIER, "short"),
        form.replace(VERIFIER, &VERIFIER.replace('d', "e")),
        form.replace(&format!("&code_verifier={VERIFIER}"), ""),
        format!("{form}&client_secret=x"),
        form.replace(SINGLE_PAGE_ID, CLIENT_ID),
    ] {
        assert!(token(&site, FORM, &wrong).await.starts_with("HTTP/1.1 40"), "{wrong}");
    }
    let answer = token(&site, FORM, &form).await;
    assert_eq!((&json(&answer)["token_type"], &json(&answer)["expires_in"]), (&"Bearer".into(), &3600.into()));
    let (session, refresh) = tokens(&answer);
    assert!(get(&site, &session, "v20.0/proj/search").await.contains("Website"));
    let form =
        format!("grant_type=refresh_token&client_id={SINGLE_PAGE_ID}&redirect_uri={ENCODED}&refresh_token={refresh}");
    assert!(token(&site, FORM, &form).await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn only_a_session_in_its_header_is_signed_in() {
    let site = site().await;
    let (session, _) = connect(&site).await;
    let me = json(&get(&site, &session, "v20.0/user/search?ID=$$USER.ID&fields=ID,name").await);
    assert_eq!((me["data"].as_array().unwrap().len(), &me["data"][0]["name"]), (1, &"Alice Liddell".into()));
    assert_eq!(me["data"][0]["ID"].as_str().unwrap().len(), 32);

    let path = "GET /attask/api/v20.0/user/search";
    let bearer = format!("Authorization: Bearer {session}\r\n");
    for (line, headers) in
        [(path.to_owned(), bearer.as_str()), (format!("{path}?sessionID={session}"), ""), (path.to_owned(), "")]
    {
        let answer = send(&site, &line, headers, "").await;
        assert!(answer.starts_with("HTTP/1.1 401"));
        assert_eq!(json(&answer)["error"]["class"], "com.attask.common.AuthenticationException");
        assert_eq!(json(&answer)["error"]["message"], "You are not currently logged in.");
    }
    site.change(Change { error_status: Some(200), expire_tokens: true, ..Change::default() }).unwrap();
    let answer = get(&site, &session, "v20.0/task/count").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("AuthenticationException"));
}

#[tokio::test]
async fn logout_ends_the_session_and_not_the_refresh_token() {
    let site = site().await;
    let (session, refresh) = connect(&site).await;
    assert!(get(&site, &session, "v20.0/logout").await.starts_with("HTTP/1.1 200"));
    assert!(get(&site, &session, "v20.0/logout").await.contains("AuthenticationException"));
    let (session, _) = tokens(&token(&site, JSON, &refresh_json(&refresh)).await);
    assert!(get(&site, &session, "v20.0/proj/search").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn versions_end() {
    let site = site().await;
    let (session, _) = connect(&site).await;
    for (version, status) in [("v14.0", 410), ("v15.0", 200), ("v22.0", 200), ("v23.0", 404), ("20.0", 404)] {
        let answer = get(&site, &session, &format!("{version}/proj/search")).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{version}");
    }
}

#[tokio::test]
async fn tasks_and_issues_together_are_the_person_s_counts() {
    let site = site().await;
    let (session, _) = connect(&site).await;
    let mine = "assignments:assignedToID=$$USER.ID";
    let entered = "enteredByID=$$USER.ID";
    let late = "&plannedCompletionDate=$$TODAY&plannedCompletionDate_Mod=lt";
    for (whose, when, expected) in [(mine, "", 15), (mine, late, 6), (entered, "", 14)] {
        let tasks = format!("task/count?{whose}&percentComplete=100&percentComplete_Mod=lt{when}");
        let issues = format!("optask/count?{whose}&actualCompletionDate_Mod=isnull{when}");
        let sum = count(&site, &session, &tasks).await + count(&site, &session, &issues).await;
        assert_eq!(sum, expected, "{whose}{when}");
    }
    let encoded = "task/count?assignments%3AassignedToID=%24%24USER.ID";
    assert_eq!(count(&site, &session, encoded).await, count(&site, &session, &format!("TASK/count?{mine}")).await);
    let first = "task/count?assignedToID=$$USER.ID";
    assert!(count(&site, &session, first).await < count(&site, &session, encoded).await);
    for object in ["proj", "project"] {
        assert_eq!(count(&site, &session, &format!("{object}/count?status=CUR")).await, 3);
    }
    site.change(Change { count_shape: Some(CountShape::Bare), ..Change::default() }).unwrap();
    assert_eq!(json(&get(&site, &session, "v20.0/proj/count?status=CUR").await)["count"], 3);
}

#[tokio::test]
async fn a_filter_that_is_not_known_is_refused() {
    let site = site().await;
    let (session, _) = connect(&site).await;
    for query in [
        "task/count?assignedToId=$$USER.ID",
        "task/count?percentComplete=100&percentComplete_mod=lt",
        "task/count?percentComplete=100&percentComplete_Mod=LT",
        "task/count?percentComplete_Mod=lt",
        "task/count?ID=none&percentComplete=100&percentComplete_Mod=LT",
        "optask/count?percentComplete=100",
        "task/count?plannedCompletionDate=yesterday&plannedCompletionDate_Mod=lt",
        "task/count?fields=ID",
        "proj/search?$$LIMIT=2001",
        "user/search?fields=password",
        "nothing/count",
        "task/report",
    ] {
        let answer = get(&site, &session, &format!("v20.0/{query}")).await;
        assert!(answer.starts_with("HTTP/1.1 40") && json(&answer)["error"]["message"].is_string(), "{query}");
    }
}

#[tokio::test]
async fn faults_find_their_requests() {
    let site = site().await;
    let (session, _) = connect(&site).await;
    for (spot, path) in [
        (Spot::Me, "v20.0/user/search?ID=$$USER.ID"),
        (Spot::Issues, "v20.0/task/count"),
        (Spot::Revoke, "v20.0/logout"),
    ] {
        let fault = Change { fault: "status:503".parse().ok(), on: spot, ..Change::default() };
        site.change(fault).unwrap();
        assert!(get(&site, &session, path).await.starts_with("HTTP/1.1 503"), "{path}");
    }
    site.fail_tokens("half_answer".parse().unwrap(), 1);
    let answer = token(&site, JSON, &example_1(&code(&site))).await;
    assert!(answer.starts_with("HTTP/1.1 200") && serde_json::from_str::<serde_json::Value>(&answer).is_err());
    let asked = site.traffic().last_token_request.unwrap();
    assert_eq!((asked.authorization.as_deref(), asked.names.len()), (Some("Basic"), 3));
}
