use crate::model::provider::Provider;

/// A definition with everything in it that can be wrong.
const WHOLE: &str = r#"
schema = 1
id = "tracker"
name = "Tracker"
mark = "Tr"
summary = { en = "A tracker", ja = "トラッカー" }
docs = ["https://tracker.example.jp/docs"]

[[input]]
key = "base"
kind = "base"
label = { en = "Address", ja = "アドレス" }

[[input]]
key = "org"
kind = "text"
label = { en = "Organization", ja = "組織" }

[[check]]
id = "product"
label = { en = "Found", ja = "検出" }
url = "{base}/version"
rule = [{ status = 200 }]

[oauth]
authorize = "{base}/authorize"
token = "{base}/token"
application = [{ id = "app", label = { en = "App", ja = "アプリ" }, auth = "body" }]
redirect = ["paste"]
redirect_port = 4000
scope = [{ id = "read", label = { en = "Read", ja = "読み取り" } }]
authorize_params = { organization = "{org}" }
errors = { bad_code = "invalid_grant" }
code_ttl = 600
revoke = { url = "{base}/revoke", json = { token = "{token}" } }

[api]
base = "{base}/api"
me = { path = "/me", id = "/id", text = "/name" }
limit = { remaining = "X-Left", reset = "X-Reset" }

[[choice]]
key = "board"
many = true
label = { en = "Boards", ja = "ボード" }
path = "/boards"
items = "/boards"
value = "/id"
text = "/name"

[[choice]]
key = "user"
label = { en = "User", ja = "ユーザー" }
path = "/users"
items = "/users"
value = "/id"
text = "/name"

[[count]]
id = "open"
label = { en = "Open", ja = "未完了" }
term = [{ each = "board", path = "/boards/{board}", query = { who = "{user}" }, at = "/total" }]
page = "{base}/open"

[pages]
home = "{base}/home"

[help]
register = { en = "Register", ja = "登録" }
revoke = { en = "Revoke", ja = "取り消し" }
"#;

/// Line and reason of the definition with one thing replaced.
fn refused(what: &str, by: &str) -> (Option<usize>, String) {
    assert_eq!(WHOLE.matches(what).count(), 1, "{what}");
    let problem = Provider::parse(&WHOLE.replace(what, by)).map(|provider| provider.id).unwrap_err();
    (problem.line, problem.reason)
}

/// Each replacement is refused with these words, in the line in which it stands.
fn all_refused(cases: &[(&str, &str, &str)]) {
    for (what, by, words) in cases {
        let (line, reason) = refused(what, by);
        let text = WHOLE.replace(what, by);
        assert!(reason.contains(words), "{by}: {reason}");
        let line = text.lines().nth(line.unwrap_or_else(|| panic!("{by}: no line")) - 1).unwrap();
        assert!(by.lines().any(|by| line.contains(by.trim())), "{by}: not {line}");
    }
}

#[test]
fn what_is_changed_here_is_sound_before() {
    Provider::parse(WHOLE).unwrap();
}

#[test]
fn another_schema_is_told_before_the_keys_nobody_knows() {
    let text = format!("{WHOLE}\n[future]\nkey = 1\n").replace("schema = 1", "schema = 99");
    let problem = Provider::parse(&text).unwrap_err();
    assert_eq!((problem.line, problem.reason.as_str()), (Some(2), "schema 99 is not known, only 1"));
    let missing = Provider::parse(&WHOLE.replace("schema = 1\n", "")).unwrap_err();
    assert!(missing.reason.contains("schema"), "{missing}");
}

#[test]
fn an_id_is_plain() {
    all_refused(&[
        (r#"id = "tracker""#, r#"id = "Tracker""#, "`id` is not"),
        (r#"id = "tracker""#, r#"id = "../tracker""#, "`id` is not"),
    ]);
    assert_eq!(refused(r#"id = "tracker""#, r#"id = """#).1, "`id` is not lower-case letters, digits and hyphens");
}

#[test]
fn every_name_means_one_thing() {
    all_refused(&[
        (r#"key = "org""#, r#"key = "today""#, "`today` is taken"),
        (r#"key = "org""#, r#"key = "token""#, "`token` is taken"),
        (r#"key = "user""#, r#"key = "me.id""#, "`me.id` is taken"),
    ]);
    assert_eq!(refused(r#"key = "org""#, r#"key = "base""#).1, "the name `base` is taken");
    assert_eq!(refused(r#"key = "user""#, r#"key = "org""#).1, "the name `org` is taken");
}

#[test]
fn every_id_of_a_kind_is_given_once() {
    let twice = |what: &str| {
        let start = WHOLE.find(what).unwrap();
        let end = WHOLE[start..].find("\n\n").unwrap() + start + 2;
        Provider::parse(&format!("{}{}{}", &WHOLE[..end], &WHOLE[start..end], &WHOLE[end..])).unwrap_err()
    };
    assert_eq!(twice("[[check]]").to_string(), "line 20: two checks are called `product`");
    assert!(twice("[[count]]").reason.contains("two counts are called `open`"));
    let app = r#"{ id = "app", label = { en = "App", ja = "アプリ" }, auth = "body" }"#;
    all_refused(&[(app, &format!("{app}, {app}"), "two applications are called `app`")]);
    let scope = r#"{ id = "read", label = { en = "Read", ja = "読み取り" } }"#;
    all_refused(&[(scope, &format!("{scope}, {scope}"), "two scopes are called `read`")]);
}

#[test]
fn addresses_begin_where_an_address_can() {
    all_refused(&[
        (r#"docs = ["https://tracker.example.jp/docs"]"#, r#"docs = ["javascript:alert(1)"]"#, "`javascript:alert(1)`"),
        (r#"docs = ["https://tracker.example.jp/docs"]"#, r#"docs = ["file:///etc/passwd"]"#, "does not begin with"),
        (r#"docs = ["https://tracker.example.jp/docs"]"#, r#"docs = ["http://tracker.example.jp"]"#, "https://"),
        (r#"home = "{base}/home""#, r#"home = "javascript:alert(1)""#, "does not begin with"),
        (r#"page = "{base}/open""#, r#"page = "data:text/html,x""#, "does not begin with"),
        (r#"home = "{base}/home""#, r#"home = "{org}/home""#, "`org` is not an input for an address"),
        (r#"page = "{base}/open""#, r#"page = "{org}/open""#, "`org` is not an input for an address"),
        (r#"url = "{base}/version""#, r#"url = "{org}/version""#, "`org` is not an input for an address"),
        (r#"authorize = "{base}/authorize""#, r#"authorize = "{org}/authorize""#, "`org` is not an input"),
        (r#"base = "{base}/api""#, r#"base = "{org}/api""#, "`org` is not an input for an address"),
    ]);
}

#[test]
fn templates_use_what_is_known_where_they_stand() {
    all_refused(&[
        (r#"authorize = "{base}/authorize""#, r#"authorize = "{base}/{client_id}""#, "`{client_id}` means nothing"),
        (r#"home = "{base}/home""#, r#"home = "{base}/{token}""#, "`{token}` means nothing here"),
        (r#"url = "{base}/version""#, r#"url = "{base}/{me.id}""#, "`{me.id}` means nothing here"),
        (r#"organization = "{org}""#, r#"organization = "{token}""#, "`{token}` means nothing here"),
        (r#"json = { token = "{token}" }"#, r#"json = { token = "{secret}" }"#, "`{secret}` means nothing here"),
        (r#"path = "/me""#, r#"path = "/{me.id}""#, "`{me.id}` means nothing here"),
        (r#"path = "/users""#, r#"path = "/{board}/users""#, "`{board}` means nothing here"),
        (r#"page = "{base}/open""#, r#"page = "{base}/{board}""#, "`{board}` means nothing here"),
        (r#"who = "{user}""#, r#"who = "{client_id}""#, "`{client_id}` means nothing here"),
    ]);
}

#[test]
fn every_text_is_there_in_every_language() {
    for (what, by) in [
        (r#"summary = { en = "A tracker", ja = "トラッカー" }"#, r#"summary = { en = "A tracker" }"#),
        (r#"label = { en = "Organization", ja = "組織" }"#, r#"label = { ja = "組織" }"#),
        (r#"label = { en = "Found", ja = "検出" }"#, r#"label = { en = "Found" }"#),
        (r#"label = { en = "App", ja = "アプリ" }"#, r#"label = { en = "App" }"#),
        (r#"label = { en = "Read", ja = "読み取り" }"#, r#"label = { en = "Read" }"#),
        (r#"label = { en = "Boards", ja = "ボード" }"#, r#"label = { en = "Boards" }"#),
        (r#"label = { en = "Open", ja = "未完了" }"#, r#"label = { en = "Open" }"#),
        (r#"register = { en = "Register", ja = "登録" }"#, r#"register = { en = "Register" }"#),
        (r#"revoke = { en = "Revoke", ja = "取り消し" }"#, r#"revoke = { en = "Revoke" }"#),
    ] {
        all_refused(&[(what, by, "a text is missing in `")]);
    }
    assert_eq!(refused(r#"{ en = "Found", ja = "検出" }"#, "{}"), (None, "a text is missing in `en`".to_owned()));
}

#[test]
fn tokens_stay_with_who_signs_in() {
    let elsewhere = "another host than the sign-in page";
    all_refused(&[
        (r#"token = "{base}/token""#, r#"token = "https://evil.example/token""#, elsewhere),
        ("code_ttl = 600", "code_ttl = 600\nrefresh = \"https://evil.example/refresh\"", elsewhere),
        (r#"url = "{base}/revoke""#, r#"url = "https://evil.example/revoke""#, "revoked at another host"),
    ]);
    let own_api =
        WHOLE.replace("{base}/api", "https://api.example.jp").replace("{base}/revoke", "https://api.example.jp/r");
    Provider::parse(&own_api).unwrap();
}

#[test]
fn an_application_can_be_told_from_others_and_has_a_way_back() {
    all_refused(&[
        (r#"auth = "body""#, r#"auth = "none", pkce = "off""#, "`app` has neither a secret nor PKCE"),
        (r#"redirect = ["paste"]"#, "redirect = []", "`redirect` is empty"),
        (r#"auth = "body""#, r#"auth = "body", redirect = []"#, "`redirect` is empty"),
        ("redirect_port = 4000", "redirect_port = 0", "`redirect_port` is 0"),
        (r#"bad_code = "invalid_grant""#, r#"bad_code = "fine""#, "unknown variant `fine`"),
    ]);
    let application = WHOLE.lines().find(|line| line.starts_with("application = ")).unwrap();
    assert_eq!(refused(application, "application = []").1, "`oauth.application` is empty");
}

#[test]
fn a_count_asks_something_and_repeats_only_what_can_be_several() {
    let term = WHOLE.lines().find(|line| line.starts_with("term = ")).unwrap();
    assert_eq!(refused(term, "term = []").1, "nothing is asked for `open`");
    let each = r#"each = "board", path = "/boards/{board}""#;
    all_refused(&[
        (each, r#"each = "user", path = "/boards""#, "`user` is not a choice of several"),
        (each, r#"each = "nobody", path = "/boards""#, "`nobody` is not a choice of several"),
    ]);
}

#[test]
fn no_status_is_read_as_the_end_of_a_connection() {
    for code in ["needs_sign_in", "answer_lost", "not_connected", "not_confirmed", "keychain_locked", "name_taken"] {
        let reason = format!("`{code}` is nothing an address can be");
        let rule = format!("rule = [{{ status = 200 }}, {{ status = 403, means = \"{code}\" }}]");
        assert_eq!(refused("rule = [{ status = 200 }]", &rule), (Some(23), reason.clone()));
        let me = format!("text = \"/name\", forbidden = \"{code}\" }}\nlimit");
        assert_eq!(refused("text = \"/name\" }\nlimit", &me).1, reason);
    }
    let fits = WHOLE.replace("{ status = 200 }", "{ status = 403, means = \"api_off\" }");
    Provider::parse(&fits).unwrap();
}
