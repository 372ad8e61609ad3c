//! A Redmine as far as Tallykey sees one: Doorkeeper's tokens with "revoked on use", counts that
//! take an unknown token for an anonymous visitor, and any answer a test wants instead.

use std::collections::HashSet;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use oauth2::{PkceCodeChallenge, PkceCodeVerifier};
use serde_json::json;
use tallykey_core::Url;
use tokio::sync::oneshot;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request};

use super::Journal;
use super::answer::{Answer, answer, html, json, oauth_error};
use super::issues;
use super::seen::{Asked, query_of};

/// `tallykey-read:tallykey-read-secret-4711`, as Basic credentials.
const BASIC: &str = "Basic dGFsbHlrZXktcmVhZDp0YWxseWtleS1yZWFkLXNlY3JldC00NzEx";

/// A server on a loopback port of its own.
pub struct Redmine {
    server: MockServer,
    world: Arc<Mutex<World>>,
}

struct World {
    folder: &'static str,
    basic: String,
    mark: &'static str,
    person: (u32, &'static str),
    rest: bool,
    oauth: bool,
    strict: bool,
    codes: Vec<Code>,
    grants: Vec<Grant>,
    scripts: Vec<Script>,
    lost: HashSet<&'static str>,
    meanwhile: Vec<(&'static str, Act)>,
    asked: Vec<Asked>,
    journal: Journal,
}

type Act = Box<dyn FnOnce() + Send>;

/// A code that was shown or redirected, with what its exchange must match.
struct Code {
    text: String,
    challenge: Option<String>,
    redirect_uri: Option<String>,
}

/// One access token and its refresh token.
struct Grant {
    access: String,
    refresh: String,
    replaces: Option<usize>,
    person: (u32, &'static str),
    alive: bool,
}

struct Script {
    fits: Box<dyn Fn(&Asked) -> bool + Send>,
    /// `None` closes the connection.
    answer: Option<Answer>,
    once: bool,
}

impl Redmine {
    /// A Redmine in a folder of its host, `""` for none.
    pub async fn at(folder: &'static str) -> Self {
        let world = Arc::new(Mutex::new(World {
            folder,
            basic: BASIC.to_owned(),
            mark: "a",
            person: (5, "alice"),
            rest: true,
            oauth: true,
            strict: false,
            codes: Vec::new(),
            grants: Vec::new(),
            scripts: Vec::new(),
            lost: HashSet::new(),
            meanwhile: Vec::new(),
            asked: Vec::new(),
            journal: Journal::default(),
        }));
        let server = MockServer::builder().disable_request_recording().start().await;
        let (cut, talk) = (world.clone(), world.clone());
        let hangs_up = move |request: &Request| locked(&cut).hangs_up(request);
        let closed = |_: &Request| std::io::Error::from(std::io::ErrorKind::ConnectionReset);
        Mock::given(hangs_up).respond_with_err(closed).with_priority(1).mount(&server).await;
        let answers = move |request: &Request| answer_to(&talk, request);
        Mock::given(any()).respond_with(answers).mount(&server).await;
        Self { server, world }
    }

    pub fn base(&self) -> String {
        format!("{}{}", self.server.uri(), self.world().folder)
    }

    pub fn journal(&self) -> Journal {
        self.world().journal.clone()
    }

    /// Every token and code begins with these letters.
    pub fn marks_tokens(&self, mark: &'static str) {
        self.world().mark = mark;
    }

    /// The credentials it knows for its one application.
    pub fn knows_client(&self, basic: &str) {
        basic.clone_into(&mut self.world().basic);
    }

    pub fn rest_off(&self) {
        self.world().rest = false;
    }

    /// A Redmine before 6.1.
    pub fn without_oauth(&self) {
        self.world().oauth = false;
    }

    /// A used refresh token is ended at once, unlike Doorkeeper's.
    pub fn is_strict(&self) {
        self.world().strict = true;
    }

    /// Who sits before the browser from now on.
    pub fn bob_signs_in(&self) {
        self.world().person = (6, "bob");
    }

    /// A database from before the tokens were made.
    pub fn forgets_all_tokens(&self) {
        self.world().grants.clear();
    }

    /// An administrator ends everything.
    pub fn ends_all_tokens(&self) {
        self.world().grants.iter_mut().for_each(|grant| grant.alive = false);
    }

    /// The refresh tokens that still work.
    pub fn living(&self) -> Vec<String> {
        self.world().grants.iter().filter(|grant| grant.alive).map(|grant| grant.refresh.clone()).collect()
    }

    /// The person approves in the browser; the page shows this code.
    pub fn approve(&self, authorize: &Url) -> String {
        let mut world = self.world();
        let code = format!("{}-code-of-thirty-characters-{:04}", world.mark, world.codes.len());
        let mut query = query_of(authorize);
        let (challenge, redirect_uri) = (query.remove("code_challenge"), query.remove("redirect_uri"));
        world.codes.push(Code { text: code.clone(), challenge, redirect_uri });
        code
    }

    /// alice approves an authorization address: the browser is sent to this one.
    pub fn redirect(&self, authorize: &Url) -> Url {
        back(authorize, &[("code", &self.approve(authorize))])
    }

    /// alice denies: the browser is sent to this address.
    pub fn deny(authorize: &Url) -> Url {
        back(authorize, &[("error", "access_denied"), ("error_description", "The resource owner denied the request.")])
    }

    /// The next request of a path gets this answer.
    pub fn next(&self, path: &'static str, answer: Answer) {
        self.script(path, Some(answer), true);
    }

    /// Every request of a path gets this answer.
    pub fn always(&self, path: &'static str, answer: Answer) {
        self.script(path, Some(answer), false);
    }

    /// Every request of `/issues.json` with this parameter gets this answer.
    pub fn counts_with(&self, key: &'static str, value: &'static str, answer: Answer) {
        let fits = move |asked: &Asked| asked.query().get(key).is_some_and(|given| given == value);
        self.world().scripts.push(Script { fits: Box::new(fits), answer: Some(answer), once: false });
    }

    /// The connection is closed instead of an answer to this path.
    pub fn hangs_up_on(&self, path: &'static str) {
        self.script(path, None, false);
    }

    /// The next request of a path is carried out, but its answer is lost.
    pub fn loses_answer_of(&self, path: &'static str) {
        self.world().lost.insert(path);
    }

    /// Something happens elsewhere while the next request of a path is under way.
    pub fn meanwhile(&self, path: &'static str, act: impl FnOnce() + Send + 'static) {
        self.world().meanwhile.push((path, Box::new(act)));
    }

    /// Work goes on until the next request of a path has come, and is left there unfinished.
    pub async fn is_asked<W: Future>(&self, path: &'static str, work: Pin<&mut W>) {
        let (tell, told) = oneshot::channel::<()>();
        self.meanwhile(path, move || drop(tell));
        // The request is told before it is answered.
        tokio::select! { biased; _ = told => {}, _ = work => panic!("{path} was not asked") }
    }

    /// Everything scripted is over.
    pub fn recovers(&self) {
        self.world().scripts.clear();
    }

    /// Requests of a path so far.
    pub fn asked(&self, path: &str) -> Vec<Asked> {
        self.world().asked.iter().filter(|asked| asked.path().ends_with(path)).cloned().collect()
    }

    /// All requests since the last time this was asked.
    pub fn take_asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.world().asked)
    }

    fn script(&self, path: &'static str, answer: Option<Answer>, once: bool) {
        let fits = move |asked: &Asked| asked.path().ends_with(path);
        self.world().scripts.push(Script { fits: Box::new(fits), answer, once });
    }

    fn world(&self) -> MutexGuard<'_, World> {
        locked(&self.world)
    }
}

fn locked(world: &Mutex<World>) -> MutexGuard<'_, World> {
    world.lock().unwrap_or_else(PoisonError::into_inner)
}

fn answer_to(world: &Mutex<World>, request: &Request) -> Answer {
    let asked = Asked::of(request);
    let act = {
        let mut world = locked(world);
        world.note(&asked);
        let due = world.meanwhile.iter().position(|(path, _)| asked.path().ends_with(path));
        due.map(|index| world.meanwhile.remove(index).1)
    };
    if let Some(act) = act {
        act();
    }
    let mut world = locked(world);
    match world.scripts.iter().position(|script| (script.fits)(&asked)) {
        Some(index) if world.scripts[index].once => world.scripts.remove(index).answer,
        Some(index) => world.scripts[index].answer.clone(),
        None => None,
    }
    .unwrap_or_else(|| world.usual(&asked))
}

impl World {
    fn note(&mut self, asked: &Asked) {
        self.journal.note(format!("{} {}", asked.method, asked.path()));
        self.asked.push(asked.clone());
    }

    fn hangs_up(&mut self, request: &Request) -> bool {
        let asked = Asked::of(request);
        let lost = self.lost.iter().find(|path| asked.path().ends_with(**path)).copied();
        if let Some(path) = lost {
            self.lost.remove(path);
            self.usual(&asked);
        }
        let cut = self.scripts.iter().find(|script| (script.fits)(&asked)).is_some_and(|s| s.answer.is_none());
        if cut || lost.is_some() {
            self.note(&asked);
        }
        cut || lost.is_some()
    }

    fn usual(&mut self, asked: &Asked) -> Answer {
        let Some(path) = asked.path().strip_prefix(self.folder) else { return html(404, "no such folder") };
        match (asked.method.as_str(), path) {
            ("GET", "/users/current.json") => self.who_am_i(asked),
            ("GET", "/issues.json") => self.issues(asked),
            ("GET", "/queries.json") => self.queries(asked),
            ("GET", "/projects.json") => json(
                200,
                json!({ "total_count": 2,
                "projects": [{ "id": 2, "name": "Lighthouse" }, { "id": 3, "name": "Harbour" }] }),
            ),
            ("GET", "/oauth/authorize") if self.oauth && self.rest => answer(302).insert_header("location", "/login"),
            ("GET", "/oauth/authorize") if self.oauth => html(403, "not authorized"),
            ("POST", "/oauth/token") if self.oauth => self.token(asked),
            ("POST", "/oauth/revoke") if self.oauth => self.revoke(asked),
            _ => html(404, "page not found"),
        }
    }

    /// The grant a request is made with; its first use ends the one it replaced.
    fn used(&mut self, asked: &Asked) -> Option<(u32, &'static str)> {
        let grant = self.grants.iter().find(|grant| grant.alive && grant.access == asked.bearer())?;
        let (person, replaces) = (grant.person, grant.replaces);
        if let Some(index) = replaces {
            self.grants[index].alive = false;
        }
        Some(person)
    }

    fn who_am_i(&mut self, asked: &Asked) -> Answer {
        if !self.rest {
            return answer(403).set_body_raw("", "application/json");
        }
        match self.used(asked) {
            Some((id, login)) => json(200, json!({ "user": { "id": id, "login": login } })),
            None => answer(401)
                .insert_header("www-authenticate", "Basic realm=\"Redmine API\"")
                .set_body_raw("", "application/json"),
        }
    }

    fn issues(&mut self, asked: &Asked) -> Answer {
        let person = self.rest && self.used(asked).is_some();
        issues::counted(&asked.query(), person)
    }

    fn queries(&mut self, asked: &Asked) -> Answer {
        match self.used(asked) {
            Some(_) => issues::queries(asked.query().get("page")),
            None => answer(401),
        }
    }

    fn token(&mut self, asked: &Asked) -> Answer {
        if asked.header("authorization") != self.basic {
            return oauth_error(401, "invalid_client");
        }
        let (person, replaces) = match asked.field("grant_type").as_deref() {
            Some("authorization_code") if self.takes_code(asked) => (self.person, None),
            Some("refresh_token") => {
                let sent = asked.field("refresh_token").unwrap_or_default();
                let Some(index) = self.grants.iter().position(|grant| grant.alive && grant.refresh == sent) else {
                    return oauth_error(400, "invalid_grant");
                };
                self.grants[index].alive = !self.strict;
                (self.grants[index].person, Some(index))
            }
            _ => return oauth_error(400, "invalid_grant"),
        };
        let number = self.grants.len();
        let token = |kind: &str| format!("{}-{kind}-token-of-many-letters-{number:04}", self.mark);
        let (access, refresh) = (token("access"), token("refresh"));
        let body = json!({ "access_token": access, "token_type": "Bearer", "expires_in": super::TOKEN_LIFE,
            "refresh_token": refresh, "scope": "view_issues", "created_at": 1_795_310_076 });
        self.grants.push(Grant { access, refresh, replaces, person, alive: true });
        json(200, body)
    }

    /// A code is good once, with its own verifier and redirect.
    fn takes_code(&mut self, asked: &Asked) -> bool {
        let sent = asked.field("code").unwrap_or_default();
        let Some(code) = self.codes.iter_mut().find(|code| code.text == sent) else { return false };
        let verifier = PkceCodeVerifier::new(asked.field("code_verifier").unwrap_or_default());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let fits = code.challenge.as_deref() == Some(challenge.as_str());
        fits && asked.field("redirect_uri") == code.redirect_uri && {
            code.text.clear();
            true
        }
    }

    fn revoke(&mut self, asked: &Asked) -> Answer {
        if asked.header("authorization") != self.basic {
            return oauth_error(403, "unauthorized_client");
        }
        let token = asked.field("token").unwrap_or_default();
        for grant in self.grants.iter_mut().filter(|grant| grant.access == token || grant.refresh == token) {
            grant.alive = false;
        }
        json(200, json!({}))
    }
}

/// The redirect address of a request, with an answer and the request's state.
fn back(authorize: &Url, answer: &[(&str, &str)]) -> Url {
    let query = query_of(authorize);
    let mut url = Url::parse(&query["redirect_uri"]).expect("an address");
    url.query_pairs_mut().extend_pairs(answer).append_pair("state", &query["state"]);
    url
}
